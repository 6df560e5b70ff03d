"""Correlations from the cross-products that every analysis starts from, against R."""

import numpy as np
from numpy.testing import assert_allclose

from rapport.stats.moments import columns, moments

PROCESS = ("focus", "control", "activity", "pf")
FIRST = ("expect", "task", "bond", "goal", *PROCESS, "fatigue")


def test_correlations_equal_r(cohort, reference):
    names = (*(f"{name}_t0" for name in FIRST), "fatigue_t4")
    known = moments(columns({name: cohort[name] for name in names}))
    covariance = known.covariance[:, :, 0]
    spread = np.sqrt(np.diag(covariance))
    found = covariance / np.outer(spread, spread)
    assert_allclose(found, reference["cor_t0"], rtol=1e-10, atol=1e-10)
