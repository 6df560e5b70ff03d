"""Multiple imputation: against mice on the same data, by hand, and by what must not change."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rapport.core.errors import InputError
from rapport.stats import bootstrap, intervals, ols, paths
from rapport.stats.imputation import chained as imputation
from rapport.stats.imputation import pooling, sensitivity
from rapport.stats.imputation.bootstrap import bootstrap_imputed
from rapport.stats.imputation.chained import Method
from rapport.stats.moments import columns, moments

EXACT = {"rtol": 1e-10, "atol": 1e-10}
TERMS = ("fatigue_t0", "expect_t0", "task_t0", "dcontrol", "dfocus")


def with_changes(data):
    return {
        **data,
        "dcontrol": data["control_t4"] - data["control_t0"],
        "dfocus": data["focus_t4"] - data["focus_t0"],
    }


def regression(data):
    full = with_changes(data)
    return ols.fit(full["fatigue_t4"], {name: full[name] for name in TERMS})


def estimator(data):
    fitted = regression(data)
    return fitted.coefficients, fitted.classical.se**2


def made_up(seed, people=80, holes=0.2):
    random = np.random.default_rng(seed)
    x = random.normal(size=people)
    y = x + random.normal(size=people)
    few = random.integers(1, 6, size=people).astype(float)
    y[random.random(people) < holes] = np.nan
    few[random.random(people) < holes] = np.nan
    few[0], y[0] = 3.0, 1.0
    return {"x": x, "y": y, "few": few}


@pytest.fixture(scope="module")
def own(incomplete):
    return imputation.impute(incomplete, seed=1)


@pytest.fixture(scope="module")
def stored(imputed):
    parts = [imputed[".imp"] == number for number in range(1, 21)]
    kept = {name: values for name, values in imputed.items() if not name.startswith(".")}
    return imputation.given([{n: v[part] for n, v in kept.items()} for part in parts])


def pooled(completed):
    fits = [regression(completed.data(k)) for k in range(completed.imputations)]
    return pooling.pool(
        [fit.coefficients for fit in fits],
        [fit.classical.se**2 for fit in fits],
        df=fits[0].f_df[1],
    )


def test_complete_cases_equal_r(incomplete, reference):
    data = with_changes(incomplete)
    whole = np.isfinite(sum(data[name] for name in ("fatigue_t4", *TERMS)))
    fitted = ols.fit(data["fatigue_t4"][whole], {name: data[name][whole] for name in TERMS})
    rows = reference["mice"]["complete_case"]
    assert_allclose(fitted.coefficients, [row["b"] for row in rows], **EXACT)
    assert_allclose(fitted.classical.low, [row["lo"] for row in rows], **EXACT)


def test_full_data_equal_r(cohort, reference):
    rows = reference["mice"]["full_data"]
    fitted = regression(cohort)
    assert_allclose(fitted.coefficients, [row["b"] for row in rows], **EXACT)
    assert_allclose(fitted.classical.se, [row["se"] for row in rows], **EXACT)


def test_data_sets_completed_elsewhere_give_the_pooled_answer_of_mice(stored, reference):
    found = pooled(stored)
    rows = reference["mice"]["summary"]
    assert_allclose(found.estimate, [row["estimate"] for row in rows], **EXACT)
    assert_allclose(found.se, [row["std.error"] for row in rows], **EXACT)
    assert_allclose(found.df, [row["df"] for row in rows], **EXACT)


def test_missing_information_about_r2_equals_mice(stored, reference):
    r2 = [regression(stored.data(k)).r2 for k in range(20)]
    z = np.arctanh(np.sqrt(r2))[:, None]
    found = pooling.pool(z, np.full((20, 1), 1 / (217 - 3)))
    assert_allclose(found.missing_information[0], reference["mice"]["r2"][0][3], **EXACT)


def test_own_imputation_agrees_with_that_of_mice_within_its_noise(own, reference):
    # Other random numbers, the same method: apart by a part of a standard error only.
    found, rows = pooled(own), reference["mice"]["summary"]
    theirs = np.array([[row["estimate"], row["std.error"]] for row in rows]).T
    assert (np.abs(found.estimate - theirs[0]) < 0.4 * theirs[1]).all()
    assert_allclose(found.se, theirs[1], rtol=0.15)


def test_own_imputation_is_nearer_to_the_full_data_than_mar_drop_out_leaves_it(
    own, incomplete, cohort
):
    truth = cohort["fatigue_t4"].mean()
    filled = np.mean([own.data(k)["fatigue_t4"].mean() for k in range(20)])
    assert abs(filled - truth) < abs(np.nanmean(incomplete["fatigue_t4"]) - truth)


def test_chains_of_the_cohort_have_converged(own):
    assert own.trace_mean.shape == (len(own.gaps), 20, 20)
    assert (own.r_hat < 1.25).all()


def test_observed_values_stay_and_filled_ones_differ_between_imputations(own, incomplete):
    for place, name in enumerate(own.names):
        seen = ~own.missing[:, place]
        for k in range(own.imputations):
            assert_array_equal(own.values[k, seen, place], incomplete[name][seen])
    assert np.isfinite(own.values).all()
    assert (own.values[:, own.missing].std(axis=0) > 0).all()


@given(st.integers(0, 200))
@settings(max_examples=10)
def test_seeds_decide_and_more_imputations_only_add(seed):
    data = made_up(seed)
    two = imputation.impute(data, seed=seed, imputations=2, iterations=2)
    three = imputation.impute(data, seed=seed, imputations=3, iterations=2)
    assert_array_equal(two.values, three.values[:2])
    other = imputation.impute(data, seed=seed + 1, imputations=2, iterations=2)
    assert not np.array_equal(two.values, other.values)


def test_variables_of_few_values_are_filled_with_observed_values():
    data = made_up(5)
    found = imputation.impute(data, seed=2, imputations=3)
    assert dict(zip(found.gaps, found.methods, strict=True)) == {
        "y": Method.NORMAL,
        "few": Method.MATCHING,
    }
    assert set(np.unique(found.values[:, :, 2])) <= {1, 2, 3, 4, 5}


def test_the_methods_can_be_chosen():
    found = imputation.impute(made_up(5), seed=2, imputations=2, methods={"y": Method.MATCHING})
    y = made_up(5)["y"]
    assert set(found.values[:, :, 1].ravel()) <= set(y[np.isfinite(y)])


def test_units_do_not_matter():
    data = made_up(8)
    one = imputation.impute(data, seed=4, imputations=2, iterations=3)
    moved = {**data, "y": data["y"] * 1000 + 5, "x": data["x"] / 7}
    two = imputation.impute(moved, seed=4, imputations=2, iterations=3)
    assert_allclose(two.values[:, :, 1], one.values[:, :, 1] * 1000 + 5, rtol=1e-8)


def test_draws_carry_the_uncertainty_of_the_regression():
    # One gap, y on x with 6 people: the predictive variance is sigma² (1 + leverage) scaled by
    # the chi-squared draw of sigma², whose mean is rss / (df - 2).
    x = np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 1.0, 1.2, 6.0])
    y = np.array([1.0, -2.0, 0.5, 1.5, -1.0, 2.0, 0.3, 0.1, np.nan])
    found = imputation.impute(
        {"x": x, "y": y}, seed=1, imputations=2000, iterations=1, methods={"y": Method.NORMAL}
    )
    fitted = ols.fit(y[:-1], {"x": x[:-1]})
    design = np.array([1.0, 6.0])
    leverage = design @ np.linalg.inv(fitted.r.T @ fitted.r) @ design
    variance = float(fitted.residuals @ fitted.residuals) / (6 - 2) * (1 + leverage)
    filled = found.values[:, -1, 1]
    assert_allclose(filled.mean(), fitted.coefficients @ design, atol=0.1)
    assert_allclose(filled.var(), variance, rtol=0.15)


def test_an_auxiliary_variable_removes_the_bias_of_selective_drop_out():
    # Those with high early fatigue drop out; only the early fatigue knows it.
    random = np.random.default_rng(3)
    early = random.normal(size=2000)
    late = 0.8 * early + 0.6 * random.normal(size=2000)
    late[early > 0.5] = np.nan
    found = imputation.impute(
        {"early": early, "late": late}, seed=1, imputations=5, iterations=2
    )
    assert np.nanmean(late) < -0.35
    assert abs(found.values[:, :, 1].mean()) < 0.06


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"y": np.full(80, np.nan)}, "no value is observed"),
        ({"y": np.full(80, 2.0)}, "all observed values are the same"),
        ({"y": np.ones(7)}, "shapes"),
        ({"y": np.full(80, np.inf)}, "infinite"),
        ({"y": np.array([1.0, 2.0, *[np.nan] * 78])}, "2 observed values cannot carry"),
    ],
)
def test_data_that_cannot_be_imputed_are_refused(change, says):
    with pytest.raises(InputError, match=says):
        imputation.impute({**made_up(1), **change}, seed=1)


def test_data_sets_that_differ_in_an_observed_value_are_refused():
    with pytest.raises(InputError, match="differ where a value is observed"):
        imputation.given(
            [{"x": [1.0, 2.0]}, {"x": [1.0, 3.0]}], incomplete={"x": [np.nan, 2.0]}
        )


def test_data_with_gaps_of_other_people_or_variables_are_refused():
    completed = [{"x": [1.0, 2.0]}, {"x": [1.0, 3.0]}]
    for other in ({"x": [1.0, 2.0, np.nan]}, {"w": [1.0, np.nan]}):
        with pytest.raises(InputError, match=r"other variables or people|shapes"):
            imputation.given(completed, incomplete=other)


def test_shifted_cells_move_by_delta_standard_deviations():
    completed = [{"x": [1.0, 3.0, 7.0]}, {"x": [1.0, 3.0, 9.0]}]
    found = imputation.given(completed, incomplete={"x": [1.0, 3.0, np.nan]})
    moved = sensitivity.shifted(found, "x", -2)
    assert_allclose(moved.values[:, :, 0], [[1, 3, 7 - 2 * 2**0.5], [1, 3, 9 - 2 * 2**0.5]])


def test_the_tipping_point_is_where_the_interval_reaches_0():
    # The mean of four people, one of them filled in: it moves by a quarter of the shift.
    completed = [{"x": [4.0, 5.0, 6.0, value]} for value in (4.8, 5.2, 5.0)]
    found = imputation.given(completed, incomplete={"x": [4.0, 5.0, 6.0, np.nan]})

    def mean(data):
        return [data["x"].mean()], [1.0]

    answer = sensitivity.sensitivity(found, "x", mean, [-20, -10, 0, 10])
    half = answer.pooled[2].high[0] - 5
    assert answer.cells == 1
    assert_allclose(answer.shift, [-20, -10, 0, 10])
    assert_allclose(answer.tipping[0], 4 * (half - 5), rtol=1e-6)


def test_sensitivity_without_delta_is_the_pooled_analysis(own, reference):
    answer = sensitivity.sensitivity(own, "fatigue_t4", estimator, [-1, 0, 1], df=211)
    plain = pooled(own)
    assert_array_equal(answer.pooled[1].estimate, plain.estimate)
    assert answer.pooled[0].estimate[0] != plain.estimate[0]
    assert np.isnan(answer.tipping[1])


def test_deltas_without_0_are_refused(own):
    with pytest.raises(InputError, match="take in 0"):
        sensitivity.sensitivity(own, "fatigue_t4", estimator, [1, 2])


MODEL = paths.parallel(["task_t0"], ["dcontrol"], "fatigue_t4", ["fatigue_t0"])


def ready(completed):
    names = ("fatigue_t4", *TERMS)
    every = [with_changes(completed.data(k)) for k in range(completed.imputations)]
    return [columns({name: data[name] for name in names}) for data in every]


def test_the_bootstrap_of_imputed_data_has_rubins_total_variance(stored):
    chosen = bootstrap.by_people(217, draws=20_000, seed=3)
    data = ready(stored)
    found = bootstrap_imputed(data, {"paths": paths.statistic(MODEL)}, chosen)["paths"]
    each = [paths.asymptotic(one, MODEL) for one in map(moments, data)]
    total = pooling.pool([e.estimate for e in each], [e.se**2 for e in each])
    assert_allclose(found.estimate[:3], total.estimate[:3], rtol=1e-10)
    assert_allclose(found.se[:3], total.se[:3], rtol=0.08)
    assert found.values.shape[1] == 20_000
    ends = intervals.interval(found)
    assert (ends.low < found.estimate).all()
    assert (ends.high > found.estimate).all()


def test_equal_data_sets_give_the_bootstrap_of_one(cohort):
    one = columns({name: cohort[name] for name in ("fatigue_t4", *TERMS)})
    rows = np.random.default_rng(1).integers(0, 217, size=(40, 217))
    chosen = bootstrap.by_rows(rows, people=217)
    statistics = {"paths": paths.statistic(MODEL)}
    both = bootstrap_imputed([one, one], statistics, chosen)["paths"]
    alone = bootstrap.bootstrap(one, statistics, chosen)["paths"]
    assert_allclose(both.values, alone.values, **EXACT)
    assert_allclose(both.jackknife, alone.jackknife, **EXACT)


def test_too_few_draws_for_the_data_sets_are_refused(stored):
    with pytest.raises(InputError, match="30 draws of 20 completed"):
        bootstrap_imputed(ready(stored), {}, bootstrap.by_people(217, draws=30, seed=1))
