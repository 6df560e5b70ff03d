"""Parts of R² against R (lm, domir, relaimpo, yhat), and what must hold of any partition."""

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats import moments as known_moments
from rapport.stats import ols, partition

EXACT = {"rtol": 1e-10, "atol": 1e-10}
COVARIATES = ("fatigue_t0", "age", "female")
RELATION = ("expect_t0", "task_t0", "bond_t0", "goal_t0")
PROCESS = ("dfocus", "dcontrol", "dactivity", "dpf")
SINGLE = {name: (name,) for name in RELATION + PROCESS}


@pytest.fixture(scope="module")
def known(cohort):
    names = ("fatigue_t4", *COVARIATES, *RELATION, *PROCESS)
    return known_moments.moments(known_moments.columns({name: cohort[name] for name in names}))


@pytest.fixture(scope="module")
def single(known):
    return partition.partition(known, "fatigue_t4", SINGLE)


def test_two_blocks_give_the_six_numbers_of_r(known, reference):
    found = partition.partition(known, "fatigue_t4", {"A": RELATION, "B": PROCESS})
    r = reference["commonality2"]
    assert_allclose(found.r2[1:, 0], [r["R2_A"], r["R2_B"], r["R2_AB"]], **EXACT)
    assert_allclose(found.parts[1:, 0], [r["unique_A"], r["unique_B"], r["common"]], **EXACT)
    assert_allclose(found.adjusted_parts[1:, 0], [0.0531, 0.1871, 0.0845], atol=5e-5)


def test_two_blocks_after_covariates_equal_r(known, reference):
    found = partition.partition(
        known, "fatigue_t4", {"A": RELATION, "B": PROCESS}, covariates=COVARIATES
    )
    r = reference["commonality2"]["with_covariates"]
    assert_allclose(found.r2[0, 0], r["R2_cov"], **EXACT)
    assert_allclose(found.r2[1:, 0] - found.r2[0, 0], [r["dA"], r["dB"], r["dAB"]], **EXACT)
    assert_allclose(found.parts[1:, 0], [r["unique_A"], r["unique_B"], r["common"]], **EXACT)


def test_three_blocks_give_the_seven_parts_of_r(known, reference):
    blocks = {"E": RELATION[:1], "W": RELATION[1:], "P": PROCESS}
    found = partition.partition(known, "fatigue_t4", blocks)
    r = reference["commonality3"]
    for name, value in r["R2"].items():
        assert_allclose(found.r2[found.subset(*name), 0], value, **EXACT)
    for name in ("U_E", "U_W", "U_P", "C_EW", "C_EP", "C_WP", "C_EWP"):
        assert_allclose(found.parts[found.subset(*name[2:]), 0], r[name], **EXACT)


def test_all_255_subsets_equal_r(single, reference):
    assert len(reference["all_subsets_r2"]) == 255
    for name, value in reference["all_subsets_r2"].items():
        assert_allclose(single.r2[single.subset(*name.split("+")), 0], value, **EXACT)


def test_all_255_parts_equal_the_rounded_ones_of_yhat(single, reference):
    for name, value in reference["commonality8_yhat"].items():
        blocks = [block for block in SINGLE if re.search(rf"\b{block}\b", name)]
        if blocks:
            assert_allclose(single.parts[single.subset(*blocks), 0], value, atol=5e-5)


def test_what_each_shares_with_any_other_equals_the_rounded_numbers_of_yhat(single, reference):
    for row in reference["commonality8_total"]:
        own = single.subset(row["_row"])
        unique, total = single.parts[own, 0], single.r2[own, 0]
        wanted = [row["Unique"], row["Common"], row["Total"]]
        assert_allclose([unique, total - unique, total], wanted, atol=1e-4)


def test_dominance_equals_domir_and_relaimpo(single, known, reference):
    general = partition.general_dominance(single.r2)[:, 0]
    conditional = partition.conditional_dominance(single.r2)[:, :, 0]
    assert_allclose(general, list(reference["dominance_general"].values()), **EXACT)
    assert_allclose(general, list(reference["lmg"].values()), **EXACT)
    sizes = [f"include_at_{size}" for size in range(1, 9)]
    rows = [[row[size] for size in sizes] for row in reference["dominance_conditional"]]
    assert_allclose(conditional, rows, **EXACT)
    blocks = {"rel": RELATION, "proc": PROCESS}
    sets = partition.general_dominance(partition.subset_r2(known, "fatigue_t4", blocks))
    assert_allclose(sets[:, 0], list(reference["dominance_sets"].values()), **EXACT)


def test_relative_weights_equal_r(known, reference):
    found = partition.relative_weights(known, "fatigue_t4", RELATION + PROCESS)
    assert_allclose(found[:, 0], list(reference["relative_weights"].values()), **EXACT)


