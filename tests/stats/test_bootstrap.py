"""The bootstrap on R's own resampled rows, and the intervals made from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rapport.core.errors import InputError
from rapport.stats import bootstrap, intervals, partition, paths
from rapport.stats.distributions import normal_below
from rapport.stats.intervals import Kind
from rapport.stats.moments import columns, regress

EXACT = {"rtol": 1e-10, "atol": 1e-10}
RELATION = ("expect_t0", "task_t0", "bond_t0", "goal_t0")
PROCESS = ("dfocus", "dcontrol", "dactivity", "dpf")
ONE = paths.parallel(["task_t0"], ["dcontrol"], "fatigue_t4", ["fatigue_t0"])
FOUR = paths.parallel(["task_t0", "expect_t0"], PROCESS, "fatigue_t4", ["fatigue_t0"])


def parts(known):
    blocks = {"A": RELATION, "B": PROCESS}
    return partition.common_parts(partition.subset_r2(known, "fatigue_t4", blocks))[1:]


STATISTICS = {"one": paths.statistic(ONE), "four": paths.statistic(FOUR), "parts": parts}


def mean_of_x(known):
    return known.mean[:1] * known.scale[0] + known.centre[0]


def slope(known):
    return regress(known, ["y"], ["x"]).coefficients[:, 0]


@pytest.fixture(scope="module")
def data(cohort):
    names = ("fatigue_t4", "fatigue_t0", *RELATION, *PROCESS)
    return columns({name: cohort[name] for name in names})


@pytest.fixture(scope="module")
def drawn(data, resampled_rows):
    chosen = bootstrap.by_rows(resampled_rows, people=217)
    return bootstrap.bootstrap(data, STATISTICS, chosen)


def test_one_mediator_equals_r_draw_by_draw(drawn, reference):
    found, r = drawn["one"], reference["boot_fixed"]
    assert_allclose(found.estimate[0], r["est1"], **EXACT)
    assert_allclose(found.values[0, :10], r["first10"], **EXACT)
    assert_allclose(found.se[0], r["se"], **EXACT)
    assert found.failed[0] == 0


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        (Kind.PERCENTILE, lambda r: r["perc"]),
        (Kind.BIAS_CORRECTED, lambda r: r["bc_only"]),
        (Kind.BCA, lambda r: r["bca"]["ci"]),
    ],
)
def test_intervals_of_one_mediator_equal_r(drawn, reference, kind, where):
    found = intervals.interval(drawn["one"], kind)
    assert_allclose([found.low[0], found.high[0]], where(reference["boot_fixed"]), **EXACT)


def test_acceleration_equals_r(drawn, reference):
    found = intervals.acceleration(drawn["one"].jackknife[0])
    assert_allclose(found, reference["boot_fixed"]["bca"]["acc"], **EXACT)


def test_four_mediators_equal_r(drawn, reference):
    found, r = drawn["four"], reference["boot_fixed"]
    assert FOUR.names[:5] == (
        *(f"task_t0 -> {m} -> fatigue_t4" for m in PROCESS),
        "task_t0: indirect",
    )
    assert_allclose(found.estimate[:5], r["est4"], **EXACT)
    assert_allclose(found.se[:5], r["se4"], **EXACT)
    percentile, bca = intervals.interval(found), intervals.interval(found, Kind.BCA)
    assert_allclose([percentile.low[:5], percentile.high[:5]], r["perc4"], **EXACT)
    rows = np.array(r["bca4_acc_z0_lo_hi"])
    assert_allclose(
        [intervals.acceleration(j) for j in found.jackknife[:5]], rows[:, 0], **EXACT
    )
    assert_allclose(bca.low[:5], rows[:, 2], **EXACT)
    assert_allclose(bca.high[:5], rows[:, 3], **EXACT)


def test_parts_of_r2_in_the_same_draws_equal_r(drawn, reference):
    found, r = drawn["parts"], reference["boot_fixed"]["common2"]
    ends = intervals.interval(found)
    assert_allclose(found.estimate, r["est"], **EXACT)
    assert_allclose([ends.low, ends.high], r["perc"], **EXACT)
    assert_allclose(found.se, r["se"], **EXACT)


def test_basic_interval_is_the_percentile_interval_reflected(drawn):
    percentile = intervals.interval(drawn["parts"])
    basic = intervals.interval(drawn["parts"], Kind.BASIC)
    assert_allclose(basic.low, 2 * drawn["parts"].estimate - percentile.high)
    assert_allclose(basic.high, 2 * drawn["parts"].estimate - percentile.low)


def test_expanded_interval_cuts_where_students_t_would(drawn):
    # 217 people: the normal probability below t(216) at 2.5 %, 1.97101, times sqrt(217 / 216).
    found = intervals.interval(drawn["one"], Kind.EXPANDED)
    ends = np.quantile(drawn["one"].values[0], normal_below([-1.97556, 1.97556]))
    assert_allclose([found.low[0], found.high[0]], ends, rtol=1e-5)
    percentile = intervals.interval(drawn["one"])
    assert found.low[0] < percentile.low[0] < percentile.high[0] < found.high[0]


def test_expanded_interval_leaves_degrees_of_freedom_for_every_parameter(drawn):
    # 217 people, 8 coefficients: the normal probability below sqrt(217 / 209) t(209) at 2.5 %.
    found = intervals.interval(drawn["four"], Kind.EXPANDED, parameters=FOUR.parameters)
    ends = np.quantile(drawn["four"].values[0], normal_below([-2.008755, 2.008755]))
    assert FOUR.parameters == 8
    assert_allclose([found.low[0], found.high[0]], ends, rtol=1e-5)
    with pytest.raises(InputError, match="217 units cannot carry 217 parameters"):
        intervals.interval(drawn["four"], Kind.EXPANDED, parameters=217)


@pytest.mark.parametrize("people", [5, 300, 70_000])
def test_every_draw_takes_as_many_people_as_there_are(people):
    chosen = bootstrap.by_people(people, draws=3, seed=7)
    for counts in bootstrap.counted(chosen):
        assert_array_equal(counts.sum(axis=1), np.full(len(counts), people))


class Words:
    """A stream of given random numbers of 16 bits, four a word."""

    def __init__(self, *numbers):
        self._left = list(numbers)

    def random_raw(self, words):
        taken, self._left = self._left[: 4 * words], self._left[4 * words :]
        return np.array(taken, dtype="<u2").view("<u8")


def test_numbers_beyond_the_last_full_share_are_replaced_until_none_is_left():
    # 217 shares of 302 numbers make 65534, so 65534 and 65535 belong to nobody.
    words = Words(65535, 0, 65534, 65533, 301, 65535, 9, 9, 302, 9, 9, 9)
    assert_array_equal(bootstrap.uniform(words, 4, 217), [0, 0, 1, 216])


@pytest.mark.parametrize("below", [1, 2, 217, 4096, 4097, 50_000])
def test_random_numbers_are_equally_likely(below):
    size = 200 * max(below, 500)
    found = np.bincount(bootstrap.uniform(np.random.SFC64(1), size, below), minlength=below)
    assert len(found) == below
    expected = size / below
    misfit = ((found - expected) ** 2).sum() / expected
    assert abs(misfit - (below - 1)) <= 4 * np.sqrt(2 * (below - 1))


def test_more_draws_begin_with_the_same_draws():
    few, many = (
        np.concatenate(list(bootstrap.counted(bootstrap.by_people(4000, draws=n, seed=5))))
        for n in (11, 40)
    )
    assert_array_equal(many[:11], few)


def test_seeds_decide_the_draws_and_more_draws_only_add():
    x = np.random.default_rng(3).normal(size=50)
    data = columns({"x": x})

    def draws(number, seed):
        chosen = bootstrap.by_people(50, draws=number, seed=seed)
        return bootstrap.bootstrap(data, {"mean": mean_of_x}, chosen)["mean"].values

    assert_array_equal(draws(1500, 1), draws(1500, 1))
    assert_array_equal(draws(3000, 1)[:, :1024], draws(1500, 1)[:, :1024])
    assert not np.array_equal(draws(1500, 1), draws(1500, 2))


def test_standard_error_of_a_mean_is_that_of_theory():
    x = np.random.default_rng(5).normal(size=400)
    chosen = bootstrap.by_people(400, draws=20_000, seed=1)
    found = bootstrap.bootstrap(columns({"x": x}), {"mean": mean_of_x}, chosen)["mean"]
    assert_allclose(found.se[0], x.std() / 20, rtol=0.02)
    assert_allclose(found.jackknife[0], (x.sum() - x) / 399)


def test_a_draw_of_clusters_repeats_all_their_people():
    x = np.array([1.0, 2, 3, 10, 20])
    clusters = ["a", "a", "a", "b", "b"]
    chosen = bootstrap.by_clusters(clusters, draws=200, seed=2)
    found = bootstrap.bootstrap(columns({"x": x}), {"mean": mean_of_x}, chosen)["mean"]
    assert_allclose(np.unique(found.values.round(9)), [2, 7.2, 15])
    assert_allclose(found.jackknife[0], [15, 2])


def test_clusters_of_one_person_are_people():
    random = np.random.default_rng(4)
    data = columns({"x": random.normal(size=30), "y": random.normal(size=30)})
    people = bootstrap.by_people(30, draws=100, seed=9)
    clusters = bootstrap.by_clusters(np.arange(30), draws=100, seed=9)
    one = bootstrap.bootstrap(data, {"slope": slope}, people)["slope"]
    two = bootstrap.bootstrap(data, {"slope": slope}, clusters)["slope"]
    assert_allclose(two.values, one.values, rtol=1e-10)
    assert_allclose(two.jackknife, one.jackknife, rtol=1e-10)


def test_draws_that_fail_are_counted_and_left_out_of_intervals():
    data = columns({"x": [0, 0, 0, 1.0], "y": [1, 2, 4, 9.0]})
    rows = [[0, 1, 2, 3], [0, 0, 1, 2], [3, 3, 3, 3], [0, 1, 3, 3]]
    found = bootstrap.bootstrap(data, {"slope": slope}, bootstrap.by_rows(rows, people=4))[
        "slope"
    ]
    assert_array_equal(np.isfinite(found.values[0]), [True, False, False, True])
    assert found.failed[0] == 2
    assert intervals.interval(found).used[0] == 2
    assert_allclose(
        intervals.interval(found, level=0.5).low * data.scale[1] / data.scale[0], 6.875
    )


@given(st.integers(0, 1000), st.floats(0.01, 100), st.floats(-100, 100))
def test_percentile_and_bca_intervals_move_with_the_units(seed, factor, shift):
    random = np.random.default_rng(seed)
    x = random.gamma(2, size=40)
    chosen = bootstrap.by_people(40, draws=200, seed=seed)
    one = bootstrap.bootstrap(columns({"x": x}), {"mean": mean_of_x}, chosen)["mean"]
    moved = columns({"x": x * factor + shift})
    two = bootstrap.bootstrap(moved, {"mean": mean_of_x}, chosen)["mean"]
    for kind in (Kind.PERCENTILE, Kind.BASIC):
        a, b = intervals.interval(one, kind), intervals.interval(two, kind)
        assert_allclose(b.low, a.low * factor + shift, rtol=1e-7, atol=1e-7)
        assert_allclose(b.high, a.high * factor + shift, rtol=1e-7, atol=1e-7)


def test_progress_is_told_and_ends_at_the_number_of_draws():
    told = []
    data = columns({"x": np.arange(10.0)})
    chosen = bootstrap.by_people(10, draws=2500, seed=1)
    bootstrap.bootstrap(data, {"mean": mean_of_x}, chosen, progress=told.append)
    assert told == [1536, 2500]


def test_monte_carlo_interval_equals_r_within_its_noise(reference):
    r = reference["mc_ci_1e6"]
    a, b = (
        reference["path_1med"]["dcontrol~task_t0"],
        reference["path_1med"]["fatigue_t4~dcontrol"],
    )
    found = intervals.monte_carlo(
        lambda c: c[:1] * c[1:], [a["est"], b["est"]], r["V"], draws=400_000, seed=1
    )
    assert_allclose(np.quantile(found[0], [0.025, 0.975]), r["ci"], rtol=1e-2)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([[0, 1, 4]], "row numbers from 0 to 4 for 3 people"),
        ([[0.0, 1.0, 2.0]], "float64"),
        ([0, 1, 2], r"shape \(3,\)"),
    ],
)
def test_impossible_rows_are_refused(rows, says):
    with pytest.raises(InputError, match=says):
        bootstrap.by_rows(rows, people=3)


def test_a_resampling_for_other_people_is_refused():
    with pytest.raises(InputError, match="for 9 people, the data have 8"):
        bootstrap.bootstrap(
            columns({"x": np.arange(8.0)}),
            {"mean": mean_of_x},
            bootstrap.by_people(9, draws=10, seed=1),
        )


def test_an_estimate_that_does_not_exist_is_refused():
    data = columns({"x": [1, 2, 3, 5.0], "again": [2, 4, 6, 10.0], "y": [1, 2, 4, 3.0]})

    def both(known):
        return regress(known, ["y"], ["x", "again"]).coefficients[:, 0]

    with pytest.raises(InputError, match="combination of others"):
        bootstrap.bootstrap(data, {"both": both}, bootstrap.by_people(4, draws=5, seed=1))
