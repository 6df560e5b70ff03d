"""Closed models of wide data: cross-lagged panels, latent change, parallel growth, paths with holes.

Each is one fixed drawing, fitted by maximum likelihood with every value that was measured (FIML
where some are missing). A result that cannot be true - no solution, a negative variance, a
correlation beyond 1 - is refused in a sentence. None of them makes an effect causal.
Sources: Hamaker, Kuiper and Grasman 2015, doi 10.1037/a0038889 (random-intercept cross-lagged
panel); McArdle 2009, doi 10.1146/annurev.psych.60.110707.163612 (latent change); Cheong,
MacKinnon and Khoo 2003, doi 10.1207/S15328007SEM1002_5 (parallel growth).
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.paths import PathModel, Route, check
from rapport.stats.templates.fit import Template, fit
from rapport.stats.templates.results import Compound, Information, TemplateFit
from rapport.stats.templates.structure import Drawing, Structure

SLOPES_DIFFER = (
    "This happens where people differ in how fast they change, as where everyone is treated: use "
    "parallel growth or the lagged mixed model instead."
)
CHECK = "Check the data, or use a simpler model."


def _wide(values: ArrayLike, where: str, waves: int) -> Numbers:
    """People x waves, NaN where missing; InputError for another shape or too few waves."""
    array = np.asarray(values, np.float64)
    if array.ndim != 2 or array.shape[1] < waves:
        raise InputError(
            f"values of the shape {array.shape}",
            where=where,
            fix=f"pass one row a person and one column a wave, at least {waves} waves",
        )
    return array


def _same(*arrays: Numbers) -> None:
    """InputError for different numbers of people."""
    sizes = [len(array) for array in arrays]
    if len(set(sizes)) > 1:
        raise InputError(
            f"the variables have {', '.join(map(str, sizes))} people",
            where="the template",
            fix="pass one row a person in each, in the same order",
        )


def _pair(x: ArrayLike, y: ArrayLike, names: tuple[str, str], waves: int) -> Numbers:
    """Both variables side by side."""
    one, other = _wide(x, names[0], waves), _wide(y, names[1], waves)
    _same(one, other)
    if one.shape != other.shape or names[0] == names[1]:
        raise InputError(
            f"{one.shape[1]} waves of {names[0]} and {other.shape[1]} of {names[1]}",
            where="the template",
            fix="pass the same waves of two variables with different names",
        )
    return np.hstack([one, other])


def _lags(drawing: Drawing, series: dict[str, list[str]], names: tuple[str, str]) -> None:
    """Each variable on both of the wave before, the same between all waves."""
    for of in names:
        for wave in range(1, len(series[of])):
            for on in names:
                drawing.path(
                    series[of][wave], series[on][wave - 1], label=f"{on} -> {of}", start=0.1
                )


def _lag_effects(names: tuple[str, str]) -> tuple[Compound, ...]:
    """The four lagged effects, named "cause -> effect"."""
    labels = [f"{on} -> {of}" for of in names for on in names]
    return tuple(Compound(name=label, terms=((1.0, (label,)),)) for label in labels)


def riclpm_structure(names: tuple[str, str], waves: int) -> Structure:
    """The drawing of `riclpm`."""
    drawing = Drawing()
    seen = {
        name: [drawing.observe(f"{name} {t}", name) for t in range(waves)] for name in names
    }
    usual = {name: drawing.imagine(f"{name} level", name) for name in names}
    within = {
        name: [drawing.imagine(f"{name} {t} (within)", name) for t in range(waves)]
        for name in names
    }
    for name in names:
        for own, deviation in zip(seen[name], within[name], strict=True):
            drawing.fixed(own, usual[name])
            drawing.fixed(own, deviation)
            drawing.mean(own)
            drawing.covary(deviation, deviation, 0.4)
        drawing.covary(usual[name], usual[name], 0.5)
    drawing.covary(usual[names[0]], usual[names[1]])
    for one, other in zip(*within.values(), strict=True):
        drawing.covary(one, other)
    _lags(drawing, within, names)
    return drawing.structure()


def riclpm(
    x: ArrayLike, y: ArrayLike, *, names: tuple[str, str] = ("x", "y"), level: float = 0.95
) -> TemplateFit:
    """The random-intercept cross-lagged panel model: who is high on both, and what follows what.

    Each person has a usual level of both variables; the deviations from it, "<name> <wave>
    (within)", follow both deviations of the wave before with effects that are the same between
    all waves: the effects "x -> x", "x -> y", "y -> x", "y -> y" (standardised: mean over waves).
    Means, variances and residual covariances are free at each wave. Three waves or more.
    """
    values = _pair(x, y, names, 3)
    template = Template(
        name="random-intercept cross-lagged panel model",
        structure=riclpm_structure(names, values.shape[1] // 2),
        effects=_lag_effects(names),
        hint=SLOPES_DIFFER,
    )
    return fit(template, values, level=level)


def clpm(
    x: ArrayLike, y: ArrayLike, *, names: tuple[str, str] = ("x", "y"), level: float = 0.95
) -> TemplateFit:
    """The cross-lagged panel model without usual levels, to compare with `riclpm`.

    Its effects mix how people differ with how a person changes. Two waves or more.
    """
    values = _pair(x, y, names, 2)
    waves = values.shape[1] // 2
    drawing = Drawing()
    seen = {
        name: [drawing.observe(f"{name} {t}", name) for t in range(waves)] for name in names
    }
    for name in names:
        for own in seen[name]:
            drawing.mean(own)
            drawing.covary(own, own, 0.7)
    for one, other in zip(*seen.values(), strict=True):
        drawing.covary(one, other)
    _lags(drawing, seen, names)
    template = Template(
        name="cross-lagged panel model",
        structure=drawing.structure(),
        effects=_lag_effects(names),
        hint=CHECK,
    )
    return fit(template, values, level=level)


def _mediation(x: str, m: str, y: str) -> tuple[Compound, ...]:
    """Indirect, direct and total effect over one mediator of the paths between the three."""
    indirect, direct = (1.0, (f"{m} ~ {x}", f"{y} ~ {m}")), (1.0, (f"{y} ~ {x}",))
    return (
        Compound(name="indirect", terms=(indirect,)),
        Compound(name="direct", terms=(direct,)),
        Compound(name="total", terms=(indirect, direct)),
        Compound(name="share", terms=(indirect,), per=(indirect, direct)),
    )


def _exogenous(drawing: Drawing, names: list[str]) -> None:
    """Means and all covariances of variables that nothing points at."""
    for place, one in enumerate(names):
        drawing.mean(one)
        drawing.covary(one, one, 1.0)
        for other in names[:place]:
            drawing.covary(other, one)


def latent_change(
    exposure: ArrayLike,
    mediator: ArrayLike,
    outcome: ArrayLike,
    *,
    names: tuple[str, str, str] = ("exposure", "mediator", "outcome"),
    level: float = 0.95,
) -> TemplateFit:
    """The latent change score model: the change of the outcome on that of the mediator.

    `mediator` and `outcome` are people x 2, before and after. Both changes are adjusted for the
    exposure and both scores before. Effects: "indirect" (exposure, change of mediator, change of
    outcome), "direct", "total", "share". It has no degrees of freedom: it always fits.
    """
    x, m, y = names
    first = np.asarray(exposure, np.float64).reshape(-1, 1)
    middle, last = _wide(mediator, m, 2), _wide(outcome, y, 2)
    _same(first, middle, last)
    if middle.shape[1] != 2 or last.shape[1] != 2:
        raise InputError(
            f"{middle.shape[1]} waves of {m} and {last.shape[1]} of {y}",
            where="latent change",
            fix="pass the wave before and the wave after",
        )
    drawing, changes = _changes(x, m, y)
    template = Template(
        name="latent change score model",
        structure=drawing.structure(),
        effects=_mediation(x, *changes),
        hint=CHECK,
    )
    return fit(template, np.hstack([first, middle, last]), level=level)


def _changes(x: str, m: str, y: str) -> tuple[Drawing, list[str]]:
    """The drawing of latent change, and the names of the changes of mediator and outcome."""
    drawing = Drawing()
    drawing.observe(x, x)
    before: list[str] = []
    for name in (m, y):
        before.append(drawing.observe(f"{name} before", name))
        drawing.observe(f"{name} after", name)
    changes = [drawing.imagine(f"{name} change", name) for name in (m, y)]
    _exogenous(drawing, [x, *before])
    for name, start, change in zip((m, y), before, changes, strict=True):
        drawing.fixed(f"{name} after", start)
        drawing.fixed(f"{name} after", change)
        drawing.mean(change)
        drawing.covary(change, change, 0.7)
        for cause in (x, *before):
            drawing.path(change, cause)
    drawing.path(changes[1], changes[0])
    return drawing, changes


def _growth(x: str, names: tuple[str, str], when: Numbers) -> tuple[Drawing, dict[str, str]]:
    """The drawing of `parallel_growth`, and what its slopes are called, by variable."""
    m, y = names
    drawing = Drawing()
    drawing.observe(x, x)
    for name in names:
        for wave in range(len(when)):
            drawing.observe(f"{name} {wave}", name)
    _exogenous(drawing, [x])
    starts = {name: drawing.imagine(f"{name} start", name) for name in names}
    changes = {name: drawing.imagine(f"{name} change", name) for name in names}
    for name in names:
        for wave, time in enumerate(when):
            own = f"{name} {wave}"
            drawing.fixed(own, starts[name])
            drawing.fixed(own, changes[name], float(time))
            drawing.covary(own, own, 0.3)
        drawing.mean(starts[name])
        drawing.mean(changes[name])
        drawing.covary(starts[name], starts[name], 0.5)
        drawing.covary(changes[name], changes[name], 0.3 / float(np.abs(when).max()) ** 2)
        drawing.path(starts[name], x)
        drawing.path(changes[name], x)
    drawing.covary(starts[m], starts[y])
    drawing.path(changes[m], starts[m])
    for cause in (changes[m], starts[m], starts[y]):
        drawing.path(changes[y], cause)
    return drawing, changes


def parallel_growth(
    exposure: ArrayLike,
    mediator: ArrayLike,
    outcome: ArrayLike,
    times: ArrayLike,
    *,
    names: tuple[str, str, str] = ("exposure", "mediator", "outcome"),
    level: float = 0.95,
) -> TemplateFit:
    """Parallel growth: the slope of the outcome on the slope of the mediator.

    `mediator` and `outcome` are people x waves, measured at `times` (the same for everybody; the
    first is best 0, so that "start" is the first wave). Slopes ("<name> change", per unit of
    time) depend on the exposure and the starts. Effects as of `latent_change`. Three waves.
    """
    x, m, y = names
    first = np.asarray(exposure, np.float64).reshape(-1, 1)
    middle, last = _wide(mediator, m, 3), _wide(outcome, y, 3)
    _same(first, middle, last)
    when = np.asarray(times, np.float64)
    if (
        when.shape != (middle.shape[1],)
        or len(np.unique(when)) < 3
        or last.shape != middle.shape
    ):
        raise InputError(
            f"{when.size} times of {middle.shape[1]} waves of {m} and {last.shape[1]} of {y}",
            where="parallel growth",
            fix="pass one time a wave, of at least three different ones",
        )
    drawing, changes = _growth(x, (m, y), when)
    template = Template(
        name="parallel growth model",
        structure=drawing.structure(),
        effects=_mediation(x, changes[m], changes[y]),
        hint=CHECK,
        given=(0,),
    )
    return fit(template, np.hstack([first, middle, last]), level=level)


def _route(route: Route) -> tuple[str, ...]:
    """The parameters along a route."""
    return tuple(f"{of} ~ {on}" for on, of in pairwise(route))


def _asked(model: PathModel) -> tuple[Compound, ...]:
    """The effects and shares of a path model."""
    sums = {
        effect.name: (
            *((1.0, _route(route)) for route in effect.routes),
            *((-1.0, _route(route)) for route in effect.minus),
        )
        for effect in model.effects
    }
    return (
        *(Compound(name=name, terms=terms) for name, terms in sums.items()),
        *(
            Compound(name=n, terms=sums[part], per=sums[whole])
            for n, part, whole in model.shares
        ),
    )


def paths_fiml(
    variables: Mapping[str, ArrayLike],
    model: PathModel,
    *,
    information: Information = Information.OBSERVED,
    level: float = 0.95,
) -> TemplateFit:
    """A path model (`rapport.stats.paths`) of everybody with any value, NaN where missing.

    Predictors that are no response are random too, so that their missing values count. As in
    `paths`, residuals of responses with the same predictors correlate. Right as long as what is
    missing depends only on what the model contains.
    Errors: InputError for an unknown variable, other lengths, and as of `paths.effects`.
    """
    check(model)
    responses = [equation.response for equation in model.equations]
    causes = list(
        dict.fromkeys(p for e in model.equations for p in e.predictors if p not in responses)
    )
    unknown = [name for name in (*causes, *responses) if name not in variables]
    if unknown:
        raise InputError(
            f"{unknown[0]} is not in the data", where="the path model", fix="check the names"
        )
    columns = [np.asarray(variables[name], np.float64).reshape(-1, 1) for name in causes]
    columns += [np.asarray(variables[name], np.float64).reshape(-1, 1) for name in responses]
    _same(*columns)
    drawing = Drawing()
    for name in (*causes, *responses):
        drawing.observe(name, name)
    _exogenous(drawing, causes)
    for place, equation in enumerate(model.equations):
        drawing.mean(equation.response)
        drawing.covary(equation.response, equation.response, 0.8)
        for predictor in equation.predictors:
            drawing.path(equation.response, predictor)
        for other in model.equations[:place]:
            if other.predictors == equation.predictors:
                drawing.covary(other.response, equation.response)
    template = Template(
        name="path model", structure=drawing.structure(), effects=_asked(model), hint=CHECK
    )
    return fit(template, np.hstack(columns), level=level, information=information)
