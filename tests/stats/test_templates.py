"""Templates against lavaan, against plain regressions, and where they refuse."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats import ols, paths
from rapport.stats.minimise import hessian
from rapport.stats.templates import drawings as templates
from rapport.stats.templates.fit import attempt
from rapport.stats.templates.likelihood import patterns, saturated, slopes
from rapport.stats.templates.results import Information
from rapport.stats.templates.search import Search
from rapport.stats.templates.structure import Drawing, Kind, Matrices

PROCESS = ("dfocus", "dcontrol", "dactivity", "dpf")
TIMES = np.array([0, 6, 12, 18, 26]) / 26
MEASURES = {
    "chi2": "chisq",
    "df": "df",
    "p": "pvalue",
    "cfi": "cfi",
    "tli": "tli",
    "rmsea": "rmsea",
    "srmr": "srmr",
    "log_likelihood": "logl",
    "aic": "aic",
    "bic": "bic",
}


def key(estimate, rename):
    """The name that lavaan has for an estimate."""
    one, other = rename(estimate.of), rename(estimate.on)
    mark = {Kind.PATH: "~", Kind.MEAN: "~1"}.get(estimate.kind, "~~")
    return one + mark + other


def agrees(found, r, rename, effects, given_=()):
    """Every free number of lavaan's: 5e-6, where its optimiser stops; the likelihood 1e-7."""
    assert found.refusal is None
    pairs = [(key(estimate, rename), estimate) for estimate in found.estimates]
    pairs += [(theirs, found.estimate(mine)) for mine, theirs in effects.items()]
    seen = set()
    for name, mine in pairs:
        turned = "~~".join(reversed(name.split("~~")))
        theirs = name if name in r["est"] else turned
        if theirs not in r["est"]:
            assert mine.of in given_, name
            continue
        estimate, se, standardised = r["est"][theirs]
        seen.add(theirs)
        assert_allclose(
            mine.estimate, estimate, atol=5e-6 * max(1, abs(estimate)), err_msg=name
        )
        # A variance that lavaan takes as given has no standard error there.
        assert_allclose(mine.se, se or mine.se, rtol=1e-6, err_msg=name)
        assert_allclose(mine.standardised, standardised, atol=5e-6, err_msg=name)
    assert seen >= {name for name, values in r["est"].items() if ":=" not in name and values[1]}
    for mine, theirs in MEASURES.items():
        expected = (r["fit"] or {}).get(theirs)
        if expected is not None:
            assert_allclose(getattr(found.measures, mine), expected, rtol=1e-7, atol=1e-6)


def _panel(table):
    return tuple(np.column_stack([table[f"{v}{t}"] for t in range(5)]) for v in "xy")


@pytest.fixture(scope="module")
def panel(riclpm_data):
    return _panel(riclpm_data)


@pytest.fixture(scope="module")
def holes(riclpm_data, timed):
    table = {name: values.copy() for name, values in riclpm_data.items()}
    for name, rows in timed["riclpm_missing_rows"].items():
        table[name][rows] = np.nan
    return _panel(table)


@pytest.fixture(scope="module")
def course(waves):
    return tuple(
        np.column_stack([waves[f"{v}_t{t}"] for t in range(5)]) for v in ("control", "fatigue")
    )


def _within(name):
    name = re.sub(r"^(\w) level$", r"RI\1", name)
    name = re.sub(r"^(\w) (\d) \(within\)$", r"w\1\2", name)
    return re.sub(r"^(\w) (\d)$", r"\1\2", name)


def test_the_random_intercept_panel_equals_lavaan(panel, timed):
    found = templates.riclpm(*panel)
    agrees(found, timed["riclpm"], _within, {})
    assert found.information is Information.EXPECTED
    assert (found.n, found.missing, found.failed_starts) == (217, 0, 0)
    effect = found.estimate("x -> y")
    assert_allclose([effect.estimate, effect.se], [-0.401400524, 0.085836751], atol=1e-6)


def test_the_random_intercept_panel_with_holes_equals_lavaan(holes, timed):
    found = templates.riclpm(*holes)
    agrees(found, timed["riclpm_fiml"], _within, {})
    assert found.information is Information.OBSERVED
    assert (found.cells, found.missing) == (2170, 200)
    assert found.method.startswith("full-information")


