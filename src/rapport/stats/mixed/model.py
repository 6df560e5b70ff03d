"""Linear mixed models of repeated measurements: people differ in level and slope, therapists in level.

Estimated by REML (default) or maximum likelihood, profiled as in lme4, from cross-products that
are summed once (`rapport.stats.mixed.moments`). A person belongs to one therapist.
Sources: Bates, Mächler, Bolker and Walker 2015, doi 10.18637/jss.v067.i01; Laird and Ware 1982,
doi 10.2307/2529876 (REML, predicted effects).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rapport.stats.arrays import Numbers, Truths
from rapport.stats.distributions import t_quantile, t_two_sided
from rapport.stats.minimise import Found, minimise, smallest
from rapport.stats.mixed.data import Data, Labels, prepare
from rapport.stats.mixed.moments import Blocks, People, blocks, people
from rapport.stats.mixed.precision import Precision, degrees, precision
from rapport.stats.mixed.profile import Profile, diagonal, profile, triangle
from rapport.stats.mixed.serial import without_memory

# As lme4's isSingular: a relative standard deviation below this counts as none.
SINGULAR = 1e-4
# Where the search starts again when it ended there.
RESTARTS = (0.3, 0.03)
# Residuals do not correlate more than this from wave to wave.
SERIAL = 0.99


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

    `terms` names the fixed effects, "(Intercept)" first; p and the interval are Student's with
    Satterthwaite's `df`; see `contrast` for sums of effects. `rows` were
    used, `left_out` had a missing value; leaving them out is right as long as dropping out
    depends only on what the model contains. `aic` and `bic` count variances; `bic` uses rows.
    `serial` is the correlation of residuals one wave apart, None where they are independent.
    `singular`: a variance is 0 or a correlation 1. `warnings` are sentences for the reader.
    """

    terms: tuple[str, ...]
    rows: int
    left_out: int
    level: float
    coefficients: Numbers
    covariance: Numbers
    se: Numbers
    t: Numbers
    df: Numbers
    p: Numbers
    low: Numbers
    high: Numbers
    precision: Precision
    person: Variation
    therapist: Variation | None
    residual_variance: float
    serial: float | None
    log_likelihood: float
    aic: float
    bic: float
    method: Method
    converged: bool
    singular: bool
    warnings: tuple[str, ...]


