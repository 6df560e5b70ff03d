"""Correlations from the cross-products that every analysis starts from, against R."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rapport.core.errors import InputError
from rapport.stats.moments import columns, moments, regress, regress_nested

PROCESS = ("focus", "control", "activity", "pf")
FIRST = ("expect", "task", "bond", "goal", *PROCESS, "fatigue")


def test_correlations_equal_r(cohort, reference):
    names = (*(f"{name}_t0" for name in FIRST), "fatigue_t4")
    known = moments(columns({name: cohort[name] for name in names}))
    covariance = known.covariance[:, :, 0]
    spread = np.sqrt(np.diag(covariance))
    found = covariance / np.outer(spread, spread)
    assert_allclose(found, reference["cor_t0"], rtol=1e-10, atol=1e-10)


def some(seed):
    """Five variables of 25 people under three weightings."""
    random = np.random.default_rng(seed)
    data = dict(zip("abcde", random.normal(size=(5, 25)), strict=True))
    return data, moments(columns(data), random.multinomial(25, np.full(25, 0.04), size=3) + 1)


def test_moments_of_some_draws_in_any_order_of_variables_are_those_of_all():
    _, known = some(1)
    last = known.some(slice(2, 3))
    assert_array_equal(last.covariance, known.covariance[:, :, 2:])
    assert_array_equal(last.variances, np.einsum("iib->ib", known.covariance)[:, 2:])
    for i, row in enumerate(last.triangle([3, 0, 4])):
        assert_array_equal(row, last.covariance[[3, 0, 4][i], [3, 0, 4][i:]])


@given(st.integers(0, 10_000))
def test_nested_regressions_are_those_of_each_alone(seed):
    _, known = some(seed)
    models = [(["c", "d"], ["b"]), (["e"], ["b", "d"]), (["a", "e"], ["b", "d", "c"])]
    for (responses, predictors), found in zip(
        models, regress_nested(known, models), strict=True
    ):
        alone = regress(known, responses, predictors)
        assert_allclose(found.coefficients, alone.coefficients, rtol=1e-9, atol=1e-12)
        assert_allclose(found.residual, alone.residual, rtol=1e-9, atol=1e-12)
        assert_array_equal(found.total, alone.total)


def test_each_of_nested_regressions_needs_enough_people():
    known = moments(columns({"a": [1, 2, 4.0], "b": [1, 0, 3.0], "c": [2, 0, 1.0]}))
    with pytest.raises(InputError, match="3 people cannot carry 3 parameters"):
        regress_nested(known, [(["b"], ["a"]), (["c"], ["a", "b"])])


def test_a_response_among_its_predictors_is_refused():
    _, known = some(1)
    with pytest.raises(InputError, match="the variable a is named twice"):
        regress(known, ["a"], ["b", "a"])
