"""Path models against lavaan, and what must hold of any indirect effect."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats import ols, paths
from rapport.stats.moments import columns, moments
from rapport.stats.paths import Effect, Equation, PathModel

PROCESS = ("dfocus", "dcontrol", "dactivity", "dpf")
NAMES = ("task_t0", "expect_t0", "fatigue_t0", "control_t0", "activity_t0", "fatigue_t4")


def near(found, r, tolerance=1e-6):
    """Within what lavaan's optimiser reaches."""
    assert abs(found - r) <= tolerance * max(1, abs(r)), (found, r)


@pytest.fixture(scope="module")
def known(cohort):
    names = (*NAMES, *PROCESS, "control_t1", "activity_t2")
    return moments(columns({name: cohort[name] for name in names}))


def named(found, values):
    return dict(zip(found.names, values, strict=True))


def test_one_mediator_equals_lavaan(known, reference):
    model = paths.parallel(["task_t0"], ["dcontrol"], "fatigue_t4", ["fatigue_t0"])
    r, found = reference["path_1med"], paths.asymptotic(known, model)
    estimate, se = named(found, found.estimate), named(found, found.se)
    for mine, theirs in (("indirect", "ab"), ("total", "total"), ("share", "pm")):
        near(estimate[f"task_t0: {mine}"], r[theirs]["est"])
        near(se[f"task_t0: {mine}"], r[theirs]["se"])
    for (x, y), value, variance in zip(
        found.steps, found.coefficients, np.diag(found.covariance), strict=True
    ):
        near(value, r[f"{y}~{x}"]["est"])
        near(np.sqrt(variance), r[f"{y}~{x}"]["se"])


def test_standardised_effects_equal_lavaan(known, reference):
    model = paths.parallel(["task_t0"], ["dcontrol"], "fatigue_t4", ["fatigue_t0"])
    found = paths.effects(known, model)
    standardised = named(found, found.standardised[:, 0])
    for mine, theirs in (
        ("indirect", "ab"),
        ("direct", "fatigue_t4~task_t0"),
        ("total", "total"),
    ):
        near(standardised[f"task_t0: {mine}"], reference["path_1med"][theirs]["std.all"])


def test_four_mediators_and_two_exposures_equal_lavaan(known, reference):
    model = paths.parallel(["task_t0", "expect_t0"], PROCESS, "fatigue_t4", ["fatigue_t0"])
    r, found = reference["path_4med"], paths.asymptotic(known, model)
    effects = paths.effects(known, model)
    estimate, se = named(found, found.estimate), named(found, found.se)
    standardised = named(effects, effects.standardised[:, 0])
    pairs = {
        **{f"task_t0 -> {m} -> fatigue_t4": f"i{i}" for i, m in enumerate(PROCESS, 1)},
        "task_t0: indirect": "itask",
        "expect_t0: indirect": "iexp",
        "task_t0: total": "ttask",
        "expect_t0: total": "texp",
        "task_t0 -> dfocus -> fatigue_t4 minus task_t0 -> dcontrol -> fatigue_t4": "k12",
    }
    for mine, theirs in pairs.items():
        near(estimate[mine], r[theirs]["est"], 5e-6)
        near(se[mine], r[theirs]["se"], 5e-6)
        near(standardised[mine], r[theirs]["std.all"], 5e-6)


def test_serial_mediators_with_their_own_covariates_equal_lavaan(known, reference):
    model = PathModel(
        equations=(
            Equation(response="control_t1", predictors=("task_t0", "control_t0", "fatigue_t0")),
            Equation(
                response="activity_t2",
                predictors=("control_t1", "task_t0", "activity_t0", "fatigue_t0"),
            ),
            Equation(
                response="fatigue_t4",
                predictors=("activity_t2", "control_t1", "task_t0", "fatigue_t0"),
            ),
        ),
        effects=(
            Effect(
                name="serial", routes=(("task_t0", "control_t1", "activity_t2", "fatigue_t4"),)
            ),
            Effect(name="i1", routes=(("task_t0", "control_t1", "fatigue_t4"),)),
            Effect(name="i2", routes=(("task_t0", "activity_t2", "fatigue_t4"),)),
        ),
    )
    found = paths.asymptotic(known, model)
    for name, estimate, se in zip(found.names, found.estimate, found.se, strict=True):
        near(estimate, reference["path_serial"][name]["est"])
        near(se, reference["path_serial"][name]["se"])


