"""What of a cohort's results can be put together with those of others: an estimate with its error.

Waves are named by their place (`fatigue_last`), so that cohorts of different lengths fit together.
"""

import re
from collections.abc import Iterator

from rapport.cohort.analysis.partition import Division
from rapport.cohort.analysis.result import Estimate
from rapport.cohort.analysis.results import Results
from rapport.cohort.plan.model import Plan

Found = tuple[str, float, float]
"""Name, estimate, standard error."""


def estimands(results: Results) -> dict[str, tuple[float, float]]:
    """Every estimate that has a standard error above 0, by name, in the order of the report."""
    found = (*_change(results), *_prediction(results), *_partition(results), *_paths(results))
    return {name: (value, error) for name, value, error in found if error > 0}


def _change(results: Results) -> Iterator[Found]:
    """The change of the outcome, raw and in standard deviations of change.

    Source of the second error: Borenstein and others 2009, doi 10.1002/9780470743386, ch. 4.
    """
    found = results.change
    if found is None or found.sd is None:
        return
    n = found.about.n
    yield "change.mean", found.mean, found.sd / n**0.5
    if found.dz is not None:
        yield "change.standardised", found.dz, (1 / n + found.dz**2 / (2 * n)) ** 0.5


def _prediction(results: Results) -> Iterator[Found]:
    """The coefficients of the last step; standardised ones with the error by the same factor."""
    if results.prediction is None:
        return
    for one in results.prediction.steps[-1].coefficients:
        if one.se is None or one.standardised is None:
            continue
        name = f"prediction.{placed(results.plan, one.term)}"
        yield name, one.estimate, one.se
        if one.estimate:
            factor = one.standardised / one.estimate
            yield f"{name}.standardised", one.standardised, one.se * abs(factor)


def _partition(results: Results) -> Iterator[Found]:
    if results.partition is None:
        return
    yield from _division("partition", results.partition)
    if results.partition.with_covariates is not None:
        yield from _division("partition.with_covariates", results.partition.with_covariates)


def _division(name: str, found: Division) -> Iterator[Found]:
    parts = {f"{name}.r2.{key}": one for key, one in found.r2.items()}
    parts |= {f"{name}.unique.{key}": one for key, one in found.unique.items()}
    parts[f"{name}.common"] = found.common
    for key, one in parts.items():
        yield from _drawn(key, one)


def _paths(results: Results) -> Iterator[Found]:
    for path in results.paths or ():
        for effect in path.effects:
            name = f"paths.{path.name}.{placed(results.plan, effect.name)}"
            yield from _drawn(name, effect.raw)
            yield from _drawn(f"{name}.standardised", effect.standardised)


def _drawn(name: str, one: Estimate) -> Iterator[Found]:
    """An estimate with the spread of its draws."""
    if one.estimate is not None and one.se is not None:
        yield name, one.estimate, one.se


def placed(plan: Plan, name: str) -> str:
    """A name with `_first` and `_last` for the waves of its columns."""
    for variable in plan.repeated:
        for wave, place in ((plan.first, "first"), (plan.last, "last")):
            column = re.escape(f"{variable}_{wave}")
            name = re.sub(rf"(?<!\w){column}(?!\w)", f"{variable}_{place}", name)
    return name
