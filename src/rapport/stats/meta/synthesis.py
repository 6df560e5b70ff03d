"""Random-effects meta-analysis: one mean effect, how much studies differ, and their groups.

Sources: Viechtbauer 2005, doi 10.3102/10769986030003261 (estimators of the variance between
studies); Viechtbauer 2010, doi 10.18637/jss.v036.i03 (I², R², tests); Paule and Mandel 1982, doi
10.6028/jres.087.022; DerSimonian and Laird 1986, doi 10.1016/0197-2456(86)90046-2; Knapp and
Hartung 2003, doi 10.1002/sim.1482 (test and interval); Higgins, Thompson and Spiegelhalter 2009,
doi 10.1111/j.1467-985X.2008.00552.x, p. 144 (prediction interval); Hedges 1981, doi
10.3102/10769986006002107 (standardised mean difference).
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, numbers
from rapport.stats.distributions import (
    chi2_above,
    f_above,
    log_gamma,
    normal_quantile,
    normal_two_sided,
    t_quantile,
    t_two_sided,
)

_MOST_STEPS = 1000
# Fisher scoring stops at a smaller change of tau², as metafor does, so that digits agree.
_CHANGE = 1e-5


class Between(StrEnum):
    """How the variance between studies (tau²) is estimated; EQUAL takes it to be 0."""

    REML = "REML"
    ML = "ML"
    PAULE_MANDEL = "PM"
    DERSIMONIAN_LAIRD = "DL"
    EQUAL = "EE"


class Effects(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One effect and its sampling variance a study."""

    values: Numbers
    variances: Numbers