class _Solved(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The highest likelihood: where, what was profiled out, and the people it was computed from."""

    found: Found
    best: Profile
    members: People
    known: Blocks
    added: float
    serial: float | None

    @property
    def value(self) -> float:
        """Minus twice the log likelihood in the units of the prepared rows."""
        return self.best.value + self.added


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


def _solve(data: Data, serial: float | None, *, therapists: bool, reml: bool) -> _Solved:
    """The best variances for one correlation of neighbouring residuals (None: independent)."""
    rows, added = data.rows, 0.0
    if serial is not None and data.gaps is not None:
        rows, added = without_memory(rows, data.gaps, serial)
    members = people(rows)
    known = blocks(rows, members)
    found = _search(known, therapists=therapists, reml=reml)
    return _Solved(
        found=found,
        best=profile(known, found.place, therapists=therapists, reml=reml),
        members=members,
        known=known,
        added=added,
        serial=serial,
    )


def _best(data: Data, *, therapists: bool, reml: bool) -> _Solved:
    """The best variances, and with waves the best correlation of neighbouring residuals."""
    if data.gaps is None:
        return _solve(data, None, therapists=therapists, reml=reml)
    size = len(data.rows.response)

    def at(serial: float) -> float:
        return _solve(data, serial, therapists=therapists, reml=reml).value / size

    return _solve(data, smallest(at, -SERIAL, SERIAL), therapists=therapists, reml=reml)


def fit(
    outcome: ArrayLike,
    fixed: Mapping[str, ArrayLike],
    labels: Labels,
    *,
    slopes: Sequence[str] = (),
    therapists: Labels | None = None,
    waves: ArrayLike | None = None,
    method: Method = Method.REML,
    level: float = 0.95,
) -> MixedModel:
    """The mixed model of long data: one value a row (a person at one time) in every argument.

    `labels` says whose row it is; people differ in the intercept and in the slopes of the
    predictors named in `slopes`, which may correlate. `therapists` adds a random intercept
    above the people. With `waves` (whole numbers that count measurements) the residuals of a
    person correlate the more the nearer they are. NaN marks a missing value; its row is left out
    and counted.
    Errors: InputError for unequal lengths, a slope that is no predictor, a person with two
    therapists or two rows of a wave, too few rows, or predictors that are not independent.
    """
    data = prepare(outcome, fixed, labels, slopes=slopes, therapists=therapists, waves=waves)
    reml = method is Method.REML
    solved = _best(data, therapists=therapists is not None, reml=reml)
    return _model(data, solved, method, level)


def _covariance(data: Data, at: Profile) -> Numbers:
    """The covariance matrix of the fixed effects in original units."""
    unscaled = np.asarray(np.linalg.inv(at.information), np.float64)
    covariance = data.inverse @ unscaled @ data.inverse.T
    return covariance * (at.residual_variance * data.spread**2)


def _precision(data: Data, solved: _Solved, free: Truths, reml: bool) -> Precision:
    """What the degrees of freedom rest on; a serial correlation is taken as known."""
    above = data.therapist_labels is not None

    def at(theta: Numbers) -> Profile:
        return profile(solved.known, theta, therapists=above, reml=reml)

    return precision(
        lambda theta: at(theta).gradient,
        lambda theta: _covariance(data, at(theta)),
        solved.found.place,
        free,
        float(solved.known.rows - (len(data.terms) if reml else 0)),
    )


def _model(data: Data, solved: _Solved, method: Method, level: float) -> MixedModel:
    """The solution in the units of the data."""
    best, place = solved.best, solved.found.place
    above, reml = data.therapist_labels is not None, method is Method.REML
    on_diagonal = np.array(diagonal(len(data.random_terms)) + [True] * above)
    singular = bool((place[on_diagonal] < SINGULAR).any())
    variance = best.residual_variance * data.spread**2
    beta = data.start + data.spread * (data.inverse @ best.coefficients)
    covariance = _covariance(data, best)
    precise = _precision(data, solved, place > np.where(on_diagonal, SINGULAR, -np.inf), reml)
    se, freedom = np.sqrt(np.diag(covariance)), degrees(precise, covariance, np.eye(len(beta)))
    reach = t_quantile((1 + level) / 2, freedom) * se
    # The criterion was computed in other units: of the outcome, and in REML of the predictors.
    df = solved.known.rows - len(beta) if reml else solved.known.rows
    deviance = solved.value + df * 2 * float(np.log(data.spread)) + 2 * data.log_scale * reml
    parameters = len(beta) + len(place) + 1 + (solved.serial is not None)
    return MixedModel(
        terms=data.terms,
        rows=solved.known.rows,
        left_out=data.left_out,
        level=level,
        coefficients=beta,
        covariance=covariance,
        se=se,
        t=beta / se,
        df=freedom,
        p=t_two_sided(beta / se, freedom),
        low=beta - reach,
        high=beta + reach,
        precision=precise,
        person=_people(data, solved),
        therapist=_therapists(data, place, best),
        residual_variance=variance,
        serial=solved.serial,
        log_likelihood=-deviance / 2,
        aic=deviance + 2 * parameters,
        bic=deviance + float(np.log(solved.known.rows)) * parameters,
        method=method,
        converged=solved.found.converged,
        singular=singular,
        warnings=_warnings(data, solved.found, singular=singular),
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


def _people(data: Data, solved: _Solved) -> Variation:
    """How people differ, with the predicted effects in the order of the sorted labels."""
    members, theta, best = solved.members, solved.found.place, solved.best
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


def _therapists(data: Data, theta: Numbers, best: Profile) -> Variation | None:
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


def _warnings(data: Data, found: Found, *, singular: bool) -> tuple[str, ...]:
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
        said.append(f"There are only {few} therapists: how much they differ is uncertain.")
    return tuple(said)


class Slope(msgspec.Struct, frozen=True, kw_only=True):
    """One fixed effect, or a sum of them, with its interval at the level of the model."""

    name: str
    estimate: float
    se: float
    t: float
    df: float
    p: float
    low: float
    high: float


def contrast(name: str, model: MixedModel, weights: Mapping[str, float]) -> Slope:
    """The sum of fixed effects, each times its weight. Errors: KeyError for an unknown term."""
    unknown = set(weights) - set(model.terms)
    if unknown:
        raise KeyError(min(unknown))
    row = np.array([weights.get(term, 0.0) for term in model.terms])
    estimate = float(row @ model.coefficients)
    se = float((row @ model.covariance @ row) ** 0.5)
    df = float(degrees(model.precision, model.covariance, row[None, :])[0])
    reach = float(t_quantile((1 + model.level) / 2, df)) * se
    return Slope(
        name=name,
        estimate=estimate,
        se=se,
        t=estimate / se,
        df=df,
        p=float(t_two_sided(estimate / se, df)),
        low=estimate - reach,
        high=estimate + reach,
    )


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
