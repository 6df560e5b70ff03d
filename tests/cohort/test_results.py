"""Results as a whole: the same for the same, none of it a person's, flags and card that hold."""

import gzip
import json

import msgspec
import numpy as np
import pytest
from tests.cohort.conftest import PLAN, made_up, results_of, written

from rapport.cohort.analysis import flags as flags_
from rapport.cohort.analysis.everything import analyse
from rapport.cohort.analysis.results import Inputs, Results
from rapport.cohort.card import card
from rapport.cohort.data.files import read_table
from rapport.cohort.data.shape import to_cohort
from rapport.cohort.folder import Folder
from rapport.cohort.plan.model import Estimand, Missing
from rapport.cohort.plan.parse import parse_plan
from rapport.cohort.report.checklist import RULES, checklist, items
from rapport.cohort.report.figures import FIGURES, figures
from rapport.cohort.report.files import outcome_files
from rapport.core.encoding import to_json
from rapport.core.vocabulary import CardState
from rapport.knowledge.load import load


@pytest.fixture(scope="module")
def files(results):
    return outcome_files(results, load())


# What most tests here look at; the templates take as long as all the rest.
QUICK = tuple(one for one in Estimand if one is not Estimand.TEMPLATES)


@pytest.fixture(scope="module")
def quick(plan):
    return msgspec.structs.replace(plan, estimands=QUICK)


@pytest.fixture(scope="module")
def quick_results(cohort_file, quick):
    return results_of(cohort_file, quick)


def test_the_same_data_plan_and_seed_give_the_same_bytes(cohort_file, quick, quick_results):
    assert to_json(results_of(cohort_file, quick)) == to_json(quick_results)


def test_another_seed_changes_draws_and_no_estimate(cohort_file, quick, quick_results):
    other = results_of(cohort_file, msgspec.structs.replace(quick, seed=2))
    assert other.prediction == quick_results.prediction
    one, two = quick_results.partition.common, other.partition.common
    assert one.estimate == two.estimate
    assert one.interval != two.interval


def test_results_survive_being_written_and_read(results):
    assert msgspec.json.decode(to_json(results), type=Results) == results


def test_every_section_that_a_plan_can_ask_for_has_its_key(results):
    content = json.loads(to_json(results))
    assert {estimand.value for estimand in Estimand} | {
        "imputation",
        "flags",
        "versions",
    } <= set(content)
    assert all(content[estimand.value] is not None for estimand in Estimand)


@pytest.mark.parametrize("asked", list(Estimand))
def test_a_plan_gets_only_the_sections_that_it_asks_for(cohort_file, plan, asked):
    short = msgspec.structs.replace(plan, estimands=(asked,), draws=100)
    content = json.loads(to_json(results_of(cohort_file, short)))
    assert content[asked.value] is not None
    assert all(content[other.value] is None for other in Estimand if other is not asked)


def test_the_order_of_people_changes_no_estimate(tmp_path, quick, columns, quick_results):
    turned = {name: values[::-1] for name, values in columns.items()}
    other = results_of(written(tmp_path / "a.csv", turned), quick)
    steps = zip(other.prediction.steps, quick_results.prediction.steps, strict=True)
    for one, two in steps:
        assert one.r2 == pytest.approx(two.r2, rel=1e-12)
    assert other.partition.common.estimate == pytest.approx(
        quick_results.partition.common.estimate, rel=1e-10
    )
    assert other.change.worse == quick_results.change.worse


def test_units_change_raw_numbers_and_no_share(tmp_path, quick, columns, quick_results):
    """A hundred times the outcome: coefficients grow, R² and standardised values stay."""
    scaled = {
        name: values * 100 if name.startswith("tired") else values
        for name, values in columns.items()
    }
    other = results_of(written(tmp_path / "a.csv", scaled), quick)
    for one, two in zip(
        other.prediction.steps[-1].coefficients,
        quick_results.prediction.steps[-1].coefficients,
        strict=True,
    ):
        factor = 1 if one.term == "tired_t0" else 100
        assert one.estimate == pytest.approx(two.estimate * factor, rel=1e-8)
        if one.standardised is not None:
            assert one.standardised == pytest.approx(two.standardised, rel=1e-8)
    assert other.partition.r2["relation+process"].estimate == pytest.approx(
        quick_results.partition.r2["relation+process"].estimate, rel=1e-10
    )


def test_the_parts_of_the_partition_add_up(results):
    for one in (results.partition, results.partition.with_covariates):
        added = one.r2["relation+process"].estimate - (
            one.r2["covariates"].estimate if "covariates" in one.r2 else 0
        )
        parts = [part.estimate for part in (*one.unique.values(), one.common)]
        assert sum(parts) == pytest.approx(added, rel=1e-10)
    general = [one.general.estimate for one in results.dominance.predictors.values()]
    assert sum(general) == pytest.approx(results.dominance.r2, rel=1e-10)


