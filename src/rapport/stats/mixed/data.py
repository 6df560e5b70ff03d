"""Long data made ready for a mixed model: complete rows, sorted, on scales that keep their digits."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Truths, Whole, members
from rapport.stats.mixed.moments import Rows
from rapport.stats.mixed.serial import gaps
from rapport.stats.ols import decompose

Labels = Sequence[Any] | NDArray[Any]


class Data(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Checked and sorted rows with the way back to the original units.

    `gaps` is how many waves each row lies after the one before of the person (NaN: none before).
    fixed effects = start + spread * inverse @ (coefficients of the orthonormal design).
    """

    rows: Rows
    gaps: Numbers | None
    left_out: int
    terms: tuple[str, ...]
    random_terms: tuple[str, ...]
    random_scale: Numbers
    start: Numbers
    inverse: Numbers
    log_scale: float
    spread: float
    person_labels: NDArray[Any]
    therapist_labels: NDArray[Any] | None


def _column(values: ArrayLike, length: int, where: str) -> Numbers:
    """One value a row, NaN where missing."""
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (length,) or np.isinf(array).any():
        raise InputError(
            f"values of the shape {array.shape} (or infinite ones) for {length} rows",
            where=where,
            fix="pass one number a row, NaN where it is missing",
        )
    return array


def _codes(labels: Labels, length: int, where: str) -> tuple[NDArray[Any], Whole]:
    """The distinct labels and the code of each row."""
    found, place = members(labels, where=where)
    if len(place) != length:
        raise InputError(
            f"{len(place)} labels for {length} rows", where=where, fix="pass one label a row"
        )
    return found, place


def _waves(waves: ArrayLike, whole: Truths) -> Whole:
    """The whole wave numbers of the complete rows."""
    wave = _column(waves, len(whole), "the waves")[whole]
    if np.isnan(wave).any() or (wave != np.round(wave)).any():
        raise InputError("a wave is no whole number", where="the waves", fix="count 0, 1, 2")
    return wave.astype(np.intp)


def _enough(rows: int, p: int, members: int, q: int) -> None:
    """InputError where the rows cannot carry the model."""
    if rows <= p or members < 2:
        raise InputError(
            f"{rows} complete rows of {members} people cannot carry {p} fixed effects",
            where="the mixed model",
            fix="use fewer predictors or more people",
        )
    if rows <= members * q:
        raise InputError(
            f"{rows} complete rows of {members} people: as few rows as random effects ({q} each)",
            where="the mixed model",
            fix="leave out the slopes, or use more measurements a person",
        )


def _nested(person: Whole, therapist: Whole, labels: NDArray[Any]) -> None:
    """InputError naming the first person with two therapists (rows sorted by person)."""
    order = np.lexsort((therapist, person))
    same = np.diff(person[order]) == 0
    crossed = np.flatnonzero(same & (np.diff(therapist[order]) != 0))
    if len(crossed):
        raise InputError(
            "the person has rows with two therapists",
            where=f"person {labels[person[order][crossed[0]]]}",
            fix="give each person the one therapist who treated them most",
        )


def _kept(
    outcome: ArrayLike, fixed: Mapping[str, ArrayLike]
) -> tuple[Numbers, dict[str, Numbers], Truths]:
    """Outcome and predictors of the complete rows, and which rows those are."""
    size = np.asarray(outcome).shape[0] if np.asarray(outcome).ndim == 1 else 0
    y = _column(outcome, size, "the outcome")
    columns = {name: _column(v, size, f"predictor {name}") for name, v in fixed.items()}
    whole = ~np.isnan(y)
    for values in columns.values():
        whole &= ~np.isnan(values)
    return y[whole], {name: v[whole] for name, v in columns.items()}, whole


class _Members(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Who the complete rows belong to: codes, the labels of the codes, and the order to sort by."""

    person: Whole
    therapist: Whole
    person_labels: NDArray[Any]
    therapist_labels: NDArray[Any] | None
    order: Whole


def _members(
    labels: Labels, therapists: Labels | None, whole: Truths, waves: Whole | None
) -> _Members:
    """People and therapists of the complete rows, in the order therapist, person, wave."""
    every, person = _codes(labels, len(whole), "the people")
    kept, person = np.unique(person[whole], return_inverse=True)
    above, therapist = None, np.zeros(len(person), np.intp)
    if therapists is not None:
        names, codes = _codes(therapists, len(whole), "the therapists")
        used, therapist = np.unique(codes[whole], return_inverse=True)
        above = names[used]
    _nested(person, therapist, every[kept])
    keys = (person, therapist) if waves is None else (waves, person, therapist)
    return _Members(
        person=person.astype(np.intp),
        therapist=therapist.astype(np.intp),
        person_labels=every[kept],
        therapist_labels=above,
        order=np.lexsort(keys).astype(np.intp),
    )


def _residual(y: Numbers, fitted: Numbers) -> tuple[Numbers, float]:
    """What least squares leaves, in units of its root mean square; and that."""
    rest = y - fitted
    spread = float((rest @ rest / len(rest)) ** 0.5)
    if spread <= 1e-10 * max(float(np.abs(y).max()), 1e-300):
        raise InputError(
            "the predictors explain the outcome without any rest",
            where="the outcome",
            fix="check the data",
        )
    return rest / spread, spread


def _known_slopes(slopes: Sequence[str], names: Sequence[str]) -> list[int]:
    """The columns of the slopes in the design."""
    unknown = [name for name in slopes if name not in names]
    if unknown:
        raise InputError(
            f"{unknown[0]} is not among the predictors",
            where="the slopes",
            fix="a slope that differs between people needs its mean among the fixed effects",
        )
    return [0, *(1 + list(names).index(name) for name in slopes)]


def prepare(
    outcome: ArrayLike,
    fixed: Mapping[str, ArrayLike],
    labels: Labels,
    *,
    slopes: Sequence[str],
    therapists: Labels | None,
    waves: ArrayLike | None,
) -> Data:
    """The rows checked, sorted by therapist and person, on scales that keep their digits.

    Errors: InputError for whatever cannot be estimated, naming the argument.
    """
    y, columns, whole = _kept(outcome, fixed)
    places = _known_slopes(slopes, tuple(columns))
    wave = None if waves is None else _waves(waves, whole)
    who = _members(labels, therapists, whole, wave)
    _enough(len(y), 1 + len(columns), len(who.person_labels), len(places))
    order = who.order
    design = np.column_stack([np.ones(len(y)), *columns.values()])[order]
    q, r = decompose(design, tuple(columns))
    inverse = np.asarray(np.linalg.inv(r), np.float64)
    start = inverse @ (q.T @ y[order])
    response, spread = _residual(y[order], design @ start)
    scale = np.sqrt((design[:, places] ** 2).mean(axis=0))
    return Data(
        rows=Rows(
            design=q,
            response=response,
            random=design[:, places] / scale,
            above=np.ones(len(y)),
            person=who.person[order],
            therapist=who.therapist[order],
        ),
        gaps=None if wave is None else gaps(wave[order], who.person[order], who.person_labels),
        left_out=int((~whole).sum()),
        terms=("(Intercept)", *columns),
        random_terms=("(Intercept)", *slopes),
        random_scale=scale,
        start=start,
        inverse=inverse,
        log_scale=float(np.log(np.abs(np.diag(r))).sum()),
        spread=spread,
        person_labels=who.person_labels,
        therapist_labels=who.therapist_labels,
    )
