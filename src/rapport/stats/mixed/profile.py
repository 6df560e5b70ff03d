"""The likelihood of a mixed model as a function of its relative standard deviations alone.

Fixed effects and the residual variance are profiled out, as in lme4; the random effects are
integrated out person by person, then therapist by therapist, and the gradient is exact.
Source: Bates, Mächler, Bolker and Walker 2015, doi 10.18637/jss.v067.i01, section 3.4 (the
profiled deviance and REML criterion, formulas 34 and 41).

With S = L L' the covariance of a person's effects in units of the residual variance, A = Z'Z and
W = Z'F: the part of F'F that the effects take is W' S (I + A S)^-1 W.
"""

from itertools import pairwise

import msgspec
import numpy as np

from rapport.stats.arrays import Numbers
from rapport.stats.mixed.moments import Blocks


class Profile(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The criterion (minus twice the log likelihood) at one place, and what was profiled out.

    `information` is X'V^-1 X with V in units of the residual variance; `taken` and `effects`
    (one a therapist) lead to the predicted effects.
    """

    value: float
    gradient: Numbers
    coefficients: Numbers
    information: Numbers
    residual_variance: float
    therapist_effects: Numbers


def triangle(theta: Numbers, q: int) -> Numbers:
    """The lower triangle L that the first q (q + 1) / 2 numbers fill row by row."""
    found = np.zeros((q, q))
    found[np.tril_indices(q)] = theta[: q * (q + 1) // 2]
    return found


def diagonal(q: int) -> list[bool]:
    """Which of the numbers stand on the diagonal of the triangle (and so are not negative)."""
    rows, columns = np.tril_indices(q)
    return [bool(same) for same in rows == columns]


class _Eliminated(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """People and therapists taken out: C = F'V^-1F and the pieces of its derivative."""

    c: Numbers
    log_determinants: float
    shrink: Numbers
    shrunk: Numbers
    above: Numbers
    spread: Numbers
    grown: Numbers


def _eliminate(blocks: Blocks, lower: Numbers, tau: float) -> _Eliminated:
    """Integrate the random effects out; the last column of F is the 1 of the therapists."""
    covariance = lower @ lower.T
    q, columns = blocks.cross.shape[1:]
    shrink = np.asarray(np.linalg.inv(np.eye(q) + blocks.patterns @ covariance), np.float64)
    shrunk = shrink[blocks.pattern] @ blocks.cross
    share = covariance @ shrunk
    above = blocks.totals.copy()
    for place, (a, b) in enumerate(pairwise(blocks.ends)):
        left = blocks.cross[a:b].reshape(-1, columns)
        above[place] -= left.T @ share[a:b].reshape(-1, columns)
    spread, own = above[:, :-1, -1], above[:, -1, -1]
    grown = 1 + tau**2 * own
    taken = np.einsum("ka,kb,k->ab", spread, spread, tau**2 / grown)
    logs = -float(blocks.counts @ np.linalg.slogdet(shrink)[1]) + float(np.log(grown).sum())
    c = above[:, :-1, :-1].sum(axis=0) - taken
    return _Eliminated(
        c=c,
        log_determinants=logs,
        shrink=shrink,
        shrunk=shrunk,
        above=above,
        spread=spread,
        grown=grown,
    )


def profile(blocks: Blocks, theta: Numbers, *, therapists: bool, reml: bool) -> Profile:
    """The criterion and its gradient at theta: the triangle L, then the therapists' tau."""
    q, p = blocks.cross.shape[1], blocks.cross.shape[2] - 2
    lower = triangle(theta, q)
    tau = float(theta[-1]) if therapists else 0.0
    out = _eliminate(blocks, lower, tau)
    information = out.c[:p, :p]
    inverse = np.asarray(np.linalg.inv(information), np.float64)
    beta = inverse @ out.c[:p, p]
    rss = float(out.c[p, p] - beta @ out.c[:p, p])
    df = blocks.rows - p if reml else blocks.rows
    value = out.log_determinants + df * (1 + float(np.log(2 * np.pi * rss / df)))
    if reml:
        value += float(np.linalg.slogdet(information)[1])
    # d value = sum of weight * dC, with `weight` over [X, y]: from the residuals and, in REML,
    # from the determinant of the information.
    contrast = np.append(-beta, 1.0)
    weight = np.outer(contrast, contrast) * (df / rss)
    if reml:
        weight[:p, :p] += inverse
    return Profile(
        value=value,
        gradient=_gradient(blocks, out, lower, tau if therapists else None, weight),
        coefficients=beta,
        information=information,
        residual_variance=rss / df,
        therapist_effects=tau**2 / out.grown * (out.spread @ contrast),
    )


def _gradient(
    blocks: Blocks, out: _Eliminated, lower: Numbers, tau: float | None, weight: Numbers
) -> Numbers:
    """The derivative by theta: dC = -(P V)' dS (P V) with P the shrunk Z'F and V the therapist's part."""
    square = 0.0 if tau is None else tau**2
    share = square / out.grown
    therapist = blocks.therapist
    ones = out.shrunk[:, :, -1]
    own = out.shrunk[:, :, :-1] - np.einsum(
        "nq,na->nqa", ones, (out.spread * share[:, None])[therapist]
    )
    by_covariance = np.einsum("g,gij->ij", blocks.counts, out.shrink @ blocks.patterns)
    weighted = (own @ weight).transpose(1, 0, 2).reshape(own.shape[1], -1)
    by_covariance -= weighted @ own.transpose(1, 0, 2).reshape(own.shape[1], -1).T
    by_covariance -= (ones * share[therapist][:, None]).T @ ones
    by_lower = 2 * by_covariance @ lower
    found = by_lower[np.tril_indices(len(lower))]
    if tau is None:
        return found
    curve = (out.above[:, -1, -1] / out.grown).sum() - np.einsum(
        "ka,ab,kb,k->", out.spread, weight, out.spread, 1 / out.grown**2
    )
    return np.append(found, 2 * tau * curve)
