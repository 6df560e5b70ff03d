"""Intervals from draws: percentile, expanded, basic, bias-corrected, BCa, and Monte Carlo draws.

Quantiles interpolate as R's type 7. Draws that failed are left out (and counted in `Draws`).
"""

from collections.abc import Callable
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole
from rapport.stats.bootstrap import Draws
from rapport.stats.distributions import normal_below, normal_quantile, t_quantile


class Kind(StrEnum):
    """How an interval is made from draws; NONCENTRAL is that of `rapport.stats.shares`."""

    PERCENTILE = "percentile"
    EXPANDED = "expanded"
    BASIC = "basic"
    BIAS_CORRECTED = "bias_corrected"
    BCA = "bca"
    NONCENTRAL = "noncentral"


class Interval(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """An interval for each effect; `used` counts the draws it rests on.

    `low` and `high` are NaN where too few draws could be computed (fewer than 2), and for BCa
    and bias-corrected where all draws lie on one side of the estimate.
    """

    kind: Kind
    level: float
    low: Numbers
    high: Numbers
    used: Whole


def _median_bias(draws: Numbers, estimate: float) -> float:
    """The normal quantile of the share of draws below the estimate (z0)."""
    return float(normal_quantile(np.mean(draws < estimate)))


def acceleration(jackknife: Numbers) -> float:
    """How fast the standard error changes with the value, from the statistic without each unit.

    0 where leaving out a unit changes nothing. Source: Efron 1987, doi
    10.1080/01621459.1987.10478410; Efron and Tibshirani 1993, formula 14.15.
    """
    left = jackknife.mean() - jackknife
    spread = float((left**2).sum())
    return float((left**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0


def _shares(
    kind: Kind, row: Numbers, estimate: float, jackknife: Numbers, level: float, left: int
) -> Numbers:
    """The two probabilities at which the draws of one effect are cut."""
    ends = np.array([(1 - level) / 2, (1 + level) / 2])
    if kind in {Kind.PERCENTILE, Kind.BASIC}:
        return ends
    if kind is Kind.EXPANDED:
        return normal_below(np.sqrt(len(jackknife) / left) * t_quantile(ends, left))
    bias, z = _median_bias(row, estimate), normal_quantile(ends)
    a = acceleration(jackknife) if kind is Kind.BCA else 0.0
    with np.errstate(invalid="ignore"):
        return normal_below(bias + (bias + z) / (1 - a * (bias + z)))


def check_level(level: float) -> None:
    """InputError for a level outside 0 to 1."""
    if not 0 < level < 1:
        raise InputError(
            f"the level {level} is no probability", where="the interval", fix="use 0.95"
        )


def interval(
    draws: Draws, kind: Kind = Kind.PERCENTILE, *, level: float = 0.95, parameters: int = 1
) -> Interval:
    """The interval of every effect.

    The expanded one leaves the units (people, or clusters) less `parameters` as degrees of
    freedom: 1 for a mean, the coefficients of the largest regression for what is made of those.

    Sources: Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 13 (percentile) and
    14.3 (BCa); Davison and Hinkley 1997, Bootstrap Methods, formula 5.6 (basic); Hesterberg 2015,
    doi 10.1080/00031305.2015.1089789 (expanded percentile: cut further out, as Student's t and
    the divisor n - 1 would, which matters for few people or clusters; more than one parameter is
    our own, see docs/intervals.md).
    Errors: InputError for a level outside 0 to 1, a kind that needs more than draws, or as many
    parameters as units.
    """
    check_level(level)
    if kind is Kind.NONCENTRAL:
        raise InputError(
            "this kind of interval is for parts of R²",
            where="the interval",
            fix="use the interval of rapport.stats.shares",
        )
    left = draws.jackknife.shape[1] - parameters
    if kind is Kind.EXPANDED and left < 1:
        raise InputError(
            f"{draws.jackknife.shape[1]} units cannot carry {parameters} parameters",
            where="the interval",
            fix="use fewer predictors",
        )
    ends = np.full((2, len(draws.values)), np.nan)
    used = np.isfinite(draws.values).sum(axis=1)
    for place, row in enumerate(draws.values):
        kept = row if used[place] == len(row) else row[np.isfinite(row)]
        estimate = float(draws.estimate[place])
        if len(kept) < 2:
            continue
        shares = _shares(kind, kept, estimate, draws.jackknife[place], level, left)
        if np.isfinite(shares).all():
            ends[:, place] = np.quantile(kept, shares)
    if kind is Kind.BASIC:
        ends = 2 * draws.estimate - ends[::-1]
    return Interval(kind=kind, level=level, low=ends[0], high=ends[1], used=used)


def monte_carlo(
    effects: Callable[[Numbers], Numbers],
    coefficients: ArrayLike,
    covariance: ArrayLike,
    *,
    draws: int,
    seed: int,
) -> Numbers:
    """Effects x draws from normally distributed coefficients; `effects` takes coefficients x draws.

    Needs no data, only estimates and their covariance matrix (also after pooling imputations).
    Source: MacKinnon, Lockwood and Williams 2004, doi 10.1207/s15327906mbr3901_4, p. 106;
    Preacher and Selig 2012, doi 10.1080/19312458.2012.679848.
    Errors: InputError for a covariance matrix that does not fit or has a negative direction.
    """
    mean, spread = np.asarray(coefficients, np.float64), np.asarray(covariance, np.float64)
    if spread.shape != (len(mean), len(mean)):
        raise InputError(
            f"{len(mean)} coefficients with a covariance matrix of the shape {spread.shape}",
            where="the Monte Carlo interval",
            fix="pass one row and column a coefficient",
        )
    values, vectors = np.linalg.eigh((spread + spread.T) / 2)
    if values[0] < -1e-8 * max(values[-1], 0):
        raise InputError(
            "the covariance matrix has a negative direction",
            where="the Monte Carlo interval",
            fix="use the covariance matrix of an estimated model",
        )
    generator = np.random.Generator(np.random.SFC64(seed))
    root = vectors * np.sqrt(np.maximum(values, 0))
    return effects(root @ generator.standard_normal((len(mean), draws)) + mean[:, None])
