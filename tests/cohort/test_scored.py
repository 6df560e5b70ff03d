"""Variables scored from items: the same as given scores, checked by the questionnaire, with alpha."""

import msgspec
import numpy as np
import pytest
from tests.cohort.conftest import PLAN, made_up, written

from rapport.cohort.data.files import read_table
from rapport.cohort.data.scored import from_items
from rapport.cohort.data.shape import to_cohort
from rapport.cohort.plan.model import HighIs, Score
from rapport.cohort.plan.parse import parse_plan
from rapport.cohort.run import Asked, ready
from rapport.core.errors import InputError, UserError
from rapport.knowledge.load import instruments, load

KEYS = instruments()
ITEMS = [str(item) for item in range(1, 12)]


def with_items(seed=3):
    """The made-up cohort with its outcome as eleven answers a wave, and the sums of these."""
    rng = np.random.default_rng(seed)
    columns = made_up()
    people, sums = len(columns["id"]), {}
    usual = rng.normal(1.5, 0.7, people)
    for wave in range(3):
        del columns[f"tired_t{wave}"]
        answers = np.clip(np.round(usual[:, None] + rng.normal(0, 0.7, (people, 11))), 0, 3)
        for place, item in enumerate(ITEMS):
            columns[f"fat{item}_t{wave}"] = answers[:, place]
        sums[wave] = answers
    return columns, sums


def scoring(plan, **changes):
    told = Score(**{"instrument": "cfq-11", "items": "fat{item}_{wave}", **changes})
    return msgspec.structs.replace(plan, scores={"tired": told})


def scored(path, plan):
    return from_items(read_table(path), plan, KEYS, where="plan.toml")


@pytest.fixture
def file(tmp_path):
    columns, _ = with_items()
    return written(tmp_path / "items.csv", columns)


def test_a_variable_is_the_score_of_its_items_at_each_wave(file, plan):
    _, answers = with_items()
    found = scored(file, scoring(plan))
    cohort = to_cohort(found.table, plan)
    for wave in range(3):
        np.testing.assert_array_equal(cohort.at("tired", f"t{wave}"), answers[wave].sum(axis=1))
    assert cohort.unused == ()


def test_another_scale_of_the_questionnaire_can_be_named(file, plan):
    _, answers = with_items()
    found = scored(file, scoring(plan, scale="bimodal"))
    made = to_cohort(found.table, plan).at("tired", "t1")
    np.testing.assert_array_equal(made, (answers[1] >= 2).sum(axis=1))


def test_alpha_is_that_of_the_outcomes_items_at_the_first_wave(file, plan):
    _, answers = with_items()
    covariance = np.cov(answers[0].T)
    by_hand = 11 / 10 * (1 - np.trace(covariance) / covariance.sum())
    assert scored(file, scoring(plan)).alpha == pytest.approx(by_hand, abs=1e-12)


def test_long_data_come_to_the_same(tmp_path, file, plan):
    columns, _ = with_items()
    people = len(columns["id"])
    rows = {name: np.repeat(columns[name], 3) for name in ("id", "therapist", "age")}
    rows["wave"] = np.tile(np.arange(3), people)
    for name in ("hope", "task", "focus", "control", *(f"fat{item}" for item in ITEMS)):
        rows[name] = np.column_stack([columns[f"{name}_t{w}"] for w in range(3)]).ravel()
    long = scored(written(tmp_path / "long.csv", rows), scoring(plan, items="fat{item}"))
    wide = scored(file, scoring(plan))
    one, two = to_cohort(long.table, plan), to_cohort(wide.table, plan)
    np.testing.assert_array_equal(one.measured["tired"], two.measured["tired"])
    assert long.alpha == pytest.approx(wide.alpha, abs=1e-12)


def test_a_missing_answer_is_a_missing_score_where_the_rule_fills_none(tmp_path, plan):
    columns, _ = with_items()
    columns["fat3_t0"][4] = np.nan
    found = scored(written(tmp_path / "gap.csv", columns), scoring(plan))
    made = to_cohort(found.table, plan).at("tired", "t0")
    assert np.flatnonzero(np.isnan(made)).tolist() == [4]
    assert found.alpha is not None


