"""Scores: hand-worked cases, what is missing, and properties that hold for every key."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.core.errors import InputError
from rapport.knowledge.instrument import ScaleKind
from rapport.knowledge.load import instruments
from rapport.scoring.scales import group_of_answer, score_many, scored_items

KEYS = {name: key for name, key in instruments().items() if key.scales}
SCALES = [(name, scale.id) for name, key in KEYS.items() for scale in key.scales]


def scale_of(name, scale):
    return next(each for each in KEYS[name].scales if each.id == scale)


def possible_answers(name, scale):
    """Every item of a scale with a possible answer."""
    groups = {item: group_of_answer(KEYS[name], item) for item in scale_of(name, scale).items}
    return st.fixed_dictionaries(
        {
            item: st.integers(int(group.lowest), int(group.highest))
            for item, group in groups.items()
        }
    )


def one(name, scale, answers):
    made = score_many(KEYS[name], {item: [value] for item, value in answers.items()})
    return float(made[scale][0])


@settings(max_examples=80, deadline=None)
@given(data=st.data(), which=st.sampled_from(SCALES))
def test_a_score_lies_in_its_range(data, which):
    name, scale = which
    key = scale_of(name, scale)
    made = one(name, scale, data.draw(possible_answers(name, scale)))
    assert key.lowest <= made <= key.highest


@settings(max_examples=100, deadline=None)
@given(data=st.data(), which=st.sampled_from(SCALES))
def test_a_higher_answer_never_moves_a_score_against_its_direction(data, which):
    name, scale = which
    key = scale_of(name, scale)
    answers = data.draw(possible_answers(name, scale))
    item = data.draw(st.sampled_from(key.items))
    group = group_of_answer(KEYS[name], item)
    before = one(name, scale, {**answers, item: group.lowest})
    after = one(name, scale, {**answers, item: group.highest})
    falls = item in key.reversed or key.recode.get("0", 0) > key.recode.get("4", 0)
    assert after <= before if falls else after >= before


@settings(max_examples=80, deadline=None)
@given(data=st.data(), which=st.sampled_from(SCALES))
def test_with_too_few_answers_there_is_no_score(data, which):
    name, scale = which
    key = scale_of(name, scale)
    answers = data.draw(possible_answers(name, scale))
    needed = key.least_answered or len(key.items)
    kept = data.draw(st.permutations(key.items))
    fewer = {
        item: answers[item] if item in kept[: needed - 1] else np.nan for item in key.items
    }
    enough = {item: answers[item] if item in kept[:needed] else np.nan for item in key.items}
    assert np.isnan(one(name, scale, fewer))
    assert np.isfinite(one(name, scale, enough))


@pytest.mark.parametrize(
    ("name", "scale"), [each for each in SCALES if scale_of(*each).least_answered]
)
@pytest.mark.parametrize("value", [1, 2, 3])
def test_filling_with_the_mean_changes_nothing_where_all_answers_are_alike(name, scale, value):
    key = scale_of(name, scale)
    whole = one(name, scale, dict.fromkeys(key.items, value))
    assert one(name, scale, dict.fromkeys(key.items[: key.least_answered], value)) == whole


@settings(max_examples=30, deadline=None)
@given(answers=st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_turning_every_answer_round_turns_the_score_round(answers):
    given_answers = dict(zip(("C3a", "C3b"), answers, strict=True))
    turned = {item: 4 - value for item, value in given_answers.items()}
    made, back = one("scc-p", "strain_3", given_answers), one("scc-p", "strain_3", turned)
    assert made + back == 100


def test_many_people_come_to_the_same_as_each_alone():
    rng = np.random.default_rng(4)
    key = KEYS["care"]
    answers = {item: rng.integers(1, 6, 40).astype(float) for item in key.answer_ids()}
    for column in answers.values():
        column[rng.random(40) < 0.15] = np.nan
    together = score_many(key, answers)["total"]
    alone = [
        one("care", "total", {item: column[person] for item, column in answers.items()})
        for person in range(40)
    ]
    np.testing.assert_array_equal(together, alone)
    assert 0 < np.isnan(together).sum() < 40


def test_items_count_in_a_scale_turned_round_and_recoded():
    key = KEYS["scc-c"]
    first = key.scales[0]
    counted = scored_items(key, first, {"C1o": np.array([0.0, 4.0, 5.0, np.nan])})
    np.testing.assert_array_equal(counted[:, 0], [4, 0, 0, np.nan])


def test_the_lowest_of_items_is_a_score_of_its_own():
    assert scale_of("collaborate", "top").kind is ScaleKind.LEAST
    assert one("collaborate", "top", {"1": 4, "2": 4, "3": 4}) == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"1": [0, 4]}, "item 1, person 2"),
        ({"1": [0.5]}, "item 1, person 1"),
        ({"1": [np.inf]}, "item 1, person 1"),
        ({"77": [1]}, "item 77"),
        ({"1": [0, 1], "2": [0]}, "same number of people"),
    ],
)
def test_impossible_answers_of_many_are_refused_by_name(answers, said):
    with pytest.raises(InputError, match=said):
        score_many(KEYS["phq-9"], answers)
