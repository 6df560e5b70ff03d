"""Paths from exposures over mediators to an outcome: effects as sums of products of coefficients.

A model is a list of regressions without loops; each is estimated by least squares, which is
maximum likelihood as long as nothing but the equations ties the variables together (and where
mediators side by side share their predictors, also with their residuals left to correlate).
A route is a chain of variables; its effect is the product of the coefficients along it.
Sources: Preacher and Hayes 2008, doi 10.3758/BRM.40.3.879, p. 881-882 (several mediators and
contrasts); Sobel 1982, doi 10.2307/270723 (standard errors by the delta method).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

import msgspec
import numpy as np

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.bootstrap import Statistic
from rapport.stats.moments import Fit, Moments, regress_nested

Route = tuple[str, ...]


class Equation(msgspec.Struct, frozen=True, kw_only=True):
    """One regression: the response on the predictors and an intercept."""

    response: str
    predictors: tuple[str, ...]


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """The sum of the effects of routes, each with its sign (-1 in a contrast)."""

    name: str
    routes: tuple[Route, ...]
    minus: tuple[Route, ...] = ()


class PathModel(msgspec.Struct, frozen=True, kw_only=True):
    """Equations and the effects asked for; `shares` divides one named effect by another."""

    equations: tuple[Equation, ...]
    effects: tuple[Effect, ...]
    shares: tuple[tuple[str, str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the rows of `effects`: the effects, then the shares."""
        return (
            *(effect.name for effect in self.effects),
            *(name for name, _, _ in self.shares),
        )

    @property
    def parameters(self) -> int:
        """How many coefficients the largest equation has, its intercept among them."""
        return 1 + max(len(equation.predictors) for equation in self.equations)


