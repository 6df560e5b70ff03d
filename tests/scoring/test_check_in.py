"""The check-in: strain, gaps, the first status that holds, what comes first, and no total."""

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.scoring.check_in import (
    CheckIn,
    Status,
    Thresholds,
    changes,
    check_in,
    gap,
    own_strain,
    status,
    strain,
)

USED = Thresholds()
ITEMS = [f"C{k}{side}" for k in range(1, 7) for side in "ab"]
level = st.integers(0, 4)
a_challenge = st.dictionaries(
    st.sampled_from(["C2a", "C2b", "C2a_pred", "C2b_pred", "C2o"]), level
)
anybody = st.dictionaries(
    st.sampled_from(
        [*ITEMS, *(f"{item}_pred" for item in ITEMS), *(f"C{k}o" for k in range(1, 7))]
    ),
    level,
)


def challenge(answers, k=2, thresholds=None):
    return check_in(answers, "scc-0.1", thresholds).challenges[k - 1]


STATUSES = [
    # the person's two answers, what is expected of them, the practitioner's own, and the status
    ({}, Status.UNKNOWN),
    ({"C2a": 2, "C2b": 2, "C2o": 1}, Status.SHARED_STRAIN),
    ({"C2a": 2, "C2b": 2, "C2o": 2}, Status.PERSON_STRAIN),
    ({"C2a": 0, "C2b": 2, "C2a_pred": 3, "C2b_pred": 3, "C2o": 4}, Status.PERSON_STRAIN_UNSEEN),
    ({"C2a": 0, "C2b": 2, "C2a_pred": 3, "C2b_pred": 2, "C2o": 4}, Status.PERSON_STRAIN),
    # one pair only: different answers, no gap
    ({"C2a": 0, "C2a_pred": 4}, Status.PERSON_STRAIN),
    ({"C2a": 3, "C2b": 2}, Status.EASE),
    ({"C2a": 4, "C2b": 4, "C2o": 1}, Status.PRACTITIONER_STRAIN),
    ({"C2o": 0}, Status.PRACTITIONER_STRAIN),
    ({"C2o": 2}, Status.EASE),
    ({"C2a": 4, "C2b": 4, "C2a_pred": 2, "C2b_pred": 2}, Status.OVER_WORRIED),
    ({"C2a": 4, "C2b": 4, "C2a_pred": 2, "C2b_pred": 3}, Status.EASE),
    ({"C2a": 4, "C2a_pred": 0}, Status.EASE),
    ({"C2a_pred": 0, "C2b_pred": 0}, Status.UNKNOWN),
]


@pytest.mark.parametrize(("answers", "expected"), STATUSES)
def test_the_first_status_that_holds_is_said(answers, expected):
    assert challenge(answers).status is expected


def test_shared_strain_comes_before_strain_that_is_not_seen():
    answers = {"C2a": 0, "C2b": 0, "C2a_pred": 4, "C2b_pred": 4, "C2o": 0}
    assert challenge(answers).status is Status.SHARED_STRAIN


@pytest.mark.parametrize(
    ("answers", "expected"),
    [({"C1a": 0, "C1b": 4}, 50), ({"C1a": 0}, 100), ({"C1b": 3}, 25), ({}, None)],
)
def test_strain_is_the_mean_of_what_was_answered(answers, expected):
    assert strain(answers, 1, 1) == expected
    found = challenge(answers, 1)
    assert (found.strain, found.answered) == (expected, len(answers))


def test_a_threshold_of_two_items_leaves_half_an_answer_out():
    assert strain({"C1a": 0}, 1, 2) is None
    assert challenge({"C1a": 0}, 1, Thresholds(id="two", min_items=2)).status is Status.UNKNOWN


def test_no_doubts_are_no_strain():
    assert own_strain({"C1o": 5}, 1) == 0
    assert own_strain({"C1o": 0}, 1) == 100


def test_one_pair_is_shown_as_different_answers_and_no_gap():
    found = challenge({"C2a": 1, "C2a_pred": 3})
    assert (found.gap, found.different_answers) == (None, True)
    assert challenge({"C2a": 1, "C2a_pred": 1}).different_answers is False
    assert (
        challenge({"C2a": 1, "C2b": 1, "C2a_pred": 3, "C2b_pred": 3}).different_answers is None
    )


@given(said=st.tuples(level, level), expected=st.tuples(level, level))
def test_gaps_are_symmetric(said, expected):
    def between(actual, predicted):
        return gap(
            {
                "C2a": actual[0],
                "C2b": actual[1],
                "C2a_pred": predicted[0],
                "C2b_pred": predicted[1],
            },
            2,
        )

    assert between(said, expected) == -between(expected, said)
    assert -100 <= between(said, expected) <= 100


@given(answers=a_challenge, item=st.sampled_from(["C2a", "C2b", "C2o"]))
def test_a_better_answer_never_raises_a_strain(answers, item):
    worse, better = challenge({**answers, item: 0}), challenge({**answers, item: 4})
    for name in ("strain", "own_strain"):
        before, after = getattr(worse, name), getattr(better, name)
        assert (before is None and after is None) or after <= before


