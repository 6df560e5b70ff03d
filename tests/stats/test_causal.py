"""Causal mediation against R's mediate() and medsens(), by hand, and by simulation of a confounder."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats import bootstrap, causal, intervals, ols
from rapport.stats.imputation.bootstrap import bootstrap_imputed
from rapport.stats.moments import columns, moments

EXACT = {"rtol": 1e-10, "atol": 1e-10}
NAMES = ("fatigue_t4", "dcontrol", "arm")
COVARIATES = ("fatigue_t0", "task_t0")


@pytest.fixture(scope="module")
def data(cohort):
    return columns({name: cohort[name] for name in (*NAMES, *COVARIATES)})


@pytest.fixture(scope="module")
def found(data):
    return causal.linear(moments(data), *NAMES, COVARIATES)


@pytest.fixture(scope="module")
def theirs(reference):
    return reference["causal_mediation"]


def test_the_closed_form_equals_r(found, theirs):
    assert_allclose(found.acme[0], theirs["acme_closed"], **EXACT)
    assert_allclose(found.acme + found.ade, found.total, **EXACT)
    assert_allclose(found.rho_at_zero[0], theirs["resid_cor_m_yreduced"], **EXACT)


def test_the_curve_over_rho_equals_medsens(found, theirs):
    r = theirs["medsens"]
    assert_allclose(causal.RHOS, r["rho"], atol=1e-12)
    # medsens iterates and stops where the squared changes sum to 1.5e-8: 1e-4 from the solution
    # at large rho (doing its steps gives its digits), next to nothing near 0.
    d0 = np.ravel(r["d0"])
    assert_allclose(found.curve[:, 0], d0, rtol=1e-4)
    assert_allclose(found.curve[18:21, 0], d0[18:21], rtol=1e-6)
    assert_allclose(found.curve[19, 0], d0[19], **EXACT)
    nearest = np.argmin(np.abs(found.curve[:, 0]))
    assert causal.RHOS[nearest] == r["rho_at_zero"]
    assert_allclose(causal.RHOS[nearest] ** 2, r["R2star"], **EXACT)
    rest = found.r2_of_variances[0] / found.r2_of_residuals[0]
    assert_allclose(causal.RHOS[nearest] ** 2 * rest, r["R2tilde"], **EXACT)


def test_the_quasi_bayesian_interval_equals_mediate_within_its_noise(cohort, theirs):
    first = {name: cohort[name] for name in ("arm", *COVARIATES)}
    answer = causal.quasi_bayesian(
        ols.fit(cohort["dcontrol"], first),
        ols.fit(cohort["fatigue_t4"], {**first, "dcontrol": cohort["dcontrol"]}),
        treatment="arm",
        mediator="dcontrol",
        draws=400_000,
        seed=7,
    )
    # theirs rest on 20,000 draws
    near = {"rtol": 1e-2, "atol": 1e-2}
    estimates = [theirs[name] for name in ("acme", "ade", "total", "prop")]
    assert_allclose(answer.estimate, estimates, **near)
    assert_allclose([answer.low[0], answer.high[0]], theirs["acme_ci"], **near)
    assert 0.05 < answer.p[0] < 0.1


def test_the_e_value_equals_the_worked_one(found, cohort, theirs):
    r = theirs["mediational_evalue_demo"]
    answer = causal.e_value(float(found.acme[0]), float(cohort["fatigue_t4"].std(ddof=1)))
    assert_allclose([answer.d, answer.risk_ratio, answer.estimate], list(r.values()), **EXACT)
    assert answer.limit is None


@pytest.mark.parametrize(
    ("low", "high", "limit"),
    [(-1.0, 2.0, 1.0), (1.0, 3.0, 4.404619), (-3.0, -1.0, 4.404619), (0.0, 2.0, 1.0)],
)
def test_the_e_value_of_the_limit_looks_at_the_end_nearer_to_0(low, high, limit):
    # exp(0.91) = 2.484323; 2.484323 + sqrt(2.484323 * 1.484323) = 4.404619
    answer = causal.e_value(2.0, 1.0, low=low, high=high)
    assert_allclose(answer.limit, limit, rtol=1e-6)


def test_no_effect_needs_no_confounder():
    assert causal.e_value(0.0, 1.0).estimate == 1


def test_the_effect_at_rho_0_is_the_effect_and_at_rho_at_zero_there_is_none(data, found):
    again = causal.linear(
        moments(data), *NAMES, COVARIATES, rhos=[0.0, float(found.rho_at_zero[0])]
    )
    assert_allclose(again.curve[:, 0], [found.acme[0], 0], atol=1e-12)


def test_the_right_rho_gives_back_the_true_effect_under_a_hidden_confounder():
    # m = 1 t + u, y = 0.5 m + u2 with correlated errors: true ACME 0.5, seen as much more.
    random = np.random.default_rng(2)
    n, rho = 100_000, 0.6
    t = random.integers(0, 2, n).astype(float)
    u = random.normal(size=n)
    m = t + u
    y = 0.5 * m + rho * u + np.sqrt(1 - rho**2) * random.normal(size=n)
    found = causal.linear(moments(columns({"t": t, "m": m, "y": y})), "y", "m", "t", rhos=[rho])
    assert found.acme[0] > 1.0
    assert_allclose(found.curve[0, 0], 0.5, atol=0.02)


def test_all_rows_get_intervals_from_the_same_draws(data, found):
    rhos = (-0.5, 0.0, 0.5)
    chosen = bootstrap.by_people(217, draws=500, seed=1)
    one = causal.statistic(*NAMES, COVARIATES, rhos)
    drawn = bootstrap.bootstrap(data, {"causal": one}, chosen)["causal"]
    ends = intervals.interval(drawn)
    assert len(causal.rows(rhos)) == len(drawn.estimate) == 8
    assert causal.rows(rhos)[-1] == "ACME at rho 0.5"
    assert_allclose(drawn.values[6], drawn.values[0], rtol=1e-9)
    assert ends.low[4] < found.rho_at_zero[0] < ends.high[4] < 0


def test_imputed_data_give_the_same_rows_with_wider_intervals(cohort, data):
    random = np.random.default_rng(5)
    changed = {name: cohort[name] for name in (*NAMES, *COVARIATES)}
    several = [
        columns({**changed, "dcontrol": cohort["dcontrol"] + 2 * random.normal(size=217)})
        for _ in range(10)
    ]
    chosen = bootstrap.by_people(217, draws=1000, seed=1)
    one = {"causal": causal.statistic(*NAMES, COVARIATES)}
    imputed = bootstrap_imputed(several, one, chosen)["causal"]
    each = [causal.linear(moments(some), *NAMES, COVARIATES).rho_at_zero[0] for some in several]
    assert_allclose(imputed.estimate[4], np.mean(each), rtol=1e-10)
    # Between imputations the correlation moves too.
    assert imputed.se[4] > bootstrap.bootstrap(several[0], one, chosen)["causal"].se[4]


def test_units_of_the_outcome_carry_over(cohort, found):
    changed = {name: cohort[name] for name in (*NAMES, *COVARIATES)}
    changed["fatigue_t4"] = changed["fatigue_t4"] * 10 + 3
    again = causal.linear(moments(columns(changed)), *NAMES, COVARIATES)
    assert_allclose(again.curve, found.curve * 10, rtol=1e-9)
    assert_allclose(again.rho_at_zero, found.rho_at_zero, rtol=1e-9)


def test_impossible_questions_are_refused(data, cohort):
    with pytest.raises(InputError, match="correlation"):
        causal.linear(moments(data), *NAMES, rhos=[1.0])
    with pytest.raises(InputError, match="standard deviation of 0"):
        causal.e_value(1.0, 0.0)
    fit = ols.fit(cohort["dcontrol"], {"arm": cohort["arm"]})
    with pytest.raises(InputError, match="no coefficient of dcontrol"):
        causal.quasi_bayesian(fit, fit, treatment="arm", mediator="dcontrol", draws=10, seed=1)