class Synthesis(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Coefficients of a random-effects model (one mean, or several) and the spread of studies.

    Arrays have one value a coefficient, in the order of `terms`. `tau2` is the variance between
    studies, `tau2_se` its standard error (NaN where it is taken to be 0); `i2` (per cent) and
    `h2` set it against the typical variance within. `q` tests that studies differ no more than
    by chance. `moderator` tests that all coefficients but an intercept are 0 (all, where there
    is none or nothing else): chi-squared with `moderator_df`, under Knapp and Hartung F.
    `prediction` is where a new study's true effect is to be expected; None where there is more
    than one coefficient or tau² is taken to be 0.
    """

    terms: tuple[str, ...]
    method: Between
    studies: int
    level: float
    knapp_hartung: bool
    estimate: Numbers
    covariance: Numbers
    se: Numbers
    statistic: Numbers
    p: Numbers
    low: Numbers
    high: Numbers
    tau2: float
    tau2_se: float
    i2: float
    h2: float
    q: float
    q_df: int
    q_p: float
    moderator: float
    moderator_df: int
    moderator_p: float
    prediction: tuple[float, float] | None


class _Studies(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Effects, variances and design of the studies."""

    y: Numbers
    v: Numbers
    x: Numbers

    @property
    def df(self) -> int:
        """Studies less coefficients."""
        return len(self.y) - self.x.shape[1]


def _arms(*values: ArrayLike) -> list[Numbers]:
    """Means, deviations and sizes of two arms, checked."""
    names = ("mean 1", "SD 1", "n 1", "mean 2", "SD 2", "n 2")
    arrays = [numbers(v, where=n, dimensions=1) for n, v in zip(names, values, strict=True)]
    sd1, n1, sd2, n2 = (arrays[place] for place in (1, 2, 4, 5))
    equal = len({len(array) for array in arrays}) == 1
    if not equal or min(n1.min(), n2.min()) < 2 or min(sd1.min(), sd2.min()) <= 0:
        raise InputError(
            "arms of fewer than two people, without spread, or of different numbers of studies",
            where="the effects of the studies",
            fix="pass one mean, standard deviation and size an arm and study",
        )
    return arrays


def differences(
    m1: ArrayLike, sd1: ArrayLike, n1: ArrayLike, m2: ArrayLike, sd2: ArrayLike, n2: ArrayLike
) -> Effects:
    """Raw mean differences, arm 1 less arm 2. Errors: InputError for impossible arms."""
    a, s, n, b, t, m = _arms(m1, sd1, n1, m2, sd2, n2)
    return Effects(values=a - b, variances=s**2 / n + t**2 / m)


def standardised(
    m1: ArrayLike, sd1: ArrayLike, n1: ArrayLike, m2: ArrayLike, sd2: ArrayLike, n2: ArrayLike
) -> Effects:
    """Standardised mean differences (Hedges' g with the exact correction), arm 1 less arm 2.

    Errors: InputError for impossible arms.
    """
    a, s, n, b, t, m = _arms(m1, sd1, n1, m2, sd2, n2)
    df = n + m - 2
    pooled = np.sqrt(((n - 1) * s**2 + (m - 1) * t**2) / df)
    correction = np.exp(log_gamma(df / 2) - np.log(np.sqrt(df / 2)) - log_gamma((df - 1) / 2))
    g = correction * (a - b) / pooled
    return Effects(values=g, variances=1 / n + 1 / m + g**2 / (2 * (n + m)))


def _projection(studies: _Studies, weights: Numbers) -> tuple[Numbers, Numbers]:
    """What weighted regression leaves (P, studies x studies), and the covariance (X'WX)⁻¹."""
    weighted = studies.x * weights[:, None]
    inverse = np.asarray(np.linalg.inv(studies.x.T @ weighted), np.float64)
    return np.diag(weights) - weighted @ inverse @ weighted.T, inverse


def _scored(studies: _Studies, start: float, method: Between) -> tuple[float, float]:
    """Tau² by Fisher scoring of the (restricted) likelihood, and its standard error."""
    tau2 = max(start, 0.0)
    information = 1.0
    for _ in range(_MOST_STEPS):
        w = 1 / (studies.v + tau2)
        p, _ = _projection(studies, w)
        left = p @ studies.y
        restricted = method is Between.REML
        information = float((p**2).sum() if restricted else (w**2).sum())
        expected = float(np.trace(p) if restricted else w.sum())
        step = (float(left @ left) - expected) / information
        while tau2 + step < 0:
            step /= 2
        tau2 += step
        if abs(step) <= _CHANGE:
            break
    w = 1 / (studies.v + tau2)
    p, _ = _projection(studies, w)
    information = float((p**2).sum() if method is Between.REML else (w**2).sum())
    return tau2, float(np.sqrt(2 / information))


def _paule_mandel(studies: _Studies) -> tuple[float, float]:
    """The tau² at which Q is its degrees of freedom (0 where it is smaller at 0), by Newton."""
    k, tau2 = len(studies.y), 0.0
    for _ in range(_MOST_STEPS):
        p, _ = _projection(studies, 1 / (studies.v + tau2))
        left = p @ studies.y
        step = (float(studies.y @ left) - studies.df) / float(left @ left)
        tau2 = max(tau2 + step, 0.0)
        if abs(step) <= 1e-12 or tau2 == 0:
            break
    spread = np.sqrt(2 * k**2 / studies.df) / (1 / (studies.v + tau2)).sum()
    return tau2, float(spread)


def _dersimonian_laird(studies: _Studies) -> tuple[float, float]:
    """The moment estimator and its standard error."""
    p, _ = _projection(studies, 1 / studies.v)
    trace, df = float(np.trace(p)), studies.df
    tau2 = max((float(studies.y @ p @ studies.y) - df) / trace, 0.0)
    spread = 2 * df + 4 * tau2 * trace + 2 * tau2**2 * float((p**2).sum())
    return tau2, float(np.sqrt(spread)) / trace


def _between(studies: _Studies, method: Between) -> tuple[float, float]:
    """Tau² and its standard error; 0 and NaN where one study says nothing of it."""
    if method is Between.EQUAL or studies.df == 0:
        return 0.0, float("nan")
    if method is Between.PAULE_MANDEL:
        return _paule_mandel(studies)
    if method is Between.DERSIMONIAN_LAIRD:
        return _dersimonian_laird(studies)
    p, _ = _projection(studies, np.ones(len(studies.y)))
    start = float(studies.y @ p @ studies.y) - float(np.diag(p) @ studies.v)
    return _scored(studies, start / studies.df, method)


def _checked(
    values: ArrayLike,
    variances: ArrayLike,
    predictors: Mapping[str, ArrayLike],
    intercept: bool,
) -> _Studies:
    y = numbers(values, where="the effects", dimensions=1)
    v = numbers(variances, where="the variances", dimensions=1)
    parts = [np.ones(len(y))] if intercept else []
    parts += [numbers(x, where=f"moderator {n}", dimensions=1) for n, x in predictors.items()]
    if len({len(part) for part in (y, v, *parts)}) != 1 or not (v > 0).all():
        raise InputError(
            "there must be one effect, one variance above 0 and one value of each moderator a study",
            where="the meta-analysis",
            fix="leave out studies without these",
        )
    x = np.column_stack(parts)
    alone = len(y) == 1 and x.shape[1] == 1
    if (len(y) <= x.shape[1] and not alone) or np.linalg.matrix_rank(x) < x.shape[1]:
        raise InputError(
            f"{len(y)} studies cannot carry these {x.shape[1]} coefficients",
            where="the meta-analysis",
            fix="use fewer moderators, none a combination of others",
        )
    return _Studies(y=y, v=v, x=x)


def _coefficients(studies: _Studies, tau2: float, df: int | None) -> tuple[Numbers, Numbers]:
    """The coefficients and their covariance, after Knapp and Hartung where df are given."""
    w = 1 / (studies.v + tau2)
    p, covariance = _projection(studies, w)
    b = covariance @ (studies.x.T @ (w * studies.y))
    if df is not None:
        covariance = covariance * (float(studies.y @ p @ studies.y) / df)
    return b, covariance


def _moderator(
    b: Numbers, covariance: Numbers, intercept: bool, df: int | None
) -> tuple[float, int, float]:
    """The test that the coefficients (but an intercept before others) are 0, its df and p."""
    tested = slice(1 if intercept and len(b) > 1 else 0, None)
    part = np.asarray(np.linalg.inv(covariance[tested, tested]), np.float64)
    q, count = float(b[tested] @ part @ b[tested]), len(part)
    if df is None:
        return q, count, float(chi2_above(q, count))
    return q / count, count, float(f_above(q / count, count, df))


def _heterogeneity(
    studies: _Studies, tau2: float, method: Between
) -> tuple[float, float, float]:
    """Cochran's Q, I² in per cent and H²."""
    p, _ = _projection(studies, 1 / studies.v)
    q, df = float(studies.y @ p @ studies.y), studies.df
    if df == 0:
        return 0.0, 0.0, 1.0
    if method is Between.EQUAL:
        return q, 100 * max(0.0, (q - df) / q), q / df
    typical = df / float(np.trace(p))
    return q, 100 * tau2 / (typical + tau2), tau2 / typical + 1


def synthesise(
    values: ArrayLike,
    variances: ArrayLike,
    *,
    method: Between = Between.REML,
    knapp_hartung: bool = False,
    predictors: Mapping[str, ArrayLike] | None = None,
    intercept: bool = True,
    level: float = 0.95,
) -> Synthesis:
    """The effects (one a study, with their sampling variances) put together.

    `predictors` are moderators, one value a study. Fisher scoring stops at a change of tau²
    below 1e-5. The prediction interval takes the quantiles of the test (normal, or t with
    studies - 1 degrees of freedom). One study alone is given back as it is, with normal tests.
    Errors: InputError for missing values, unequal lengths, variances not above 0, or more
    coefficients than studies carry.
    """
    extra = predictors or {}
    studies = _checked(values, variances, extra, intercept)
    tau2, tau2_se = _between(studies, method)
    df = studies.df if knapp_hartung and studies.df > 0 else None
    b, covariance = _coefficients(studies, tau2, df)
    se = np.sqrt(np.diag(covariance))
    ratio = b / se
    ends = (1 + level) / 2
    reach = float(normal_quantile(ends) if df is None else t_quantile(ends, df))
    q, i2, h2 = _heterogeneity(studies, tau2, method)
    moderator, moderator_df, moderator_p = _moderator(b, covariance, intercept, df)
    wide = reach * np.sqrt(se[0] ** 2 + tau2)
    alone = len(b) == 1 and studies.df > 0 and method is not Between.EQUAL
    return Synthesis(
        terms=(*(("(Intercept)",) if intercept else ()), *extra),
        method=method,
        studies=len(studies.y),
        level=level,
        knapp_hartung=df is not None,
        estimate=b,
        covariance=covariance,
        se=se,
        statistic=ratio,
        p=normal_two_sided(ratio) if df is None else t_two_sided(ratio, df),
        low=b - reach * se,
        high=b + reach * se,
        tau2=tau2,
        tau2_se=tau2_se,
        i2=i2,
        h2=h2,
        q=q,
        q_df=studies.df,
        q_p=float(chi2_above(q, studies.df)) if studies.df else 1.0,
        moderator=moderator,
        moderator_df=moderator_df,
        moderator_p=moderator_p,
        prediction=(float(b[0] - wide), float(b[0] + wide)) if alone else None,
    )
