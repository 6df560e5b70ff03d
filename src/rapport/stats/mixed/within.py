"""What changes within a person apart from how people differ, at the same wave or the next.

The mean of a person's values and the deviation from it enter a mixed model side by side: the
first says whether people with more of the process have more of the outcome, the second whether a
person has more of it at times with more of the process. Neither is a cause by itself.
Sources: Curran and Bauer 2011, doi 10.1146/annurev.psych.093008.100356, p. 595-600; Hamaker and
Muthén 2020, doi 10.1037/met0000239 (what the deviation from an observed mean can carry).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Truths, codes
from rapport.stats.mixed.data import Labels
from rapport.stats.mixed.model import Method, MixedModel, Slope, contrast, fit


class Form(StrEnum):
    """Whether the process of the wave before, or of the same wave, goes with the outcome."""

    LAGGED = "lagged"
    CONTEMPORANEOUS = "contemporaneous"


class Split(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One value a row: the person's mean over their known values, and the deviation from it.

    `between` is the mean minus the mean of all rows. NaN stays NaN in `within`; `mean` and
    `between` are NaN for a person without any value.
    """

    mean: Numbers
    within: Numbers
    between: Numbers


class WithinBetween(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The slopes of each process variable within and between people, and their whole model.

    `context` is between minus within: how much more a person's usual level goes with the outcome
    than the same difference within a person.
    """

    form: Form
    within: tuple[Slope, ...]
    between: tuple[Slope, ...]
    context: tuple[Slope, ...]
    model: MixedModel


def _column(values: ArrayLike, length: int) -> Numbers:
    array = np.asarray(values, np.float64)
    if array.shape != (length,) or np.isinf(array).any():
        raise InputError(
            f"values of the shape {array.shape} for {length} rows",
            where="the values",
            fix="pass one number a row, NaN where it is missing",
        )
    return array


def split(values: ArrayLike, labels: Labels) -> Split:
    """Each row's person mean and deviation. Errors: InputError for unequal lengths."""
    person = codes(labels, where="the people")
    x = _column(values, len(person))
    known = np.isfinite(x)
    count = np.bincount(person, weights=known)
    with np.errstate(invalid="ignore"):
        mean = (np.bincount(person, weights=np.where(known, x, 0.0)) / count)[person]
    return Split(mean=mean, within=x - mean, between=mean - np.nanmean(mean))


def lag(values: ArrayLike, labels: Labels, waves: ArrayLike, *, by: int = 1) -> Numbers:
    """The person's value `by` waves earlier; NaN where there is no such row or value.

    `waves` are whole numbers that count measurements, so that a wave left out leaves a gap.
    Errors: InputError for unequal lengths, broken wave numbers or two rows of a person and wave.
    """
    person = codes(labels, where="the people")
    x, wave = _column(values, len(person)), _column(waves, len(person))
    if np.isnan(wave).any() or (wave != np.round(wave)).any():
        raise InputError("a wave is no whole number", where="the waves", fix="count 0, 1, 2")
    wave = wave.astype(np.int64) - int(wave.min())
    reach = int(wave.max()) + 1
    key = person * reach + wave
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    twice = np.flatnonzero(np.diff(ordered) == 0)
    if len(twice):
        row = int(order[twice[0] + 1])
        raise InputError(
            "two rows of the same person and wave",
            where=f"row {row} (counted from 0), person {np.asarray(labels)[row]}",
            fix="leave one row a person and wave",
        )
    place = np.minimum(np.searchsorted(ordered, key - by), len(key) - 1)
    found = (ordered[place] == key - by) & (wave >= by)
    return np.where(found, x[order[place]], np.nan)


def _parts(
    process: Mapping[str, ArrayLike], labels: Labels, waves: ArrayLike, form: Form
) -> tuple[dict[str, Numbers], Truths]:
    """Deviation and person mean of each process variable, and the rows that take part."""
    wave = np.asarray(waves, np.float64)
    rows = wave > wave.min() if form is Form.LAGGED else np.ones(len(wave), np.bool_)
    people = np.asarray(labels)[rows]
    found: dict[str, Numbers] = {}
    for name, values in process.items():
        moved = lag(values, labels, waves) if form is Form.LAGGED else np.asarray(values)
        parts = split(moved[rows], people)
        found[f"{name} (within)"] = parts.within
        found[f"{name} (between)"] = parts.between
    return found, rows


def within_between(
    outcome: ArrayLike,
    process: Mapping[str, ArrayLike],
    labels: Labels,
    waves: ArrayLike,
    *,
    time: ArrayLike | None = None,
    form: Form = Form.LAGGED,
    covariates: Mapping[str, ArrayLike] | None = None,
    slopes: Sequence[str] = (),
    therapists: Labels | None = None,
    method: Method = Method.REML,
    level: float = 0.95,
) -> WithinBetween:
    """The mixed model of the outcome on each process variable's deviation and person mean.

    All arguments have one value a row (a person at a wave), NaN where it is missing. `time`
    (the wave unless given) is in the model as "time": where everyone is treated, process and
    outcome move together without it. `slopes` may name "time" or "<process> (within)". Lagged,
    the first wave has no process before it and is not among the rows.
    Errors: InputError as of `mixed.fit` and `lag`.
    """
    parts, rows = _parts(process, labels, waves, form)
    moment = np.asarray(waves, np.float64) if time is None else time
    others = {"time": moment, **(covariates or {})}
    model = fit(
        np.asarray(outcome)[rows],
        {**{name: np.asarray(values)[rows] for name, values in others.items()}, **parts},
        np.asarray(labels)[rows],
        slopes=slopes,
        therapists=None if therapists is None else np.asarray(therapists)[rows],
        method=method,
        level=level,
    )

    def each(**weights: int) -> tuple[Slope, ...]:
        return tuple(
            contrast(name, model, {f"{name} ({part})": by for part, by in weights.items()})
            for name in process
        )

    return WithinBetween(
        form=form,
        within=each(within=1),
        between=each(between=1),
        context=each(between=1, within=-1),
        model=model,
    )
