"""R² and its parts as one statistic, with intervals that cover: the default for each kind of part.

R², unique parts and dominance are squared lengths of estimated vectors. Their estimates are too
high by about k / n (k predictors), draws of the bootstrap by that much again, and near 0 they are
skewed: percentile intervals of a unique part lie too high, reflected ones too low. So the
estimate is put on a scale on which its spread hardly depends on its value, the square of
Fisher's z of its root, and taken there as a scaled non-central chi-squared value. Scale and
degrees of freedom follow from the mean and the variance of the draws on that scale, not from
normal theory, so predictors and errors need not be normal; the ends of the interval are the
non-centralities under which the estimate lies at the outer quantiles. Common parts can be below
0; for them the draws, moved by twice their bias, are cut at the quantiles.
The coverage of both was measured (docs/intervals.md).
Sources: Steiger 2004, doi 10.1037/1082-989X.9.2.164 (intervals by non-centrality); Algina and others
2008, doi 10.1177/0013164407313371 (how many people a percentile interval of a unique part needs).
To take scale and degrees of freedom from the moments of the draws is our own.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Truths, Whole
from rapport.stats.bootstrap import Draws, Statistic
from rapport.stats.distributions import chi2_centre, chi2_median
from rapport.stats.intervals import Interval, Kind, check_level
from rapport.stats.moments import Moments
from rapport.stats.partition import common_parts, general_dominance, subset_r2

# With more blocks than this only single blocks and the whole get rows of their own.
_ALL_SUBSETS = 3
_LEAST = 1e-9


class Layout(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What the rows of `statistic` are: R² of sets of blocks, unique and common parts, dominance.

    `sets` gives for each row of R² or parts the subset (bit j: block j), `predictors` how many
    predictors (with covariates) the largest model of the row has, `common` which rows may be
    below 0. R² includes the covariates, everything else is what is added to them.
    """

    names: tuple[str, ...]
    blocks: tuple[str, ...]
    r2_sets: Whole
    part_sets: Whole
    predictors: Whole
    common: Truths

    def row(self, name: str) -> int:
        """The row of that name; InputError for one that is not there."""
        if name not in self.names:
            raise InputError(
                f"there is no row {name}",
                where="the parts of R²",
                fix=f"choose from {', '.join(self.names)}",
            )
        return self.names.index(name)


def _members(subset: int, blocks: Sequence[str]) -> str:
    return " + ".join(name for place, name in enumerate(blocks) if subset >> place & 1)


def layout(blocks: Mapping[str, Sequence[str]], covariates: Sequence[str] = ()) -> Layout:
    """The rows for these blocks: "R2: A", "R2: A + B", "unique: A", "common: A + B", "dominance: A".

    All subsets for up to three blocks, else single blocks and the whole. With covariates the
    first row is "R2: covariates".
    """
    names, count = tuple(blocks), len(blocks)
    whole = (1 << count) - 1
    few = range(1, whole + 1)
    if count > _ALL_SUBSETS:
        few = sorted({*(1 << place for place in range(count)), whole})
    r2_sets = [*([0] if covariates else []), *few]
    part_sets = [s for s in few if count <= _ALL_SUBSETS or s != whole]
    sizes = [len(block) for block in blocks.values()]
    inside = [
        len(covariates) + sum(size for place, size in enumerate(sizes) if s >> place & 1)
        for s in r2_sets
    ]
    every = len(covariates) + sum(sizes)
    rest = len(part_sets) + count
    shared = [s.bit_count() > 1 for s in part_sets]
    return Layout(
        names=(
            *(f"R2: {_members(s, names) or 'covariates'}" for s in r2_sets),
            *(
                f"{'common' if both else 'unique'}: {_members(s, names)}"
                for s, both in zip(part_sets, shared, strict=True)
            ),
            *(f"dominance: {name}" for name in names),
        ),
        blocks=names,
        r2_sets=np.array(r2_sets, dtype=np.intp),
        part_sets=np.array(part_sets, dtype=np.intp),
        predictors=np.array([*inside, *[every] * rest], dtype=np.intp),
        common=np.array([*[False] * len(r2_sets), *shared, *[False] * count]),
    )


