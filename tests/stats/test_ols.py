"""Least squares against R's lm, sandwich and clubSandwich, and against work by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats import moments, ols

EXACT = {"rtol": 1e-10, "atol": 1e-10}
COVARIATES = ("fatigue_t0", "age", "female")
RELATION = ("expect_t0", "task_t0", "bond_t0", "goal_t0")
PROCESS = ("dfocus", "dcontrol", "dactivity", "dpf")


@pytest.fixture(scope="module")
def steps(cohort):
    blocks = [
        {name: cohort[name] for name in block} for block in (COVARIATES, RELATION, PROCESS)
    ]
    return ols.steps(cohort["fatigue_t4"], blocks)


def test_steps_explain_as_much_as_in_r(steps, reference):
    r = reference["hier"]
    assert_allclose([s.regression.r2 for s in steps], r["r2"], **EXACT)
    assert_allclose([s.regression.adjusted_r2 for s in steps], r["adj_r2"], **EXACT)
    assert_allclose([s.regression.aic for s in steps], r["aic"], **EXACT)
    assert_allclose([s.regression.bic for s in steps], r["bic"], **EXACT)


def test_changes_between_steps_are_tested_as_in_r(steps, reference):
    for step, change in zip(steps[1:], reference["hier"]["fchange"], strict=True):
        assert_allclose(step.f_change, change["F"], **EXACT)
        assert step.f_df == (change["df1"], change["df2"])
        assert_allclose(step.p_change, change["p"], rtol=1e-8)
    full = reference["hier"]["anova_vs_full_denominator"]
    assert_allclose([s.f_full for s in steps[1:]], full["F"][1:], **EXACT)
    assert_allclose([s.p_full for s in steps[1:]], full["p"][1:], rtol=1e-8)


def test_coefficients_tests_and_intervals_equal_r(steps, reference):
    found, rows = steps[-1].regression, reference["hier"]["final"]
    assert list(found.terms) == [row["term"] for row in rows]
    assert_allclose(found.coefficients, [row["b"] for row in rows], **EXACT)
    for mine, theirs in (("se", "se"), ("t", "t"), ("low", "lo"), ("high", "hi")):
        assert_allclose(getattr(found.classical, mine), [r[theirs] for r in rows], **EXACT)
    assert_allclose(found.classical.p, [row["p"] for row in rows], rtol=1e-8)


def test_standardised_coefficients_inflation_and_influence_equal_r(steps, reference):
    found, r = steps[-1].regression, reference["hier"]
    assert_allclose(found.standardised, r["std_beta"], **EXACT)
    assert_allclose(found.vif, r["vif"], **EXACT)
    assert_allclose(found.cooks_distance.max(), r["cooks_max"], **EXACT)


def test_hc3_equals_sandwich(steps, reference):
    assert_allclose(steps[-1].regression.hc3.se, reference["hier"]["hc3_se"], **EXACT)


def test_cr2_with_satterthwaite_equals_club_sandwich(steps, cohort, reference):
    found, rows = ols.cr2(steps[-1].regression, cohort["therapist"]), reference["hier"]["cr2"]
    for mine, theirs in (("se", "SE"), ("t", "tstat"), ("df", "df_Satt"), ("p", "p_Satt")):
        assert_allclose(getattr(found, mine), [row[theirs] for row in rows], **EXACT)


def test_cr2_does_not_depend_on_names_or_order_of_clusters(steps, cohort):
    labels = [f"therapist {int(code)}" for code in -cohort["therapist"]]
    one = ols.cr2(steps[-1].regression, cohort["therapist"])
    two = ols.cr2(steps[-1].regression, labels)
    assert_allclose(two.se, one.se, rtol=1e-12)
    assert_allclose(two.df, one.df, rtol=1e-12)


def test_cr2_with_one_person_a_cluster_is_hc2(steps):
    found = steps[-1].regression
    weighted = found.q * (found.residuals / np.sqrt(1 - found.leverage))[:, None]
    inverse = np.linalg.inv(found.r)
    hc2 = inverse @ weighted.T @ weighted @ inverse.T
    assert_allclose(ols.cr2(found, np.arange(found.n)).covariance, hc2, rtol=1e-10)


def test_line_through_four_points_by_hand():
    # x = 0..3, y = 1, 3, 2, 6: slope 7 / 5, intercept 0.9, residual sum of squares 4.2.
    found = ols.fit([1, 3, 2, 6], {"x": [0, 1, 2, 3]})
    assert_allclose(found.coefficients, [0.9, 1.4])
    assert_allclose(found.r2, 1 - 4.2 / 14)
    assert_allclose(found.classical.se, [np.sqrt(2.1 * 0.7), np.sqrt(2.1 / 5)])
    assert_allclose(found.leverage, [0.7, 0.3, 0.3, 0.7])
    # Residuals 0.1, 0.7, -1.7, 0.9 over 1 - leverage: 1/3, 1, -17/7, 3.
    meat = (1.5 / 3) ** 2 + 0.5**2 + (0.5 * 17 / 7) ** 2 + 4.5**2
    assert_allclose(found.hc3.se[1], np.sqrt(meat) / 5)


@given(st.integers(0, 10_000), st.floats(0.001, 1000), st.floats(-1e6, 1e6))
def test_units_do_not_change_what_is_explained(seed, factor, shift):
    random = np.random.default_rng(seed)
    x, z, y = random.normal(size=(3, 30))
    one = ols.fit(y, {"x": x, "z": z})
    # Moved by up to a million spreads: further off, adding the shift rounds the data away.
    two = ols.fit((y + shift) * factor, {"x": x / factor, "z": z + shift / 1e3})
    assert_allclose(two.r2, one.r2, rtol=1e-6, atol=1e-9)
    assert_allclose(two.standardised, one.standardised, rtol=1e-6, atol=1e-8)
    assert_allclose(two.coefficients[1], one.coefficients[1] * factor**2, rtol=1e-6, atol=1e-8)


@given(st.integers(0, 10_000))
def test_cross_products_give_the_same_regression(seed):
    random = np.random.default_rng(seed)
    data = dict(zip("abcy", random.normal(size=(4, 25)) + random.normal(size=25), strict=True))
    whole = ols.fit(data["y"], {name: data[name] for name in "abc"})
    known = moments.moments(moments.columns(data))
    fit = moments.regress(known, ["y"], ["a", "b", "c"])
    assert_allclose(moments.raw(known, fit)[:, 0, 0], whole.coefficients[1:], rtol=1e-9)
    assert_allclose(moments.standardised(known, fit)[:, 0, 0], whole.standardised, rtol=1e-9)
    assert_allclose(moments.intercepts(known, fit)[0, 0], whole.coefficients[0], atol=1e-9)
    assert_allclose(fit.r2[0, 0], whole.r2, rtol=1e-10)


@given(st.integers(0, 10_000))
def test_weights_are_people_counted_several_times(seed):
    random = np.random.default_rng(seed)
    data = dict(zip("aby", random.normal(size=(3, 20)), strict=True))
    weights = random.multinomial(20, np.full(20, 0.05)) + 1
    known = moments.moments(moments.columns(data), weights)
    fit = moments.regress(known, ["y"], ["a", "b"])
    often = {name: np.repeat(values, weights) for name, values in data.items()}
    whole = ols.fit(often["y"], {"a": often["a"], "b": often["b"]})
    assert_allclose(moments.raw(known, fit)[:, 0, 0], whole.coefficients[1:], rtol=1e-9)
    assert_allclose(fit.r2[0, 0], whole.r2, rtol=1e-9)


@pytest.mark.parametrize(
    ("outcome", "predictors", "says"),
    [
        (
            [1, 2, 3, np.nan],
            {"x": [1, 2, 4, 3]},
            r"missing or infinite value at position \(3,\)",
        ),
        ([1, 2, 3, 5], {"x": [1, 2, 4]}, "3 values for 4 people"),
        ([1, 2, 3], {"x": [1, 2, 4], "z": [0, 1, 0]}, "3 people cannot carry 3 parameters"),
        ([1, 2, 3, 5], {"x": [1, 2, 4, 3], "z": [2, 4, 8, 6]}, "predictor z"),
        ([1, 2, 3, 5], {"x": [7, 7, 7, 7]}, "predictor x"),
        ([4, 4, 4, 4], {"x": [1, 2, 4, 3]}, "the outcome is constant"),
    ],
)
def test_what_cannot_be_estimated_is_refused_in_plain_words(outcome, predictors, says):
    with pytest.raises(InputError, match=says):
        ols.fit(outcome, predictors)


def test_one_cluster_is_refused(steps):
    with pytest.raises(InputError, match="at least two clusters"):
        ols.cr2(steps[-1].regression, ["all"] * 217)


def test_a_predictor_in_two_steps_is_refused():
    with pytest.raises(InputError, match="the predictor x comes twice"):
        ols.steps([1, 2, 3, 5], [{"x": [1, 2, 4, 3]}, {"x": [1, 2, 4, 3]}])