@given(answers=anybody, item=st.sampled_from(ITEMS))
@settings(max_examples=50)
def test_a_missing_answer_changes_only_its_own_challenge(answers, item):
    without = {name: value for name, value in answers.items() if name != item}
    here, there = check_in(answers, "scc-0.1"), check_in(without, "scc-0.1")
    for one, other in zip(here.challenges, there.challenges, strict=True):
        assert one == other or item.startswith(f"C{one.number}")


BORDERS = [
    # person, own, gap, status: one step below each threshold, and at it
    (49.9, 74.9, 49.9, Status.EASE),
    (50, 74.9, 49.9, Status.PERSON_STRAIN),
    (50, 75, 49.9, Status.SHARED_STRAIN),
    (50, 74.9, 50, Status.PERSON_STRAIN_UNSEEN),
    (49.9, 75, 50, Status.PRACTITIONER_STRAIN),
    (49.9, 74.9, 50, Status.EASE),
    (49.9, 74.9, -50, Status.OVER_WORRIED),
    (49.9, 74.9, -49.9, Status.EASE),
]


@pytest.mark.parametrize(("person", "own", "between", "expected"), BORDERS)
def test_a_threshold_holds_from_its_border_on(person, own, between, expected):
    assert status(person, own, between, USED) is expected


def test_every_combination_has_one_status():
    values = (None, 0, 50, 75, 100)
    for person, own, between in itertools.product(values, values, (None, -50, 0, 50)):
        named = status(person, own, between, USED)
        assert (named is Status.UNKNOWN) == (person is None and own is None)


@pytest.mark.parametrize(
    ("person", "practitioner", "levels", "marked"),
    [(4, 2, 2, True), (2, 4, -2, True), (3, 2, 1, False), (None, 2, None, False)],
)
def test_a_gap_of_severity_is_a_mark_and_no_status(person, practitioner, levels, marked):
    answers = {"C1a": 4, "C1b": 4, "C1x": person, "C1x_c": practitioner}
    known = {name: value for name, value in answers.items() if value is not None}
    found = check_in(known, "scc-0.1")
    assert found.severity_gap == levels
    assert found.challenges[0].status is Status.EASE
    assert found.challenges[0].severity_gap is marked
    assert found.first == ((1,) if marked else ())
    assert not any(each.severity_gap for each in found.challenges[1:])


def test_what_was_picked_comes_first_and_two_cards_at_most():
    answers = {"C1a": 0, "C1b": 0, "C2a": 1, "C3a": 0, "C3o": 0, "C5o": 0, "C6a": 4, "PICK": 6}
    found = check_in(answers, "scc-0.1")
    assert found.first == (6, 3, 1, 2, 5)
    assert found.cards == (6, 3)
    without = check_in({**answers, "PICK": 7}, "scc-0.1")
    assert (without.picked, without.cards) == (None, (3, 1))


def test_in_solo_mode_the_practitioners_own_pick_comes_first():
    answers = {"C1o": 0, "C4o": 1, "C6o": 4, "PICKo": 6}
    assert check_in(answers, "scc-0.1").first == (6, 1, 4)
    with_person = {**answers, "C2a": 0}
    assert check_in(with_person, "scc-0.1").first == (2, 1, 4)


def test_only_a_change_above_what_short_scales_do_is_mentioned():
    before = check_in({"C1a": 0, "C1b": 0, "C2a": 2, "C3a": 4, "C4a": 1}, "scc-0.1")
    after = check_in({"C1a": 2, "C1b": 2, "C2a": 3, "C3a": 1, "C5a": 0}, "scc-0.1")
    assert changes(before, after) == {1: -50, 3: 75}


def test_there_is_no_total(score):
    names = {field.name for field in msgspec.structs.fields(CheckIn)}
    assert names == {
        "edition", "thresholds", "help", "picked", "challenges", "severity_gap", "first", "cards",
    }  # fmt: skip
    result = score("scc-p", dict.fromkeys(ITEMS, 1))
    assert all(name.startswith("strain_") for name in result.scores)
    assert any("diagnosis" in each for each in result.never)


def test_the_scales_of_the_keys_and_the_check_in_agree(score):
    answers = {"C1a": 1, "C4b": 0, "C6a": 4, "C6b": 1}
    person = score("scc-p", answers)
    for k, each in enumerate(person.check_in.challenges, start=1):
        assert person.scores[f"strain_{k}"].value == each.strain
    own = score("scc-c", {"C1o": 5, "C2o": 1, "C6o": 0})
    for k, each in enumerate(own.check_in.challenges, start=1):
        assert own.scores[f"own_{k}"].value == each.own_strain


def test_the_answers_of_both_sides_may_stand_together(score):
    both = {"C2a": 0, "C2b": 0, "C2a_pred": 4, "C2b_pred": 3, "C2o": 4}
    person, practitioner = score("scc-p", both), score("scc-c", both)
    assert person.check_in == practitioner.check_in
    assert person.check_in.challenges[1].status is Status.PERSON_STRAIN_UNSEEN
    assert (person.answered, practitioner.answered) == (2, 3)
    assert "C2a_pred" not in person.missing


def test_help_before_the_next_visit_and_the_thresholds_stand_in_the_result(score):
    result = score("scc-p", {"S0": "yes, now", "C1a": 0}).check_in
    assert (result.help, result.edition, result.thresholds.id) == (
        2,
        "scc-0.1",
        "scc-0.1-default",
    )
