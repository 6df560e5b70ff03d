"""Structural models as fixed templates: fitted by maximum likelihood, or refused with a sentence.

They use every value that was measured (FIML), so nothing is imputed or left out for them.
"""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from rapport.cohort.analysis.paths import Drawn
from rapport.cohort.analysis.result import Interval, ends, number
from rapport.cohort.analysis.terms import columns, measured
from rapport.cohort.analysis.unmeasured import Asked
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.plan.model import Missing, Plan
from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.templates.drawings import (
    clpm,
    latent_change,
    parallel_growth,
    paths_fiml,
    riclpm,
)
from rapport.stats.templates.results import Estimate, TemplateFit

_SOURCES = (
    "doi:10.1037/a0038889",
    "doi:10.1146/annurev.psych.60.110707.163612",
    "doi:10.1207/S15328007SEM1002_5",
)


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter or an effect of a template, raw and standardised."""

    name: str
    estimate: float | None
    se: float | None
    p: float | None
    interval: Interval
    standardised: float | None


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """How well a template fits; None where it has no degrees of freedom or cannot be known."""

    chi2: float | None
    df: int
    p: float | None
    cfi: float | None
    tli: float | None
    rmsea: float | None
    srmr: float | None
    log_likelihood: float | None
    aic: float | None
    bic: float | None


class TemplateResult(msgspec.Struct, frozen=True, kw_only=True):
    """One template of some variables. `refused` says in a sentence why nothing may be read
    from it; then it has no estimates."""

    template: str
    variables: tuple[str, ...]
    refused: str | None
    n: int
    missing: int
    method: str
    effects: tuple[Parameter, ...]
    estimates: tuple[Parameter, ...]
    fit: Fit | None
    warnings: tuple[str, ...]
    sources: tuple[str, ...] = _SOURCES


Make = Callable[[], TemplateFit]


def templates(
    plan: Plan, cohort: Cohort, models: Sequence[Drawn], pairs: Sequence[Asked]
) -> tuple[TemplateResult, ...]:
    """Panels of every process variable with the outcome, then the plan's mediators.

    Latent change and parallel growth take the pairs of a relation and a process variable. With
    `missing = "fiml"` the path models are fitted here as well.
    """
    found: list[TemplateResult] = []
    for name in plan.process:
        found += _panels(plan, cohort, name)
    for pair in pairs:
        exposure, mediator = _variables(plan, pair)
        if mediator is not None:
            found += _mediated(plan, cohort, exposure, mediator)
    if plan.missing is Missing.FIML:
        found += [_paths(plan, cohort, model) for model in models]
    return tuple(found)


def _variables(plan: Plan, pair: Asked) -> tuple[str, str | None]:
    """The exposure's column, and the process variable whose change is the mediator (or None)."""
    name = pair.mediator.removesuffix("_change")
    return pair.exposure, name if name in plan.process and name != pair.mediator else None


def _panels(plan: Plan, cohort: Cohort, name: str) -> list[TemplateResult]:
    x, y = cohort.measured[name], cohort.measured[plan.outcome]
    names = (name, plan.outcome)
    return [
        _try(
            "random-intercept cross-lagged panel model",
            names,
            cohort,
            lambda: riclpm(x, y, names=names, level=plan.level),
        ),
        _try(
            "cross-lagged panel model",
            names,
            cohort,
            lambda: clpm(x, y, names=names, level=plan.level),
        ),
    ]


def _mediated(plan: Plan, cohort: Cohort, exposure: str, mediator: str) -> list[TemplateResult]:
    x = measured(cohort)[exposure]
    m, y = cohort.measured[mediator], cohort.measured[plan.outcome]
    names = (exposure, mediator, plan.outcome)
    span = cohort.times[-1] - cohort.times[0]
    times = (cohort.times - cohort.times[0]) / span
    outer = [0, -1]
    return [
        _try(
            "latent change",
            names,
            cohort,
            lambda: latent_change(x, m[:, outer], y[:, outer], names=names, level=plan.level),
        ),
        _try(
            "parallel growth",
            names,
            cohort,
            lambda: parallel_growth(x, m, y, times, names=names, level=plan.level),
        ),
    ]


def _paths(plan: Plan, cohort: Cohort, model: Drawn) -> TemplateResult:
    wanted = columns(plan, measured(cohort), model.wanted)
    return _try(
        f"path model: {model.plan.name}",
        model.wanted,
        cohort,
        lambda: paths_fiml(wanted, model.model, level=plan.level),
    )


def _try(template: str, names: Sequence[str], cohort: Cohort, make: Make) -> TemplateResult:
    """The template fitted, or why it is not."""
    for name in names:
        values: Numbers | None = cohort.measured.get(name)
        if "latent" not in template and values is not None:
            empty = ~np.isfinite(values).any(axis=0)
            if empty.any():
                wave = cohort.waves[int(np.flatnonzero(empty)[0])]
                return _refused(template, names, f"{name} was not measured at {wave}.")
    try:
        return _told(template, names, make())
    except InputError as error:
        return _refused(template, names, f"{error.problem} ({error.where})")


def _refused(template: str, names: Sequence[str], why: str) -> TemplateResult:
    return TemplateResult(
        template=template,
        variables=tuple(names),
        refused=why,
        n=0,
        missing=0,
        method="not fitted",
        effects=(),
        estimates=(),
        fit=None,
        warnings=(),
    )


def _told(template: str, names: Sequence[str], found: TemplateFit) -> TemplateResult:
    measures = found.measures
    return TemplateResult(
        template=template,
        variables=tuple(names),
        refused=found.refusal,
        n=found.n,
        missing=found.missing,
        method=found.method,
        effects=tuple(map(_parameter, found.effects)),
        estimates=tuple(map(_parameter, found.estimates)),
        fit=None
        if measures is None
        else Fit(
            chi2=number(measures.chi2),
            df=measures.df,
            p=measures.p,
            cfi=number(measures.cfi),
            tli=measures.tli,
            rmsea=number(measures.rmsea),
            srmr=number(measures.srmr),
            log_likelihood=number(measures.log_likelihood),
            aic=number(measures.aic),
            bic=number(measures.bic),
        ),
        warnings=found.warnings,
    )


def _parameter(one: Estimate) -> Parameter:
    return Parameter(
        name=one.name,
        estimate=number(one.estimate),
        se=number(one.se),
        p=number(one.p),
        interval=ends(one.low, one.high),
        standardised=None if one.standardised is None else number(one.standardised),
    )
