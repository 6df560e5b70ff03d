"""Reliability and reliable change against psych and R, and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rapport.core.errors import InputError
from rapport.stats import change

EXACT = {"rtol": 1e-10, "atol": 1e-10}
SCALES = {
    **{scale: [f"{scale}{i}" for i in range(1, 5)] for scale in ("task", "bond", "goal")},
    "wai12": [f"{scale}{i}" for scale in ("task", "bond", "goal") for i in range(1, 5)],
    **{f"fat_{wave}": [f"fat{i}_{wave}" for i in range(1, 9)] for wave in ("t0", "t4")},
}


@pytest.mark.parametrize("scale", SCALES)
def test_alpha_equals_psych(items, reference, scale):
    found = change.cronbach_alpha(np.column_stack([items[name] for name in SCALES[scale]]))
    mine = [found.alpha, found.standardised, found.average_correlation]
    assert_allclose(mine, reference["alpha"][scale], **EXACT)


def test_reliable_change_equals_r(items, reference):
    before = np.sum([items[name] for name in SCALES["fat_t0"]], axis=0)
    after = np.sum([items[name] for name in SCALES["fat_t4"]], axis=0)
    r = reference["rci"]
    found = change.reliable_change(
        before, after, reliability=r["alpha"], high_is_worse=True, cutoff=35
    )
    assert_allclose(found.error, r["SEM"], **EXACT)
    assert_allclose(found.difference_error, r["Sdiff"], **EXACT)
    # R used 1.96, not the quantile.
    assert_allclose(found.points, r["rci_points"], rtol=2e-5)
    assert_allclose(found.index[:5], r["rci_first5"], **EXACT)
    assert found.improved.sum() == r["n_reliably_improved"]
    assert found.worse.sum() == r["n_deteriorated"]
    assert found.recovered is not None
    assert found.recovered.sum() == r["n_below35_and_reliable"]
    for mine, theirs in ((found.dz, "cohen_dz"), (found.dav, "dav"), (found.t, "paired_t")):
        assert_allclose(mine, r[theirs], **EXACT)


def test_threshold_by_hand():
    # SD 6, reliability 0.86: 1.96 * sqrt(2) * 6 * sqrt(0.14) = 6.22 points.
    found = change.reliable_change(
        [50, 50, 50, 40],
        [43, 44, 57, 30],
        reliability=0.86,
        sd=6,
        high_is_worse=True,
        cutoff=43,
    )
    assert_allclose(found.points, 6.22, atol=0.005)
    assert_array_equal(found.improved, [True, False, False, True])
    assert_array_equal(found.worse, [False, False, True, False])
    assert_array_equal(found.recovered, [False, False, False, True])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=30))
def test_everyone_is_in_one_group_and_turning_the_scale_swaps_them(pairs):
    before, after = np.array(pairs, dtype=float).T
    one = change.reliable_change(before, after, reliability=0.8, sd=5, high_is_worse=True)
    two = change.reliable_change(-before, -after, reliability=0.8, sd=5, high_is_worse=False)
    total = one.improved.astype(int) + one.worse + one.unchanged
    assert_array_equal(total, np.ones(len(pairs)))
    assert_array_equal(one.improved, two.improved)
    assert_array_equal(one.worse, two.worse)


def test_impossible_reliability_and_constant_items_are_refused():
    with pytest.raises(InputError, match=r"reliability of 1\.2"):
        change.reliable_change([1, 2], [2, 3], reliability=1.2, high_is_worse=True)
    with pytest.raises(InputError, match="2 items, of which 1 vary"):
        change.cronbach_alpha([[1, 3], [2, 3], [3, 3]])
