"""Mixed models against lme4, against the likelihood written out, and what must hold of any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats.mixed import model as mixed
from rapport.stats.mixed.model import Method
from rapport.stats.mixed.moments import Rows, blocks, people
from rapport.stats.mixed.profile import profile


@pytest.fixture(scope="module")
def lmer(timed):
    return timed["lmer"]


def agrees(found, r):
    """Fixed effects to 1e-6, variances to a relative 1e-4 (of covariances to 1e-4 of the sds)."""
    assert_allclose(found.coefficients, [row["Estimate"] for row in r["fixef"]], atol=1e-6)
    assert_allclose(found.se, [row["Std. Error"] for row in r["fixef"]], rtol=1e-5)
    assert_allclose(found.log_likelihood, r["logLik"], atol=1e-7)
    assert_allclose([found.aic, found.bic], [r["AIC"], r["BIC"]], atol=1e-6)
    assert (found.converged, found.singular) == (True, r["singular"])
    for row in r["varcorr"]:
        part = (
            found.therapist if row["grp"] == "therapist" and found.therapist else found.person
        )
        if row["grp"] == "Residual":
            assert_allclose(found.residual_variance, row["vcov"], rtol=1e-5)
        else:
            i = part.terms.index(row["var1"])
            j = i if row["var2"] is None else part.terms.index(row["var2"])
            assert_allclose(part.covariance[i, j], row["vcov"], rtol=1e-4)


@pytest.mark.parametrize("method", list(Method))
def test_slopes_that_differ_between_people_equal_lme4(long, lmer, method):
    found = mixed.fit(
        long["fatigue"], {"t": long["t"]}, long["id"], slopes=["t"], method=method
    )
    agrees(found, lmer[f"slopes_{method.lower()}"])


def test_predicted_effects_of_people_equal_lme4(long, lmer):
    found = mixed.fit(long["fatigue"], {"t": long["t"]}, long["id"], slopes=["t"])
    r = lmer["slopes_blup_first5"]
    assert found.person.labels[:5].tolist() == [1, 2, 3, 4, 5]
    assert_allclose(
        found.person.effects[:5], np.transpose([r["intercept"], r["slope"]]), atol=1e-5
    )


def test_therapists_above_people_equal_lme4(long, lmer):
    found = mixed.fit(
        long["fatigue"],
        {"t": long["t"]},
        long["id"],
        slopes=["t"],
        therapists=long["therapist"],
    )
    agrees(found, lmer["slopes_therapist"])
    assert "only 14 therapists" in found.warnings[0]
    # The deviations of therapists and of the people within them balance.
    assert_allclose(found.therapist.effects.sum(), 0, atol=1e-6)


def test_a_treatment_that_changes_slopes_equals_lme4(long, lmer):
    fixed = {"t": long["t"], "arm": long["arm"], "t:arm": long["t"] * long["arm"]}
    agrees(mixed.fit(long["fatigue"], fixed, long["id"], slopes=["t"]), lmer["arm_by_time"])


def test_patients_of_therapists_equal_lme4(cohort, lmer):
    fixed = {name: cohort[name] for name in ("fatigue_t0", "task_t0", "expect_t0")}
    found = mixed.fit(cohort["fatigue_t4"], fixed, cohort["therapist"])
    agrees(found, lmer["therapist_outcome"])
    bond = mixed.fit(cohort["bond_t0"], {}, cohort["therapist"])
    agrees(bond, lmer["therapist_bond"])
    assert_allclose(mixed.intraclass(bond)["person"], 0.0495395, atol=1e-6)


def test_a_balanced_one_way_model_equals_the_analysis_of_variance():
    # Three people, two values each: group means 2, 6, 10, within squares 3 * 2 = 6, df 3.
    y = np.array([1, 3, 5, 7, 9, 11.0])
    found = mixed.fit(y, {}, [1, 1, 2, 2, 3, 3])
    assert_allclose(found.residual_variance, 2)
    # Mean square between people is 2 * 16 = 32: (32 - 2) / 2.
    assert_allclose(found.person.covariance, [[15]])
    assert_allclose(found.coefficients, [6])
    assert_allclose(found.se, np.sqrt(32 / 6))
    # The mean rests on the three people alone.
    assert_allclose(found.df, [2])
    # The mean's deviation times 2 * 15 / (2 * 15 + 2).
    assert_allclose(found.person.effects[:, 0], np.array([-4, 0, 4]) * 30 / 32, atol=1e-9)


def test_balanced_slopes_have_as_many_degrees_of_freedom_as_people_less_one(long):
    found = mixed.fit(long["fatigue"], {"t": long["t"]}, long["id"], slopes=["t"])
    assert_allclose(found.df, [216, 216], rtol=1e-6)


def test_what_therapists_carry_has_as_few_degrees_of_freedom_as_therapists():
    """Eight people of each of six therapists, three waves; half of the therapists are trained."""
    random = np.random.default_rng(6)
    who, t = np.repeat(np.arange(48), 3), np.tile(np.arange(3.0), 48)
    above = who % 6
    trained = (above < 3).astype(float)
    y = random.normal(size=6)[above] * 2 + random.normal(size=48)[who] + random.normal(size=144)
    found = mixed.fit(y, {"trained": trained, "t": t}, who, therapists=above)
    df = dict(zip(found.terms, found.df, strict=True))
    assert_allclose([df["trained"], df["t"]], [4, 95], rtol=1e-4)
    both = mixed.contrast("end", found, {"(Intercept)": 1, "t": 2})
    assert_allclose(both.estimate, found.coefficients[0] + 2 * found.coefficients[2])
    # The last wave is as far from the middle as the first.
    assert_allclose([both.se, both.df], [found.se[0], df["(Intercept)"]], rtol=1e-5)
    with pytest.raises(KeyError, match="hope"):
        mixed.contrast("end", found, {"hope": 1})


def test_without_differences_between_people_t_is_that_of_least_squares():
    y = np.tile([1.0, -1.0, 2.0, -2.0], 5) + np.repeat([0.01, -0.01, 0, 0.01, -0.01], 4)
    found = mixed.fit(y, {"t": np.tile([0.0, 1, 2, 3], 5)}, np.repeat(np.arange(5), 4))
    assert found.singular
    assert_allclose(found.df, [18, 18])


def _made(seed, people_count=12, therapists=3, uneven=True):
    """Long data of a few people, some waves missing, at their own times."""
    random = np.random.default_rng(seed)
    who = np.repeat(np.arange(people_count), 4)
    t = np.tile(np.arange(4.0), people_count)
    if uneven:
        t = t + random.uniform(0, 0.5, len(t))
    effects = random.normal(size=(people_count, 2)) * [2.0, 0.7]
    above = random.normal(size=therapists)[np.arange(people_count) % therapists]
    y = (
        10
        + effects[who, 0]
        + above[who]
        + (effects[who, 1] - 1) * t
        + random.normal(size=len(t))
    )
    kept = random.random(len(t)) < 0.85
    x = random.normal(size=len(t))
    return y[kept], {"t": t[kept], "x": x[kept]}, who[kept], (who % therapists)[kept]


def _dense(y, x, z, v_person, who, v_therapist, above, residual, reml):
    """Minus twice the log likelihood, with the covariance matrix of all rows written out."""
    v = z @ v_person @ z.T * (who[:, None] == who)
    v = v + v_therapist * (above[:, None] == above) + residual
    inverse = np.linalg.inv(v)
    information = x.T @ inverse @ x
    beta = np.linalg.solve(information, x.T @ inverse @ y)
    e = y - x @ beta
    value = np.linalg.slogdet(v)[1] + e @ inverse @ e
    size = len(y) - (x.shape[1] if reml else 0)
    if reml:
        value += np.linalg.slogdet(information)[1]
    return value + size * np.log(2 * np.pi), beta


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("seed", range(4))
def test_the_likelihood_is_that_of_the_whole_covariance_matrix(seed, method):
    y, fixed, who, above = _made(seed)
    found = mixed.fit(y, fixed, who, slopes=["t"], therapists=above, method=method)
    x = np.column_stack([np.ones(len(y)), fixed["t"], fixed["x"]])
    deviance, beta = _dense(
        y,
        x,
        x[:, :2],
        found.person.covariance,
        who,
        found.therapist.covariance[0, 0],
        above,
        found.residual_variance * np.eye(len(y)),
        method is Method.REML,
    )
    assert_allclose(-2 * found.log_likelihood, deviance, rtol=1e-9)
    assert_allclose(found.coefficients, beta, rtol=1e-7)


@pytest.mark.parametrize("reml", [True, False])
@pytest.mark.parametrize("therapists", [True, False])
def test_the_gradient_is_the_slope_of_the_criterion(therapists, reml):
    y, fixed, who, above = _made(5)
    order = np.lexsort((who, above))
    design = np.linalg.qr(np.column_stack([np.ones(len(y)), fixed["t"], fixed["x"]])[order])[0]
    rows = Rows(
        design=design,
        response=y[order],
        random=np.column_stack([np.ones(len(y)), fixed["t"][order]]),
        above=np.ones(len(y)),
        person=who[order],
        therapist=above[order],
    )
    known = blocks(rows, people(rows))
    theta = np.array([0.8, -0.3, 0.5, 0.6])[: 4 if therapists else 3]
    at = profile(known, theta, therapists=therapists, reml=reml)
    for place in range(len(theta)):
        step = np.zeros(len(theta))
        step[place] = 1e-5
        ends = [
            profile(known, theta + sign * step, therapists=therapists, reml=reml).value
            for sign in (1, -1)
        ]
        assert_allclose(at.gradient[place], (ends[0] - ends[1]) / 2e-5, rtol=1e-6)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-100, 100))
def test_units_and_the_order_of_rows_do_not_matter(seed, factor, shift):
    y, fixed, who, _ = _made(seed)
    one = mixed.fit(y, fixed, who, slopes=["t"])
    order = np.random.default_rng(seed).permutation(len(y))
    two = mixed.fit(
        (factor * y + shift)[order],
        {"t": fixed["t"][order] * 7, "x": fixed["x"][order]},
        who[order],
        slopes=["t"],
    )
    units = factor / np.array([1, 7, 1])
    assert_allclose(
        two.coefficients - [shift, 0, 0], one.coefficients * units, rtol=1e-4, atol=1e-4
    )
    assert_allclose(two.log_likelihood, one.log_likelihood - _jacobian(one, factor), atol=1e-4)
    assert_allclose(
        two.person.covariance,
        one.person.covariance * np.outer(units[:2], units[:2]),
        rtol=1e-3,
        atol=1e-3 * factor**2,
    )


def _jacobian(model, factor):
    """What the log likelihood of REML loses where the outcome is `factor` and t 7 times as large."""
    return (model.rows - 3) * np.log(factor) + np.log(7)


def test_residuals_that_resemble_the_wave_before_equal_nlme(long, timed):
    r = timed["nlme_ar1"]
    found = mixed.fit(long["fatigue"], {"t": long["t"]}, long["id"], waves=long["wave"])
    assert_allclose(found.serial, r["phi"], atol=1e-5)
    assert_allclose(found.log_likelihood, r["logLik"], atol=1e-6)
    assert_allclose(found.coefficients, [row["Value"] for row in r["fixef"]], atol=1e-4)
    assert_allclose(found.se, [row["Std.Error"] for row in r["fixef"]], rtol=1e-4)
    assert_allclose(found.residual_variance, r["sigma"] ** 2, rtol=1e-4)
    # With it nothing is left that people differ in for good.
    assert found.singular
    assert found.person.covariance[0, 0] < 0.01


def test_the_likelihood_with_serial_correlation_is_that_of_the_whole_matrix():
    y, fixed, who, above = _made(4)
    wave = np.floor(fixed["t"]).astype(int)
    found = mixed.fit(y, fixed, who, therapists=above, waves=wave)
    apart = np.abs(wave[:, None] - wave) * (who[:, None] == who)
    residual = found.residual_variance * found.serial**apart * (who[:, None] == who)
    x = np.column_stack([np.ones(len(y)), fixed["t"], fixed["x"]])
    people_, therapist = found.person.covariance[0, 0], found.therapist.covariance[0, 0]
    deviance, beta = _dense(
        y,
        x,
        x[:, :1],
        np.array([[people_]]),
        who,
        therapist,
        above,
        residual,
        True,
    )
    assert_allclose(-2 * found.log_likelihood, deviance, rtol=1e-9)
    assert_allclose(found.coefficients, beta, rtol=1e-7)


def test_people_with_the_same_waves_share_their_sums():
    random = np.random.default_rng(3)
    who, t = np.repeat(np.arange(400), 3), np.tile(np.arange(3.0), 400)
    rows = Rows(
        design=np.column_stack([np.ones(1200), t]),
        response=random.normal(size=1200),
        random=np.column_stack([np.ones(1200), t]),
        above=np.ones(1200),
        person=who,
        therapist=np.zeros(1200, np.intp),
    )
    known = blocks(rows, people(rows))
    assert (len(known.patterns), known.counts.tolist()) == (1, [400.0])
    assert len(known.cross) <= 8
    whole = people(rows).cross.reshape(400, -1)
    short = known.cross.reshape(len(known.cross), -1)
    assert_allclose(short.T @ short, whole.T @ whole)


def test_a_variance_of_nothing_is_said():
    # Everybody has the same mean: the people differ less than chance would have it.
    y = np.tile([1.0, -1.0, 2.0, -2.0], 5) + np.repeat([0.01, -0.01, 0, 0.01, -0.01], 4)
    found = mixed.fit(y, {}, np.repeat(np.arange(5), 4))
    assert found.singular
    assert_allclose(found.person.covariance, 0, atol=1e-8)
    assert "one of its variances is estimated as 0" in found.warnings[0]
    assert_allclose(found.residual_variance, y.var(ddof=1))


def test_rows_with_missing_values_are_left_out_and_counted():
    y, fixed, who, above = _made(7)
    holes = y.copy()
    holes[[3, 8]] = np.nan
    whole = ~np.isnan(holes)
    found = mixed.fit(holes, fixed, who, therapists=above)
    kept = mixed.fit(
        y[whole], {k: v[whole] for k, v in fixed.items()}, who[whole], therapists=above[whole]
    )
    assert (found.left_out, found.rows) == (2, len(y) - 2)
    assert_allclose(found.coefficients, kept.coefficients)
    assert f"2 of {len(y)} rows have a missing value" in found.warnings[0]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"labels": [1, 1, 2]}, "3 labels for 6 rows"),
        (
            {"labels": ["a", "a", "b", "b", "c", None]},
            "1 rows have no label, the first is row [45]",
        ),
        (
            {"therapists": [1, 1, 2, 2, np.nan, 3]},
            "1 rows have no label, the first is row [45]",
        ),
        ({"slopes": ["hope"]}, "hope is not among the predictors"),
        ({"therapists": [1, 2, 1, 1, 1, 1]}, "two therapists"),
        ({"fixed": {"t": [0, 1, 0, 1, 0, 1], "u": [0, 2, 0, 2, 0, 2]}}, "combination"),
        ({"fixed": {"t": [0, 1, 0]}}, "for 6 rows"),
        ({"waves": [0, 0, 0, 1, 0, 1]}, "two rows of wave 0"),
        ({"waves": [0, 0.5, 0, 1, 0, 1]}, "no whole number"),
        ({"slopes": ["t"]}, "as few rows as random effects"),
        ({"labels": [1, 1, 1, 1, 1, 1]}, "cannot carry"),
        ({"outcome": [1, 2, 1, 2, 1, 2]}, "without any rest"),
    ],
)
def test_what_cannot_be_estimated_is_refused(changed, says):
    given_ = {
        "outcome": [1, 3, 2, 5, 4, 9.0],
        "fixed": {"t": [0, 1, 0, 1, 0, 1]},
        "labels": [1, 1, 2, 2, 3, 3],
        **changed,
    }
    with pytest.raises(InputError, match=says):
        mixed.fit(**given_)


@pytest.mark.long
def test_intervals_and_variances_are_recovered():
    """1,000 studies of 60 people with 4 waves: coverage of the slope, means of the variances."""
    random = np.random.default_rng(20)
    who, t = np.repeat(np.arange(60), 4), np.tile(np.arange(4.0), 60)
    covered, variances = 0, []
    root = np.linalg.cholesky([[4, -0.5], [-0.5, 0.5]])
    for _ in range(1000):
        effects = random.normal(size=(60, 2)) @ root.T
        y = 20 + effects[who, 0] + (effects[who, 1] - 1) * t + random.normal(size=240)
        found = mixed.fit(y, {"t": t}, who, slopes=["t"])
        covered += found.low[1] < -1 < found.high[1]
        variances.append(
            [*found.person.covariance[[0, 0, 1], [0, 1, 1]], found.residual_variance]
        )
    assert 930 <= covered <= 965
    assert_allclose(np.mean(variances, axis=0), [4, -0.5, 0.5, 1], rtol=0.03)