class PathEffects(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The effects of a model: `raw` and `standardised`, each effects x draws.

    Standardised effects use the standard deviations of the same draw. A share of a total is the
    same on both scales; it is unstable where the total is near 0.
    """

    names: tuple[str, ...]
    raw: Numbers
    standardised: Numbers


def arrow(*route: str) -> str:
    """The name of a route: its variables with arrows."""
    return " -> ".join(route)


def parallel(
    exposures: Sequence[str],
    mediators: Sequence[str],
    outcome: str,
    covariates: Sequence[str] = (),
) -> PathModel:
    """Mediators side by side: each on exposures and covariates, the outcome on everything.

    Effects of each exposure: through each mediator, "indirect" (their sum), "direct", "total",
    the difference between each two mediators, and the share of the total that is indirect.
    """
    first = (*exposures, *covariates)
    equations = [Equation(response=m, predictors=first) for m in mediators]
    equations.append(Equation(response=outcome, predictors=(*first, *mediators)))
    effects: list[Effect] = []
    shares: list[tuple[str, str, str]] = []
    for x in exposures:
        routes = [(x, m, outcome) for m in mediators]
        some, shared = _effects_of(x, routes, outcome)
        effects += some
        shares.append(shared)
    return PathModel(equations=tuple(equations), effects=tuple(effects), shares=tuple(shares))


def chain(
    exposure: str,
    mediators: Sequence[str],
    outcome: str,
    covariates: Sequence[str] = (),
    own: Mapping[str, Sequence[str]] | None = None,
) -> PathModel:
    """Mediators in order: each on the exposure, the covariates and all mediators before it.

    `own` names further predictors of one response alone, such as a mediator's first value.

    Effects: each route over any of the mediators in their order, and as for `parallel` their
    sum, the direct and the total effect, contrasts and the share.
    """
    equations: list[Equation] = []
    for place, response in enumerate((*mediators, outcome)):
        more = (own or {}).get(response, ())
        before = (exposure, *covariates, *more, *mediators[:place])
        equations.append(Equation(response=response, predictors=before))
    routes = [
        (exposure, *chosen, outcome)
        for length in range(1, len(mediators) + 1)
        for chosen in combinations(mediators, length)
    ]
    effects, shared = _effects_of(exposure, routes, outcome)
    return PathModel(equations=tuple(equations), effects=tuple(effects), shares=(shared,))


def _effects_of(
    exposure: str, routes: Sequence[Route], outcome: str
) -> tuple[list[Effect], tuple[str, str, str]]:
    """What is asked of one exposure: routes, indirect, direct, total, contrasts; and the share."""
    direct: Route = (exposure, outcome)
    indirect, total = f"{exposure}: indirect", f"{exposure}: total"
    return (
        [
            *(Effect(name=arrow(*route), routes=(route,)) for route in routes),
            Effect(name=indirect, routes=tuple(routes)),
            Effect(name=f"{exposure}: direct", routes=(direct,)),
            Effect(name=total, routes=(*routes, direct)),
            *(
                Effect(name=f"{arrow(*one)} minus {arrow(*two)}", routes=(one,), minus=(two,))
                for one, two in combinations(routes, 2)
            ),
        ],
        (f"{exposure}: share", indirect, total),
    )


def check(model: PathModel) -> None:
    """InputError for two equations of one response, a loop, or a route over a missing step."""
    steps = {(p, e.response) for e in model.equations for p in e.predictors}
    responses = [equation.response for equation in model.equations]
    for place, equation in enumerate(model.equations):
        later = set(responses[place:]) & set(equation.predictors)
        if later or responses.count(equation.response) > 1:
            raise InputError(
                f"the equation of {equation.response} comes twice or uses a later response",
                where="the path model",
                fix="give one equation a response, causes before what they cause",
            )
    for effect in model.effects:
        for route in (*effect.routes, *effect.minus):
            for step in pairwise(route):
                if step not in steps:
                    raise InputError(
                        f"no equation has the step {arrow(*step)}",
                        where=f"effect {effect.name}",
                        fix="use predictors and responses of the model's equations",
                    )


def _fits(known: Moments, model: PathModel) -> list[Fit]:
    """The regressions; equations with the same predictors share one, with nested ones the work."""
    together: dict[tuple[str, ...], list[str]] = {}
    for equation in model.equations:
        together.setdefault(equation.predictors, []).append(equation.response)
    fits: dict[tuple[str, ...], Fit] = {}
    waiting = sorted(together, key=len)
    while waiting:
        longest = waiting[-1]
        nested = [one for one in waiting if one == longest[: len(one)]]
        found = regress_nested(known, [(together[one], one) for one in nested])
        fits |= zip(nested, found, strict=True)
        waiting = [one for one in waiting if one not in fits]
    return [fits[predictors] for predictors in together]


def _coefficients(fits: Sequence[Fit]) -> dict[tuple[str, str], Numbers]:
    """Each coefficient over the draws, by predictor and response."""
    return {
        (predictor, response): fit.coefficients[i, j]
        for fit in fits
        for i, predictor in enumerate(fit.predictors)
        for j, response in enumerate(fit.responses)
    }


def _along(coefficients: dict[tuple[str, str], Numbers], route: Route) -> Numbers:
    """The product of the coefficients along a route."""
    steps = list(pairwise(route))
    product = coefficients[steps[0]]
    for step in steps[1:]:
        product = product * coefficients[step]
    return product


def _signs(model: PathModel) -> tuple[list[Route], Numbers]:
    """All routes once, and how often each counts: rows of the model x routes (0 for shares)."""
    routes = list(dict.fromkeys(r for e in model.effects for r in (*e.routes, *e.minus)))
    signs = np.zeros((len(model.names), len(routes)))
    for place, effect in enumerate(model.effects):
        for route in effect.routes:
            signs[place, routes.index(route)] += 1
        for route in effect.minus:
            signs[place, routes.index(route)] -= 1
    return routes, signs


def effects(known: Moments, model: PathModel) -> PathEffects:
    """All effects of the model in every draw, raw and standardised. A singular draw is NaN.

    Errors: InputError for an unknown variable, a loop, a step that no equation has, or fewer
    people than parameters.
    """
    check(model)
    raw, standardised = _both(known, model, *_signs(model))
    return PathEffects(names=model.names, raw=raw, standardised=standardised)


def _both(known: Moments, model: PathModel, routes: Sequence[Route], signs: Numbers) -> Numbers:
    """The raw and the standardised effects: 2 x effects x draws."""
    coefficients = _coefficients(_fits(known, model))
    x = [known.names.index(route[0]) for route in routes]
    y = [known.names.index(route[-1]) for route in routes]
    products = np.stack([_along(coefficients, route) for route in routes])
    both = np.empty((2, len(signs), products.shape[1]))
    np.matmul(signs * (known.scale[y] / known.scale[x]), products, out=both[0])
    spread = np.sqrt(known.variances)
    products *= spread[x]
    products /= spread[y]
    np.matmul(signs, products, out=both[1])
    for place, (_, part, whole) in enumerate(model.shares, start=len(model.effects)):
        one, two = model.names.index(part), model.names.index(whole)
        both[:, place] = both[0, one] / both[0, two]
    return both


def statistic(model: PathModel) -> Statistic:
    """The model as a statistic for the bootstrap: first all raw, then all standardised effects."""
    check(model)
    routes, signs = _signs(model)

    def values(known: Moments) -> Numbers:
        return _both(known, model, routes, signs).reshape(2 * len(model.names), -1)

    return values


class Asymptotic(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Coefficients with their maximum-likelihood covariance matrix, and effects by the delta method.

    `steps` names the coefficients (predictor, response); `names`, `estimate` and `se` have one
    value an effect or share, raw. An interval of estimate ± 1.96 se is too narrow on one side
    for a product: prefer draws.
    """

    steps: tuple[tuple[str, str], ...]
    coefficients: Numbers
    covariance: Numbers
    names: tuple[str, ...]
    estimate: Numbers
    se: Numbers


def _implied(known: Moments, fits: Sequence[Fit]) -> Numbers:
    """The covariance matrix that the model implies: as observed but where a path is left out."""
    covariance = known.covariance[:, :, 0].copy()
    waiting = {place for fit in fits for place in known.places(fit.responses)}
    for fit in fits:
        causes, responses = known.places(fit.predictors), known.places(fit.responses)
        before = [place for place in range(len(known.names)) if place not in waiting]
        slopes = fit.coefficients[:, :, 0].T
        with_before = slopes @ covariance[np.ix_(causes, before)]
        covariance[np.ix_(responses, before)] = with_before
        covariance[np.ix_(before, responses)] = with_before.T
        explained = slopes @ covariance[np.ix_(causes, causes)] @ slopes.T
        covariance[np.ix_(responses, responses)] = explained + fit.residual[:, :, 0]
        waiting -= set(responses)
    return covariance


def asymptotic(known: Moments, model: PathModel) -> Asymptotic:
    """Large-sample standard errors in the data themselves (one draw of moments).

    They come from the expected information of the model, with the covariances it implies.
    Coefficients of equations with the same predictors covary through their residuals, others
    are independent. Errors: InputError as of `effects`.
    """
    check(model)
    fits = _fits(known, model)
    scale = dict(zip(known.names, known.scale, strict=True))
    steps = [(p, r) for fit in fits for r in fit.responses for p in fit.predictors]
    units = np.array([scale[r] / scale[p] for p, r in steps])
    covariance = np.zeros((len(steps), len(steps)))
    implied = _implied(known, fits)
    done = 0
    for fit in fits:
        places = known.places(fit.predictors)
        inverse = np.linalg.inv(implied[np.ix_(places, places)])
        block = np.kron(fit.residual[:, :, 0], inverse) / fit.size[0]
        covariance[done : done + len(block), done : done + len(block)] = block
        done += len(block)
    covariance *= units[:, None] * units
    named = _coefficients(fits)
    coefficients = np.array([named[step][0] for step in steps]) * units
    estimate, slopes = _gradient(model, dict(zip(steps, coefficients, strict=True)))
    return Asymptotic(
        steps=tuple(steps),
        coefficients=coefficients,
        covariance=covariance,
        names=model.names,
        estimate=estimate,
        se=np.sqrt(np.einsum("ij,jk,ik->i", slopes, covariance, slopes)),
    )


def effects_of_coefficients(
    model: PathModel, steps: Sequence[tuple[str, str]], values: Numbers
) -> Numbers:
    """The raw effects and shares of given coefficients: rows of `model.names` x draws.

    `steps` names the coefficients (predictor, response), `values` is coefficients x draws.
    """
    named = dict(zip(steps, values, strict=True))
    routes, signs = _signs(model)
    found = signs @ np.stack([_along(named, route) for route in routes])
    for row, (_, part, whole) in enumerate(model.shares, start=len(model.effects)):
        found[row] = found[model.names.index(part)] / found[model.names.index(whole)]
    return found


def _gradient(
    model: PathModel, coefficients: dict[tuple[str, str], np.float64]
) -> tuple[Numbers, Numbers]:
    """The raw effects and shares, and their derivatives: rows x coefficients."""
    places = {step: place for place, step in enumerate(coefficients)}
    routes, signs = _signs(model)
    product = np.zeros(len(routes))
    slope = np.zeros((len(routes), len(coefficients)))
    for row, route in enumerate(routes):
        steps = list(pairwise(route))
        factors = np.array([coefficients[step] for step in steps])
        product[row] = factors.prod()
        for i, step in enumerate(steps):
            slope[row, places[step]] = np.delete(factors, i).prod()
    estimate, slopes = signs @ product, signs @ slope
    for row, (_, part, whole) in enumerate(model.shares, start=len(model.effects)):
        one, two = model.names.index(part), model.names.index(whole)
        estimate[row] = estimate[one] / estimate[two]
        slopes[row] = (slopes[one] - estimate[row] * slopes[two]) / estimate[two]
    return estimate, slopes
