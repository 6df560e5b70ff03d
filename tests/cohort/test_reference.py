"""The whole way from a file to results, against what R computed from the same cohort."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from tests.cohort.conftest import results_of
from tests.stats.conftest import r_sample

from rapport.cohort.analysis.description import description
from rapport.cohort.data.files import read_table
from rapport.cohort.data.shape import to_cohort
from rapport.cohort.plan.parse import parse_plan

FOLDER = Path(__file__).parents[1] / "stats" / "reference"
CLOSED = {"rel": 1e-10, "abs": 1e-10}

PLAN = """
id = "reference"
person = "id"
therapist = "therapist"
waves = ["t0", "t1", "t2", "t3", "t4"]
times = [0, 6, 12, 18, 26]
outcome = "fatigue"
outcome_high_is = "worse"
relation = ["expect", "task", "bond", "goal"]
process = ["focus", "control", "activity", "pf"]
covariates = ["age", "female"]
design = "cohort_prospective"
group = "arm"
estimands = ["change", "prediction", "partition", "dominance", "paths", "causal"]

[blocks]
E = ["expect"]
W = ["task", "bond", "goal"]
P = ["focus", "control", "activity", "pf"]

[reliable_change]
reliability = 0.86165603937627
kind = "alpha"

[[paths]]
name = "one"
exposures = ["task"]
mediators = ["control"]
covariates = []

[[paths]]
name = "four"
exposures = ["task", "expect"]
mediators = ["focus", "control", "activity", "pf"]
covariates = []

[[paths]]
name = "serial"
exposures = ["task"]
mediators = ["control_t1", "activity_t2"]
covariates = []
order = "serial"

