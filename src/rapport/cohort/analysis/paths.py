"""Path models: from relation over process to outcome, as associations along a drawn arrow."""

from collections.abc import Sequence

import msgspec
import numpy as np

from rapport.cohort.analysis.resample import Resampled, all_intervals
from rapport.cohort.analysis.result import About, Assumption, Estimate, ends, number
from rapport.cohort.analysis.sample import Sample
from rapport.cohort.analysis.terms import Terms, covariates, resolved
from rapport.cohort.plan.model import Order, PathPlan, Plan
from rapport.stats.arrays import Numbers
from rapport.stats.intervals import Interval as Intervals
from rapport.stats.intervals import Kind, monte_carlo
from rapport.stats.moments import columns, moments
from rapport.stats.paths import (
    Asymptotic,
    PathModel,
    asymptotic,
    chain,
    effects_of_coefficients,
    parallel,
)

_MONTE_CARLO_DRAWS = 20_000


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One arrow of a model: the raw coefficient of a predictor for a response."""

    predictor: str
    response: str
    estimate: float
    se: float | None


class PathEffect(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of products of arrows, in original units and in standard deviations."""

    name: str
    raw: Estimate
    standardised: Estimate


class PathResult(msgspec.Struct, frozen=True, kw_only=True):
    """A path model. `asymptotic_se` of an effect is by the delta method, for comparison."""

    name: str
    order: Order
    outcome: str
    exposures: tuple[str, ...]
    mediators: tuple[str, ...]
    covariates: tuple[str, ...]
    steps: tuple[Step, ...]
    effects: tuple[PathEffect, ...]
    about: About


