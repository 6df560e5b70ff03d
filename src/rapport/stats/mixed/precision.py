"""How many degrees of freedom the standard error of a fixed effect has.

A standard error rests on estimated variances. By Satterthwaite's method its degrees of freedom
are those of the chi-squared distribution with the same mean and variance: 2 v² / var(v), where
var(v) follows from how the squared error v moves with the variances, and from how well the data
know these. What only 14 therapists carry so has about 13, however many people there are.
Source: Kuznetsova, Brockhoff and Christensen 2017, doi 10.18637/jss.v082.i13, section 2.2; Fai
and Cornelius 1996, doi 10.1080/00949659608811740.
"""

from collections.abc import Callable

import msgspec
import numpy as np

from rapport.stats.arrays import Numbers, Truths
from rapport.stats.minimise import hessian


class Precision(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What degrees of freedom are computed from.

    `slopes` (k x p x p) is how the covariance matrix of the fixed effects moves with each of k
    relative standard deviations, `spread` (k x k) their covariance matrix, `residual` the
    degrees of freedom of the residual variance.
    """

    slopes: Numbers
    spread: Numbers
    residual: float


def precision(
    gradient: Callable[[Numbers], Numbers],
    covariance: Callable[[Numbers], Numbers],
    place: Numbers,
    free: Truths,
    residual: float,
) -> Precision:
    """Precision at the estimate, from minus twice the log likelihood's gradient.

    Standard deviations that are not free (at 0) are taken as known, and all of them where the
    likelihood has no summit there.
    """
    curvature = hessian(gradient, place)[np.ix_(free, free)]
    size = len(covariance(place))
    nothing = Precision(
        slopes=np.zeros((0, size, size)), spread=np.zeros((0, 0)), residual=residual
    )
    if not len(curvature) or np.linalg.eigvalsh(curvature)[0] <= 0:
        return nothing
    slopes: list[Numbers] = []
    for place_ in np.flatnonzero(free):
        step = np.zeros(len(place))
        step[place_] = 1e-4 * max(1.0, abs(float(place[place_])))
        ends = covariance(place + step), covariance(place - step)
        slopes.append((ends[0] - ends[1]) / (2 * step[place_]))
    spread = 2 * np.asarray(np.linalg.inv(curvature), np.float64)
    return Precision(slopes=np.stack(slopes), spread=spread, residual=residual)


def degrees(known: Precision, covariance: Numbers, weights: Numbers) -> Numbers:
    """The degrees of freedom of sums of fixed effects: one for each row of weights.

    Along the profiled likelihood the residual variance moves with the others; its own
    uncertainty adds 2 v² / residual.
    """
    variance = np.einsum("ri,ij,rj->r", weights, covariance, weights)
    moved = np.einsum("ri,kij,rj->rk", weights, known.slopes, weights)
    uncertain = np.einsum("rk,kl,rl->r", moved, known.spread, moved)
    return 2 * variance**2 / (uncertain + 2 * variance**2 / known.residual)