[[paths]]
name = "arm"
exposures = ["arm"]
mediators = ["control"]
covariates = ["task_t0"]
"""


@pytest.fixture(scope="module")
def reference():
    return json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def complete():
    rows = r_sample(217, 217 * 2000, 2013).reshape(2000, 217, order="F")
    return results_of(
        FOLDER / "cohort.csv",
        parse_plan(numbered(PLAN), where="p"),
        indices=rows.astype(np.intp),
    )


def numbered(text):
    """The reference file has no column of ids: each row has another fatigue at the start."""
    return text.replace('person = "id"', 'person = "fatigue_t0"')


@pytest.fixture(scope="module")
def last_step(complete):
    return {one.term: one for one in complete.prediction.steps[-1].coefficients}


def r_name(term):
    """The name of a column in the reference: dfocus for the change in focus."""
    return f"d{term.removesuffix('_change')}" if term.endswith("_change") else term


def test_means_and_spreads_are_those_of_r(reference):
    plan = parse_plan(numbered(PLAN), where="p")
    found = description(plan, to_cohort(read_table(FOLDER / "cohort.csv"), plan))
    measured = [one for one in found.summaries if one.wave and one.n]
    assert len(measured) == 16
    for one in measured:
        mean, sd = reference["descriptives"][f"{one.variable}_{one.wave}"]
        assert (one.mean, one.sd) == pytest.approx((mean, sd), **CLOSED)


def test_the_steps_of_the_regression_are_those_of_r(complete, reference):
    steps, wanted = complete.prediction.steps, reference["hier"]
    assert [one.r2 for one in steps] == pytest.approx(wanted["r2"], **CLOSED)
    assert [one.adjusted_r2 for one in steps] == pytest.approx(wanted["adj_r2"], **CLOSED)
    assert [one.aic for one in steps] == pytest.approx(wanted["aic"], **CLOSED)
    assert [one.bic for one in steps] == pytest.approx(wanted["bic"], **CLOSED)
    changes = wanted["fchange"]
    assert [one.change.f for one in steps[1:]] == pytest.approx(
        [c["F"] for c in changes], **CLOSED
    )
    full = wanted["anova_vs_full_denominator"]["F"]
    assert [one.change.f_full for one in steps[1:]] == pytest.approx(full[-2:], **CLOSED)


def test_the_coefficients_and_their_errors_are_those_of_r(last_step, reference):
    wanted = {row["term"]: row for row in reference["hier"]["final"]}
    robust = reference["hier"]["hc3_se"]
    terms = list(wanted)
    for term, one in last_step.items():
        row = wanted[r_name(term)]
        classical = one.errors["classical"]
        assert one.estimate == pytest.approx(row["b"], **CLOSED)
        assert classical.se == pytest.approx(row["se"], **CLOSED)
        assert classical.p == pytest.approx(row["p"], rel=1e-8)
        assert classical.interval == pytest.approx((row["lo"], row["hi"]), **CLOSED)
        hc3 = (
            robust[r_name(term)]
            if isinstance(robust, dict)
            else robust[terms.index(r_name(term))]
        )
        assert one.errors["HC3"].se == pytest.approx(hc3, **CLOSED)


def test_the_errors_for_therapists_are_those_of_r(last_step, reference):
    for row in reference["hier"]["cr2"]:
        name = row.get("Coef", row.get("_row"))
        one = next(c for term, c in last_step.items() if r_name(term) == name)
        assert one.errors["CR2"].se == pytest.approx(row["SE"], **CLOSED)
        assert one.kind == "CR2"


def test_the_six_numbers_are_those_of_r(complete, reference):
    found, wanted = complete.partition, reference["commonality2"]
    for one, two in (
        (found.r2["relation"], wanted["R2_A"]),
        (found.r2["process"], wanted["R2_B"]),
        (found.r2["relation+process"], wanted["R2_AB"]),
        (found.unique["relation"], wanted["unique_A"]),
        (found.unique["process"], wanted["unique_B"]),
        (found.common, wanted["common"]),
    ):
        assert one.estimate == pytest.approx(two, **CLOSED)
    beside = wanted["with_covariates"]
    assert found.with_covariates.unique["relation"].estimate == pytest.approx(
        beside["unique_A"], **CLOSED
    )
    assert found.with_covariates.common.estimate == pytest.approx(beside["common"], **CLOSED)


def test_three_blocks_divide_as_in_r(complete, reference):
    found, wanted = complete.partition.finer, reference["commonality3"]
    assert found.unique["E"].estimate == pytest.approx(wanted["U_E"], **CLOSED)
    assert found.unique["W"].estimate == pytest.approx(wanted["U_W"], **CLOSED)
    assert found.unique["P"].estimate == pytest.approx(wanted["U_P"], **CLOSED)
    for pair, name in (("E+W", "C_EW"), ("E+P", "C_EP"), ("W+P", "C_WP")):
        assert found.common.parts[pair].estimate == pytest.approx(wanted[name], **CLOSED)
    assert found.common.estimate == pytest.approx(wanted["C_EWP"], **CLOSED)


def test_the_percentile_intervals_of_given_rows_are_those_of_r(complete, reference):
    lows, highs = reference["boot_fixed"]["common2"]["perc"]
    found = complete.partition
    for one, low, high in zip(
        (found.unique["relation"], found.unique["process"], found.common),
        lows,
        highs,
        strict=True,
    ):
        assert one.intervals["percentile"] == pytest.approx((low, high), **CLOSED)


def test_dominance_and_every_subset_are_those_of_r(complete, reference):
    for term, one in complete.dominance.predictors.items():
        name = r_name(term)
        assert one.general.estimate == pytest.approx(
            reference["dominance_general"][name], **CLOSED
        )
        assert one.relative_weight == pytest.approx(
            reference["relative_weights"][name], **CLOSED
        )
    wanted = {
        frozenset(name.split("+")): value for name, value in reference["all_subsets_r2"].items()
    }
    found = {
        frozenset(map(r_name, name.split("+"))): value
        for name, value in complete.dominance.subsets.items()
    }
    assert found.keys() == wanted.keys()
    for key, value in found.items():
        assert value == pytest.approx(wanted[key], **CLOSED)
    sets = reference["dominance_sets"]
    assert complete.dominance.sets["relation"].estimate == pytest.approx(sets["rel"], **CLOSED)
    assert complete.dominance.sets["process"].estimate == pytest.approx(sets["proc"], **CLOSED)


def test_the_paths_and_their_intervals_are_those_of_r(complete, reference):
    one, four, serial, _ = complete.paths
    indirect = {effect.name: effect for effect in one.effects}["task_t0: indirect"]
    boot = reference["boot_fixed"]
    assert indirect.raw.estimate == pytest.approx(boot["est1"], **CLOSED)
    assert indirect.raw.intervals["percentile"] == pytest.approx(boot["perc"], **CLOSED)
    assert indirect.raw.intervals["bca"] == pytest.approx(boot["bca"]["ci"], **CLOSED)
    assert indirect.raw.intervals["monte_carlo"] == pytest.approx(
        reference["mc_ci_1e6"]["ci"], rel=2e-2
    )
    four_r, serial_r = reference["path_4med"], reference["path_serial"]
    effects = {effect.name: effect.raw.estimate for effect in four.effects}
    assert effects["task_t0: indirect"] == pytest.approx(four_r["itask"]["est"], abs=5e-6)
    assert effects["expect_t0: indirect"] == pytest.approx(four_r["iexp"]["est"], abs=5e-6)
    chain = {effect.name: effect.raw.estimate for effect in serial.effects}
    assert chain["task_t0 -> control_t1 -> activity_t2 -> fatigue_t4"] == pytest.approx(
        serial_r["serial"]["est"], rel=1e-6
    )


def test_what_was_not_measured_is_weighed_as_in_r(complete, reference):
    wanted = reference["causal_mediation"]
    found = next(one for one in complete.causal if one.exposure == "arm")
    assert found.acme.estimate == pytest.approx(wanted["acme_closed"], **CLOSED)
    assert found.rho_at_zero.estimate == pytest.approx(wanted["resid_cor_m_yreduced"], **CLOSED)
    assert found.e_value.estimate == pytest.approx(
        wanted["mediational_evalue_demo"]["E"], **CLOSED
    )


def test_reliable_change_counts_those_who_got_worse(tmp_path, reference):
    """The sum scores of eight items at both waves, with alpha of the first."""
    with (FOLDER / "items.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path = tmp_path / "sums.csv"
    names = [f"{v}_{w}" for v in ("fatigue", "x", "y") for w in ("t0", "t4")]
    lines = [",".join(["id", *names])]
    for number, row in enumerate(rows):
        sums = [sum(int(row[f"fat{i}_{w}"]) for i in range(1, 9)) for w in ("t0", "t4")]
        more = [row["task1"], row["task2"], row["bond1"], row["bond2"]]
        lines.append(",".join(map(str, [number, *sums, *more])))
    path.write_text("\n".join(lines), encoding="utf-8")
    text = """
