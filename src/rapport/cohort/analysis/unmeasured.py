"""Not measured: how strong something unknown would have to be to undo an indirect effect."""

from collections.abc import Mapping

import msgspec
import numpy as np

from rapport.cohort.analysis.paths import Drawn
from rapport.cohort.analysis.resample import Resampled, estimates
from rapport.cohort.analysis.result import About, Assumption, Estimate, number
from rapport.cohort.analysis.sample import Sample
from rapport.cohort.plan.model import Order, Plan
from rapport.stats.arrays import Numbers
from rapport.stats.bootstrap import Statistic
from rapport.stats.causal import RHOS, e_value, statistic
from rapport.stats.intervals import interval

_FIRST = ("acme", "ade", "total", "share", "rho_at_zero")


class RhoPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The indirect effect if the residuals of mediator and outcome correlated by `rho`."""

    rho: float
    acme: Estimate


class EValues(msgspec.Struct, frozen=True, kw_only=True):
    """The risk ratio that ties an unknown to both mediator and outcome, to explain the effect
    away; `limit` is for the end of the interval nearer to 0 (1: it holds 0)."""

    estimate: float
    limit: float | None


class Unmeasured(msgspec.Struct, frozen=True, kw_only=True):
    """One exposure, one mediator. `causal` says whether the plan declares the exposure randomised;
    otherwise every number here is about an association, whatever its usual name."""

    exposure: str
    mediator: str
    covariates: tuple[str, ...]
    causal: bool
    acme: Estimate
    ade: Estimate
    total: Estimate
    share: Estimate
    rho_at_zero: Estimate
    curve: tuple[RhoPoint, ...]
    e_value: EValues
    about: About


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A pair to look at: exposure, mediator and what stands beside them."""

    exposure: str
    mediator: str
    covariates: tuple[str, ...]
    outcome: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """All columns of the pair's models."""
        return (self.exposure, self.mediator, *self.covariates, self.outcome)


def asked(models: list[Drawn]) -> list[Asked]:
    """Every pair of the plan's models with mediators side by side, each once.

    The other exposures of a model stand among the covariates.
    """
    found: dict[tuple[str, str], Asked] = {}
    for model in models:
        if model.plan.order is Order.SERIAL:
            continue
        for exposure in model.exposures:
            others = tuple(name for name in model.exposures if name != exposure)
            for mediator in model.mediators:
                found.setdefault(
                    (exposure, mediator),
                    Asked(
                        exposure=exposure,
                        mediator=mediator,
                        covariates=(*others, *model.covariates),
                        outcome=model.outcome,
                    ),
                )
    return list(found.values())


def as_statistic(one: Asked) -> Statistic:
    """The pair as a statistic of the shared draws."""
    return statistic(one.outcome, one.mediator, one.exposure, one.covariates)


def unmeasured(plan: Plan, one: Asked, sample: Sample, resampled: Resampled) -> Unmeasured:
    """The rho curve and the E-value of a pair."""
    rows = estimates(
        resampled, interval(resampled.people, level=plan.level), plan.level, kinds=False
    )
    named: Mapping[str, Estimate] = dict(zip(_FIRST, rows, strict=False))
    spread = float(np.mean([_unit(data[one.exposure]) for data in sample.sets]))
    sd = float(np.mean([data[one.outcome].std(ddof=1) for data in sample.sets]))
    return Unmeasured(
        exposure=one.exposure,
        mediator=one.mediator,
        covariates=one.covariates,
        causal=plan.randomised is not None and one.exposure == plan.randomised,
        **named,
        curve=tuple(
            RhoPoint(rho=rho, acme=row)
            for rho, row in zip(RHOS, rows[len(_FIRST) :], strict=True)
        ),
        e_value=_e_value(named["acme"], spread, sd),
        about=About(
            n=sample.n,
            missing=sample.missing,
            method="linear models without interaction; sensitivity to correlated residuals",
            assumptions=(
                Assumption(
                    assumption="nothing unmeasured ties mediator and outcome together",
                    found="cannot be seen in data: the curve shows what if something does",
                    holds=None,
                ),
                Assumption(
                    assumption="exposure and mediator do not change one another's slope",
                    found="not modelled",
                    holds=None,
                ),
            ),
            sources=("doi:10.1214/10-STS321", "doi:10.1097/EDE.0000000000001064"),
        ),
    )


def _unit(values: Numbers) -> float:
    """The step of the exposure that the E-value speaks of: from one of two values to the other,
    or one standard deviation."""
    different = np.unique(values)
    return float(different[1] - different[0] if len(different) == 2 else values.std(ddof=1))


def _e_value(acme: Estimate, spread: float, sd: float) -> EValues:
    low, high = acme.interval or (None, None)
    both = low is not None and high is not None
    found = e_value(
        (acme.estimate or 0.0) * spread,
        sd,
        low=low * spread if low is not None and both else None,
        high=high * spread if high is not None and both else None,
    )
    return EValues(
        estimate=found.estimate, limit=None if found.limit is None else number(found.limit)
    )
