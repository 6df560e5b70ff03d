"""From a drawn template and wide data to estimates in the units of the data, or a refusal."""

import msgspec
import numpy as np

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.templates.likelihood import patterns, saturated
from rapport.stats.templates.report import Attempt, estimates, measures
from rapport.stats.templates.results import (
    Compound,
    Estimate,
    Information,
    Measures,
    TemplateFit,
)
from rapport.stats.templates.search import solve
from rapport.stats.templates.structure import Kind, Matrices, Structure

ERRORS = {
    Information.EXPECTED: "from the expected information",
    Information.OBSERVED: "from the observed information",
    Information.ROBUST: "robust (Huber and White)",
}


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """What is fitted: `hint` says what to do where the template does not hold.

    The likelihood is reported given the variables in `given` (as long as they are complete).
    """

    name: str
    structure: Structure
    effects: tuple[Compound, ...]
    hint: str
    given: tuple[int, ...] = ()


def _checked(values: Numbers, structure: Structure) -> tuple[Numbers, int]:
    """The people with any value, and how many have none.

    Errors: InputError for infinite values, a constant or empty variable, fewer people than
    parameters, or two variables that nobody has both of.
    """
    if np.isinf(values).any():
        raise InputError("a value is infinite", where="the template", fix="check the data")
    known = ~np.isnan(values)
    kept = values[known.any(axis=1)]
    known = ~np.isnan(kept)
    parameters = len(structure.labels)
    if len(kept) <= parameters:
        raise InputError(
            f"{len(kept)} people cannot carry {parameters} parameters",
            where="the template",
            fix="use fewer waves, or a simpler model",
        )
    for name, column in zip(structure.observed, kept.T, strict=True):
        there: Numbers = column[~np.isnan(column)]
        if len(there) < 2 or float(there.max() - there.min()) <= 1e-13 * np.abs(there).max():
            raise InputError(
                "the variable is constant or missing", where=name, fix="leave it out"
            )
    together = known.T.astype(np.float64) @ known
    if (together == 0).any():
        one, other = np.argwhere(together == 0)[0]
        raise InputError(
            f"nobody has a value of both {structure.observed[one]} and {structure.observed[other]}",
            where="the template",
            fix="leave one of them out",
        )
    return kept, len(values) - len(kept)


def _scales(values: Numbers, structure: Structure) -> Numbers:
    """One unit a family: the root of the mean variance of its observed variables; for all variables."""
    spread = np.asarray(np.nanvar(values, axis=0), np.float64)
    variances: dict[str, list[float]] = {}
    for name, variance in zip(structure.observed, spread.tolist(), strict=True):
        variances.setdefault(structure.family[name], []).append(variance)
    units = {family: (sum(own) / len(own)) ** 0.5 for family, own in variances.items()}
    return np.array([units[structure.family[name]] for name in structure.variables])


def attempt(structure: Structure, values: Numbers) -> Attempt:
    """The search for the highest likelihood in people x observed variables."""
    kept, left_out = _checked(values, structure)
    scale = _scales(kept, structure)
    scaled = kept / scale[: len(structure.observed)]
    data, matrices = patterns(scaled), Matrices(structure)
    matrices.start = _with_means(structure, matrices.start, scaled)
    return Attempt(
        data=data,
        matrices=matrices,
        scale=scale,
        solution=solve(data, matrices),
        left_out=left_out,
    )


def _with_means(structure: Structure, start: Numbers, scaled: Numbers) -> Numbers:
    """The start with the means of observed variables in place of 0."""
    means = dict(zip(structure.observed, np.nanmean(scaled, axis=0), strict=True))
    found, labels = start.copy(), structure.labels
    for entry in structure.entries:
        if entry.kind is Kind.MEAN and entry.label is not None and entry.of in means:
            found[labels.index(entry.label)] = means[entry.of]
    return found


def _refusal(template: Template, found: Attempt) -> str | None:
    """The sentence that says why the solution is none; None if it is one."""
    if not found.solution.converged:
        return (
            f"The {template.name} found no solution from any of {found.solution.starts} starting "
            f"points: these data do not have its form. {template.hint}"
        )
    names = template.structure.variables
    residual = found.matrices.implied(found.solution.theta).residual
    variances = np.diag(residual)
    if (variances < 0).any():
        place = int(np.argmin(variances))
        value = float(variances[place] * found.scale[place] ** 2)
        return (
            f"The {template.name} does not fit these data in any meaningful way: it needs a "
            f"negative variance ({value:.3g}) of {names[place]}, which does not exist. "
            f"{template.hint}"
        )
    if np.linalg.eigvalsh(residual)[0] < -1e-8:
        return (
            f"The {template.name} does not fit these data in any meaningful way: it needs a "
            f"correlation beyond 1 between parts of the model. {template.hint}"
        )
    return None


def _poor(found: Measures | None) -> str | None:
    """The warning that a template describes the data badly."""
    if found is None or not found.df or (found.cfi >= 0.9 and found.rmsea <= 0.1):
        return None
    return (
        f"The model describes the data poorly (CFI {found.cfi:.2f}, RMSEA {found.rmsea:.2f}): "
        "what it estimates may mean little."
    )


def _warnings(found: Attempt, judged: Measures | None) -> tuple[str, ...]:
    """What the reader of the estimates must know."""
    said = [
        f"{found.solution.failed} of {found.solution.starts} starting points led to no solution."
        if found.solution.failed
        else None,
        f"{found.left_out} people without any value were left out." if found.left_out else None,
        _poor(judged),
    ]
    return tuple(sentence for sentence in said if sentence)


def _numbers(
    template: Template, found: Attempt, kind: Information, level: float
) -> tuple[tuple[Estimate, ...], tuple[Estimate, ...], Measures] | str:
    """Estimates, effects and measures, or the sentence that says why there are none."""
    refusal = _refusal(template, found)
    if refusal:
        return refusal
    best = saturated(found.data)
    if best is None:
        return (
            "The means and covariances of these data cannot be estimated: too much is missing, "
            "or one variable is a combination of the others."
        )
    said, effects = estimates(template.structure, template.effects, found, kind, level)
    return said, effects, measures(found, best, template.given)


def fit(
    template: Template,
    values: Numbers,
    *,
    level: float,
    information: Information | None = None,
) -> TemplateFit:
    """The template in people x observed variables, NaN where missing.

    Standard errors come from the expected information where nothing is missing, otherwise from
    the observed information, unless one is asked for.
    Errors: InputError for data that cannot carry the template. One that does not hold is refused
    in the result.
    """
    found = attempt(template.structure, values)
    complete = found.data.complete
    kind = information or (Information.EXPECTED if complete else Information.OBSERVED)
    outcome = _numbers(template, found, kind, level)
    refused = isinstance(outcome, str)
    judged = None if refused else outcome[2]
    return TemplateFit(
        template=template.name,
        n=found.data.n,
        left_out=found.left_out,
        cells=found.data.values.size,
        missing=int(found.data.counts @ (~found.data.seen).sum(axis=1)),
        missing_patterns=len(found.data.counts),
        method=f"{'maximum likelihood' if complete else 'full-information maximum likelihood'}, "
        f"standard errors {ERRORS[kind]}",
        information=kind,
        level=level,
        estimates=() if refused else outcome[0],
        effects=() if refused else outcome[1],
        measures=judged,
        refusal=outcome if refused else None,
        starts=found.solution.starts,
        failed_starts=found.solution.failed,
        warnings=_warnings(found, judged),
    )