def test_suppression_by_hand():
    # y = a + b with corr(a, b) = -1/2: alone each explains 1/4, together all: common part -1/2.
    a = np.array([2, -1, -1, 0.0])
    b = np.array([-1, 2, -1, 0.0])
    data = known_moments.columns({"a": a, "b": b, "y": a + b})
    found = partition.partition(known_moments.moments(data), "y", {"a": ("a",), "b": ("b",)})
    assert_allclose(found.r2[:, 0], [0, 0.25, 0.25, 1], atol=1e-12)
    assert_allclose(found.parts[:, 0], [0, 0.75, 0.75, -0.5], atol=1e-12)
    assert_allclose(partition.general_dominance(found.r2)[:, 0], [0.5, 0.5])


def _some(seed, people=40, predictors=4, draws=3):
    random = np.random.default_rng(seed)
    values = random.normal(size=(predictors + 1, people)) + random.normal(size=people)
    names = "abcdefgh"[:predictors] + "y"
    data = known_moments.columns(dict(zip(names, values, strict=True)))
    weights = random.multinomial(people, np.full(people, 1 / people), size=draws)
    return data, names[:-1], weights


@given(st.integers(0, 10_000))
def test_parts_of_the_subsets_that_touch_a_set_sum_to_its_r2(seed):
    data, names, weights = _some(seed)
    blocks = {name: (name,) for name in names}
    found = partition.partition(known_moments.moments(data, weights), "y", blocks)
    for subset in range(16):
        touching = [part for part in range(16) if part & subset]
        assert_allclose(found.parts[touching].sum(axis=0), found.r2[subset], atol=1e-10)


@given(st.integers(0, 10_000))
def test_every_subset_is_the_r2_of_its_own_regression_in_every_draw(seed):
    data, names, weights = _some(seed)
    known = known_moments.moments(data, weights)
    found = partition.subset_r2(known, "y", {"one": names[1:3], "two": names[3:]}, names[:1])
    for subset, chosen in enumerate((names[:1], names[:3], names[:1] + names[3:], names)):
        fit = known_moments.regress(known, ["y"], list(chosen))
        assert_allclose(found[subset], fit.r2[0], rtol=1e-9, atol=1e-10)


@given(st.integers(0, 10_000))
def test_general_dominance_is_the_mean_over_all_orders_and_sums_to_r2(seed):
    data, names, _ = _some(seed, predictors=3)
    blocks = {name: (name,) for name in names}
    r2 = partition.subset_r2(known_moments.moments(data), "y", blocks)[:, 0]
    found = partition.general_dominance(r2[:, None])[:, 0]
    assert_allclose(found.sum(), r2[-1])
    for i, (j, k) in ((0, (1, 2)), (1, (0, 2)), (2, (0, 1))):
        alone = r2[1 << i]
        after_one = (r2[1 << i | 1 << j] - r2[1 << j] + r2[1 << i | 1 << k] - r2[1 << k]) / 2
        last = r2[7] - r2[1 << j | 1 << k]
        assert_allclose(found[i], (alone + after_one + last) / 3, atol=1e-12)


@given(st.integers(0, 10_000))
def test_the_order_of_blocks_does_not_matter(seed):
    data, names, _ = _some(seed)
    known = known_moments.moments(data)
    one = partition.partition(known, "y", {name: (name,) for name in names})
    two = partition.partition(known, "y", {name: (name,) for name in reversed(names)})
    for size in range(5):
        for chosen in combinations(names, size):
            a, b = one.subset(*chosen), two.subset(*chosen)
            assert_allclose(one.parts[a], two.parts[b], atol=1e-10)


def test_a_predictor_made_of_others_adds_nothing(cohort):
    data = known_moments.columns(
        {
            "task": cohort["task_t0"],
            "again": cohort["task_t0"] * 3 - 1,
            "y": cohort["fatigue_t4"],
        }
    )
    found = partition.partition(
        known_moments.moments(data), "y", {"task": ("task",), "again": ("again",)}
    )
    alone = ols.fit(cohort["fatigue_t4"], {"task": cohort["task_t0"]}).r2
    assert_allclose(found.r2[:, 0], [0, alone, alone, alone], atol=1e-10)
    assert_allclose(found.parts[:, 0], [0, 0, 0, alone], atol=1e-10)


def test_fifteen_predictors_are_divided_and_sixteen_refused():
    random = np.random.default_rng(1)
    values = dict(zip("abcdefghijklmnopy", random.normal(size=(17, 60)), strict=True))
    known = known_moments.moments(known_moments.columns(values))
    found = partition.partition(known, "y", {name: (name,) for name in "abcdefghijklmno"})
    assert found.parts.shape == (32768, 1)
    whole = ols.fit(values["y"], {name: values[name] for name in "abcdefghijklmno"})
    assert_allclose(found.r2[-1, 0], whole.r2)
    with pytest.raises(InputError, match="16 blocks"):
        partition.partition(known, "y", {name: (name,) for name in "abcdefghijklmnop"})


def test_an_unknown_variable_is_refused_by_name(known):
    with pytest.raises(InputError, match="hope_t0 is not in the data"):
        partition.subset_r2(known, "fatigue_t4", {"A": ("hope_t0",)})