def test_indirect_effect_by_hand():
    # m = 2x + e, y = 3m - x + u with e, u orthogonal to all before: 2 * 3 through m, -1 directly.
    x = np.array([1, 1, 1, 1, -1, -1, -1, -1.0])
    e = np.array([1, 1, -1, -1, 1, 1, -1, -1.0])
    u = np.array([1, -1, 1, -1, 1, -1, 1, -1.0])
    m = 2 * x + e
    data = columns({"x": x, "m": m, "y": 3 * m - x + u})
    model = paths.parallel(["x"], ["m"], "y")
    found = paths.effects(moments(data), model)
    assert found.names == ("x -> m -> y", "x: indirect", "x: direct", "x: total", "x: share")
    assert_allclose(found.raw[:, 0], [6, 6, -1, 5, 1.2])
    # SD of y: 5x + 3e + u has variance 35.
    assert_allclose(found.standardised[:4, 0], np.array([6, 6, -1, 5]) / np.sqrt(35))


def _chained(seed):
    random = np.random.default_rng(seed)
    values = np.cumsum(random.normal(size=(5, 60)), axis=0)
    return columns(dict(zip("cxabz", values, strict=True)))


@given(st.integers(0, 10_000))
def test_direct_and_indirect_sum_to_the_regression_without_mediators(seed):
    data = _chained(seed)
    raw = dict(zip("cxabz", (data.values * data.scale + data.centre).T, strict=True))
    total = ols.fit(raw["z"], {"x": raw["x"], "c": raw["c"]}).coefficients[1]
    for model in (paths.parallel(["x"], "ab", "z", ["c"]), paths.chain("x", "ab", "z", ["c"])):
        found = paths.effects(moments(data), model)
        effects = named(found, found.raw[:, 0])
        assert_allclose(effects["x: indirect"] + effects["x: direct"], effects["x: total"])
        assert_allclose(effects["x: total"], total, rtol=1e-8, atol=1e-10)


@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_standardised_effects_do_not_know_the_units(seed, factor):
    data = _chained(seed)
    raw = dict(zip("cxabz", (data.values * data.scale + data.centre).T, strict=True))
    model = paths.chain("x", "ab", "z", ["c"])
    one = paths.effects(moments(data), model)
    other = columns({**raw, "x": raw["x"] * factor, "a": raw["a"] / factor + 3})
    two = paths.effects(moments(other), model)
    assert_allclose(two.standardised, one.standardised, rtol=1e-6, atol=1e-8)
    assert_allclose(two.raw[0] * factor, one.raw[0], rtol=1e-6, atol=1e-8)


def test_a_chain_has_every_route_in_order():
    model = paths.chain("x", "abc", "z")
    assert [effect.name for effect in model.effects[:7]] == [
        "x -> a -> z",
        "x -> b -> z",
        "x -> c -> z",
        "x -> a -> b -> z",
        "x -> a -> c -> z",
        "x -> b -> c -> z",
        "x -> a -> b -> c -> z",
    ]


@pytest.mark.parametrize(
    ("equations", "route", "says"),
    [
        ([("m", "x"), ("y", "m")], ("x", "y"), "no equation has the step x -> y"),
        ([("m", "y"), ("y", "m")], ("m", "y"), "uses a later response"),
        ([("y", "x"), ("y", "m")], ("x", "y"), "comes twice"),
        ([("y", "hope")], ("hope", "y"), "hope is not in the data"),
    ],
)
def test_models_that_make_no_sense_are_refused(equations, route, says):
    known = moments(
        columns(dict(zip("xmy", np.random.default_rng(1).normal(size=(3, 9)), strict=True)))
    )
    model = PathModel(
        equations=tuple(Equation(response=y, predictors=(x,)) for y, x in equations),
        effects=(Effect(name="effect", routes=(route,)),),
    )
    with pytest.raises(InputError, match=says):
        paths.effects(known, model)
