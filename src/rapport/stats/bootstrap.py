"""The bootstrap: one set of resampled cross-products serves every statistic.

People (or whole clusters) are drawn with replacement; a draw is a list of how often each came.
The matrix product of these counts with the pairwise products of the variables gives the
cross-products of all draws of a block at once, and each statistic is a function of those.
Sources: Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 6; clusters: Cameron,
Gelbach and Miller 2008, doi 10.1162/rest.90.3.414, p. 416 (pairs cluster bootstrap).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole, codes
from rapport.stats.moments import Columns, Moments, from_sums, pair_products

# A statistic: effects x draws, NaN where it cannot be computed.
Statistic = Callable[[Moments], Numbers]

# Statistics are computed for so many draws at once that a step is more work than its call, units
# are counted in pieces of so few that they stay in the cache. Changing these changes results, as
# random numbers that are thrown away are replaced piece by piece.
_BLOCK = 1536
_COUNTS = 1 << 15


class Resampling(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Which people are drawn. `indices` (draws x people, from 0) wins over the seed.

    `members` gives each person's cluster where whole clusters are drawn. More draws of the same
    seed begin with the same draws.
    """

    units: int
    draws: int
    seed: int
    members: Whole | None = None
    indices: Whole | None = None


class Draws(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A statistic in the data and in every draw.

    `estimate` has one value an effect, `values` effects x draws, `jackknife` effects x units
    (the statistic without each person, or each cluster). `failed` counts the draws of each
    effect that could not be computed; they are NaN in `values` and no interval uses them.
    """

    estimate: Numbers
    values: Numbers
    jackknife: Numbers
    failed: Whole

    @property
    def se(self) -> Numbers:
        """The standard deviation over the draws that could be computed, one an effect."""
        return np.array(
            [np.std(row[np.isfinite(row)], ddof=1) for row in self.values], dtype=np.float64
        )


def by_people(people: int, *, draws: int, seed: int) -> Resampling:
    """Each draw takes as many people as there are, with replacement."""
    _positive(people=people, draws=draws)
    return Resampling(units=people, draws=draws, seed=seed)


def by_clusters(clusters: Sequence[Any] | NDArray[Any], *, draws: int, seed: int) -> Resampling:
    """Each draw takes as many clusters as there are, with all their people."""
    members = codes(clusters, where="the clusters")
    _positive(clusters=int(members.max()), draws=draws)
    return Resampling(units=int(members.max()) + 1, draws=draws, seed=seed, members=members)


def by_rows(indices: ArrayLike, *, people: int) -> Resampling:
    """Exactly these draws: draws x rows, each the number of a person counted from 0.

    Errors: InputError for another shape or a number that no person has.
    """
    rows = np.asarray(indices)
    if rows.ndim != 2 or rows.size == 0 or not np.issubdtype(rows.dtype, np.integer):
        raise InputError(
            f"resampled rows of the shape {rows.shape} and type {rows.dtype}",
            where="the resampling indices",
            fix="pass whole numbers, one line a draw",
        )
    if rows.min() < 0 or rows.max() >= people:
        raise InputError(
            f"row numbers from {rows.min()} to {rows.max()} for {people} people",
            where="the resampling indices",
            fix=f"count people from 0 to {people - 1}",
        )
    return Resampling(units=people, draws=len(rows), seed=0, indices=rows.astype(np.intp))


def _positive(**values: int) -> None:
    for name, value in values.items():
        if value < 1:
            raise InputError(
                f"there are too few {name} to resample", where="the bootstrap", fix="use more"
            )


def uniform(words: np.random.SFC64, size: int, below: int) -> NDArray[Any]:
    """Whole numbers from 0 to `below` - 1, each equally likely.

    Random words of 64 bits are cut into numbers of 16 (of 32 where `below` is large) and divided
    down; the few beyond the last full share are replaced.
    """
    kind = np.dtype("<u2" if below <= 1 << 12 else "<u4")

    def cut(count: int) -> NDArray[Any]:
        drawn = words.random_raw(-(-count * kind.itemsize // 8))
        return np.asarray(drawn, dtype="<u8").view(kind)[:count]

    share = np.iinfo(kind).max // below
    found = cut(size)
    beyond = np.flatnonzero(found >= share * below)
    while beyond.size:
        found[beyond] = cut(beyond.size)
        beyond = beyond[found[beyond] >= share * below]
    return np.floor_divide(found, share, out=found)


def _piece(chosen: Resampling) -> int:
    """How many draws are counted at once."""
    return max(1, min(_BLOCK, _COUNTS // chosen.units))


def counted(chosen: Resampling) -> Iterator[Numbers]:
    """How often each unit came in every draw, piece by piece: draws of the piece x units."""
    words = np.random.SFC64(np.random.SeedSequence(chosen.seed))
    units, piece = chosen.units, _piece(chosen)
    # Counting with weights gives floating-point numbers at once, without a cast.
    ones = np.ones(piece * units)
    for first in range(0, chosen.draws, piece):
        size = min(piece, chosen.draws - first)
        if chosen.indices is not None:
            drawn = chosen.indices[first : first + size]
        else:
            drawn = uniform(words, piece * units, units).reshape(piece, units)[:size]
        # Numbers of two bytes carry the places of a whole piece, and are quicker than any other.
        places = drawn + np.arange(size, dtype=drawn.dtype)[:, None] * units
        counts = np.bincount(places.ravel(), ones[: size * units], minlength=size * units)
        yield np.asarray(counts, dtype=np.float64).reshape(size, units)


def _sums(products: Numbers, chosen: Resampling) -> Iterator[Numbers]:
    """Products summed over everybody, over all but each unit in turn, and over every draw.

    Each is a column: products x (1 + units + draws) in all, some columns at a time.
    """
    total = products.sum(axis=1, keepdims=True)
    yield total
    for first in range(0, chosen.units, _BLOCK):
        yield total - products[:, first : first + _BLOCK]
    for counts in counted(chosen):
        yield products @ counts.T


def _blocks(pieces: Iterator[Numbers]) -> Iterator[tuple[slice, Numbers]]:
    """The columns of the pieces put together, until a block has enough of them."""
    waiting: list[Numbers] = []
    first = size = 0
    for piece in pieces:
        waiting.append(piece)
        size += piece.shape[1]
        if size >= _BLOCK:
            yield slice(first, first + size), np.concatenate(waiting, axis=1)
            waiting, first, size = [], first + size, 0
    if waiting:
        yield slice(first, first + size), np.concatenate(waiting, axis=1)


def _unit_products(data: Columns, chosen: Resampling) -> Numbers:
    """The pairwise products summed over the people of each unit: products x units."""
    products = pair_products(data)
    people = len(products if chosen.members is None else chosen.members)
    if people != len(products) or (chosen.members is None and chosen.units != people):
        raise InputError(
            f"the resampling is for {max(people, chosen.units)} people, the data have {len(products)}",
            where="the bootstrap",
            fix="make the resampling for these data",
        )
    if chosen.members is None:
        return np.ascontiguousarray(products.T)
    sums = np.zeros((chosen.units, products.shape[1]))
    np.add.at(sums, chosen.members, products)
    return np.ascontiguousarray(sums.T)


def bootstrap(
    data: Columns,
    statistics: Mapping[str, Statistic],
    chosen: Resampling,
    *,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Draws]:
    """Every statistic in the same draws, by name.

    Working memory does not grow with the draws: only the statistics themselves are kept.
    `progress` is told the number of draws done after each block.
    Errors: InputError for a resampling made for other data, and those of the statistics.
    """
    products = _unit_products(data, chosen)
    before = 1 + chosen.units
    found: dict[str, Numbers] = {}
    # Dividing by a pivot of 0 makes NaN, which is counted as failed below.
    with np.errstate(divide="ignore", invalid="ignore"):
        for some, sums in _blocks(_sums(products, chosen)):
            known = from_sums(data, sums)
            for name, statistic in statistics.items():
                values = statistic(known)
                if name not in found:
                    _demand_estimate(name, values[:, 0])
                    found[name] = np.empty((len(values), before + chosen.draws))
                found[name][:, some] = values
            if progress is not None and some.stop > before:
                progress(some.stop - before)
    return {
        name: Draws(
            estimate=values[:, 0],
            values=values[:, before:],
            jackknife=values[:, 1:before],
            failed=chosen.draws - np.count_nonzero(np.isfinite(values[:, before:]), axis=1),
        )
        for name, values in found.items()
    }


def _demand_estimate(name: str, estimate: Numbers) -> None:
    if not np.isfinite(estimate).all():
        raise InputError(
            "the estimate cannot be computed in the data themselves",
            where=f"statistic {name}",
            fix="leave out predictors that are a combination of others",
        )