def test_the_search_ends_where_the_likelihood_is_level(holes):
    """Closer than lavaan's optimiser stops: a step on would gain less than rounding shows."""
    found = attempt(templates.riclpm_structure(("x", "y"), 5), np.hstack(holes))
    slope = Search(found.data, found.matrices).gradient(found.solution.theta)
    step = np.linalg.solve(found.solution.observed, slope)
    assert np.abs(step).max() < 1e-8
    assert step @ slope < 1e-14 * found.solution.value


def test_the_panel_without_levels_equals_lavaan(course, timed):
    found = templates.clpm(*course, names=("control", "fatigue"))
    agrees(found, timed["clpm"], lambda name: name.replace(" ", "_t"), {})
    assert "describes the data poorly (CFI 0.95, RMSEA 0.12)" in found.warnings[0]


def test_latent_change_equals_lavaan(cohort, course, timed):
    control, fatigue = (values[:, [0, 4]] for values in course)
    found = templates.latent_change(
        cohort["task_t0"], control, fatigue, names=("task_t0", "control", "fatigue")
    )
    names = {" before": "_t0", " after": "_t4", "control change": "dC", "fatigue change": "dF"}

    def rename(name):
        for mine, theirs in names.items():
            name = name.replace(mine, theirs)
        return name

    agrees(found, timed["latent_change"], rename, {"indirect": "ind:=a*b"})


def test_parallel_growth_equals_lavaan(cohort, course, timed):
    found = templates.parallel_growth(
        cohort["task_t0"], *course, TIMES, names=("task_t0", "control", "fatigue")
    )
    names = {
        "control start": "ic",
        "control change": "sc",
        "fatigue start": "if_",
        "fatigue change": "sf",
    }
    agrees(
        found,
        timed["parallel_growth"],
        lambda name: names.get(name, name.replace(" ", "_t")),
        {"indirect": "ind:=a*b"},
        given_=("task_t0",),
    )


@pytest.mark.parametrize(
    ("block", "data", "information"),
    [
        ("path_4med_fiml_missing", "incomplete", Information.OBSERVED),
        ("path_4med_randomx_meanstr", "cohort", Information.OBSERVED),
        ("path_4med_mlr", "cohort", Information.ROBUST),
    ],
)
def test_four_mediators_equal_lavaan(block, data, information, timed, request):
    known = dict(request.getfixturevalue(data))
    for name in ("focus", "control", "activity", "pf"):
        known[f"d{name}"] = known[f"{name}_t4"] - known[f"{name}_t0"]
    model = paths.parallel(["task_t0", "expect_t0"], PROCESS, "fatigue_t4", ["fatigue_t0"])
    found = templates.paths_fiml(known, model, information=information)
    one, two = (f"task_t0 -> {m} -> fatigue_t4" for m in PROCESS[:2])
    effects = {
        **{
            f"task_t0 -> {m} -> fatigue_t4": f"i{i}:=a{i}*b{i}"
            for i, m in enumerate(PROCESS, 1)
        },
        "task_t0: indirect": "itask:=a1*b1+a2*b2+a3*b3+a4*b4",
        "expect_t0: indirect": "iexp:=e1*b1+e2*b2+e3*b3+e4*b4",
        "task_t0: total": "ttask:=c1+itask",
        "expect_t0: total": "texp:=c2+iexp",
        f"{one} minus {two}": "k12:=i1-i2",
    }
    fixed = ("task_t0", "expect_t0", "fatigue_t0", *PROCESS, "fatigue_t4")
    agrees(found, timed[block], str, effects, fixed if block == "path_4med_mlr" else ())


def test_a_complete_path_model_equals_its_regressions(cohort):
    model = paths.chain("task_t0", ["control_t1"], "fatigue_t4", ["fatigue_t0"])
    found = templates.paths_fiml(cohort, model)
    by_rows = ols.fit(
        cohort["fatigue_t4"], {n: cohort[n] for n in ("task_t0", "fatigue_t0", "control_t1")}
    )
    for name, value in zip(by_rows.terms[1:], by_rows.coefficients[1:], strict=True):
        assert_allclose(found.estimate(f"fatigue_t4 ~ {name}").estimate, value, rtol=1e-8)
    assert_allclose(
        found.estimate("fatigue_t4 ~ 1").estimate, by_rows.coefficients[0], rtol=1e-8
    )
    share = found.estimate("task_t0: share")
    parts = [found.estimate(f"task_t0: {part}").estimate for part in ("indirect", "total")]
    assert_allclose(share.estimate, parts[0] / parts[1])


