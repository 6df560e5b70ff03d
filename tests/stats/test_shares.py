"""R² and its parts with their intervals: rows, hand-worked ends, and what must not change."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rapport.core.errors import InputError
from rapport.stats import bootstrap, shares
from rapport.stats.bootstrap import Draws
from rapport.stats.distributions import chi2_centre, chi2_median
from rapport.stats.imputation.bootstrap import bootstrap_imputed
from rapport.stats.intervals import Kind, interval
from rapport.stats.moments import columns, moments

EXACT = {"rtol": 1e-10, "atol": 1e-10}
BLOCKS = {
    "relation": ("expect_t0", "task_t0", "bond_t0", "goal_t0"),
    "process": ("dfocus", "dcontrol", "dactivity", "dpf"),
}
COVARIATES = ("fatigue_t0", "age", "female")


@pytest.fixture(scope="module")
def data(cohort):
    names = ("fatigue_t4", *COVARIATES, *BLOCKS["relation"], *BLOCKS["process"])
    return columns({name: cohort[name] for name in names})


@pytest.fixture(scope="module")
def drawn(data, resampled_rows):
    chosen = bootstrap.by_rows(resampled_rows, people=217)
    one = shares.statistic("fatigue_t4", BLOCKS)
    return bootstrap.bootstrap(data, {"parts": one}, chosen)["parts"]


@pytest.fixture(scope="module")
def found(drawn):
    return shares.interval(drawn, shares.layout(BLOCKS), people=217)


def draws_of(values, estimate, units=100):
    values = np.atleast_2d(values)
    return Draws(
        estimate=np.array([estimate]),
        values=values,
        jackknife=np.full((1, units), estimate),
        failed=np.zeros(1, dtype=np.intp),
    )


def first_row(rows):
    """The layout of the first row alone."""
    return shares.Layout(
        names=rows.names[:1],
        blocks=rows.blocks,
        r2_sets=rows.r2_sets[:1],
        part_sets=rows.part_sets[:0],
        predictors=rows.predictors[:1],
        common=rows.common[:1],
    )


ONE = first_row(shares.layout({"a": ["a"]}))


def test_two_blocks_have_the_six_numbers_and_set_dominance(drawn, reference):
    rows = shares.layout(BLOCKS)
    r = reference["commonality2"]
    wanted = {
        "R2: relation": r["R2_A"],
        "R2: process": r["R2_B"],
        "R2: relation + process": r["R2_AB"],
        "unique: relation": r["unique_A"],
        "unique: process": r["unique_B"],
        "common: relation + process": r["common"],
        "dominance: relation": reference["dominance_sets"]["rel"],
        "dominance: process": reference["dominance_sets"]["proc"],
    }
    assert set(rows.names) == set(wanted)
    for name, value in wanted.items():
        assert_allclose(drawn.estimate[rows.row(name)], value, **EXACT)


def test_with_covariates_parts_are_what_is_added(data, reference):
    rows = shares.layout(BLOCKS, COVARIATES)
    values = shares.statistic("fatigue_t4", BLOCKS, COVARIATES)(moments(data))[:, 0]
    r = reference["commonality2"]["with_covariates"]
    wanted = {
        "R2: covariates": r["R2_cov"],
        "R2: relation": r["R2_cov"] + r["dA"],
        "unique: process": r["unique_B"],
        "common: relation + process": r["common"],
    }
    for name, value in wanted.items():
        assert_allclose(values[rows.row(name)], value, **EXACT)
    assert rows.predictors[rows.row("R2: relation")] == 7
    assert rows.predictors[rows.row("unique: process")] == 11


def test_more_than_three_blocks_get_rows_for_single_ones_and_the_whole():
    rows = shares.layout({name: [name] for name in "abcd"})
    assert rows.names == (
        *(f"R2: {name}" for name in "abcd"),
        "R2: a + b + c + d",
        *(f"unique: {name}" for name in "abcd"),
        *(f"dominance: {name}" for name in "abcd"),
    )
    assert not rows.common.any()


def test_intervals_of_the_cohort_lie_below_the_percentile_ones(drawn, found):
    # Draws of R² lie above the estimate; the interval is freed of that.
    percentile = interval(drawn, Kind.PERCENTILE)
    rows = shares.layout(BLOCKS)
    for name in ("unique: relation", "unique: process", "R2: relation + process"):
        row = rows.row(name)
        assert found.low[row] < percentile.low[row]
        assert found.high[row] < percentile.high[row]
        assert 0 < found.low[row] < drawn.estimate[row] < found.high[row]
    common = rows.row("common: relation + process")
    assert_allclose(found.low[common], percentile.low[common], atol=0.01)


def test_one_large_share_gets_the_interval_of_fisher():
    # No bias, z of the root spread by 1 / sqrt(n): about tanh(z - and + 1.96 / sqrt(n))².
    z = np.arctanh(np.sqrt(0.5)) + np.random.default_rng(1).normal(size=400_000) / 30
    values = np.tanh(z) ** 2
    ends = shares.interval(draws_of(values, 0.5), ONE, people=10_000_000)
    wanted = (
        np.tanh(np.arctanh(np.sqrt(0.5)) + np.array([-1.96, 1.96]) * (100 / 99) ** 0.5 / 30)
        ** 2
    )
    assert_allclose([ends.low[0], ends.high[0]], wanted, atol=1e-3)


def test_a_share_that_nothing_would_bring_starts_at_0_and_does_not_end_there():
    values = np.random.default_rng(2).chisquare(4, size=10_000) / 400
    ends = shares.interval(draws_of(values, 0.0), ONE, people=10_000)
    assert ends.low[0] == 0
    assert ends.high[0] > 0.005


def test_chi_squared_centres_by_hand():
    # With one degree of freedom the centre is that of a squared normal value: (sqrt(x) -+ z)².
    low, high = chi2_centre(25.0, 1.0, 0.975), chi2_centre(25.0, 1.0, 0.025)
    assert_allclose([low, high], [(5 - 1.959964) ** 2, (5 + 1.959964) ** 2], rtol=1e-4)
    assert chi2_centre(1.0, 1.0, 0.975) == 0
    assert_allclose(chi2_median(2.0), 2 * np.log(2))


def test_draws_that_failed_are_left_out():
    values = np.random.default_rng(3).uniform(0.1, 0.3, size=1000)
    whole = shares.interval(draws_of(values, 0.2), ONE, people=100)
    holed = shares.interval(draws_of(np.r_[values, np.nan], 0.2), ONE, people=100)
    assert_array_equal([holed.low, holed.high], [whole.low, whole.high])
    assert holed.used[0] == 1000
    none = shares.interval(draws_of(np.full(5, np.nan), 0.2), ONE, people=100)
    assert np.isnan(none.low[0])


def test_draws_that_all_agree_give_their_value():
    ends = shares.interval(draws_of(np.full(50, 0.2), 0.2), ONE, people=100)
    assert_allclose([ends.low[0], ends.high[0]], 0.2)


def test_few_clusters_widen_the_interval():
    values = np.random.default_rng(3).uniform(0.1, 0.3, size=1000)
    many = shares.interval(draws_of(values, 0.2, units=100), ONE, people=100)
    few = shares.interval(draws_of(values, 0.2, units=5), ONE, people=100)
    assert few.high[0] - few.low[0] > 1.05 * (many.high[0] - many.low[0])


@given(st.integers(0, 1000), st.floats(0.01, 100))
@settings(max_examples=20)
def test_units_do_not_matter_and_wider_levels_hold_narrower_ones(seed, factor):
    random = np.random.default_rng(seed)
    x, w = random.normal(size=(2, 40))
    y = x + random.normal(size=40)
    blocks = {"x": ["x"], "w": ["w"]}
    chosen = bootstrap.by_people(40, draws=100, seed=seed)
    found = []
    for scaled in ({"x": x, "w": w, "y": y}, {"x": x * factor, "w": w - 3, "y": y / factor}):
        one = {"parts": shares.statistic("y", blocks)}
        drawn = bootstrap.bootstrap(columns(scaled), one, chosen)["parts"]
        found.append(shares.interval(drawn, shares.layout(blocks), people=40))
    assert_allclose(found[0].low, found[1].low, atol=1e-7)
    assert_allclose(found[0].high, found[1].high, atol=1e-7)
    wide = shares.interval(drawn, shares.layout(blocks), people=40, level=0.99)
    assert (wide.low <= found[1].low + 1e-12).all()
    assert (wide.high >= found[1].high - 1e-12).all()


def test_imputed_data_have_intervals_too(cohort):
    blocks = {"task": ["task_t0"], "control": ["dcontrol"]}
    random = np.random.default_rng(1)
    noisy = [
        columns(
            {
                "task_t0": cohort["task_t0"],
                "dcontrol": cohort["dcontrol"] + random.normal(size=217),
                "fatigue_t4": cohort["fatigue_t4"],
            }
        )
        for _ in range(5)
    ]
    chosen = bootstrap.by_people(217, draws=1000, seed=1)
    one = {"parts": shares.statistic("fatigue_t4", blocks)}
    drawn = bootstrap_imputed(noisy, one, chosen)["parts"]
    ends = shares.interval(drawn, shares.layout(blocks), people=217)
    assert (ends.low < drawn.estimate).all()
    assert (drawn.estimate < ends.high).all()


def test_draws_of_other_rows_and_too_few_people_are_refused(drawn):
    with pytest.raises(InputError, match="8 rows for 1 names"):
        shares.interval(drawn, ONE, people=217)
    with pytest.raises(InputError, match="9 people for 8 predictors"):
        shares.interval(drawn, shares.layout(BLOCKS), people=9)
    with pytest.raises(InputError, match="no row"):
        shares.layout(BLOCKS).row("unique: weather")
    with pytest.raises(InputError, match="for parts of R²"):
        interval(drawn, Kind.NONCENTRAL)
