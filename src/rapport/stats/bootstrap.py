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
from rapport.stats.moments import Columns, Moments, from_sums, moments, pair_products

# A statistic: effects x draws, NaN where it cannot be computed.
Statistic = Callable[[Moments], Numbers]

# Draws of one block, and the most counts it may hold. They decide which random numbers a draw
# gets (each block has its own stream), so changing them changes results.
_BLOCK = 1024
_COUNTS = 1 << 22


class Resampling(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Which people are drawn. `indices` (draws x people, from 0) wins over the seed.

    `members` gives each person's cluster where whole clusters are drawn. Block b of a seeded
    resampling depends on the seed and b alone: work can stop, resume and be shared out.
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


def _picks(chosen: Resampling, first: int, size: int) -> Numbers | Whole | NDArray[Any]:
    """The units drawn: draws of the block x units. A given block always gets the same numbers."""
    if chosen.indices is not None:
        return chosen.indices[first : first + size]
    stream = np.random.SeedSequence(chosen.seed, spawn_key=(first // _step(chosen),))
    # Two bytes at least: numpy takes three times as long for numbers of one.
    small = np.promote_types(np.uint16, np.min_scalar_type(chosen.units - 1))
    generator = np.random.Generator(np.random.SFC64(stream))
    return generator.integers(0, chosen.units, size=(size, chosen.units), dtype=small)


def _step(chosen: Resampling) -> int:
    """How many draws a block has."""
    return max(1, min(_BLOCK, _COUNTS // chosen.units))


def count_blocks(chosen: Resampling) -> Iterator[tuple[slice, Numbers]]:
    """Which draws, and how often each unit came in them: draws of the block x units."""
    step = _step(chosen)
    for first in range(0, chosen.draws, step):
        size = min(step, chosen.draws - first)
        picks = _picks(chosen, first, size)
        offsets = np.arange(size, dtype=np.intp)[:, None] * chosen.units
        flat = np.add(picks, offsets, dtype=np.intp).ravel()
        counts = np.bincount(flat, minlength=size * chosen.units)
        yield slice(first, first + size), counts.reshape(size, -1).astype(np.float64)


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
    whole = moments(data)
    estimates = {name: statistic(whole)[:, 0] for name, statistic in statistics.items()}
    for name, estimate in estimates.items():
        if not np.isfinite(estimate).all():
            raise InputError(
                "the estimate cannot be computed in the data themselves",
                where=f"statistic {name}",
                fix="leave out predictors that are a combination of others",
            )
    values = {name: np.empty((len(e), chosen.draws)) for name, e in estimates.items()}
    # Dividing by a pivot of 0 makes NaN, which is counted as failed below.
    with np.errstate(divide="ignore", invalid="ignore"):
        for some, counts in count_blocks(chosen):
            drawn = from_sums(data, products @ counts.T)
            for name, statistic in statistics.items():
                values[name][:, some] = statistic(drawn)
            if progress is not None:
                progress(some.stop)
        left_out = _jackknife(data, products, statistics)
    return {
        name: Draws(
            estimate=estimates[name],
            values=values[name],
            jackknife=left_out[name],
            failed=(~np.isfinite(values[name])).sum(axis=1),
        )
        for name in statistics
    }


def _jackknife(
    data: Columns, products: Numbers, statistics: Mapping[str, Statistic]
) -> dict[str, Numbers]:
    """Every statistic without each unit in turn: effects x units."""
    total, units = products.sum(axis=1)[:, None], products.shape[1]
    found: dict[str, list[Numbers]] = {name: [] for name in statistics}
    for first in range(0, units, _BLOCK):
        known = from_sums(data, total - products[:, first : first + _BLOCK])
        for name, statistic in statistics.items():
            found[name].append(statistic(known))
    return {name: np.concatenate(parts, axis=1) for name, parts in found.items()}
