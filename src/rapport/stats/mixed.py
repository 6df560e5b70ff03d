"""Linear mixed models of repeated measurements: people differ in level and slope, therapists in level.

Estimated by REML (default) or maximum likelihood, profiled as in lme4, from cross-products that
are summed once (`rapport.stats.mixed_moments`). A person belongs to one therapist.
Sources: Bates, Mächler, Bolker and Walker 2015, doi 10.18637/jss.v067.i01; Laird and Ware 1982,
doi 10.2307/2529876 (REML, predicted effects).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.distributions import normal_quantile, normal_two_sided
from rapport.stats.minimise import Found, minimise
from rapport.stats.mixed_moments import Blocks, People, Rows, blocks, people
from rapport.stats.mixed_profile import Profile, diagonal, profile, triangle
from rapport.stats.ols import decompose

# As lme4's isSingular: a relative standard deviation below this counts as none.
SINGULAR = 1e-4
# Where the search starts again when it ended there.
RESTARTS = (0.3, 0.03)

Labels = Sequence[Any] | NDArray[Any]


class Method(StrEnum):
    """What is maximised. Compare models with other fixed effects by maximum likelihood only."""

    REML = "REML"
    ML = "ML"


class Variation(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """How the members of a grouping (people, therapists) differ.

    `terms` names what differs, "(Intercept)" first; `covariance`, `sd` and `correlation` are in
    original units, a correlation with a term that does not vary is NaN. `effects` has one row a
    label: the predicted deviation from the fixed effects (BLUP), drawn towards 0.
    """

    terms: tuple[str, ...]
    covariance: Numbers
    sd: Numbers
    correlation: Numbers
    labels: NDArray[Any]
    effects: Numbers


class MixedModel(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One mixed model.

    `terms` names the fixed effects, "(Intercept)" first; z, p and the interval take them as
    normally distributed, which is too sure of what only a few therapists carry. `rows` were
    used, `left_out` had a missing value; leaving them out is right as long as dropping out
    depends only on what the model contains. `aic` and `bic` count variances; `bic` uses rows.
    `singular`: a variance is 0 or a correlation 1. `warnings` are sentences for the reader.
    """

    terms: tuple[str, ...]
    rows: int
    left_out: int
    level: float
    coefficients: Numbers
    covariance: Numbers
    se: Numbers
    z: Numbers
    p: Numbers
    low: Numbers
    high: Numbers
    person: Variation
    therapist: Variation | None
    residual_variance: float
    log_likelihood: float
    aic: float
    bic: float
    method: Method
    converged: bool
    singular: bool
    warnings: tuple[str, ...]


class _Data(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Checked and sorted rows with the way back to the original units.

    fixed effects = start + spread * inverse @ (coefficients of the orthonormal design).
    """

    rows: Rows
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


def _codes(labels: Labels, length: int, where: str) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The distinct labels and the code of each row."""
    array = np.asarray(labels)
    empty = array.dtype.kind == "f" and bool(np.isnan(array).any())
    if array.shape != (length,) or empty or array.dtype.kind == "O":
        raise InputError(
            f"{array.size} labels for {length} rows, or rows without a label",
            where=where,
            fix="pass one number or text a row",
        )
    found, codes = np.unique(array, return_inverse=True)
    return found, codes.astype(np.intp)


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


def _nested(
    person: NDArray[np.intp], therapist: NDArray[np.intp], labels: NDArray[Any]
) -> None:
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
) -> tuple[Numbers, dict[str, Numbers], NDArray[np.bool_]]:
    """Outcome and predictors of the complete rows, and which rows those are."""
    size = np.asarray(outcome).shape[0] if np.asarray(outcome).ndim == 1 else 0
    y = _column(outcome, size, "the outcome")
    columns = {name: _column(v, size, f"predictor {name}") for name, v in fixed.items()}
    whole = ~np.isnan(y)
    for values in columns.values():
        whole &= ~np.isnan(values)
    return y[whole], {name: v[whole] for name, v in columns.items()}, whole


