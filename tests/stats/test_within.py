"""What changes within a person and between people, and what came a wave before."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from rapport.core.errors import InputError
from rapport.stats.mixed import model as mixed
from rapport.stats.mixed import within
from rapport.stats.mixed.model import Method
from rapport.stats.mixed.within import Form

NAN = np.nan


def test_a_value_is_its_persons_mean_and_a_deviation():
    found = within.split([1, 3, NAN, 10, NAN], ["a", "a", "a", "b", "c"])
    assert_allclose(found.mean, [2, 2, 2, 10, NAN])
    assert_allclose(found.within, [-1, 1, NAN, 0, NAN])
    # The mean of the rows that have a person mean is 4.
    assert_allclose(found.between, [-2, -2, -2, 6, NAN])


def test_the_value_before_is_that_of_the_wave_before():
    people = [1, 1, 1, 2, 2, 2]
    waves = [2, 0, 1, 0, 1, 3]
    assert_allclose(
        within.lag([12, 10, 11, 20, 21, 23], people, waves), [11, NAN, 10, NAN, 20, NAN]
    )
    assert_allclose(
        within.lag([12, 10, 11, 20, 21, 23], people, waves, by=2),
        [10, NAN, NAN, NAN, NAN, 21],
    )


@pytest.mark.parametrize(
    ("people", "waves", "says"),
    [
        ([1, 1, 2], [0, 0, 0], "two rows of the same person and wave"),
        ([1, 1, 2], [0, 0.5, 0], "no whole number"),
        ([1, 1], [0, 1], "for 2 rows"),
    ],
)
def test_waves_that_make_no_order_are_refused(people, waves, says):
    with pytest.raises(InputError, match=says):
        within.lag([1, 2, 3], people, waves)


@pytest.mark.parametrize("method", list(Method))
def test_slopes_within_and_between_people_equal_lme4(long, timed, method):
    r = timed["lmer"][f"within_between_{method.lower()}"]
    found = within.within_between(
        long["fatigue"],
        {"control": long["control"]},
        long["id"],
        long["wave"],
        time=long["t"],
        form=Form.CONTEMPORANEOUS,
        method=method,
    )
    assert_allclose(
        found.model.coefficients, [row["Estimate"] for row in r["fixef"]], atol=1e-6
    )
    assert_allclose(found.model.log_likelihood, r["logLik"], atol=1e-7)
    for slope, row in zip((found.within[0], found.between[0]), r["fixef"][2:], strict=True):
        assert_allclose(
            [slope.estimate, slope.se], [row["Estimate"], row["Std. Error"]], rtol=1e-6
        )
        assert_allclose(slope.t, row["t value"], rtol=1e-6)
        assert slope.df > 200
    assert_allclose(found.context[0].estimate, -0.852056396990 + 0.453323630220, atol=1e-6)


def test_the_lagged_form_is_the_model_of_shifted_rows(long):
    found = within.within_between(
        long["fatigue"],
        {"control": long["control"]},
        long["id"],
        long["wave"],
        time=long["t"],
        slopes=["time"],
        therapists=long["therapist"],
    )
    later = long["wave"] > 0
    before = long["control"].reshape(217, 5)[:, :4]
    mean = np.repeat(before.mean(axis=1), 4)
    by_hand = mixed.fit(
        long["fatigue"][later],
        {"time": long["t"][later], "w": before.ravel() - mean, "b": mean - mean.mean()},
        long["id"][later],
        slopes=["time"],
        therapists=long["therapist"][later],
    )
    assert found.form is Form.LAGGED
    assert (found.model.rows, found.model.left_out) == (868, 0)
    assert_allclose(found.model.coefficients, by_hand.coefficients)
    assert_allclose(found.within[0].low, by_hand.low[2])


def test_an_effect_within_people_is_told_from_one_between_them():
    random = np.random.default_rng(1)
    who, wave = np.repeat(np.arange(300), 6), np.tile(np.arange(6), 300)
    usual, x = np.repeat(random.normal(size=300), 6), random.normal(size=1800)
    before = within.lag(x, who, wave)
    y = 2 * usual - 0.5 * np.nan_to_num(before) + random.normal(size=1800)
    found = within.within_between(y, {"x": x + usual}, who, wave)
    assert_allclose(found.within[0].estimate, -0.5, atol=0.1)
    assert found.between[0].estimate > 1
    assert found.context[0].low > 1