def statistic(
    outcome: str, blocks: Mapping[str, Sequence[str]], covariates: Sequence[str] = ()
) -> Statistic:
    """R² and its parts for the bootstrap: one row a name of `layout` of the same blocks."""
    rows = layout(blocks, covariates)

    def parts(known: Moments) -> Numbers:
        r2 = subset_r2(known, outcome, blocks, covariates)
        shared = common_parts(r2)
        return np.concatenate([r2[rows.r2_sets], shared[rows.part_sets], general_dominance(r2)])

    return parts


def _steady(share: Numbers) -> Numbers:
    """The square of Fisher's z of the root of a share: equal spread at every value."""
    return np.arctanh(np.sqrt(np.clip(share, 0, 1 - _LEAST))) ** 2


def _length(row: Numbers, estimate: float, widen: float, level: float) -> tuple[float, float]:
    """The interval of a squared length, by the non-central chi-squared distribution."""
    drawn, found = _steady(row), float(_steady(np.array([estimate]))[0])
    spread = float(drawn.var(ddof=1)) * widen
    bias = max(float(drawn.mean()) - found, 0.0)
    scale = spread / (2 * bias + 4 * found) if spread > 0 else 0.0
    if scale <= _LEAST**2:
        return estimate, estimate
    df = max(bias / scale, 1e-3)
    value = found / scale
    # An estimate below what nothing would bring by chance is not taken as more certain for it.
    above = max(value, float(chi2_median(df)))
    low = float(chi2_centre(value, df, (1 + level) / 2))
    high = float(chi2_centre(above, df, (1 - level) / 2))
    ends = np.tanh(np.sqrt(scale * np.array([low, high]))) ** 2
    return float(ends[0]), float(ends[1])


def _moved(row: Numbers, estimate: float, widen: float, level: float) -> tuple[float, float]:
    """The percentile interval, widened about the mean of the draws and freed of their bias."""
    mean = float(row.mean())
    ends = (np.quantile(row, [(1 - level) / 2, (1 + level) / 2]) - mean) * np.sqrt(widen)
    centre = 2 * estimate - mean
    return float(centre + ends[0]), float(centre + ends[1])


def interval(draws: Draws, rows: Layout, *, people: int, level: float = 0.95) -> Interval:
    """The interval of every row, from draws of people, of clusters or of imputed data.

    The variance of the draws is widened by people / (people - predictors - 1), as residuals are
    smaller than errors, and where clusters were drawn by clusters / (clusters - 1).
    Ends are NaN where fewer than two draws could be computed.
    Errors: InputError for a level outside 0 to 1, draws of another layout, or people who cannot
    carry the predictors.
    """
    check_level(level)
    most = int(rows.predictors.max())
    if len(draws.values) != len(rows.names) or people < most + 2:
        raise InputError(
            f"draws of {len(draws.values)} rows for {len(rows.names)} names, "
            f"{people} people for {most} predictors",
            where="the intervals of the parts of R²",
            fix="pass the draws of the statistic of the same blocks, and fewer predictors",
        )
    units = draws.jackknife.shape[1]
    widen = people / (people - rows.predictors - 1)
    if units != people:
        widen = widen * units / (units - 1)
    ends = np.full((2, len(rows.names)), np.nan)
    used = np.isfinite(draws.values).sum(axis=1)
    for place in np.flatnonzero(used >= 2):
        row = draws.values[place]
        make = _moved if rows.common[place] else _length
        kept = row[np.isfinite(row)]
        ends[:, place] = make(kept, float(draws.estimate[place]), float(widen[place]), level)
    return Interval(kind=Kind.NONCENTRAL, level=level, low=ends[0], high=ends[1], used=used)