def _prepare(
    outcome: ArrayLike,
    fixed: Mapping[str, ArrayLike],
    labels: Labels,
    slopes: Sequence[str],
    therapists: Labels | None,
) -> _Data:
    """The rows checked, sorted by therapist and person, on scales that keep their digits."""
    y, columns, whole = _kept(outcome, fixed)
    unknown = [name for name in slopes if name not in columns]
    if unknown:
        raise InputError(
            f"{unknown[0]} is not among the predictors",
            where="the slopes",
            fix="a slope that differs between people needs its mean among the fixed effects",
        )
    every, person = _codes(labels, len(whole), "the people")
    above, therapist = (
        (None, np.zeros(len(whole), np.intp))
        if therapists is None
        else _codes(therapists, len(whole), "the therapists")
    )
    person_labels, person = np.unique(person[whole], return_inverse=True)
    therapist_labels, therapist = np.unique(therapist[whole], return_inverse=True)
    _enough(len(y), 1 + len(columns), len(person_labels), 1 + len(slopes))
    _nested(person, therapist, every[person_labels])
    order = np.lexsort((person, therapist))
    design = np.column_stack([np.ones(len(y)), *columns.values()])[order]
    q, r = decompose(design, tuple(columns))
    inverse = np.asarray(np.linalg.inv(r), np.float64)
    start = inverse @ (q.T @ y[order])
    response = y[order] - design @ start
    spread = float(np.sqrt((response**2).mean()))
    if spread <= 1e-10 * max(float(np.abs(y).max()), 1e-300):
        raise InputError(
            "the predictors explain the outcome without any rest",
            where="the outcome",
            fix="check the data",
        )
    places = [1 + list(columns).index(name) for name in slopes]
    scale = np.sqrt((design[:, [0, *places]] ** 2).mean(axis=0))
    return _Data(
        rows=Rows(
            design=q,
            response=response / spread,
            random=design[:, [0, *places]] / scale,
            person=person[order].astype(np.intp),
            therapist=therapist[order].astype(np.intp),
        ),
        left_out=int((~whole).sum()),
        terms=("(Intercept)", *columns),
        random_terms=("(Intercept)", *slopes),
        random_scale=scale,
        start=start,
        inverse=inverse,
        log_scale=float(np.log(np.abs(np.diag(r))).sum()),
        spread=spread,
        person_labels=every[person_labels],
        therapist_labels=None if above is None else above[therapist_labels],
    )


def _search(known: Blocks, *, therapists: bool, reml: bool) -> Found:
    """The relative standard deviations of the highest likelihood.

    A standard deviation of 0 is level ground wherever the summit is, and a long first step can
    land there: an end with one is tried again from smaller starts.
    """
    q = known.patterns.shape[1]
    on_diagonal = np.array(diagonal(q) + [True] * therapists)

    def criterion(theta: Numbers) -> tuple[float, Numbers]:
        at = profile(known, theta, therapists=therapists, reml=reml)
        return at.value / known.rows, at.gradient / known.rows

    lower = np.where(on_diagonal, 0.0, -np.inf)
    best = minimise(criterion, on_diagonal.astype(np.float64), lower)
    for size in RESTARTS:
        if not (best.place[on_diagonal] < SINGULAR).any():
            break
        again = minimise(criterion, size * on_diagonal, lower)
        if again.value < best.value:
            best = again
    return best


def fit(
    outcome: ArrayLike,
    fixed: Mapping[str, ArrayLike],
    labels: Labels,
    *,
    slopes: Sequence[str] = (),
    therapists: Labels | None = None,
    method: Method = Method.REML,
    level: float = 0.95,
) -> MixedModel:
    """The mixed model of long data: one value a row (a person at one time) in every argument.

    `labels` says whose row it is; people differ in the intercept and in the slopes of the
    predictors named in `slopes`, which may correlate. `therapists` adds a random intercept
    above the people. NaN marks a missing value; its row is left out and counted.
    Errors: InputError for unequal lengths, a slope that is no predictor, a person with two
    therapists, too few rows for the model, or predictors that are not independent.
    """
    data = _prepare(outcome, fixed, labels, slopes, therapists)
    members = people(data.rows)
    known = blocks(data.rows, members)
    above, reml = therapists is not None, method is Method.REML
    found = _search(known, therapists=above, reml=reml)
    best = profile(known, found.place, therapists=above, reml=reml)
    on_diagonal = np.array(diagonal(len(data.random_terms)) + [True] * above)
    singular = bool((found.place[on_diagonal] < SINGULAR).any())
    variance = best.residual_variance * data.spread**2
    beta = data.start + data.spread * (data.inverse @ best.coefficients)
    covariance = variance * (
        data.inverse @ np.asarray(np.linalg.inv(best.information)) @ data.inverse.T
    )
    se = np.sqrt(np.diag(covariance))
    reach = normal_quantile((1 + level) / 2) * se
    # The criterion was computed in other units: of the outcome, and in REML of the predictors.
    df = known.rows - len(beta) if reml else known.rows
    deviance = best.value + df * 2 * float(np.log(data.spread)) + 2 * data.log_scale * reml
    parameters = len(beta) + len(found.place) + 1
    return MixedModel(
        terms=data.terms,
        rows=known.rows,
        left_out=data.left_out,
        level=level,
        coefficients=beta,
        covariance=covariance,
        se=se,
        z=beta / se,
        p=normal_two_sided(beta / se),
        low=beta - reach,
        high=beta + reach,
        person=_people(data, members, found.place, best),
        therapist=_therapists(data, found.place, best),
        residual_variance=variance,
        log_likelihood=-deviance / 2,
        aic=deviance + 2 * parameters,
        bic=deviance + float(np.log(known.rows)) * parameters,
        method=method,
        converged=found.converged,
        singular=singular,
        warnings=_warnings(data, found, singular=singular),
    )


