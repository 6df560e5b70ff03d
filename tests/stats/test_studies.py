"""Studies put together, all of them and those that required PEM, against metafor and by hand."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.errors import InputError
from rapport.core.vocabulary import Badge
from rapport.stats.meta import synthesis as meta
from rapport.stats.meta.groups import Spread
from rapport.stats.meta.studies import Study, together

BADGES = {"cbt": Badge.REQUIRED, "get": Badge.NOT_REQUIRED}


@pytest.fixture(scope="module")
def studies(trials):
    """The 24 trials of the reference, their groups taken for badges and definitions."""
    found = meta.standardised(*(trials[n] for n in ("m1", "sd1", "n1", "m2", "sd2", "n2")))
    return [
        Study(
            name=f"trial {place + 1}",
            estimate=float(value),
            se=float(np.sqrt(variance)),
            badge=BADGES.get(group, Badge.NOT_STATED),
            definition=group,
        )
        for place, (value, variance, group) in enumerate(
            zip(found.values, found.variances, trials["group"], strict=True)
        )
    ]


def test_all_studies_give_what_metafor_gives(studies, reference):
    found = together(studies, knapp_hartung=False).all.pooled
    theirs = reference["meta"]["overall_REML"]
    # Metafor stops its search a little earlier.
    assert found.tau2 == pytest.approx(theirs["tau2"], rel=2e-4)
    assert found.estimate == pytest.approx(theirs["b"], rel=1e-5)
    assert found.interval == pytest.approx((theirs["ci.lb"], theirs["ci.ub"]), rel=1e-4)
    assert found.prediction == pytest.approx(theirs["pi"], rel=1e-4)


def test_those_that_required_it_are_put_together_beside_all(studies):
    found = together(studies)
    strict = [one for one in studies if one.badge is Badge.REQUIRED]
    alone = together(strict).all
    assert found.required.pooled.estimate == pytest.approx(alone.pooled.estimate, rel=1e-4)
    assert found.required.pooled.studies == len(strict)
    assert found.required.left_out == len(studies) - len(strict)
    assert found.all.by_badge.groups["required"].studies == len(strict)
    assert found.required.by_badge is None


def test_weights_are_shares_of_a_whole(studies):
    found = together(studies)
    assert sum(one.weight for one in found.studies) == pytest.approx(1)
    strict = [one.weight_required for one in found.studies if one.weight_required is not None]
    assert sum(strict) == pytest.approx(1)
    assert len(strict) == found.required.pooled.studies


def test_both_tests_of_groups_are_told_and_which_was_chosen(studies):
    found = together(studies, used=Spread.SEPARATE, knapp_hartung=False).all.by_definition
    assert found.used is Spread.SEPARATE
    assert found.df == 2
    assert found.common_q == pytest.approx(17.8224, rel=1e-3)
    assert found.separate_q == pytest.approx(34.3585, rel=1e-3)


@given(factor=st.sampled_from([1e-3, 0.1, 7, 1e4]))
def test_the_unit_of_the_studies_changes_nothing_but_the_unit(studies, factor):
    """A mean of shares of R² is as exact as one of points on a questionnaire."""
    one = together(studies).all.pooled
    scaled = [
        msgspec.structs.replace(s, estimate=s.estimate * factor, se=s.se * factor)
        for s in studies
    ]
    other = together(scaled).all.pooled
    assert other.estimate == pytest.approx(one.estimate * factor, rel=1e-9)
    assert other.tau2 == pytest.approx(one.tau2 * factor**2, rel=1e-9)
    assert other.i2 == pytest.approx(one.i2, rel=1e-9)


def plain(*rows):
    return [Study(name=str(n), estimate=y, se=se) for n, (y, se) in enumerate(rows)]


def test_equal_studies_are_averaged_by_hand():
    found = together(plain((1.0, 0.5), (3.0, 0.5)), knapp_hartung=False).all.pooled
    # Their variance is 2, of which chance explains 0.25.
    assert found.estimate == pytest.approx(2)
    assert found.tau2 == pytest.approx(1.75, rel=1e-4)
    assert found.se == pytest.approx(1, rel=1e-4)


def test_one_study_alone_is_given_back_as_it_is():
    found = together(plain((1.5, 0.5))).all
    assert (found.pooled.estimate, found.pooled.se) == (pytest.approx(1.5), pytest.approx(0.5))
    assert found.pooled.prediction is None
    assert found.by_badge is None
    assert found.small_studies is None


def test_where_no_study_required_it_there_is_no_second_view():
    assert together(plain((1, 1), (2, 1))).required is None


def test_small_study_effects_need_ten_studies(studies):
    assert together(studies[:9]).all.small_studies is None
    assert together(studies[:10]).all.small_studies is not None


@pytest.mark.parametrize("se", [0.0, -1.0, float("nan"), float("inf")])
def test_a_study_without_a_standard_error_is_named(se):
    with pytest.raises(InputError, match="the study 1"):
        together(plain((1, 1), (2, se)))


def test_no_studies_are_refused():
    with pytest.raises(InputError, match="no studies"):
        together([])
