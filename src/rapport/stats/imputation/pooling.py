"""Rubin's rules: one answer from several completed data sets.

Sources: Rubin 1987, doi 10.1002/9780470316696, p. 76-77; degrees of freedom: Barnard and Rubin
1999, doi 10.1093/biomet/86.4.948; D1: Li, Raghunathan and Rubin 1991, doi
10.1080/01621459.1991.10475152; R²: Harel 2009, doi 10.1080/02664760802553000.
"""

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, numbers
from rapport.stats.distributions import f_above, normal_quantile, t_quantile, t_two_sided


class Pooled(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Estimates pooled over imputations, one value an estimate.

    `within` and `between` are the variances within and between imputations, `increase` the
    relative increase in variance by missing data, `share` the part of the variance that is due
    to it (lambda), `missing_information` the same for the given degrees of freedom (fmi).
    """

    imputations: int
    level: float
    estimate: Numbers
    within: Numbers
    between: Numbers
    se: Numbers
    df: Numbers
    t: Numbers
    p: Numbers
    low: Numbers
    high: Numbers
    increase: Numbers
    share: Numbers
    missing_information: Numbers


class JointTest(msgspec.Struct, frozen=True, kw_only=True):
    """The test that several pooled coefficients are all 0 (D1)."""

    f: float
    df1: int
    df2: float
    p: float
    increase: float


def _several(count: int) -> None:
    if count < 2:
        raise InputError(
            f"{count} imputation(s) to pool",
            where="the pooling",
            fix="make at least two, better twenty or more",
        )


def _imputations(estimates: ArrayLike, variances: ArrayLike) -> tuple[Numbers, Numbers]:
    """Both as imputations x estimates; InputError for what cannot be pooled."""
    q = numbers(estimates, where="the estimates", dimensions=2)
    u = numbers(variances, where="the variances", dimensions=2)
    _several(len(q))
    if q.shape != u.shape or not (u > 0).all():
        raise InputError(
            f"estimates of the shape {q.shape}, variances of the shape {u.shape}",
            where="the pooling",
            fix="pass one variance above 0 an estimate",
        )
    return q, u


def pool(
    estimates: ArrayLike, variances: ArrayLike, *, df: float = np.inf, level: float = 0.95
) -> Pooled:
    """Rubin's rules for imputations x estimates and their squared standard errors.

    `df` are the degrees of freedom of one complete data set (n - parameters); infinite where
    the estimates are normal. Where imputations do not differ, the pooled df are those of
    observed data alone.
    Errors: InputError for missing values, other shapes or fewer than two imputations.
    """
    q, u = _imputations(estimates, variances)
    m = len(q)
    mean, within, between = q.mean(axis=0), u.mean(axis=0), q.var(axis=0, ddof=1)
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total
    with np.errstate(divide="ignore"):
        old = (m - 1) / share**2
        observed = within / total * ((df + 1) / (df + 3) * df if np.isfinite(df) else np.inf)
        pooled_df = 1 / (1 / old + 1 / observed)
    increase = (1 + 1 / m) * between / within
    se, t = np.sqrt(total), mean / np.sqrt(total)
    reach = t_quantile((1 + level) / 2, pooled_df) * se
    return Pooled(
        imputations=m,
        level=level,
        estimate=mean,
        within=within,
        between=between,
        se=se,
        df=pooled_df,
        t=t,
        p=t_two_sided(t, pooled_df),
        low=mean - reach,
        high=mean + reach,
        increase=increase,
        share=share,
        missing_information=(increase + 2 / (pooled_df + 3)) / (increase + 1),
    )


def pool_covariance(estimates: ArrayLike, covariances: ArrayLike) -> tuple[Numbers, Numbers]:
    """Pooled estimates and their total covariance, W + (1 + 1/m) B: what Monte Carlo intervals need.

    Imputations x estimates, and imputations x estimates x estimates.
    Errors: InputError for missing values, other shapes or fewer than two imputations.
    """
    q = numbers(estimates, where="the estimates", dimensions=2)
    u = numbers(covariances, where="the covariances", dimensions=3)
    m, k = q.shape
    _several(m)
    if u.shape != (m, k, k):
        raise InputError(
            f"{m} imputations of {k} estimates, covariances of the shape {u.shape}",
            where="the pooling",
            fix="pass one covariance matrix an imputation",
        )
    mean = q.mean(axis=0)
    deviations = q - mean
    return mean, u.mean(axis=0) + (1 + 1 / m) * deviations.T @ deviations / (m - 1)


def joint_test(estimates: ArrayLike, covariances: ArrayLike) -> JointTest:
    """D1: imputations x estimates, and imputations x estimates x estimates.

    Errors: InputError for missing values, other shapes, or so few imputations that
    estimates * (imputations - 1) is 4 or less.
    """
    q = numbers(estimates, where="the estimates", dimensions=2)
    u = numbers(covariances, where="the covariances", dimensions=3)
    m, k = q.shape
    _several(m)
    t = k * (m - 1)
    if u.shape != (m, k, k) or t <= 4:
        raise InputError(
            f"{m} imputations of {k} estimates, covariances of the shape {u.shape}",
            where="the joint test",
            fix="pass one matrix an imputation, of six or more imputations",
        )
    mean, within = q.mean(axis=0), u.mean(axis=0)
    deviations = q - mean
    between = deviations.T @ deviations / (m - 1)
    inverse = np.asarray(np.linalg.inv(np.asarray(within, np.float64)), np.float64)
    increase = (1 + 1 / m) * float((inverse * between).sum()) / k
    f = float(mean @ inverse @ mean) / (k * (1 + increase))
    with np.errstate(divide="ignore"):
        df2 = float(4 + (t - 4) * (1 + (1 - 2 / t) / np.float64(increase)) ** 2)
    return JointTest(f=f, df1=k, df2=df2, p=float(f_above(f, k, df2)), increase=increase)


def pool_r2(r2: ArrayLike, n: int, *, level: float = 0.95) -> tuple[float, float, float]:
    """R² pooled through Fisher's z of its root: estimate, low, high.

    Errors: InputError for missing values, values outside 0 to 1 or fewer than two imputations.
    """
    values = numbers(r2, where="R²", dimensions=1)
    m = len(values)
    _several(m)
    if n <= 3 or values.min() < 0 or values.max() >= 1:
        raise InputError(
            f"R² from {values.min()} to {values.max()} of {n} people",
            where="the pooling of R²",
            fix="pass values from 0 to below 1, of more than three people",
        )
    z = np.arctanh(np.sqrt(values))
    se = np.sqrt(1 / (n - 3) + (1 + 1 / m) * z.var(ddof=1))
    reach = normal_quantile((1 + level) / 2) * se
    ends = np.tanh(np.maximum(np.array([z.mean(), z.mean() - reach, z.mean() + reach]), 0)) ** 2
    return float(ends[0]), float(ends[1]), float(ends[2])
