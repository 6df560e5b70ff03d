"""How R² divides among predictors or blocks of predictors: commonality and dominance.

One sweep over all subsets serves everything here. A subset is a number whose bit j says whether
block j is in it; arrays over subsets have 2^blocks rows in that order, row 0 the empty subset,
and the draws as last axis.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole
from rapport.stats.moments import TOLERANCE, Moments, adjusted_r2

MOST_BLOCKS = 15
# Draws in one sweep: few enough for the cache, enough that a step is more work than its call.
_DRAWS_AT_ONCE = 256


class Partition(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All subsets of the blocks, and what each subset shares alone.

    Every array is subsets x draws. `r2` includes the covariates (row 0 holds theirs). `parts`
    holds for each subset the variance that exactly its blocks have in common: a unique part
    for a single block, a common part for several (below 0 where blocks suppress one another);
    row 0 is 0 and the rows sum to what the blocks add to the covariates. `adjusted_r2` and
    `adjusted_parts` are the same after Ezekiel's correction.
    """

    blocks: tuple[str, ...]
    r2: Numbers
    parts: Numbers
    adjusted_r2: Numbers
    adjusted_parts: Numbers

    def subset(self, *blocks: str) -> int:
        """The row of the subset of these blocks."""
        return sum(1 << self.blocks.index(block) for block in blocks)


def _leave(rows: list[Numbers], start: Numbers) -> list[Numbers]:
    """The triangles of sets x variables x draws after their first variable is taken out."""
    head, share = rows[0], _share(rows[0], start)
    return [row - share[:, i : i + 1] * head[:, 1 + i :] for i, row in enumerate(rows[1:])]


def _share(head: Numbers, start: Numbers) -> Numbers:
    """The coefficients of the first variable for the later ones; 0 where nothing of it is left."""
    pivot = head[:, :1]
    return head[:, 1:] / np.where(pivot > TOLERANCE * start, pivot, np.inf)


def _double(rows: list[Numbers], starts: Sequence[Numbers]) -> list[Numbers]:
    """Every set once without the first block (of as many variables as `starts`), once with it."""
    swept = rows
    for start in starts[:-1]:
        swept = _leave(swept, start)
    head, share = swept[0], _share(swept[0], starts[-1])
    sets = len(head)
    both: list[Numbers] = []
    for i, (without, row) in enumerate(zip(rows[len(starts) :], swept[1:], strict=True)):
        new = np.empty((2 * sets, *row.shape[1:]))
        new[:sets] = without
        np.multiply(share[:, i : i + 1], head[:, 1 + i :], out=new[sets:])
        np.subtract(row, new[sets:], out=new[sets:])
        both.append(new)
    return both


def _sweep(triangle: list[Numbers], covariates: int, sizes: Sequence[int]) -> Numbers:
    """R² of every subset in some draws; the last variable of the triangle is the outcome."""
    start = [row[0] for row in triangle]
    rows = [row[None] for row in triangle]
    for i in range(covariates):
        rows = _leave(rows, start[i])
    done = covariates
    for size in sizes:
        rows = _double(rows, start[done : done + size])
        done += size
    return 1 - rows[0][:, 0] / start[-1]


def subset_r2(
    known: Moments,
    outcome: str,
    blocks: Mapping[str, Sequence[str]],
    covariates: Sequence[str] = (),
) -> Numbers:
    """R² of the outcome on the covariates and every subset of the blocks: 2^blocks x draws.

    Each subset costs one update of what an earlier one left (a sweep of the symmetric matrix),
    not a regression of its own. A predictor that is made up of others adds nothing. A draw in
    which the outcome is constant is NaN.
    Errors: InputError for no block, more than 15, an empty one, or unknown or repeated variables.
    """
    if not 0 < len(blocks) <= MOST_BLOCKS or not all(blocks.values()):
        raise InputError(
            f"the variance is to be divided among {len(blocks)} blocks",
            where="the partition",
            fix=f"name 1 to {MOST_BLOCKS} blocks, each with at least one predictor",
        )
    predictors = [name for block in blocks.values() for name in block]
    places = known.places([*covariates, *predictors, outcome])
    draws = known.size.size
    found = np.empty((1 << len(blocks), draws))
    with np.errstate(divide="ignore", invalid="ignore"):
        for first in range(0, draws, _DRAWS_AT_ONCE):
            some = slice(first, first + _DRAWS_AT_ONCE)
            triangle = known.some(some).triangle(places)
            sizes = [len(block) for block in blocks.values()]
            found[:, some] = _sweep(triangle, len(covariates), sizes)
    return found


