"""The normal likelihood of wide data with holes, by pattern of what is missing.

People with the same variables observed share one mean and one covariance matrix, so that the
cost depends on the patterns, not on the people. A hole is a variable that the inverse of the
implied covariance matrix does not see (full-information maximum likelihood).
Sources: Arbuckle 1996 in Marcoulides and Schumacker, Advanced Structural Equation Modeling,
p. 243-277; Savalei 2010, doi 10.1080/10705511.2010.489003 (observed information).
"""

from collections.abc import Iterator

import msgspec
import numpy as np

from rapport.stats.arrays import Numbers, Truths, Whole

# Patterns that are inverted together.
TOGETHER = 4096
# The EM algorithm ends where no mean or covariance (in units near 1) moves by more.
SETTLED = 1e-9


class Patterns(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """`seen` (patterns x variables), people, mean and covariance (divisor n) of each; 0 where unseen.

    `pattern` is each person's. `n` counts people, `holes` missing values.
    """

    values: Numbers
    pattern: Whole
    seen: Truths
    counts: Numbers
    means: Numbers
    covariances: Numbers

    @property
    def n(self) -> int:
        """People with at least one value."""
        return len(self.pattern)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return bool(self.seen.all())


def patterns(values: Numbers) -> Patterns:
    """The patterns of people x variables, NaN where missing; nobody may be without any value."""
    known = ~np.isnan(values)
    seen, pattern = np.unique(known, axis=0, return_inverse=True)
    pattern = pattern.ravel().astype(np.intp)
    filled = np.where(known, values, 0.0)
    counts = np.bincount(pattern).astype(np.float64)
    means = np.zeros(seen.shape)
    np.add.at(means, pattern, filled)
    means /= counts[:, None]
    covariances = np.zeros((len(seen), values.shape[1], values.shape[1]))
    order = np.argsort(pattern, kind="stable")
    away = np.where(known, filled - means[pattern], 0.0)
    for place, rows in enumerate(np.split(order, np.cumsum(counts[:-1]).astype(np.intp))):
        covariances[place] = away[rows].T @ away[rows] / len(rows)
    return Patterns(
        values=filled,
        pattern=pattern,
        seen=seen,
        counts=counts,
        means=means,
        covariances=covariances,
    )


def _inverses(seen: Truths, covariance: Numbers) -> tuple[Numbers, Numbers] | None:
    """For each pattern the inverse over what it sees (0 elsewhere) and the log determinant.

    None where the covariance matrix of a pattern is not positive definite.
    """
    both = seen[:, :, None] & seen[:, None, :]
    padded = np.where(both, covariance, np.eye(len(covariance)))
    try:
        root = np.linalg.cholesky(padded)
    except np.linalg.LinAlgError:
        return None
    logs = 2 * np.log(np.einsum("pii->pi", root)).sum(axis=1)
    return np.linalg.inv(padded) * both, logs


def _parts(data: Patterns) -> Iterator[slice]:
    """Slices of the patterns, few enough to be held at once."""
    for start in range(0, len(data.counts), TOGETHER):
        yield slice(start, start + TOGETHER)


class Slopes(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Minus the log likelihood and its gradient by covariances and means."""

    value: float
    by_covariance: Numbers
    by_mean: Numbers


def slopes(data: Patterns, covariance: Numbers, mean: Numbers) -> Slopes | None:
    """The likelihood of all patterns; None where the covariance matrix is not positive definite."""
    size = len(mean)
    value, by_covariance, by_mean = 0.0, np.zeros((size, size)), np.zeros(size)
    for part in _parts(data):
        seen, counts = data.seen[part], data.counts[part]
        inverted = _inverses(seen, covariance)
        if inverted is None:
            return None
        inverse, logs = inverted
        away = (data.means[part] - mean) * seen
        spread = data.covariances[part] + away[:, :, None] * away[:, None, :]
        value += float(counts @ (logs + (inverse * spread).sum(axis=(1, 2)))) / 2
        value += float(counts @ seen.sum(axis=1)) * float(np.log(2 * np.pi)) / 2
        left = inverse - inverse @ spread @ inverse
        by_covariance += np.einsum("p,pij->ij", counts / 2, left)
        by_mean -= np.einsum("p,pij,pj->i", counts, inverse, away)
    return Slopes(value=value, by_covariance=by_covariance, by_mean=by_mean)


def information(
    data: Patterns, covariance: Numbers, by_covariance: Numbers, by_mean: Numbers
) -> Numbers:
    """The expected information of parameters whose derivatives are given, as if nothing were missing."""
    inverse = np.asarray(np.linalg.inv(covariance), np.float64)
    turned = inverse @ by_covariance
    flat = turned.reshape(len(turned), -1)
    swapped = turned.transpose(0, 2, 1).reshape(len(turned), -1)
    return data.n * (flat @ swapped.T / 2 + by_mean @ inverse @ by_mean.T)


def scores(
    data: Patterns,
    covariance: Numbers,
    mean: Numbers,
    by_covariance: Numbers,
    by_mean: Numbers,
) -> Numbers:
    """The derivative of each person's log likelihood by each parameter: people x parameters."""
    inverse = np.zeros((len(data.seen), len(mean), len(mean)))
    for part in _parts(data):
        inverted = _inverses(data.seen[part], covariance)
        if inverted is not None:
            inverse[part] = inverted[0]
    own = data.pattern
    away = (data.values - mean) * data.seen[own]
    pulled = np.einsum("nij,nj->ni", inverse[own], away)
    found = pulled @ by_mean.T
    for place, slope in enumerate(by_covariance):
        found[:, place] += ((pulled @ slope) * pulled).sum(axis=1) / 2
        found[:, place] -= (inverse * slope).sum(axis=(1, 2))[own] / 2
    return found


class Moments(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Means and covariances (divisor n) of the people, and minus their log likelihood."""

    covariance: Numbers
    mean: Numbers
    value: float


def saturated(data: Patterns) -> Moments | None:
    """The unrestricted means and covariances of the highest likelihood; None if there are none.

    With holes by the EM algorithm. Source: Little and Rubin 2019, Statistical Analysis with
    Missing Data (3rd ed.), p. 247-252.
    """
    if data.complete:
        covariance, mean = data.covariances[0], data.means[0]
    else:
        covariance, mean = _available(data)
    at = slopes(data, covariance, mean)
    if at is not None and not data.complete:
        return _filled(data, covariance, mean, at)
    return None if at is None else Moments(covariance=covariance, mean=mean, value=at.value)


def _filled(data: Patterns, covariance: Numbers, mean: Numbers, at: Slopes) -> Moments | None:
    """The EM steps, in terms of the gradient: what the holes are expected to add is in it."""
    for _ in range(10_000):
        shift = -covariance @ at.by_mean / data.n
        change = -2 * covariance @ at.by_covariance @ covariance / data.n - np.outer(
            shift, shift
        )
        covariance, mean = covariance + change, mean + shift
        after = slopes(data, covariance, mean)
        if after is None:
            return None
        at = after
        if max(np.abs(shift).max(), np.abs(change).max()) < SETTLED:
            break
    return Moments(covariance=covariance, mean=mean, value=at.value)


def _available(data: Patterns) -> tuple[Numbers, Numbers]:
    """Diagonal covariances and means of each variable's known values."""
    counts = data.counts @ data.seen
    mean = data.counts @ data.means / counts
    away = (data.means - mean) * data.seen
    squares = np.einsum("pii->pi", data.covariances) + away**2
    return np.diag(data.counts @ squares / counts), mean


def independent(data: Patterns) -> float:
    """Minus the log likelihood where no two variables have anything to do with each other."""
    found = slopes(data, *_available(data))
    return float("nan") if found is None else found.value
