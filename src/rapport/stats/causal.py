"""One mediator and what was not measured: average causal effects and how much it takes to undo them.

With linear models and no interaction of treatment and mediator the average causal mediation
effect (ACME) is the product of two slopes and the average direct effect (ADE) the slope of the
treatment beside the mediator. Both are causal only if, given the covariates, nothing that was
not measured moves mediator and outcome together; `rho` is the correlation that such a thing
would leave between the residuals of the two models. Everything is a function of the same
cross-products, hence of the same draws of a bootstrap, also of imputed data.
Sources: Imai, Keele and Yamamoto 2010, doi 10.1214/10-STS321, theorem 4 (ACME at rho) and p. 61
(R² form); Imai, Keele and Tingley 2010, doi 10.1037/a0020761, p. 317 (quasi-Bayesian interval);
Smith and VanderWeele 2019, doi 10.1097/EDE.0000000000001064 (mediational E-value).
"""

from collections.abc import Sequence

import msgspec
import numpy as np

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.bootstrap import Statistic
from rapport.stats.intervals import monte_carlo
from rapport.stats.moments import Moments, regress
from rapport.stats.ols import Regression

RHOS = tuple(round(-0.95 + 0.05 * step, 2) for step in range(39))
# ln(risk ratio) a standard deviation of the outcome. Source: VanderWeele and Ding 2017, doi
# 10.7326/M16-2607, p. 271 (after Chinn 2000).
_LOG_RISK = 0.91


class Causal(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Effects in original units, one value a draw (`curve`: rhos x draws).

    `share` is ACME through total, unstable where the total is near 0. `rho_at_zero` is the
    correlation at which the ACME vanishes: the correlation of the residuals of mediator and
    outcome, both given treatment and covariates. `r2_mediator` and `r2_outcome` are of the
    models with the treatment, that of the outcome with the mediator too.
    """

    rhos: tuple[float, ...]
    acme: Numbers
    ade: Numbers
    total: Numbers
    share: Numbers
    rho_at_zero: Numbers
    curve: Numbers
    r2_mediator: Numbers
    r2_outcome: Numbers

    @property
    def r2_of_residuals(self) -> Numbers:
        """What a confounder must explain of both residual variances, as a product: rho²."""
        return self.rho_at_zero**2

    @property
    def r2_of_variances(self) -> Numbers:
        """What a confounder must explain of both original variances, as a product."""
        return self.rho_at_zero**2 * (1 - self.r2_mediator) * (1 - self.r2_outcome)


def _check_rhos(rhos: Sequence[float]) -> None:
    if not all(-1 < rho < 1 for rho in rhos):
        raise InputError(
            "a correlation of -1 or 1, or beyond",
            where="the sensitivity curve",
            fix="choose values of rho between -1 and 1",
        )


def linear(
    known: Moments,
    outcome: str,
    mediator: str,
    treatment: str,
    covariates: Sequence[str] = (),
    rhos: Sequence[float] = RHOS,
) -> Causal:
    """The effects of a treatment through one mediator, in every draw.

    A change of the treatment by one unit is meant. A draw without answer is NaN.
    Errors: InputError for unknown or repeated variables, too few people, or |rho| of 1 or more.
    """
    _check_rhos(rhos)
    fit = regress(known, [mediator, outcome], [treatment, *covariates])
    places = known.places([mediator, outcome])
    scale = known.scale[places] / known.scale[known.places([treatment])]
    first, total = fit.coefficients[0] * scale[:, None]
    spread = np.sqrt(np.einsum("iib->ib", fit.residual))
    ratio = spread[1] / spread[0] * (known.scale[places[1]] / known.scale[places[0]])
    r = fit.residual[0, 1] / (spread[0] * spread[1])
    rho = np.asarray(rhos, dtype=np.float64)[:, None]
    curve = first * ratio * (r - rho * np.sqrt((1 - r**2) / (1 - rho**2)))
    acme = first * ratio * r
    return Causal(
        rhos=tuple(rhos),
        acme=acme,
        ade=total - acme,
        total=total,
        share=acme / total,
        rho_at_zero=r,
        curve=curve,
        r2_mediator=fit.r2[0],
        r2_outcome=1 - (1 - fit.r2[1]) * (1 - r**2),
    )


def rows(rhos: Sequence[float] = RHOS) -> tuple[str, ...]:
    """The names of the rows of `statistic`."""
    names = ("ACME", "ADE", "total", "share", "rho at which the ACME is 0")
    return (*names, *(f"ACME at rho {rho:g}" for rho in rhos))


def statistic(
    outcome: str,
    mediator: str,
    treatment: str,
    covariates: Sequence[str] = (),
    rhos: Sequence[float] = RHOS,
) -> Statistic:
    """The effects as a statistic for the bootstrap: one row a name of `rows`."""

    def effects(known: Moments) -> Numbers:
        found = linear(known, outcome, mediator, treatment, covariates, rhos)
        first = [found.acme, found.ade, found.total, found.share, found.rho_at_zero]
        return np.concatenate([np.stack(first), found.curve])

    return effects


class QuasiBayesian(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Effects from normal draws of the coefficients: ACME, ADE, total, share in this order.

    `estimate` is the mean of the draws (of the share: the median), `p` two-sided.
    """

    names: tuple[str, ...]
    level: float
    estimate: Numbers
    low: Numbers
    high: Numbers
    p: Numbers


def quasi_bayesian(
    mediator_fit: Regression,
    outcome_fit: Regression,
    *,
    treatment: str,
    mediator: str,
    draws: int,
    seed: int,
    level: float = 0.95,
) -> QuasiBayesian:
    """Intervals from two regressions alone: of the mediator, and of the outcome with the mediator.

    Errors: InputError for a treatment or mediator that is not in the regression.
    """
    a = _term(mediator_fit, treatment)
    c, b = _term(outcome_fit, treatment), _term(outcome_fit, mediator)
    covariance = np.zeros((3, 3))
    covariance[0, 0] = mediator_fit.classical.covariance[a, a]
    covariance[1:, 1:] = outcome_fit.classical.covariance[np.ix_([b, c], [b, c])]
    mean = [mediator_fit.coefficients[a], *outcome_fit.coefficients[[b, c]]]

    def effects(drawn: Numbers) -> Numbers:
        acme = drawn[0] * drawn[1]
        total = acme + drawn[2]
        return np.stack([acme, drawn[2], total, acme / total])

    values = monte_carlo(effects, mean, covariance, draws=draws, seed=seed)
    estimate = values.mean(axis=1)
    estimate[3] = np.median(values[3])
    ends = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], axis=1)
    below = (values < 0).mean(axis=1)
    return QuasiBayesian(
        names=("ACME", "ADE", "total", "share"),
        level=level,
        estimate=estimate,
        low=ends[0],
        high=ends[1],
        p=2 * np.minimum(below, 1 - below),
    )