class Drawn(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A path model of the plan, with the columns it uses."""

    plan: PathPlan
    model: PathModel
    exposures: tuple[str, ...]
    mediators: tuple[str, ...]
    covariates: tuple[str, ...]
    outcome: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """All columns of the model."""
        return (*self.exposures, *self.covariates, *self.mediators, self.outcome)


def drawn(plan: Plan, chosen: Terms) -> list[Drawn]:
    """The path models of the plan; without any, all relation over all process variables."""
    asked = plan.paths or (
        PathPlan(
            name="relation through process", exposures=plan.relation, mediators=plan.process
        ),
    )
    return [_drawn(plan, one, chosen.outcome) for one in asked]


def _drawn(plan: Plan, asked: PathPlan, outcome: str) -> Drawn:
    more = plan.covariates if asked.covariates is None else asked.covariates
    exposures = tuple(resolved(plan, name) for name in asked.exposures)
    mediators = tuple(resolved(plan, name) for name in asked.mediators)
    beside = covariates(plan, [resolved(plan, name) for name in more])
    beside = tuple(name for name in beside if name not in exposures)
    if asked.order is Order.SERIAL:
        own = {name: first for name in mediators if (first := _first_value(plan, name, beside))}
        model = chain(exposures[0], mediators, outcome, (*exposures[1:], *beside), own)
        beside = (*beside, *dict.fromkeys(name for names in own.values() for name in names))
    else:
        model = parallel(exposures, mediators, outcome, beside)
    return Drawn(
        plan=asked,
        model=model,
        exposures=exposures,
        mediators=mediators,
        covariates=beside,
        outcome=outcome,
    )


def _first_value(plan: Plan, column: str, beside: Sequence[str]) -> tuple[str, ...]:
    """The first value of a mediator taken at a later wave: its own equation is adjusted for it."""
    for wave in plan.waves[1:]:
        variable = column.removesuffix(f"_{wave}")
        first = f"{variable}_{plan.first}"
        if variable != column and variable in plan.repeated and first not in beside:
            return (first,)
    return ()


def path_result(plan: Plan, one: Drawn, sample: Sample, resampled: Resampled) -> PathResult:
    """The model's effects with all kinds of intervals; the one that covers best (docs/intervals.md) is shown first."""
    fits = [asymptotic(moments(columns(data)), one.model) for data in sample.sets]
    kinds = all_intervals(resampled, plan.level, one.model.parameters)
    names = one.model.names
    raw, standard = slice(0, len(names)), slice(len(names), 2 * len(names))
    normal = _normal(plan, one.model, fits)
    return PathResult(
        name=one.plan.name,
        order=one.plan.order,
        outcome=one.outcome,
        exposures=one.exposures,
        mediators=one.mediators,
        covariates=one.covariates,
        steps=_steps(fits),
        effects=tuple(
            PathEffect(
                name=name,
                raw=_estimate(resampled, kinds, raw.start + row, normal[row]),
                standardised=_estimate(resampled, kinds, standard.start + row, None),
            )
            for row, name in enumerate(names)
        ),
        about=_about(plan, one, sample, resampled),
    )


def _estimate(
    resampled: Resampled, kinds: dict[str, Intervals], row: int, normal: Numbers | None
) -> Estimate:
    shown = {name: ends(one.low[row], one.high[row]) for name, one in kinds.items()}
    if normal is not None:
        shown["monte_carlo"] = ends(*normal)
    draws = resampled.people
    return Estimate(
        estimate=number(draws.estimate[row]),
        interval=shown[Kind.EXPANDED.value],
        intervals=shown,
        se=number(draws.se[row]),
        failed=int(draws.failed[row]),
    )


def _normal(plan: Plan, model: PathModel, fits: Sequence[Asymptotic]) -> Numbers:
    """The Monte Carlo interval of each raw effect: effects x 2.

    Over imputations the coefficients are pooled with their whole covariance matrix.
    """
    coefficients = np.stack([fit.coefficients for fit in fits])
    within = np.mean([fit.covariance for fit in fits], axis=0)
    apart = coefficients - coefficients.mean(axis=0)
    between = apart.T @ apart / max(len(fits) - 1, 1) * (1 + 1 / len(fits))
    values = monte_carlo(
        lambda drawn_: effects_of_coefficients(model, fits[0].steps, drawn_),
        coefficients.mean(axis=0),
        within + between,
        draws=_MONTE_CARLO_DRAWS,
        seed=plan.seed,
    )
    tail = (1 - plan.level) / 2
    return np.quantile(values, [tail, 1 - tail], axis=1).T


def _steps(fits: Sequence[Asymptotic]) -> tuple[Step, ...]:
    """The arrows, pooled over imputations."""
    values = np.stack([fit.coefficients for fit in fits])
    variances = np.mean([np.diag(fit.covariance) for fit in fits], axis=0)
    if len(fits) > 1:
        variances = variances + values.var(axis=0, ddof=1) * (1 + 1 / len(fits))
    return tuple(
        Step(
            predictor=predictor,
            response=response,
            estimate=float(values[:, place].mean()),
            se=number(np.sqrt(variances[place])),
        )
        for place, (predictor, response) in enumerate(fits[0].steps)
    )


def _about(plan: Plan, one: Drawn, sample: Sample, resampled: Resampled) -> About:
    failed = int(resampled.people.failed.max())
    concurrent = [name for name in one.mediators if name == f"{name[:-7]}_change"]
    ordered = not concurrent or plan.process_as.value == "lagged"
    return About(
        n=sample.n,
        missing=sample.missing,
        method="products of least-squares coefficients; expanded percentile intervals of "
        f"{resampled.people.values.shape[1]} draws of people",
        assumptions=(
            Assumption(
                assumption="what comes first is measured first",
                found="every mediator is measured before the outcome"
                if ordered
                else "changes of mediators run over the same time as the outcome's",
                holds=ordered,
            ),
            Assumption(
                assumption="nothing that was not measured drives mediator and outcome",
                found="cannot be seen in data; see the section on what was not measured",
                holds=None,
            ),
            Assumption(
                assumption="every draw can be computed",
                found=f"{failed} draws failed",
                holds=failed == 0,
            ),
        ),
        sources=("doi:10.3758/BRM.40.3.879", "doi:10.3389/fpsyg.2022.810258"),
    )
