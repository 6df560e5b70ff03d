"""Estimates, effects and measures of fit of a solved template, in the units of the data."""

import msgspec
import numpy as np

from rapport.stats.arrays import Numbers, Whole
from rapport.stats.distributions import chi2_above, normal_quantile, normal_two_sided
from rapport.stats.templates.likelihood import (
    Moments,
    Patterns,
    independent,
    patterns,
    saturated,
)
from rapport.stats.templates.results import Compound, Estimate, Information, Measures
from rapport.stats.templates.search import Search, Solution
from rapport.stats.templates.structure import Entry, Implied, Kind, Matrices, Structure


class Attempt(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A solution with everything that is needed to read it, in scaled units."""

    data: Patterns
    matrices: Matrices
    scale: Numbers
    solution: Solution
    left_out: int


def _units(structure: Structure, scale: Numbers) -> Numbers:
    """What each parameter is multiplied by to be in the units of the data."""
    unit = dict(zip(structure.variables, scale, strict=True))
    found: dict[str, float] = {}
    for entry in structure.entries:
        if entry.label is None:
            continue
        if entry.kind is Kind.PATH:
            found[entry.label] = unit[entry.of] / unit[entry.on]
        elif entry.kind is Kind.MEAN:
            found[entry.label] = unit[entry.of]
        else:
            found[entry.label] = unit[entry.of] * unit[entry.on]
    return np.array([found[label] for label in structure.labels])


def _covariance(found: Attempt, kind: Information) -> Numbers:
    """The covariance matrix of the scaled parameters."""
    solution = found.solution
    if kind is Information.EXPECTED:
        return np.asarray(np.linalg.inv(solution.expected), np.float64)
    bread = np.asarray(np.linalg.inv(solution.observed), np.float64)
    if kind is Information.OBSERVED:
        return bread
    return bread @ Search(found.data, found.matrices).outer(solution.theta) @ bread


def _standard(entry: Entry, at: Implied, places: dict[str, int], value: float) -> float | None:
    """The entry in standard deviations that the model implies."""
    row, column = places[entry.of], places.get(entry.on, 0)
    sd = np.sqrt(np.diag(at.covariance))
    divisor = {
        Kind.PATH: sd[row] / sd[column],
        Kind.MEAN: sd[row],
        Kind.VARIANCE: sd[row] ** 2,
        Kind.COVARIANCE: np.sqrt(at.residual[row, row] * at.residual[column, column]),
    }[entry.kind]
    return float(value / divisor) if divisor > 0 else None


def _estimate(
    name: str,
    of: tuple[Kind | None, str, str],
    numbers: tuple[float, float],
    standardised: float | None,
    level: float,
) -> Estimate:
    """With z, p and the normal interval."""
    value, se = numbers
    reach = float(normal_quantile((1 + level) / 2)) * se
    z = value / se if se > 0 else float("nan")
    return Estimate(
        name=name,
        kind=of[0],
        of=of[1],
        on=of[2],
        estimate=value,
        se=se,
        z=z,
        p=float(normal_two_sided(z)),
        low=value - reach,
        high=value + reach,
        standardised=standardised,
    )


def _sum(
    terms: tuple[tuple[float, tuple[str, ...]], ...], values: Numbers, number: dict[str, int]
) -> tuple[float, Numbers]:
    """A sum of products of parameters, and its gradient."""
    whole, slope = 0.0, np.zeros(len(values))
    for factor, labels in terms:
        at: Whole = np.array([number[label] for label in labels], np.intp)
        whole += factor * float(values[at].prod())
        for place, one in enumerate(at):
            slope[one] += factor * float(np.delete(values[at], place).prod())
    return whole, slope


def _compound(
    effect: Compound, values: Numbers, number: dict[str, int]
) -> tuple[float, Numbers]:
    """The effect and its gradient by the parameters."""
    whole, slope = _sum(effect.terms, values, number)
    if not effect.per:
        return whole, slope
    below, below_slope = _sum(effect.per, values, number)
    return whole / below, (slope - whole / below * below_slope) / below


def _given(found: Attempt, given: tuple[int, ...]) -> tuple[float, int]:
    """Minus the log likelihood of the given variables alone, and their parameters."""
    places = list(given)
    if not places or not found.data.seen[:, places].all():
        return 0.0, 0
    alone = saturated(patterns(found.data.values[:, places]))
    units = found.data.n * float(np.log(found.scale[places]).sum())
    size = len(places) * (len(places) + 3) // 2
    return (0.0, 0) if alone is None else (alone.value + units, size)


def measures(found: Attempt, best: Moments, given: tuple[int, ...]) -> Measures:
    """The measures as lavaan defines them. Sources: Bentler 1990, doi
    10.1037/0033-2909.107.2.238 (CFI); Steiger 1990, doi 10.1207/s15327906mbr2502_4 (RMSEA)."""
    data, solution = found.data, found.solution
    size, n, k = data.seen.shape[1], data.n, found.matrices.parameters
    df = size * (size + 3) // 2 - k
    chi2 = max(2 * (solution.value - best.value), 0.0)
    base = 2 * (independent(data) - best.value)
    base_df = size * (size - 1) // 2
    excess, base_excess = max(chi2 - df, 0.0), max(base - base_df, chi2 - df, 0.0)
    tli = None
    if base / base_df > 1:
        tli = 1.0 if df == 0 else (base / base_df - chi2 / df) / (base / base_df - 1)
    at = found.matrices.implied(solution.theta)
    sd = np.sqrt(np.diag(best.covariance))
    away = (best.covariance - at.covariance[:size, :size]) / np.outer(sd, sd)
    shift = (best.mean - at.mean[:size]) / sd
    squares = float((away[np.tril_indices(size)] ** 2).sum() + (shift**2).sum())
    units = float(data.counts @ (data.seen @ np.log(found.scale[:size])))
    apart, fewer = _given(found, given)
    log_likelihood = apart - solution.value - units
    k -= fewer
    return Measures(
        chi2=chi2,
        df=df,
        p=float(chi2_above(chi2, df)) if df else None,
        cfi=1 - excess / base_excess if base_excess > 0 else 1.0,
        tli=tli,
        rmsea=float(np.sqrt(excess / (df * n))) if df else 0.0,
        srmr=float(np.sqrt(squares / (size * (size + 3) / 2))),
        log_likelihood=log_likelihood,
        aic=2 * k - 2 * log_likelihood,
        bic=float(np.log(n)) * k - 2 * log_likelihood,
        parameters=k,
    )


def estimates(
    structure: Structure,
    effects: tuple[Compound, ...],
    found: Attempt,
    kind: Information,
    level: float,
) -> tuple[tuple[Estimate, ...], tuple[Estimate, ...]]:
    """Every free entry of the template, then its effects, in the units of the data."""
    solution = found.solution
    units = _units(structure, found.scale)
    theta = solution.theta * units
    covariance = _covariance(found, kind) * np.outer(units, units)
    se = np.sqrt(np.maximum(np.diag(covariance), 0))
    number = {label: place for place, label in enumerate(structure.labels)}
    places = {name: place for place, name in enumerate(structure.variables)}
    at = found.matrices.implied(solution.theta)
    said: list[Estimate] = []
    standard: dict[str, list[float]] = {}
    for entry in structure.entries:
        if entry.label is None:
            continue
        place = number[entry.label]
        own = _standard(entry, at, places, float(solution.theta[place]))
        standard.setdefault(entry.label, []).append(float("nan") if own is None else own)
        mark = "~" if entry.kind in {Kind.PATH, Kind.MEAN} else "~~"
        name = f"{entry.of} {mark} {entry.on}"
        of = (entry.kind, entry.of, "" if entry.kind is Kind.MEAN else entry.on)
        numbers = (float(theta[place]), float(se[place]))
        said.append(_estimate(name, of, numbers, own, level))
    # A path that is the same between all waves has one standardised value a wave: their mean.
    standardised = np.array([float(np.mean(standard[label])) for label in structure.labels])
    compounds: list[Estimate] = []
    for effect in effects:
        value, slope = _compound(effect, theta, number)
        numbers = (value, float(np.sqrt(max(slope @ covariance @ slope, 0.0))))
        own = _compound(effect, standardised, number)[0]
        compounds.append(_estimate(effect.name, (None, "", ""), numbers, own, level))
    return tuple(said), tuple(compounds)