def _term(fit: Regression, name: str) -> int:
    if name not in fit.terms:
        raise InputError(
            f"the regression has no coefficient of {name}",
            where="the causal mediation",
            fix=f"choose from {', '.join(fit.terms)}",
        )
    return fit.terms.index(name)


class EValue(msgspec.Struct, frozen=True, kw_only=True):
    """How strong a confounder of mediator and outcome must be to explain an effect away.

    `d` is the effect in standard deviations of the outcome, `risk_ratio` (1 or more) what it
    comes to as a ratio; `estimate` is the risk ratio that ties the confounder to both, for the
    effect itself, `limit` for the end of the interval nearer to 0 (1 where the interval holds
    0, None without an interval).
    """

    d: float
    risk_ratio: float
    estimate: float
    limit: float | None


def _needed(d: float) -> float:
    ratio = float(np.exp(_LOG_RISK * abs(d)))
    return ratio + float(np.sqrt(ratio * (ratio - 1)))


def e_value(
    effect: float, sd: float, *, low: float | None = None, high: float | None = None
) -> EValue:
    """The mediational E-value of an effect on an outcome with that standard deviation.

    Errors: InputError for a standard deviation of 0 or less, or half an interval.
    """
    if not sd > 0 or (low is None) != (high is None):
        raise InputError(
            f"a standard deviation of {sd:g}, an interval from {low} to {high}",
            where="the E-value",
            fix="pass the standard deviation of the outcome and both ends of the interval, or none",
        )
    limit = None
    if low is not None and high is not None:
        limit = 1.0 if low <= 0 <= high else _needed(min(abs(low), abs(high)) / sd)
    d = effect / sd
    return EValue(
        d=d, risk_ratio=float(np.exp(_LOG_RISK * abs(d))), estimate=_needed(d), limit=limit
    )
