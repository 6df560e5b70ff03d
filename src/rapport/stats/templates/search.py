"""The parameters of a template at the highest likelihood, from several starts, and their errors.

Steps go along the expected information (Fisher scoring), damped where they do not help; the last
digits come from Newton's steps with the observed information, which is also what says whether
the place is a summit. Source: Nocedal and Wright 2006, Numerical Optimization (2nd ed.), p. 258.
"""

import msgspec
import numpy as np

from rapport.stats.arrays import Numbers
from rapport.stats.minimise import hessian
from rapport.stats.templates.likelihood import Patterns, information, scores, slopes
from rapport.stats.templates.structure import Matrices

# A start has come to rest where one more step would gain less than this, in log likelihood a
# person; one that takes longer than this many steps wanders.
GAIN = 1e-11
LONGEST = 80
# The observed information changes too little to matter over steps (in units near 1) below this.
NEAR = 3e-7
# Starts: how large the first variances are, and the first paths.
STARTS = ((1.0, 0.0), (0.5, 0.2), (1.6, -0.1))


class Solution(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Where the search ended: `value` is minus the log likelihood there.

    `observed` and `expected` are information matrices. `failed` counts starts that led nowhere.
    `converged` is False where no start led to a summit; the rest then is of no use.
    """

    theta: Numbers
    value: float
    observed: Numbers
    expected: Numbers
    converged: bool
    starts: int
    failed: int


class _Place(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    theta: Numbers
    value: float
    gradient: Numbers
    expected: Numbers


class Search:
    """The likelihood of a template in given data as a function of its parameters."""

    def __init__(self, data: Patterns, matrices: Matrices) -> None:
        self._data = data
        self._matrices = matrices
        self._seen = slice(matrices.seen)

    def gradient(self, theta: Numbers) -> Numbers:
        """Of minus the log likelihood; NaN where the parameters imply no distribution."""
        at = self._matrices.implied(theta)
        found = slopes(self._data, at.covariance[self._seen, self._seen], at.mean[self._seen])
        if found is None:
            return np.full(len(theta), np.nan)
        return self._matrices.chain(at, found.by_covariance, found.by_mean)

    def place(self, theta: Numbers) -> _Place | None:
        """Value, gradient and information; None where the parameters imply no distribution."""
        with np.errstate(over="ignore", invalid="ignore"):
            try:
                at = self._matrices.implied(theta)
            except np.linalg.LinAlgError:
                return None
            covariance = at.covariance[self._seen, self._seen]
            if not np.isfinite(covariance).all():
                return None
            found = slopes(self._data, covariance, at.mean[self._seen])
        if found is None or not np.isfinite(found.value):
            return None
        return _Place(
            theta=theta,
            value=found.value,
            gradient=self._matrices.chain(at, found.by_covariance, found.by_mean),
            expected=information(self._data, covariance, *self._matrices.derivatives(at)),
        )

    def scores(self, theta: Numbers) -> Numbers:
        """The derivative of each person's log likelihood: people x parameters."""
        at = self._matrices.implied(theta)
        return scores(
            self._data,
            at.covariance[self._seen, self._seen],
            at.mean[self._seen],
            *self._matrices.derivatives(at),
        )

    def outer(self, theta: Numbers) -> Numbers:
        """The sum over people of their scores' products, for errors that distrust the model."""
        found = self.scores(theta)
        return found.T @ found

    def climb(self, start: Numbers) -> _Place | None:
        """Damped Fisher scoring from one start; None if it does not come to rest."""
        at, damping = self.place(start), 1e-3
        for _ in range(LONGEST):
            if at is None:
                return None
            step = _step(at.expected, at.gradient, damping)
            if damping < 1e-2 and -float(step @ at.gradient) < GAIN * self._data.n:
                return at
            ahead = self.place(at.theta + step)
            if ahead is not None and ahead.value < at.value:
                at, damping = ahead, max(damping / 10, 1e-12)
            elif damping > 1e12:
                return None
            else:
                damping *= 10
        return None

    def summit(self, at: _Place) -> tuple[_Place, Numbers] | None:
        """The summit near that place and the observed information; None if there is none."""
        curvature, moved = hessian(self.gradient, at.theta), 0.0
        if not _curved(curvature):
            return None
        for _ in range(20):
            step = np.linalg.solve(curvature, at.gradient)
            ahead = self.place(at.theta - step)
            if ahead is None or ahead.value > at.value + 1e-13 * abs(at.value):
                break
            moved += float(np.abs(step).max())
            gain, at = float(step @ at.gradient), ahead
            if gain < 1e-16 * abs(at.value):
                break
        if moved > NEAR:
            curvature = hessian(self.gradient, at.theta)
        return (at, curvature) if _curved(curvature) else None


def _curved(curvature: Numbers) -> bool:
    """Whether the ground falls away on all sides."""
    return bool(np.isfinite(curvature).all()) and float(np.linalg.eigvalsh(curvature)[0]) > 0


def _step(expected: Numbers, gradient: Numbers, damping: float) -> Numbers:
    """The damped scoring step, solved on the scale of each parameter's own information."""
    size = np.sqrt(np.maximum(np.diag(expected), 1e-12))
    scaled = expected / np.outer(size, size)
    scaled[np.diag_indices(len(size))] = 1 + damping
    try:
        return -np.asarray(np.linalg.solve(scaled, gradient / size), np.float64) / size
    except np.linalg.LinAlgError:
        return -gradient / size**2


def _first(matrices: Matrices, variances: float, paths: float) -> Numbers:
    """A start: the drawn one with its variances multiplied and the free paths moved."""
    kinds = matrices.kinds
    found = matrices.start.copy()
    found[kinds == "variance"] *= variances
    found[kinds == "path"] += paths
    return found


def solve(data: Patterns, matrices: Matrices) -> Solution:
    """The best summit that any start leads to."""
    search = Search(data, matrices)
    ends = [search.climb(_first(matrices, *start)) for start in STARTS]
    rests = sorted((end for end in ends if end is not None), key=lambda end: end.value)
    for place, rest in enumerate(rests):
        found = search.summit(rest)
        if found is not None:
            best, observed = found
            return Solution(
                theta=best.theta,
                value=best.value,
                observed=observed,
                expected=best.expected,
                converged=True,
                starts=len(ends),
                failed=len(ends) - len(rests) + place,
            )
    nothing = np.full((matrices.parameters, matrices.parameters), np.nan)
    return Solution(
        theta=matrices.start,
        value=float("nan"),
        observed=nothing,
        expected=nothing,
        converged=False,
        starts=len(ends),
        failed=len(ends),
    )