def _variation(
    terms: tuple[str, ...], covariance: Numbers, labels: NDArray[Any], effects: Numbers
) -> Variation:
    sd = np.sqrt(np.diag(covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = covariance / np.outer(sd, sd)
    return Variation(
        terms=terms,
        covariance=covariance,
        sd=sd,
        correlation=correlation,
        labels=labels,
        effects=effects,
    )


def _people(data: _Data, members: People, theta: Numbers, best: Profile) -> Variation:
    """How people differ, with the predicted effects in the order of the sorted labels."""
    lower = triangle(theta, len(data.random_terms))
    relative = lower @ lower.T
    contrast = np.concatenate([-best.coefficients, [1.0]])
    left = members.cross[:, :, :-1] @ contrast
    left -= members.cross[:, :, -1] * best.therapist_effects[members.therapist][:, None]
    shrink = np.linalg.inv(np.eye(len(lower)) + members.inner @ relative)
    effects = np.empty_like(left)
    effects[members.code] = np.einsum("ij,njk,nk->ni", relative, shrink, left)
    units = data.spread / data.random_scale
    return _variation(
        data.random_terms,
        relative * best.residual_variance * np.outer(units, units),
        data.person_labels,
        effects * units,
    )


def _therapists(data: _Data, theta: Numbers, best: Profile) -> Variation | None:
    """How therapists differ; None without them."""
    if data.therapist_labels is None:
        return None
    variance = float(theta[-1]) ** 2 * best.residual_variance * data.spread**2
    return _variation(
        ("(Intercept)",),
        np.array([[variance]]),
        data.therapist_labels,
        best.therapist_effects[:, None] * data.spread,
    )


def _warnings(data: _Data, found: Found, *, singular: bool) -> tuple[str, ...]:
    """What the reader of the estimates must know."""
    said: list[str] = []
    if not found.converged:
        said.append(
            "The search for the highest likelihood did not settle: do not rely on this model."
        )
    if singular:
        said.append(
            "The model is singular: one of its variances is estimated as 0, or people's "
            "intercepts and slopes as perfectly correlated. The data do not carry all its "
            "random effects; a simpler model says the same."
        )
    if data.left_out:
        said.append(
            f"{data.left_out} of {data.left_out + len(data.rows.response)} rows have a missing "
            "value and were left out, which is right as long as drop-out depends only on what "
            "the model contains."
        )
    few = 0 if data.therapist_labels is None else len(data.therapist_labels)
    if 0 < few < 30:
        said.append(
            f"There are only {few} therapists: their variance is uncertain, and intervals of "
            "what differs between therapists are too narrow."
        )
    return tuple(said)


def intraclass(model: MixedModel) -> dict[str, float]:
    """The share of the variance around the fixed effects that each grouping holds at slope 0.

    Keys "person" and, with therapists, "therapist"; at the time coded 0 where slopes differ.
    Source: Snijders and Bosker 2012, Multilevel Analysis (2nd ed.), p. 18 and 68.
    """
    parts = {"person": float(model.person.covariance[0, 0])}
    if model.therapist is not None:
        parts["therapist"] = float(model.therapist.covariance[0, 0])
    whole = sum(parts.values()) + model.residual_variance
    return {name: part / whole for name, part in parts.items()}