id = "sums"
person = "id"
waves = ["t0", "t4"]
outcome = "fatigue"
outcome_high_is = "worse"
relation = ["x"]
process = ["y"]
design = "cohort_prospective"
estimands = ["change"]
[reliable_change]
reliability = 0.86165603937627
cutoff = 35
"""
    wanted = reference["rci"]
    found = results_of(path, parse_plan(text, where="p")).change
    assert found.points == pytest.approx(wanted["rci_points"], rel=1e-4)
    assert found.improved.n == wanted["n_reliably_improved"]
    assert found.worse.n == wanted["n_deteriorated"]
    assert found.recovered.n == wanted["n_below35_and_reliable"]
    assert found.t == pytest.approx(wanted["paired_t"], **CLOSED)


def test_completed_data_sets_are_pooled_as_in_r(tmp_path, reference):
    with gzip.open(FOLDER / "missing.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path = tmp_path / "missing.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", *rows[0]])
        writer.writeheader()
        writer.writerows({"id": number, **row} for number, row in enumerate(rows))
    text = """
id = "pooled"
person = "id"
waves = ["t0", "t1", "t2", "t3", "t4"]
outcome = "fatigue"
relation = ["expect", "task"]
process = ["control", "focus"]
design = "cohort_prospective"
missing = "mi"
estimands = ["prediction"]
draws = 200
"""
    found = results_of(
        path, parse_plan(text, where="p"), imputed=read_table(FOLDER / "imputed.csv.gz")
    )
    names = {
        "I(control_t4 - control_t0)": "control_change",
        "I(focus_t4 - focus_t0)": "focus_change",
    }
    last = {one.term: one for one in found.prediction.steps[-1].coefficients}
    for row in reference["mice"]["pooled"]:
        one = last[names.get(row["term"], row["term"])]
        assert one.estimate == pytest.approx(row["estimate"], **CLOSED)
        assert one.errors["classical"].se == pytest.approx(row["t"] ** 0.5, **CLOSED)
        assert one.errors["classical"].df == pytest.approx(row["df"], rel=1e-8)
        assert one.missing_information == pytest.approx(row["fmi"], rel=1e-8)
    test = reference["mice"]["D1"]
    assert found.prediction.joint.f == pytest.approx(test["F"], rel=1e-8)
    assert found.prediction.joint.df2 == pytest.approx(test["df2"], rel=1e-8)
