"""Whether a person changed beyond the error of the instrument, in both directions.

Source: Jacobson and Truax 1991, doi 10.1037/0022-006X.59.1.12, p. 13-15.
"""

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Truths, numbers
from rapport.stats.distributions import normal_quantile


class Reliability(msgspec.Struct, frozen=True, kw_only=True):
    """Cronbach's alpha of a sum score.

    `standardised` is alpha of the items brought to the same variance, `average_correlation`
    the mean correlation between two items.
    """

    alpha: float
    standardised: float
    average_correlation: float


def cronbach_alpha(items: ArrayLike) -> Reliability:
    """Alpha from people x items.

    Source: Cronbach 1951, doi 10.1007/BF02310555, formula 2.
    Errors: InputError for missing values, fewer than two items or a constant item.
    """
    answers = numbers(items, where="the items", dimensions=2)
    k = answers.shape[1]
    spread = answers.std(axis=0)
    if k < 2 or not (spread > 0).all():
        raise InputError(
            f"{k} items, of which {int((spread > 0).sum())} vary",
            where="the items",
            fix="pass two or more items that are not constant",
        )
    covariance = np.cov(answers.T)
    correlation = np.corrcoef(answers.T)
    average = (correlation.sum() - k) / (k * (k - 1))
    return Reliability(
        alpha=float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())),
        standardised=float(k * average / (1 + (k - 1) * average)),
        average_correlation=float(average),
    )


class Change(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Each person's change (after minus before) against the error of measurement.

    `index` is the change in standard errors of a difference, `points` the change that is
    reliable at `level`. `improved`, `worse` and `unchanged` have one truth a person.
    `recovered` are those reliably improved who end on the good side of the cut-off; None
    without a cut-off. Effect sizes: `dz` in standard deviations of the change, `dav` of the
    score before; `t` is the paired test's statistic with people - 1 degrees of freedom.
    """

    reliability: float
    error: float
    difference_error: float
    points: float
    level: float
    index: Numbers
    improved: Truths
    worse: Truths
    unchanged: Truths
    recovered: Truths | None
    mean: float
    dz: float
    dav: float
    t: float


def _scores(before: ArrayLike, after: ArrayLike) -> tuple[Numbers, Numbers]:
    """The scores of both times; InputError for missing values or unequal lengths."""
    first = numbers(before, where="the scores before", dimensions=1)
    last = numbers(after, where="the scores after", dimensions=1)
    if len(first) != len(last) or len(first) < 2:
        raise InputError(
            f"{len(first)} scores before and {len(last)} after",
            where="reliable change",
            fix="pass both scores of at least two people",
        )
    return first, last


def _demand_error(reliability: float, spread: float) -> None:
    """Raises: InputError where scores have no error of measurement to compare with."""
    if not 0 <= reliability < 1 or spread <= 0:
        raise InputError(
            f"a reliability of {reliability} and a standard deviation of {spread}",
            where="reliable change",
            fix="give a reliability from 0 to below 1 and a standard deviation above 0",
        )


def _in_its_own_spread(change: Numbers) -> float:
    """The mean change in its standard deviations; NaN if everybody changed alike."""
    spread = float(change.std(ddof=1))
    return float(change.mean()) / spread if spread > 0 else float("nan")


def reliable_change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    reliability: float,
    high_is_worse: bool,
    sd: float | None = None,
    cutoff: float | None = None,
    level: float = 0.95,
) -> Change:
    """Reliable change of each person, and clinically significant change where a cut-off is given.

    The standard error of measurement is sd * sqrt(1 - reliability), that of a difference
    sqrt(2) times as much. `sd` is that of the score before unless given (of a norm group).
    Say which reliability was used: alpha gives a smaller threshold than a retest correlation.
    A score equal to the cut-off has not crossed it.
    Errors: InputError for missing values, unequal lengths, a reliability outside 0 to 1, or
    scores without spread.
    """
    first, last = _scores(before, after)
    spread = float(first.std(ddof=1)) if sd is None else sd
    _demand_error(reliability, spread)
    error = spread * float(np.sqrt(1 - reliability))
    difference_error = float(np.sqrt(2)) * error
    change = last - first
    index = change / difference_error
    reach = float(normal_quantile((1 + level) / 2))
    rising, falling = index > reach, index < -reach
    improved, worse = (falling, rising) if high_is_worse else (rising, falling)
    mean, dz = float(change.mean()), _in_its_own_spread(change)
    good = None if cutoff is None else (last < cutoff if high_is_worse else last > cutoff)
    return Change(
        reliability=reliability,
        error=error,
        difference_error=difference_error,
        points=reach * difference_error,
        level=level,
        index=index,
        improved=improved,
        worse=worse,
        unchanged=~(improved | worse),
        recovered=None if good is None else improved & good,
        mean=mean,
        dz=dz,
        dav=mean / spread,
        t=dz * float(np.sqrt(len(change))),
    )
