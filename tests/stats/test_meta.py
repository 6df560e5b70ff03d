"""Random-effects meta-analysis against metafor, by hand, and by what must not change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats.meta import groups as meta_groups
from rapport.stats.meta import synthesis as meta
from rapport.stats.meta.groups import Spread
from rapport.stats.meta.synthesis import Between

EXACT = {"rtol": 1e-9, "atol": 1e-12}
FIELDS = {
    "b": "estimate",
    "se": "se",
    "zval": "statistic",
    "pval": "p",
    "ci.lb": "low",
    "ci.ub": "high",
    "tau2": "tau2",
    "se.tau2": "tau2_se",
    "I2": "i2",
    "H2": "h2",
    "QE": "q",
    "QEp": "q_p",
    "QM": "moderator",
    "QMp": "moderator_p",
}


@pytest.fixture(scope="module")
def r(reference):
    return reference["meta"]


@pytest.fixture(scope="module")
def effects(trials):
    return meta.standardised(*(trials[n] for n in ("m1", "sd1", "n1", "m2", "sd2", "n2")))


def assert_equals_metafor(found, theirs, close=EXACT):
    for key, name in FIELDS.items():
        if theirs[key] is not None:
            mine = np.ravel(getattr(found, name))
            assert_allclose(mine, np.ravel(theirs[key]), err_msg=key, **close)
    if theirs["pi"] is None:
        assert found.prediction is None
    else:
        assert_allclose(found.prediction, theirs["pi"], **close)


def test_effects_of_two_arms_equal_metafor(trials, effects, r):
    raw = meta.differences(*(trials[n] for n in ("m1", "sd1", "n1", "m2", "sd2", "n2")))
    assert_allclose(effects.values, r["yi"], **EXACT)
    assert_allclose(effects.variances, r["vi"], **EXACT)
    assert_allclose(raw.values, r["md_yi"], **EXACT)
    assert_allclose(raw.variances, r["md_vi"], **EXACT)


@pytest.mark.parametrize("method", ["REML", "ML", "DL", "EE"])
def test_the_overall_effect_equals_metafor(effects, r, method):
    found = meta.synthesise(effects.values, effects.variances, method=Between(method))
    assert_equals_metafor(found, r[f"overall_{method}"])


def test_paule_and_mandel_equals_metafor(effects, r):
    found = meta.synthesise(effects.values, effects.variances, method=Between.PAULE_MANDEL)
    # metafor's search stops within 1.2e-4 of the solution, at which Q is its expectation.
    assert_equals_metafor(found, r["overall_PM"], {"rtol": 5e-4})
    w = 1 / (effects.variances + found.tau2)
    mean = (w * effects.values).sum() / w.sum()
    assert_allclose((w * (effects.values - mean) ** 2).sum(), 23, rtol=1e-10)


def test_knapp_and_hartung_equals_metafor(effects, r):
    found = meta.synthesise(effects.values, effects.variances, knapp_hartung=True)
    assert_equals_metafor(found, r["overall_REML_HK"])


@pytest.fixture(scope="module")
def groups(effects, trials):
    return meta_groups.by_group(effects.values, effects.variances, trials["group"])


def test_groups_with_a_common_tau2_equal_metafor(groups, r):
    assert groups.names == ("cbt", "drug", "pacing")
    assert_equals_metafor(groups.together, r["subgroup_moderator_REML"])
    contrast = r["subgroup_contrast_REML"]
    assert_allclose(groups.common_q, contrast["QM"], **EXACT)
    assert_allclose(groups.common_p, contrast["QMp"], **EXACT)
    assert_allclose(groups.explained, contrast["R2"], **EXACT)


def test_the_contrast_of_groups_equals_metafor(effects, trials, r):
    dummies = {n: (trials["group"] == n).astype(float) for n in ("drug", "pacing")}
    found = meta.synthesise(effects.values, effects.variances, predictors=dummies)
    assert_equals_metafor(found, r["subgroup_contrast_REML"])


def test_groups_with_a_tau2_each_equal_metafor(groups, r):
    for name, found in zip(groups.names, groups.apart, strict=True):
        assert_equals_metafor(found, r["by_group"][name])
    theirs = r["between_groups_separate_tau"]
    assert_allclose([groups.separate_q, groups.df], [theirs["Q"], theirs["df"]], **EXACT)
    assert_allclose(groups.separate_p, theirs["p"], **EXACT)


def test_the_test_in_use_is_said(effects, trials, groups):
    other = meta_groups.by_group(
        effects.values, effects.variances, trials["group"], used=Spread.SEPARATE
    )
    assert (groups.used, groups.q, groups.p) == ("common", groups.common_q, groups.common_p)
    assert (other.used, other.q, other.p) == ("separate", groups.separate_q, groups.separate_p)


def test_small_studies_equal_metafor(effects, r):
    found = meta_groups.small_studies(effects.values, effects.variances)
    assert_allclose([found.z, found.p], [r["egger"]["z"], r["egger"]["p"]], **EXACT)
    assert found.missing == r["trimfill_k0"]


def test_the_toggle_keeps_the_chosen_groups_only(effects, trials, groups, r):
    arguments = (effects.values, effects.variances, trials["group"])
    everything = meta_groups.overview(*arguments)
    assert_equals_metafor(everything.overall, r["overall_REML"])
    assert everything.groups.common_q == groups.common_q
    one = meta_groups.overview(*arguments, only=["pacing"])
    assert_equals_metafor(one.overall, r["by_group"]["pacing"])
    assert (one.left_out, one.groups) == (16, None)
    two = meta_groups.overview(*arguments, only=["pacing", "cbt"])
    assert two.overall.studies == 16
    assert two.groups.names == ("cbt", "pacing")


def test_equal_effects_do_not_differ():
    found = meta.synthesise([0.5, 0.5, 0.5], [0.1, 0.1, 0.4])
    assert_allclose([found.tau2, found.q, found.i2], 0, atol=1e-12)
    # The weights 10, 10 and 2.5 add up to 22.5.
    assert_allclose([found.estimate[0], found.se[0]], [0.5, 22.5**-0.5])
    assert_allclose(found.prediction, [found.low[0], found.high[0]])


def test_equal_variances_have_reml_in_closed_form():
    # With equal variances tau² is the variance of the effects less theirs: 1 - 0.25.
    found = meta.synthesise([1.0, 2.0, 3.0], [0.25, 0.25, 0.25], knapp_hartung=True)
    assert_allclose([found.tau2, found.estimate[0]], [0.75, 2], rtol=1e-5)
    assert_allclose(found.se[0], 3**-0.5, rtol=1e-5)
    # t with 2 degrees of freedom
    assert_allclose(found.high[0], 2 + 4.302653 * 3**-0.5, rtol=1e-5)


def test_one_study_is_given_back():
    found = meta.synthesise([0.4], [0.04], knapp_hartung=True)
    assert_allclose([found.estimate[0], found.se[0], found.tau2], [0.4, 0.2, 0])
    assert (found.knapp_hartung, found.prediction, found.q_df) == (False, None, 0)


def test_a_group_of_one_study_takes_part():
    found = meta_groups.by_group([0.1, 0.3, 0.9], [0.1, 0.1, 0.1], ["a", "a", "b"])
    assert found.studies == (2, 1)
    # tau² of a is 0: means 0.2 and 0.9 with variances 0.05 and 0.1.
    assert_allclose(found.separate_q, 0.49 / 0.15)


@given(st.integers(0, 500), st.floats(0.1, 10), st.floats(-5, 5))
def test_results_move_with_the_units_and_not_with_the_order(seed, factor, shift):
    random = np.random.default_rng(seed)
    y, v = random.normal(size=8), random.uniform(0.02, 0.2, size=8)
    order = random.permutation(8)
    for method in (Between.DERSIMONIAN_LAIRD, Between.PAULE_MANDEL):
        one = meta.synthesise(y, v, method=method)
        two = meta.synthesise(y[order] * factor + shift, v[order] * factor**2, method=method)
        assert_allclose(two.estimate, one.estimate * factor + shift, rtol=1e-6, atol=1e-6)
        assert_allclose(two.tau2, one.tau2 * factor**2, rtol=1e-6, atol=1e-8)
        assert_allclose(two.i2, one.i2, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    ("values", "variances", "says"),
    [
        ([0.1, 0.2], [0.1], "one variance"),
        ([0.1, 0.2], [0.1, 0.0], "above 0"),
        ([0.1, np.nan], [0.1, 0.1], "missing"),
    ],
)
def test_impossible_studies_are_refused(values, variances, says):
    with pytest.raises(InputError, match=says):
        meta.synthesise(values, variances)


def test_too_many_moderators_groups_without_studies_and_single_groups_are_refused():
    with pytest.raises(InputError, match="cannot carry"):
        meta.synthesise([0.1, 0.2], [1, 1], predictors={"year": [1, 2]})
    with pytest.raises(InputError, match="in the group c"):
        meta_groups.overview([0.1, 0.2], [1, 1], ["a", "b"], only=["c"])
    with pytest.raises(InputError, match=r"1 group\(s\)"):
        meta_groups.by_group([0.1, 0.2], [1, 1], ["a", "a"])
    with pytest.raises(InputError, match="fewer than two people"):
        meta.standardised([1.0], [1.0], [1.0], [1.0], [1.0], [10.0])