def test_a_true_model_that_the_data_contradict_is_refused(course, timed):
    found = templates.riclpm(*course, names=("control", "fatigue"))
    assert timed["riclpm_cohort_raw_scale"]["converged"] is False
    assert "needs a negative variance (-63.9) of fatigue 0 (within)" in found.refusal
    assert "people differ in how fast they change" in found.refusal
    assert (found.estimates, found.effects, found.measures) == ((), (), None)


def test_the_place_that_is_refused_is_where_lavaan_ends(course, timed):
    """On the scale of the first wave lavaan gets there; the units of both move its likelihood."""
    structure = templates.riclpm_structure(("control", "fatigue"), 5)
    found = attempt(structure, np.hstack(course))
    best = saturated(found.data)
    r = timed["riclpm_cohort_baseline_z"]
    assert_allclose(2 * (found.solution.value - best.value), r["fit"]["chisq"], rtol=1e-6)
    at = dict(zip(structure.labels, found.solution.theta, strict=True))
    units = [
        found.scale[structure.variables.index(f"{name} 0")] / values[:, 0].std(ddof=1)
        for name, values in zip(("control", "fatigue"), course, strict=True)
    ]
    lags = at["control -> fatigue"] * units[1] / units[0]
    assert_allclose(lags, r["est"]["wy1~wx0"][0], rtol=1e-4)


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 100), st.floats(0.01, 100), st.floats(-100, 100))
def test_units_levels_and_the_order_of_people_do_not_matter(seed, by_x, by_y, shift):
    random = np.random.default_rng(3)
    level = random.normal(size=(80, 2))
    x, y = (level[:, [i]] + random.normal(size=(80, 3)) for i in (0, 1))
    x[random.random(x.shape) < 0.05] = np.nan
    one = templates.riclpm(x, y)
    order = np.random.default_rng(seed).permutation(80)
    two = templates.riclpm(by_x * x[order] + shift, by_y * y[order])
    assert_allclose(two.measures.chi2, one.measures.chi2, atol=1e-5)
    for name, factor in (("x -> x", 1), ("x -> y", by_y / by_x), ("y -> x", by_x / by_y)):
        mine, theirs = one.estimate(name), two.estimate(name)
        assert_allclose(theirs.estimate, mine.estimate * factor, rtol=1e-4, atol=1e-6 * factor)
        assert_allclose(theirs.standardised, mine.standardised, rtol=1e-4, atol=1e-6)
        assert_allclose(theirs.se, mine.se * factor, rtol=1e-4)


def _small():
    drawing = Drawing()
    for name in "ab":
        drawing.observe(name, name)
        drawing.mean(name, 0.3)
        drawing.covary(name, name, 1.2)
    hidden = drawing.imagine("h", "a")
    drawing.covary(hidden, hidden, 0.7)
    drawing.fixed("a", hidden)
    drawing.path("b", hidden, start=0.4, label="same")
    drawing.path("b", "a", start=0.2, label="same")
    return Matrices(drawing.structure())


def test_gradient_and_information_are_those_of_the_likelihood():
    random = np.random.default_rng(4)
    values = random.normal(size=(30, 2)) @ [[1, 0.5], [0, 1]]
    values[[1, 5, 9], [0, 1, 0]] = np.nan
    matrices = _small()
    search = Search(patterns(values), matrices)
    theta = matrices.start
    at = search.place(theta)
    for place in range(len(theta)):
        step = np.zeros(len(theta))
        step[place] = 1e-5
        ends = [search.place(theta + sign * step).value for sign in (1, -1)]
        assert_allclose(at.gradient[place], (ends[0] - ends[1]) / 2e-5, rtol=1e-6, atol=1e-7)
    # The sum of the people's scores is the gradient of the whole.
    assert_allclose(
        np.trace(search.outer(theta)), (search.scores(theta) ** 2).sum(), rtol=1e-12
    )
    assert_allclose(-search.scores(theta).sum(axis=0), at.gradient, rtol=1e-9, atol=1e-9)


def test_expected_information_is_the_curvature_where_data_and_model_agree():
    matrices = _small()
    at = matrices.implied(matrices.start)
    covariance, mean = at.covariance[:2, :2], at.mean[:2]
    # Two times two people whose mean and covariance are the model's.
    root = np.linalg.cholesky(covariance) * np.sqrt(2)
    values = np.vstack([mean + root.T, mean - root.T])
    search = Search(patterns(values), matrices)
    assert_allclose(search.gradient(matrices.start), 0, atol=1e-10)
    assert_allclose(
        search.place(matrices.start).expected,
        hessian(search.gradient, matrices.start),
        atol=1e-6,
    )