def test_a_wave_without_any_item_was_never_measured(tmp_path, plan):
    columns, _ = with_items()
    fewer = {name: each for name, each in columns.items() if not name.endswith("_t1")}
    fewer |= {name: columns[name] for name in ("hope_t1", "task_t1", "focus_t1", "control_t1")}
    found = scored(written(tmp_path / "fewer.csv", fewer), scoring(plan))
    assert to_cohort(found.table, plan).never == ("tired_t1",)


@pytest.mark.parametrize("value", [4, -1, 1.5])
def test_an_answer_that_is_not_possible_names_row_and_column(tmp_path, plan, value):
    columns, _ = with_items()
    columns["fat7_t2"][5] = value
    path = written(tmp_path / "wrong.csv", columns)
    with pytest.raises(InputError, match=r"line 7, column fat7_t2") as refused:
        scored(path, scoring(plan))
    assert "cfq-11, item 7" in str(refused.value)


def test_a_column_that_is_missing_among_others_is_named(tmp_path, plan):
    columns, _ = with_items()
    del columns["fat7_t2"]
    with pytest.raises(InputError, match="fat7_t2"):
        scored(written(tmp_path / "lack.csv", columns), scoring(plan))


def test_a_score_that_is_there_already_is_not_made_again(tmp_path, plan):
    columns, _ = with_items()
    columns["tired_t0"] = np.full(len(columns["id"]), 3.0)
    with pytest.raises(InputError, match="tired_t0"):
        scored(written(tmp_path / "twice.csv", columns), scoring(plan))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"instrument": "cfq-12"}, "scores.tired.instrument"),
        ({"scale": "all"}, "scores.tired.scale"),
        ({"items": "fat_{wave}"}, "scores.tired.items"),
        ({"instrument": "dsq-pem"}, "scores.tired.scale"),
    ],
)
def test_a_fault_of_the_plan_names_its_key(file, plan, changes, said):
    with pytest.raises(InputError, match=said):
        scored(file, scoring(plan, **changes))


def test_a_questionnaire_whose_key_is_not_verified_is_refused(file, plan):
    with pytest.raises(UserError, match="not verified") as refused:
        scored(file, scoring(plan, instrument="cis-fatigue"))
    assert refused.value.exit_status == 1


def test_a_plan_that_turns_the_questionnaire_round_is_refused(file, plan):
    turned = msgspec.structs.replace(scoring(plan), outcome_high_is=HighIs.BETTER)
    with pytest.raises(InputError, match="outcome_high_is"):
        scored(file, turned)


def test_a_plan_scores_only_what_it_uses():
    text = f'{PLAN}\n[scores.mood]\ninstrument = "phq-9"\nitems = "phq{{item}}_{{wave}}"\n'
    with pytest.raises(InputError, match=r"scores\.mood"):
        parse_plan(text, where="plan.toml")


def test_answers_about_self_harm_are_listed_by_place_and_not_by_person(tmp_path, plan):
    columns = made_up()
    people = len(columns["id"])
    for wave in range(3):
        del columns[f"tired_t{wave}"]
        for item in range(1, 10):
            columns[f"phq{item}_t{wave}"] = np.arange(people) % 3 * (item != 9)
    columns["phq9_t1"][2] = 1
    path = written(tmp_path / "phq.csv", columns)
    found = scored(path, scoring(plan, instrument="phq-9", items="phq{item}_{wave}"))
    (told,) = found.attention
    assert "line 4, column phq9_t1" in told
    assert "a person's attention now" in told
    assert "p2" not in told.replace(str(path), "")


def test_the_whole_way_carries_alpha_to_the_analysis(tmp_path, file):
    plan = tmp_path / "plan.toml"
    plan.write_text(
        f'{PLAN}\n[scores.tired]\ninstrument = "cfq-11"\nitems = "fat{{item}}_{{wave}}"\n',
        encoding="utf-8",
    )
    made = ready(Asked(data=file, plan=plan), load())
    assert made.inputs.alpha == pytest.approx(0.8, abs=0.2)
    assert made.attention == ()
    assert made.cohort.at("tired", "t0").max() <= 33