def common_parts(r2: Numbers) -> Numbers:
    """The variance that exactly the blocks of each subset share: subsets x draws, as `r2`.

    What is lost when the blocks of a set leave the full model is the sum of the parts of all
    its subsets; the parts follow by the Möbius inversion of that sum.
    Source: Nimon and Reio 2011, doi 10.1177/1534484311411077, p. 331 (general formula).
    """
    parts = r2[-1] - r2[::-1]
    width = 1
    while width < len(parts):
        pairs = parts.reshape(-1, 2, width, *parts.shape[1:])
        pairs[:, 1] -= pairs[:, 0]
        width *= 2
    return parts


def _sizes(blocks: int) -> Whole:
    """How many blocks each subset has."""
    return np.array([subset.bit_count() for subset in range(1 << blocks)], dtype=np.intp)


def conditional_dominance(r2: Numbers) -> Numbers:
    """What each block adds on average to subsets of 0, 1, ... other blocks: blocks x sizes x draws.

    Source: Azen and Budescu 2003, doi 10.1037/1082-989X.8.2.129, p. 136-137.
    """
    blocks = len(r2).bit_length() - 1
    sizes = _sizes(blocks - 1)
    average = (sizes == np.arange(blocks)[:, None]) / np.bincount(sizes)[:, None]
    found = np.empty((blocks, blocks, *r2.shape[1:]))
    for block in range(blocks):
        pairs = r2.reshape(-1, 2, 1 << block, *r2.shape[1:])
        gain = (pairs[:, 1] - pairs[:, 0]).reshape(-1, *r2.shape[1:])
        found[block] = average @ gain
    return found


def general_dominance(r2: Numbers) -> Numbers:
    """The mean of the conditional dominance over sizes: blocks x draws; sums to what all add.

    For single predictors this equals the LMG measure, for blocks it is set dominance.
    Source: Budescu 1993, doi 10.1037/0033-2909.114.3.542; Azen and Budescu 2003 as above.
    """
    return conditional_dominance(r2).mean(axis=1)


def partition(
    known: Moments,
    outcome: str,
    blocks: Mapping[str, Sequence[str]],
    covariates: Sequence[str] = (),
) -> Partition:
    """Everything about the subsets of the blocks, for any number of draws.

    Shared variance is no mediation: it is symmetric in the blocks and knows no order in time.
    Errors: InputError as of `subset_r2`.
    """
    r2 = subset_r2(known, outcome, blocks, covariates)
    sizes = np.full(len(r2), len(covariates))
    for place, block in enumerate(blocks.values()):
        sizes += ((np.arange(len(r2)) >> place) & 1) * len(block)
    adjusted = adjusted_r2(r2, known.size, sizes[:, None])
    return Partition(
        blocks=tuple(blocks),
        r2=r2,
        parts=common_parts(r2),
        adjusted_r2=adjusted,
        adjusted_parts=common_parts(adjusted),
    )


def relative_weights(known: Moments, outcome: str, predictors: Sequence[str]) -> Numbers:
    """Johnson's relative weights: predictors x draws; they sum to R².

    A quick look for single predictors; general dominance is the exact division.
    Source: Johnson 2000, doi 10.1207/S15327906MBR3501_1, formulas 7-9.
    Errors: InputError for unknown or repeated variables. A singular draw is NaN.
    """
    places = known.places([*predictors, outcome])
    square = np.moveaxis(known.covariance[np.ix_(places, places)], 2, 0)
    spread = np.sqrt(np.einsum("bii->bi", square))
    correlation = square / (spread[:, :, None] * spread[:, None])
    values, vectors = np.linalg.eigh(correlation[:, :-1, :-1])
    roots = np.where(values > TOLERANCE, values, np.nan) ** 0.5
    loadings = (vectors * roots[:, None]) @ np.swapaxes(vectors, 1, 2)
    weights = np.asarray(np.linalg.solve(loadings, correlation[:, :-1, -1:]), np.float64)
    return (loadings**2 @ weights**2)[:, :, 0].T