def test_the_likelihood_with_holes_is_that_of_what_is_there():
    values = np.array([[1.0, 2.0], [0.5, np.nan], [np.nan, 1.0], [2.0, 0.0]])
    covariance, mean = np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([1.0, 0.5])
    whole = 0.0
    for row in values:
        there = ~np.isnan(row)
        part, away = covariance[np.ix_(there, there)], (row - mean)[there]
        whole += np.linalg.slogdet(2 * np.pi * part)[1] + away @ np.linalg.solve(part, away)
    assert_allclose(slopes(patterns(values), covariance, mean).value, whole / 2)


def test_unrestricted_moments_with_holes_at_the_end_are_known_by_regression():
    """Where one variable drops out, its mean is predicted from the other by those who stay."""
    random = np.random.default_rng(8)
    x = random.normal(size=60)
    y = 1 + 2 * x + random.normal(size=60)
    stay = x > -0.5
    found = saturated(patterns(np.column_stack([x, np.where(stay, y, np.nan)])))
    line = ols.fit(y[stay], {"x": x[stay]})
    expected = line.coefficients[0] + line.coefficients[1] * x.mean()
    assert_allclose(found.mean, [x.mean(), expected], rtol=1e-5)
    assert_allclose(
        found.covariance[0, 1] / found.covariance[0, 0], line.coefficients[1], rtol=1e-4
    )


def test_people_without_any_value_are_left_out_and_counted(holes):
    x, y = (np.vstack([values, np.full((2, 5), np.nan)]) for values in holes)
    found = templates.riclpm(x, y)
    assert (found.n, found.left_out) == (217, 2)
    assert "2 people without any value were left out." in found.warnings


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [
        (np.zeros((50, 2)), np.zeros((50, 2)), "at least 3 waves"),
        (np.ones((60, 3)), np.ones((60, 3)), "constant"),
        (np.zeros((50, 3)), np.zeros((49, 3)), "50, 49 people"),
        (np.zeros((50, 3)), np.zeros((50, 4)), "3 waves of x and 4 of y"),
        (np.eye(20)[:, :3], np.eye(20)[:, 3:6], "20 people cannot carry 22 parameters"),
    ],
)
def test_panels_that_make_no_sense_are_refused(x, y, says):
    with pytest.raises(InputError, match=says):
        templates.riclpm(x, y)


def test_two_variables_that_nobody_has_both_of_are_refused():
    random = np.random.default_rng(1)
    x, y = random.normal(size=(60, 3)), random.normal(size=(60, 3))
    x[:30, 0] = y[30:, 2] = np.nan
    with pytest.raises(InputError, match="nobody has a value of both x 0 and y 2"):
        templates.riclpm(x, y)


def test_growth_needs_three_times_and_paths_their_variables(cohort):
    x = np.random.default_rng(1).normal(size=(60, 3))
    with pytest.raises(InputError, match="three different ones"):
        templates.parallel_growth(x[:, 0], x, x, [0, 1, 1])
    with pytest.raises(InputError, match="hope is not in the data"):
        templates.paths_fiml(cohort, paths.parallel(["hope"], ["control_t1"], "fatigue_t4"))


@pytest.mark.long
def test_lagged_effects_are_recovered_with_holes():
    """200 studies of 217 people and 5 waves, 10 % missing: the intervals cover what is true."""
    random = np.random.default_rng(11)
    truth = np.array([[0.35, -0.15], [-0.25, 0.40]])
    root = np.linalg.cholesky([[0.45, -0.12], [-0.12, 0.45]])
    covered, done = np.zeros(4), 0
    for _ in range(200):
        usual = random.multivariate_normal([0, 0], [[0.6, -0.3], [-0.3, 0.7]], 217)
        now = random.multivariate_normal([0, 0], [[0.6, -0.2], [-0.2, 0.6]], 217)
        series = [usual + now]
        for _ in range(4):
            now = now @ truth.T + random.normal(size=(217, 2)) @ root.T
            series.append(usual + now)
        x, y = np.stack(series, axis=1).transpose(2, 0, 1)
        x[random.random(x.shape) < 0.1] = np.nan
        found = templates.riclpm(x, y)
        if found.refusal is None:
            done += 1
            names = ("x -> x", "y -> x", "x -> y", "y -> y")
            covered += [
                found.estimate(name).low < true < found.estimate(name).high
                for name, true in zip(names, truth.ravel(), strict=True)
            ]
    assert done >= 195
    assert ((covered / done > 0.91) & (covered / done < 0.985)).all(), covered / done