def gapped(columns):
    """The made-up cohort, in which every fifth person has no last value."""
    found = {name: values.copy() for name, values in columns.items()}
    for name in ("tired_t2", "focus_t2", "control_t2"):
        found[name][::5] = np.nan
    return found


def test_people_with_gaps_are_counted_and_left_out_of_complete_models(tmp_path, quick, columns):
    found = results_of(written(tmp_path / "a.csv", gapped(columns)), quick)
    assert found.prediction.about.n == 64
    assert found.prediction.about.missing["tired_t2"] == 16
    assert found.description.attrition[-1].lost == 16
    assert "dropout" in {flag.id for flag in found.flags}


def test_imputation_keeps_everyone_and_tells_what_a_shift_would_do(tmp_path, plan, columns):
    filled = msgspec.structs.replace(
        plan, missing=Missing.MI, estimands=(Estimand.PREDICTION, Estimand.PARTITION)
    )
    found = results_of(written(tmp_path / "a.csv", gapped(columns)), filled)
    assert found.prediction.about.n == 80
    assert found.imputation.imputations == 20
    assert {one.variable for one in found.imputation.variables} == {
        "tired_t2",
        "focus_t2",
        "control_t2",
    }
    deltas = {one.delta for one in found.imputation.sensitivity}
    assert min(deltas) == 0
    assert found.prediction.joint.df1 == 4


def test_no_result_names_a_person_or_a_therapist(tmp_path, quick, columns):
    marked = {
        **columns,
        "id": np.array([f"canary-{value}" for value in columns["id"]], dtype=object),
        "therapist": np.array(
            [f"canary-{value}" for value in columns["therapist"]], dtype=object
        ),
    }
    found = results_of(written(tmp_path / "a.csv", marked), quick)
    _, written_files = outcome_files(found, load())
    assert not [name for name, data in written_files.items() if b"canary" in data]


def test_every_flag_has_words_and_a_condition():
    assert flags_.words().keys() == flags_.CONDITIONS.keys()


def raised(plan_text, columns, tmp_path):
    plan = parse_plan(plan_text, where="p")
    short = msgspec.structs.replace(plan, estimands=(Estimand.DESCRIPTION,))
    found = results_of(written(tmp_path / "clinic.csv", columns), short)
    return {flag.id for flag in found.flags}


PLANS = {
    "process_concurrent": ("", 'process_as = "lagged"'),
    "no_control": ("", 'design = "rct"\ngroup = "age"'),
    "one_rater": ("", 'rated_by_others = ["tired"]'),
    "therapists_ignored": (None, ""),
    "multiplicity": ("", None),
    "not_registered": ("", 'registered = "osf.io/made-up"'),
    "reliability_not_stated": ("", "[reliable_change]\nreliability = 0.9"),
    "direction_not_stated": (None, ""),
    "few_therapists": ("", None),
    "baseline_only_relation": ("", None),
    "regression_to_mean": ("", 'design = "rct"\ngroup = "age"'),
}


def without_line(text, start):
    return "\n".join(line for line in text.splitlines() if not line.startswith(start)) + "\n"


DROPPED = {"therapists_ignored": "therapist", "direction_not_stated": "outcome_high_is"}


@pytest.mark.parametrize("flag", PLANS)
def test_a_flag_is_raised_where_its_weak_point_is_and_only_there(flag, tmp_path, columns):
    raising, quiet = PLANS[flag]
    weak = without_line(PLAN, DROPPED[flag]) if raising is None else PLAN + raising
    assert flag in raised(weak, columns, tmp_path)
    if quiet is not None:
        better = without_line(PLAN, "design") if quiet.startswith("design") else PLAN
        assert flag not in raised(better + quiet, columns, tmp_path)


def test_few_people_and_leaving_are_flagged(tmp_path):
    small = made_up(12)
    assert "small_sample" in raised(PLAN, small, tmp_path)
    left = gapped(made_up(80))
    left["tired_t0"][::5] += 12
    assert {"dropout", "selective_dropout"} <= raised(PLAN, left, tmp_path)


def test_the_card_of_a_cohort_passes_the_gate(results):
    made, record = card(results, load())
    assert made.state is CardState.RELEASED
    assert made.parts.does_not_prove
    for statement in (*made.parts.observed, *made.parts.inferred):
        (span,) = statement.spans
        assert record.fields[span.field][span.start : span.end] == span.quote == statement.text


def test_a_causal_word_in_a_label_keeps_the_card_from_release(results):
    bad = msgspec.structs.replace(
        results.plan, relation_words="the therapy causes recovery: the relationship"
    )
    made, _ = card(msgspec.structs.replace(results, plan=bad), load())
    assert made.state is CardState.REFUSED
    assert made.refusals


def test_the_checklist_has_its_25_items_and_an_answer_to_each(results):
    assert [int(item.number) for item in items()] == list(range(1, 26))
    assert {item.rule for item in items()} - {None} == set(RULES)
    assert all(item.said for item in checklist(results))


