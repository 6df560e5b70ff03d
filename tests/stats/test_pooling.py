"""Rubin's rules against mice, and what they come to at their limits."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats import ols
from rapport.stats.imputation import pooling

EXACT = {"rtol": 1e-10, "atol": 1e-10}


@pytest.fixture(scope="module")
def fits(imputed):
    found = []
    for number in range(1, 21):
        one = imputed[".imp"] == number
        data = {name: values[one] for name, values in imputed.items()}
        predictors = {name: data[name] for name in ("fatigue_t0", "expect_t0", "task_t0")}
        predictors["dcontrol"] = data["control_t4"] - data["control_t0"]
        predictors["dfocus"] = data["focus_t4"] - data["focus_t0"]
        found.append(ols.fit(data["fatigue_t4"], predictors))
    return found


def test_pooled_coefficients_equal_mice(fits, reference):
    estimates = [fit.coefficients for fit in fits]
    variances = [fit.classical.se**2 for fit in fits]
    found = pooling.pool(estimates, variances, df=217 - 6)
    names = {
        "estimate": "estimate",
        "within": "ubar",
        "between": "b",
        "df": "df",
        "increase": "riv",
        "share": "lambda",
        "missing_information": "fmi",
    }
    for mine, theirs in names.items():
        r = [row[theirs] for row in reference["mice"]["pooled"]]
        assert_allclose(getattr(found, mine), r, **EXACT)
    names = {"se": "std.error", "t": "statistic", "low": "2.5 %", "high": "97.5 %"}
    for mine, theirs in names.items():
        r = [row[theirs] for row in reference["mice"]["summary"]]
        assert_allclose(getattr(found, mine), r, **EXACT)
    assert_allclose(
        found.p, [row["p.value"] for row in reference["mice"]["summary"]], rtol=1e-8
    )


def test_joint_test_equals_r(fits, reference):
    found = pooling.joint_test(
        [fit.coefficients[2:] for fit in fits],
        [fit.classical.covariance[2:, 2:] for fit in fits],
    )
    r = reference["mice"]["D1"]
    mine = [found.f, found.df1, found.df2, found.increase]
    assert_allclose(mine, [r["F"], r["k"], r["df2"], r["riv"]], **EXACT)
    assert_allclose(found.p, r["p"], rtol=1e-8)


def test_pooled_r2_equals_mice(fits, reference):
    found = pooling.pool_r2([fit.r2 for fit in fits], 217)
    r = reference["mice"]["r2"][0]
    assert_allclose(found[0], r[0], **EXACT)
    # mice takes 1.96 for the quantile.
    assert_allclose(found[1:], r[1:3], rtol=1e-5)


def test_total_covariances_have_the_pooled_variances_on_their_diagonal(fits):
    estimates = [fit.coefficients for fit in fits]
    mean, total = pooling.pool_covariance(estimates, [f.classical.covariance for f in fits])
    each = pooling.pool(estimates, [fit.classical.se**2 for fit in fits])
    assert_allclose(mean, each.estimate, **EXACT)
    assert_allclose(np.diag(total), each.se**2, **EXACT)
    assert_allclose(total, total.T)
    with pytest.raises(InputError, match="shape"):
        pooling.pool_covariance(estimates, [np.eye(2)] * len(fits))


def test_equal_imputations_give_back_the_complete_analysis():
    found = pooling.pool([[1.0], [1.0], [1.0]], [[4.0], [4.0], [4.0]])
    assert_allclose([found.estimate[0], found.se[0], found.df[0]], [1, 2, np.inf])
    assert_allclose([found.low[0], found.high[0]], [1 - 3.919928, 1 + 3.919928], rtol=1e-6)
    assert found.share[0] == 0


def test_two_imputations_by_hand():
    # Mean 2, within 1, between 2: total 1 + 1.5 * 2 = 4; df = 1 / 0.75².
    found = pooling.pool([[1.0], [3.0]], [[1.0], [1.0]])
    assert_allclose([found.estimate[0], found.se[0], found.df[0]], [2, 2, 1 / 0.75**2])


def test_one_imputation_is_refused():
    with pytest.raises(InputError, match="1 imputation"):
        pooling.pool([[1.0]], [[1.0]])
