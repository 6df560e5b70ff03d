"""Variance explained uniquely and jointly: the six numbers, and which predictor dominates."""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from rapport.cohort.analyse.resample import Resampled, estimates
from rapport.cohort.analyse.result import About, Estimate
from rapport.cohort.analyse.sample import Sample
from rapport.cohort.analyse.terms import Terms
from rapport.cohort.plan.model import Plan
from rapport.stats.arrays import Numbers
from rapport.stats.bootstrap import Statistic
from rapport.stats.intervals import interval
from rapport.stats.moments import Moments, columns, moments
from rapport.stats.partition import (
    MOST_BLOCKS,
    common_parts,
    conditional_dominance,
    general_dominance,
    partition,
    relative_weights,
    subset_r2,
)

Blocks = Mapping[str, Sequence[str]]

# More subsets than these are counted, not listed.
_MOST_LISTED = 8
# Subsets x draws at once, so that memory does not grow with the predictors.
_CELLS = 1 << 21


class Common(Estimate, frozen=True, kw_only=True, omit_defaults=True):
    """The part that all blocks share; `parts` are those that only some of them share."""

    parts: dict[str, Estimate] = msgspec.field(default_factory=dict)


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """R² of every set of blocks, and how it divides. Sets are named by their blocks with "+"."""

    r2: dict[str, Estimate]
    unique: dict[str, Estimate]
    common: Common


