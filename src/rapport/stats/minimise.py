"""The smallest value of a smooth function within bounds: the one typed border to scipy.optimize."""

from collections.abc import Callable
from typing import Any, cast

import msgspec
import numpy as np
from scipy import optimize

from rapport.stats.arrays import Numbers

_minimise = cast(Callable[..., Any], cast(Any, optimize).minimize)
_between = cast(Callable[..., Any], cast(Any, optimize).minimize_scalar)

# The search ends where the slope along every free direction is below this.
SLOPE = 1e-9
# Of differences: its square is what they miss, and one part in it what rounding adds.
STEP = 1e-5


class Found(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Where the search ended; `converged` if the slope is flat in every direction left free."""

    place: Numbers
    value: float
    evaluations: int
    converged: bool


def _steepest(place: Numbers, gradient: Numbers, lower: Numbers) -> float:
    """The largest slope that a step within the bounds could follow."""
    free = (place > lower) | (gradient < 0)
    return float(np.abs(gradient[free]).max(initial=0.0))


def minimise(
    function: Callable[[Numbers], tuple[float, Numbers]],
    start: Numbers,
    lower: Numbers,
) -> Found:
    """A local minimum from `start` with each coordinate at or above `lower` (-inf: free).

    `function` returns value and gradient, of order 1. Steps of L-BFGS-B (Byrd, Lu, Nocedal and
    Zhu 1995, doi 10.1137/0916069), then Newton's with the curvature differenced from the
    gradient, which reach the last digits where differences of values no longer can.
    """
    first = _minimise(
        function,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(end if np.isfinite(end) else None, None) for end in lower],
        options={"maxiter": 500, "ftol": 1e-14, "gtol": SLOPE / 10},
    )
    place, evaluations = np.asarray(first.x, np.float64), int(first.nfev)
    value, gradient = function(place)
    for _ in range(4):
        if _steepest(place, gradient, lower) < SLOPE / 100:
            break
        step = _newton(function, place, gradient, lower)
        evaluations += 2 * len(place) + 1
        moved = np.maximum(place - step, lower)
        new_value, new_gradient = function(moved)
        if not _steepest(moved, new_gradient, lower) < _steepest(place, gradient, lower):
            break
        place, value, gradient = moved, new_value, new_gradient
    return Found(
        place=place,
        value=value,
        evaluations=evaluations,
        converged=_steepest(place, gradient, lower) < 100 * SLOPE,
    )


def _newton(
    function: Callable[[Numbers], tuple[float, Numbers]],
    place: Numbers,
    gradient: Numbers,
    lower: Numbers,
) -> Numbers:
    """Newton's step along the coordinates that are not held at their bound."""
    held = (place <= lower) & (gradient >= 0)
    curvature = hessian(lambda at: function(at)[1], place)
    curvature[held, :] = curvature[:, held] = 0
    curvature[held, held] = 1
    step = np.linalg.lstsq(curvature, np.where(held, 0.0, gradient), rcond=1e-12)[0]
    return np.asarray(step, np.float64)


def smallest(function: Callable[[float], float], low: float, high: float) -> float:
    """Where between two ends a function with one valley is smallest (Brent's method)."""
    found = _between(function, bounds=(low, high), method="bounded", options={"xatol": 1e-8})
    return float(found.x)


def hessian(gradient: Callable[[Numbers], Numbers], place: Numbers) -> Numbers:
    """The matrix of second derivatives from central differences of the gradient."""
    found = np.empty((len(place), len(place)))
    for i in range(len(place)):
        at = np.zeros(len(place))
        at[i] = STEP * max(1.0, abs(float(place[i])))
        found[i] = (gradient(place + at) - gradient(place - at)) / (2 * at[i])
    return (found + found.T) / 2
