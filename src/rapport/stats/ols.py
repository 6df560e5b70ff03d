"""Ordinary least squares with standard errors for unequal variances and for few clusters.

The point estimate goes through a QR decomposition of the people's rows, which the robust
standard errors need anyway; resampled regressions go through `rapport.stats.moments`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole, codes, numbers
from rapport.stats.distributions import f_above, t_quantile, t_two_sided
from rapport.stats.moments import adjusted_r2

# A predictor of which less than this is left (on the scale of standard deviations) is a
# combination of the others.
RANK_TOLERANCE = 1e-7


class Errors(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Standard errors of one kind, with the test and the interval that go with them.

    All arrays have one value a coefficient, the intercept first. `df` are the degrees of
    freedom of Student's t for each coefficient.
    """

    kind: str
    level: float
    covariance: Numbers
    se: Numbers
    t: Numbers
    df: Numbers
    p: Numbers
    low: Numbers
    high: Numbers


class Quality(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """How well a regression fits as a whole; `aic` and `bic` count the error variance."""

    r2: float
    adjusted_r2: float
    sigma: float
    f: float
    f_df: tuple[int, int]
    f_p: float
    log_likelihood: float
    aic: float
    bic: float


class Regression(Quality, frozen=True, kw_only=True, eq=False):
    """One least-squares regression.

    `terms` names the coefficients, "(Intercept)" first; `coefficients` are in original units,
    `standardised` (one a predictor, without the intercept) in standard deviations of outcome a
    standard deviation of predictor. `residuals`, `leverage` and `cooks_distance` have one value
    a person, `vif` one a predictor. `aic` and `bic` count the error variance as a parameter.
    `classical` assumes equal variances, `hc3` does not; see `cr2` for therapists.
    """

    terms: tuple[str, ...]
    n: int
    coefficients: Numbers
    standardised: Numbers
    vif: Numbers
    residuals: Numbers
    leverage: Numbers
    cooks_distance: Numbers
    classical: Errors
    hc3: Errors
    # The orthonormal basis of the predictors and the triangle that leads to it: design = q r.
    q: Numbers
    r: Numbers


def _errors(
    kind: str, estimate: Numbers, covariance: Numbers, df: Numbers, level: float
) -> Errors:
    """Test and interval from a covariance matrix and degrees of freedom."""
    se = np.sqrt(np.diag(covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = estimate / se
    reach = t_quantile((1 + level) / 2, df) * se
    return Errors(
        kind=kind,
        level=level,
        covariance=covariance,
        se=se,
        t=t,
        df=df,
        p=t_two_sided(t, df),
        low=estimate - reach,
        high=estimate + reach,
    )


def _design(outcome: Numbers, predictors: Mapping[str, ArrayLike]) -> Numbers:
    """People x (1 + predictors), checked for length, size and independence."""
    parts = [np.ones(len(outcome))]
    for name, values in predictors.items():
        parts.append(numbers(values, where=f"predictor {name}", dimensions=1))
        if len(parts[-1]) != len(outcome):
            raise InputError(
                f"{len(parts[-1])} values for {len(outcome)} people",
                where=f"predictor {name}",
                fix="pass one value a person",
            )
    design = np.column_stack(parts)
    if len(outcome) <= design.shape[1]:
        raise InputError(
            f"{len(outcome)} people cannot carry {design.shape[1]} parameters",
            where="the regression",
            fix="use fewer predictors",
        )
    return design


def decompose(design: Numbers, names: Sequence[str]) -> tuple[Numbers, Numbers]:
    """q and r of the design; InputError naming the first predictor that the others make up."""
    scale = np.sqrt((design**2).mean(axis=0))
    scale[scale == 0] = 1
    q, r = np.linalg.qr(design / scale)
    spread = np.maximum(design.std(axis=0) / scale, 1e-300)
    spread[0] = 1
    left = np.abs(np.diag(r)) / (np.sqrt(len(design)) * spread)
    constant = design.std(axis=0) <= 1e-13 * np.abs(design).max(axis=0)
    constant[0] = False
    for place in np.flatnonzero((left < RANK_TOLERANCE) | constant):
        raise InputError(
            "the predictor is constant or a combination of the earlier ones",
            where=f"predictor {names[int(place) - 1]}",
            fix="leave it out",
        )
    return q, r * scale


def _solve(
    y: Numbers, design: Numbers, q: Numbers, inverse: Numbers
) -> tuple[Numbers, Numbers, float]:
    """Coefficients, residuals and the total sum of squares; InputError for a constant outcome."""
    # With the mean taken off, a large mean does not cost digits.
    centred = y - y.mean()
    total = float(centred @ centred)
    if total <= 1e-26 * max(float(y @ y), 1e-300):
        raise InputError("the outcome is constant", where="the outcome", fix="check the data")
    coefficients = inverse @ (q.T @ centred)
    residuals = centred - design @ coefficients
    coefficients[0] += y.mean()
    return coefficients, residuals, total


def _robust(
    q: Numbers, inverse: Numbers, residuals: Numbers, leverage: Numbers
) -> tuple[Numbers, Numbers]:
    """A root of the HC3 covariance (coefficients x people), and Cook's distance of each person."""
    n, k = q.shape
    variance = float(residuals @ residuals) / (n - k)
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = residuals / (1 - leverage)
        cooks = left_out**2 * leverage / (k * variance)
    return inverse @ (q * left_out[:, None]).T, cooks


def _quality(rss: float, total: float, n: int, k: int) -> Quality:
    """From the sums of squares of residuals and outcome, of n people and k coefficients."""
    r2 = 1 - rss / total
    f = (r2 / (k - 1)) / ((1 - r2) / (n - k)) if k > 1 else float("nan")
    log_likelihood = float(-n / 2 * (np.log(2 * np.pi * rss / n) + 1))
    return Quality(
        r2=r2,
        adjusted_r2=float(adjusted_r2(r2, n, k - 1)),
        sigma=float(np.sqrt(rss / (n - k))),
        f=f,
        f_df=(k - 1, n - k),
        f_p=float(f_above(f, k - 1, n - k)),
        log_likelihood=log_likelihood,
        aic=-2 * log_likelihood + 2 * (k + 1),
        bic=float(-2 * log_likelihood + np.log(n) * (k + 1)),
    )


def fit(
    outcome: ArrayLike, predictors: Mapping[str, ArrayLike], *, level: float = 0.95
) -> Regression:
    """The regression of the outcome on the predictors (one value a person each) and an intercept.

    HC3 divides each squared residual by (1 - leverage)²; a person with leverage 1 makes its
    standard errors NaN. Its t has n - k degrees of freedom.
    Sources: Long and Ervin 2000, doi 10.1080/00031305.2000.10474549, p. 218 (HC3).
    Errors: InputError for missing values, unequal lengths, fewer people than parameters, a
    constant outcome or predictors that are not independent.
    """
    y = numbers(outcome, where="the outcome", dimensions=1)
    names = tuple(predictors)
    design = _design(y, predictors)
    q, r = decompose(design, names)
    n, k = design.shape
    inverse = np.asarray(np.linalg.inv(r), np.float64)
    coefficients, residuals, total = _solve(y, design, q, inverse)
    rss = float(residuals @ residuals)
    leverage = np.einsum("ij,ij->i", q, q)
    unscaled = inverse @ inverse.T
    df = np.full(k, float(n - k))
    half, cooks = _robust(q, inverse, residuals, leverage)
    spread = design[:, 1:].std(axis=0)
    return Regression(
        terms=("(Intercept)", *names),
        n=n,
        coefficients=coefficients,
        standardised=coefficients[1:] * spread / y.std(),
        vif=np.diag(unscaled)[1:] * spread**2 * n,
        residuals=residuals,
        leverage=leverage,
        cooks_distance=cooks,
        classical=_errors("classical", coefficients, unscaled * rss / (n - k), df, level),
        hc3=_errors("HC3", coefficients, half @ half.T, df, level),
        q=q,
        r=r,
        **msgspec.structs.asdict(_quality(rss, total, n, k)),
    )


def cr2(
    fitted: Regression, clusters: Sequence[Any] | NDArray[Any], *, level: float = 0.95
) -> Errors:
    """Standard errors for people in few clusters (therapists), with Satterthwaite's df.

    The bias-reduced linearisation of Bell and McCaffrey with an identity working model: the
    residuals of cluster i are multiplied by (I - H_ii)^(-1/2), its inverse taken where it
    exists. Linear in people: H_ii has the rank of the predictors, so only the thin singular
    value decomposition of each cluster's rows of q is needed.
    Source: Pustejovsky and Tipton 2018, doi 10.1080/07350015.2016.1247004, sections 2.1 and 2.3.
    Errors: InputError for fewer than two clusters or another number of labels than people.
    """
    members = _members(fitted.n, clusters)
    inverse = np.asarray(np.linalg.inv(fitted.r), np.float64)
    order = np.argsort(members, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(members[order])) + 1)
    parts = [_of_cluster(fitted.q[one], fitted.residuals[one], inverse) for one in rows]
    scores, lengths, inner = (np.stack(part) for part in zip(*parts, strict=True))
    return _errors(
        "CR2",
        fitted.coefficients,
        scores.T @ scores,
        _satterthwaite(lengths, inner),
        level,
    )


def _members(people: int, clusters: Sequence[Any] | NDArray[Any]) -> Whole:
    """The number of each person's cluster; InputError unless there are two clusters or more."""
    members = codes(clusters, where="the clusters")
    if len(members) != people or members.max() == 0:
        raise InputError(
            f"{members.max() + 1} cluster(s) for {len(members)} people",
            where="the clusters",
            fix=f"pass one label for each of the {people} people, of at least two clusters",
        )
    return members


def _of_cluster(
    basis: Numbers, residuals: Numbers, inverse: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Of a cluster: its score, and for each coefficient c with g = A X M c, |g|² and u = q' g.

    `basis` are its rows of q. The columns of u are the coefficients.
    """
    left, singular, _ = np.linalg.svd(basis, full_matrices=False)
    rest = 1 - singular**2
    factor = np.where(rest > 1e-12, 1 / np.sqrt(np.maximum(rest, 1e-12)), 0) - 1
    adjusted = basis + left @ (factor[:, None] * (left.T @ basis))
    g = adjusted @ inverse.T
    return inverse @ (adjusted.T @ residuals), (g * g).sum(axis=0), basis.T @ g


def _satterthwaite(lengths: Numbers, inner: Numbers) -> Numbers:
    """Degrees of freedom of each coefficient from |g|² and u of each cluster.

    p_i'p_j = [i = j] |g_i|² - u_i'u_j; df = (sum_i p_i'p_i)² / sum_ij (p_i'p_j)².
    """
    cross = -np.einsum("iac,jac->cij", inner, inner)
    place = np.arange(len(lengths))
    cross[:, place, place] += lengths.T
    trace = np.einsum("cii->c", cross)
    return trace**2 / (cross**2).sum(axis=(1, 2))


class Step(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One step of a hierarchical regression.

    `r2_change`, `f_change` with `f_df` and `p_change` compare with the step before (at the
    first step: with the mean alone). `f_full` and `p_full` test the same change against the
    error of the last step's model instead of this step's.
    """

    added: tuple[str, ...]
    regression: Regression
    r2_change: float
    f_change: float
    f_df: tuple[int, int]
    p_change: float
    f_full: float
    p_full: float


def steps(
    outcome: ArrayLike, blocks: Sequence[Mapping[str, ArrayLike]], *, level: float = 0.95
) -> tuple[Step, ...]:
    """Regressions with one block of predictors more each time, all of the same people.

    Source: Cohen, Cohen, West and Aiken 2003, Applied Multiple Regression (3rd ed.), p. 171-173
    (F for a change in R², models I and II for the error).
    Errors: InputError as of `fit`; for an empty block or a predictor that comes twice.
    """
    models: list[Regression] = []
    so_far: dict[str, ArrayLike] = {}
    for block in blocks:
        twice = sorted(set(so_far) & set(block))
        if twice or not block:
            raise InputError(
                f"the predictor {twice[0]} comes twice" if twice else "the step adds nothing",
                where=f"step {len(models) + 1}",
                fix="name each predictor in one step",
            )
        so_far = {**so_far, **block}
        models.append(fit(outcome, so_far, level=level))
    before = [0.0, *(model.r2 for model in models)]
    return tuple(
        _step(tuple(block), model, model.r2 - r2, models[-1])
        for block, model, r2 in zip(blocks, models, before, strict=False)
    )


def _step(added: tuple[str, ...], model: Regression, change: float, last: Regression) -> Step:
    """The step that leads to this model by such a change in R²."""
    df = (len(added), model.f_df[1])
    f = change / df[0] / ((1 - model.r2) / df[1])
    full = change / df[0] / ((1 - last.r2) / last.f_df[1])
    return Step(
        added=added,
        regression=model,
        r2_change=change,
        f_change=f,
        f_df=df,
        p_change=float(f_above(f, *df)),
        f_full=full,
        p_full=float(f_above(full, df[0], last.f_df[1])),
    )