class Division(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A partition among blocks. `covariates` are in every model; R² is what is added to them."""

    blocks: dict[str, tuple[str, ...]]
    r2: dict[str, Estimate]
    unique: dict[str, Estimate]
    common: Common
    adjusted: Shares
    covariates: tuple[str, ...] = ()


class VariancePartition(Division, frozen=True, kw_only=True, omit_defaults=True):
    """The partition between relation and process; beside it with covariates in every model,
    and among the finer blocks of the plan."""

    with_covariates: Division | None = None
    finer: Division | None = None
    about: About


class Dominance(msgspec.Struct, frozen=True, kw_only=True):
    """One predictor: its part of R² on average over all models (general), and what it adds to
    models of 0, 1, ... other predictors (conditional)."""

    general: Estimate
    unique: Estimate
    conditional: tuple[float, ...]
    relative_weight: float | None


class DominanceResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Single predictors and sets. `subsets` has R², `commonality` the part shared by exactly
    these predictors, for every subset (left out with more than 8 predictors)."""

    predictors: dict[str, Dominance]
    sets: dict[str, Estimate]
    r2: float
    subsets: dict[str, float] = {}
    commonality: dict[str, float] = {}
    about: About


# --- Statistics of the shared draws -----------------------------------------------------------


def two_blocks(chosen: Terms) -> dict[str, tuple[str, ...]]:
    """Relation and process."""
    return {"relation": chosen.relation, "process": chosen.process}


def finer_blocks(plan: Plan, chosen: Terms) -> dict[str, tuple[str, ...]]:
    """The blocks of the plan in columns; empty without any."""
    columns_of = dict(
        zip((*plan.relation, *plan.process), (*chosen.relation, *chosen.process), strict=True)
    )
    return {name: tuple(columns_of[v] for v in block) for name, block in plan.blocks.items()}


def shares_statistic(outcome: str, blocks: Blocks, covariates: Sequence[str] = ()) -> Statistic:
    """Rows: R² added by every set, its parts, and both adjusted; each without the empty set."""

    def values(known: Moments) -> Numbers:
        found = partition(known, outcome, blocks, covariates)
        added, adjusted = found.r2 - found.r2[0], found.adjusted_r2 - found.adjusted_r2[0]
        rows = (added, found.parts, adjusted, found.adjusted_parts)
        return np.concatenate([one[1:] for one in rows])

    return values


def dominance_statistic(outcome: str, predictors: Sequence[str]) -> Statistic:
    """Rows: general dominance of each predictor, then its unique part."""
    alone = {name: (name,) for name in predictors}

    def values(known: Moments) -> Numbers:
        draws = known.covariance.shape[2]
        step = max(1, _CELLS >> len(predictors))
        return np.concatenate(
            [some(known, slice(first, first + step)) for first in range(0, draws, step)], axis=1
        )

    def some(known: Moments, draws: slice) -> Numbers:
        part = msgspec.structs.replace(
            known,
            mean=known.mean[:, draws],
            covariance=known.covariance[:, :, draws],
            size=known.size[draws],
        )
        r2 = subset_r2(part, outcome, alone)
        without = [len(r2) - 1 - (1 << place) for place in range(len(predictors))]
        return np.concatenate([general_dominance(r2), r2[-1] - r2[without]])

    return values


def statistics(plan: Plan, chosen: Terms) -> dict[str, Statistic]:
    """All statistics of this section, by the names under which `result` looks for them."""
    blocks, finer = two_blocks(chosen), finer_blocks(plan, chosen)
    found = {"two": shares_statistic(chosen.outcome, blocks)}
    found["sets"] = _sets_statistic(chosen.outcome, blocks)
    if chosen.covariates:
        found["with_covariates"] = shares_statistic(chosen.outcome, blocks, chosen.covariates)
    if finer:
        found["finer"] = shares_statistic(chosen.outcome, finer)
    if len(_predictors(chosen)) <= MOST_BLOCKS:
        found["single"] = dominance_statistic(chosen.outcome, _predictors(chosen))
    return found


def _sets_statistic(outcome: str, blocks: Blocks) -> Statistic:
    return lambda known: general_dominance(subset_r2(known, outcome, blocks))


def _predictors(chosen: Terms) -> tuple[str, ...]:
    return (*chosen.relation, *chosen.process)


# --- Results ----------------------------------------------------------------------------------


def subset_names(blocks: Sequence[str]) -> list[str]:
    """The name of every subset but the empty one, in the order of `stats.partition`."""
    return [
        "+".join(name for place, name in enumerate(blocks) if subset >> place & 1)
        for subset in range(1, 1 << len(blocks))
    ]


def _shares(names: Sequence[str], blocks: Sequence[str], found: Sequence[Estimate]) -> Shares:
    size = len(names)
    r2 = dict(zip(names, found[:size], strict=True))
    parts = dict(zip(names, found[size : 2 * size], strict=True))
    shared = parts[names[-1]]
    some = {name: part for name, part in parts.items() if "+" in name and name != names[-1]}
    return Shares(
        r2=r2,
        unique={name: parts[name] for name in blocks},
        common=Common(**{f: getattr(shared, f) for f in shared.__struct_fields__}, parts=some),
    )


def _division(
    plan: Plan, blocks: Blocks, resampled: Resampled, covariates: tuple[str, ...] = ()
) -> Division:
    rows = estimates(resampled, interval(resampled.people, level=plan.level), plan.level)
    names, half = subset_names(list(blocks)), len(rows) // 2
    raw, adjusted = (_shares(names, list(blocks), part) for part in (rows[:half], rows[half:]))
    return Division(
        blocks={name: tuple(block) for name, block in blocks.items()},
        r2=raw.r2,
        unique=raw.unique,
        common=raw.common,
        adjusted=adjusted,
        covariates=covariates,
    )


def variance_partition(
    plan: Plan, chosen: Terms, sample: Sample, resampled: Mapping[str, Resampled]
) -> VariancePartition:
    """The partition between relation and process, with its companions."""
    blocks, finer = two_blocks(chosen), finer_blocks(plan, chosen)
    main = _division(plan, blocks, resampled["two"])
    return VariancePartition(
        **{field: getattr(main, field) for field in main.__struct_fields__},
        with_covariates=_division(plan, blocks, resampled["with_covariates"], chosen.covariates)
        if "with_covariates" in resampled
        else None,
        finer=_division(plan, finer, resampled["finer"]) if finer else None,
        about=About(
            n=sample.n,
            missing=sample.missing,
            method="commonality analysis of all subsets of the blocks; adjusted by Ezekiel's "
            "formula",
            sources=("doi:10.1177/1534484311411077",),
            notes=(
                "A shared part is no mediation: it is the same whichever block comes first.",
                "A shared part below 0 means that one block hides what the other explains.",
            ),
        ),
    )


def dominance_result(
    plan: Plan, chosen: Terms, sample: Sample, resampled: Mapping[str, Resampled]
) -> DominanceResult | None:
    """Which predictor carries most; None with more predictors than can be compared."""
    if "single" not in resampled:
        return None
    predictors = _predictors(chosen)
    alone = {name: (name,) for name in predictors}
    known = [moments(columns(data)) for data in sample.sets]
    r2 = np.mean([subset_r2(one, chosen.outcome, alone)[:, 0] for one in known], axis=0)
    weights = [relative_weights(one, chosen.outcome, predictors)[:, 0] for one in known]
    single = resampled["single"]
    rows = estimates(single, interval(single.people, level=plan.level), plan.level)
    sets = resampled["sets"]
    listed = len(predictors) <= _MOST_LISTED
    names = subset_names(predictors) if listed else []
    conditional = conditional_dominance(r2[:, None])[:, :, 0]
    return DominanceResult(
        predictors={
            name: Dominance(
                general=rows[place],
                unique=rows[len(predictors) + place],
                conditional=tuple(conditional[place].tolist()),
                relative_weight=float(np.mean(weights, axis=0)[place]),
            )
            for place, name in enumerate(predictors)
        },
        sets=dict(
            zip(
                ("relation", "process"),
                estimates(sets, interval(sets.people, level=plan.level), plan.level),
                strict=True,
            )
        ),
        r2=float(r2[-1]),
        subsets=dict(zip(names, r2[1:].tolist(), strict=listed)) if listed else {},
        commonality=dict(zip(names, common_parts(r2[:, None])[1:, 0].tolist(), strict=listed))
        if listed
        else {},
        about=About(
            n=sample.n,
            missing=sample.missing,
            method="dominance analysis over all subsets of the predictors (general dominance "
            "equals LMG)",
            sources=("doi:10.1037/1082-989X.8.2.129", "doi:10.1207/S15327906MBR3501_1"),
        ),
    )