def test_every_figure_says_in_words_what_it_shows(results):
    drawn = figures(results)
    assert drawn.keys() == FIGURES.keys()
    for pictures in drawn.values():
        assert pictures
        for picture in pictures:
            assert len(picture.alternative) > 40
            assert f'<desc id="{picture.name}-text">' in picture.svg


def test_the_report_is_one_file_that_loads_nothing(files):
    _, made = files
    page = made["report.html"].decode()
    assert "<script" not in page
    assert "src=" not in page
    assert "@import" not in page
    assert "url(" not in page
    assert "http:" not in page.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_the_report_has_no_causal_word_of_its_own(files):
    _, made = files
    page = made["report.html"].decode().lower()
    for word in ("leads to", "because of the therapy", "the effect of the relation", "cured"):
        assert word not in page


class StoppedError(Exception):
    """What interrupts a run in this test."""


def test_an_interrupted_run_goes_on_where_it_stopped(
    tmp_path, cohort_file, quick, quick_results
):
    made = []

    def stopping(name, kind, make):
        if len(made) == 4:
            raise StoppedError
        made.append(name)
        return folder.keep(name, kind, make)

    cohort = to_cohort(read_table(cohort_file), quick)
    inputs = Inputs(
        data=quick_results.data,
        codebook=quick_results.codebook,
        badge=quick_results.badge,
        versions=quick_results.versions,
    )
    folder = Folder(tmp_path / "out", "made-from")
    with pytest.raises(StoppedError):
        analyse(quick, cohort, inputs, keep=stopping)
    again = Folder(tmp_path / "out", "made-from")
    found = analyse(quick, cohort, inputs, keep=again.keep)
    assert again.taken_up == made
    assert to_json(found) == to_json(quick_results)
    again.finish({"quick_results.json": to_json(found)})
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["quick_results.json"]


def test_what_was_kept_of_other_data_is_not_taken_up(tmp_path):
    Folder(tmp_path, "one").keep("change", int, lambda: 1)
    assert Folder(tmp_path, "two").keep("change", int, lambda: 2) == 2


def test_a_kept_section_that_is_damaged_is_made_again(tmp_path):
    folder = Folder(tmp_path, "one")
    folder.keep("change", int, lambda: 1)
    (next(tmp_path.rglob("change.json"))).write_bytes(gzip.compress(b"1"))
    assert folder.keep("change", int, lambda: 2) == 2


@pytest.mark.parametrize(("alpha", "flagged"), [(0.85, False), (None, True)])
def test_reliability_that_the_items_gave_is_not_missed(cohort_file, quick, alpha, flagged):
    only = msgspec.structs.replace(quick, estimands=(Estimand.CHANGE,))
    found = results_of(cohort_file, only, alpha=alpha)
    assert ("reliability_not_stated" in {each.id for each in found.flags}) is flagged
    assert found.change.reliable is not flagged


def test_a_result_of_which_chance_gives_a_p_of_0_is_not_left_out(quick_results):
    """A p value can be too small for a number of the machine; it is then the clearest of all."""
    step = quick_results.prediction.steps[-1]
    sure = [
        msgspec.structs.replace(one, p=0.0, p_adjusted=0.0, interval=(1.0, 2.0))
        if one.term == "hope_t0"
        else msgspec.structs.replace(one, p=0.9, p_adjusted=0.9)
        for one in step.coefficients
    ]
    steps = (
        *quick_results.prediction.steps[:-1],
        msgspec.structs.replace(step, coefficients=tuple(sure)),
    )
    prediction = msgspec.structs.replace(quick_results.prediction, steps=steps)
    made, _ = card(msgspec.structs.replace(quick_results, prediction=prediction), load())
    said = [one.text for one in made.parts.observed if one.rule == "cohort/observed/predictor"]
    assert len(said) == 1
    assert said[0].startswith("Where hope at t0 was higher")


def test_imputation_where_nothing_is_missing_gives_what_the_data_give(
    cohort_file, plan, tmp_path
):
    """Degrees of freedom are infinite then, which no number of a file can say."""
    asked = msgspec.structs.replace(
        plan, missing=Missing.MI, estimands=(Estimand.PREDICTION,), draws=200
    )
    cohort = to_cohort(read_table(cohort_file), asked)
    whole = results_of(cohort_file, msgspec.structs.replace(asked, missing=Missing.COMPLETE))
    inputs = Inputs(data=whole.data, badge=whole.badge, versions=whole.versions)
    found = analyse(asked, cohort, inputs, keep=Folder(tmp_path, "made-from").keep)
    one, two = found.prediction.steps[-1], whole.prediction.steps[-1]
    assert [each.estimate for each in one.coefficients] == pytest.approx(
        [each.estimate for each in two.coefficients], rel=1e-9
    )
    # Infinite but for rounding.
    assert (found.prediction.joint.df2 or np.inf) > 1e6
