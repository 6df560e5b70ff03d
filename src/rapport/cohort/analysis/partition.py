"""Variance explained uniquely and jointly: the six numbers, and which predictor dominates."""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from rapport.cohort.analysis.resample import Resampled, estimates
from rapport.cohort.analysis.result import About, Estimate
from rapport.cohort.analysis.sample import Sample
from rapport.cohort.analysis.terms import Terms
from rapport.cohort.plan.model import Plan
from rapport.stats.arrays import Numbers
from rapport.stats.bootstrap import Statistic
from rapport.stats.intervals import interval
from rapport.stats.moments import Moments, columns, moments
from rapport.stats.partition import (
    MOST_BLOCKS,
    common_parts,
    conditional_dominance,
    partition,
    relative_weights,
    subset_r2,
)
from rapport.stats.shares import interval as interval_of_shares
from rapport.stats.shares import layout
from rapport.stats.shares import statistic as shares

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
    """A partition among blocks. `covariates` are in every model: R² includes them (and is given
    for them alone), unique and common parts are what is added to them."""

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


def adjusted_statistic(
    outcome: str, blocks: Blocks, covariates: Sequence[str] = ()
) -> Statistic:
    """Rows: adjusted R² of every set of blocks but the empty one, then its parts."""

    def values(known: Moments) -> Numbers:
        found = partition(known, outcome, blocks, covariates)
        return np.concatenate([found.adjusted_r2[1:], found.adjusted_parts[1:]])

    return values


def _in_pieces(made: Statistic, predictors: int) -> Statistic:
    """The same statistic, a few draws at a time: subsets x draws would not fit into memory."""
    step = max(1, _CELLS >> predictors)

    def values(known: Moments) -> Numbers:
        pieces = [slice(first, first + step) for first in range(0, known.size.size, step)]
        return np.concatenate([made(known.some(piece)) for piece in pieces], axis=1)

    return values


def statistics(plan: Plan, chosen: Terms) -> dict[str, Statistic]:
    """All statistics of this section, by the names under which their results are looked for."""
    found: dict[str, Statistic] = {}
    for name, (blocks, covariates) in _divisions(plan, chosen).items():
        found[name] = shares(chosen.outcome, blocks, covariates)
        found[f"{name} adjusted"] = adjusted_statistic(chosen.outcome, blocks, covariates)
    predictors = _predictors(chosen)
    if len(predictors) <= MOST_BLOCKS:
        alone = {name: (name,) for name in predictors}
        found["single"] = _in_pieces(shares(chosen.outcome, alone), len(predictors))
    return found


def _divisions(plan: Plan, chosen: Terms) -> dict[str, tuple[Blocks, tuple[str, ...]]]:
    """Each partition by name: its blocks, and the covariates in every model."""
    blocks, finer = two_blocks(chosen), finer_blocks(plan, chosen)
    found: dict[str, tuple[Blocks, tuple[str, ...]]] = {"two": (blocks, ())}
    if chosen.covariates:
        found["with covariates"] = (blocks, chosen.covariates)
    if finer:
        found["finer"] = (finer, ())
    return found


def _predictors(chosen: Terms) -> tuple[str, ...]:
    return (*chosen.relation, *chosen.process)


# --- Results ----------------------------------------------------------------------------------


def subset_names(blocks: Sequence[str]) -> list[str]:
    """The name of every subset but the empty one, in the order of `stats.partition`."""
    return [
        "+".join(name for place, name in enumerate(blocks) if subset >> place & 1)
        for subset in range(1, 1 << len(blocks))
    ]


def _common(rows: Mapping[str, Estimate], blocks: Sequence[str]) -> Common:
    """The part of all blocks, with the parts of some."""
    whole = rows["+".join(blocks)]
    some = {name: one for name, one in rows.items() if "+" in name and one is not whole}
    return Common(**{f: getattr(whole, f) for f in whole.__struct_fields__}, parts=some)


def _by_kind(names: Sequence[str], rows: Sequence[Estimate]) -> dict[str, dict[str, Estimate]]:
    """Rows named "R2: A + B" as kind -> set -> estimate, sets named "A+B"."""
    found: dict[str, dict[str, Estimate]] = {}
    for name, row in zip(names, rows, strict=True):
        kind, _, members = name.partition(": ")
        found.setdefault(kind, {})[members.replace(" + ", "+")] = row
    return found


def _of_shares(
    plan: Plan, sample: Sample, blocks: Blocks, covariates: Sequence[str], found: Resampled
) -> dict[str, dict[str, Estimate]]:
    """The estimates of the statistic `shares`, by kind and set, with the interval that covers best."""
    rows = layout(blocks, covariates)
    best = interval_of_shares(found.people, rows, people=sample.n, level=plan.level)
    return _by_kind(rows.names, estimates(found, best, plan.level))


def _division(
    plan: Plan,
    sample: Sample,
    name: str,
    resampled: Mapping[str, Resampled],
    blocks: Blocks,
    covariates: tuple[str, ...],
) -> Division:
    names = list(blocks)
    raw = _of_shares(plan, sample, blocks, covariates, resampled[name])
    other = resampled[f"{name} adjusted"]
    rows = estimates(other, interval(other.people, level=plan.level), plan.level)
    subsets = subset_names(names)
    adjusted = dict(zip(subsets, rows[len(subsets) :], strict=True))
    return Division(
        blocks={block: tuple(columns_) for block, columns_ in blocks.items()},
        r2=raw["R2"],
        unique=raw["unique"],
        common=_common(raw["common"], names)
        if "+".join(names) in raw["common"]
        else Common(estimate=None),
        adjusted=Shares(
            r2=dict(zip(subsets, rows[: len(subsets)], strict=True)),
            unique={block: adjusted[block] for block in names},
            common=_common(adjusted, names),
        ),
        covariates=covariates,
    )


def variance_partition(
    plan: Plan, chosen: Terms, sample: Sample, resampled: Mapping[str, Resampled]
) -> VariancePartition:
    """The partition between relation and process, with its companions."""
    made = {
        name: _division(plan, sample, name, resampled, *parts)
        for name, parts in _divisions(plan, chosen).items()
    }
    main = made["two"]
    return VariancePartition(
        **{field: getattr(main, field) for field in main.__struct_fields__},
        with_covariates=made.get("with covariates"),
        finer=made.get("finer"),
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
    rows = _of_shares(plan, sample, alone, (), resampled["single"])
    two = two_blocks(chosen)
    sets = _of_shares(plan, sample, two, (), resampled["two"])
    listed = len(predictors) <= _MOST_LISTED
    names = subset_names(predictors) if listed else []
    conditional = conditional_dominance(r2[:, None])[:, :, 0]
    return DominanceResult(
        predictors={
            name: Dominance(
                general=rows["dominance"][name],
                unique=rows["unique"][name],
                conditional=tuple(conditional[place].tolist()),
                relative_weight=float(np.mean(weights, axis=0)[place]),
            )
            for place, name in enumerate(predictors)
        },
        sets=sets["dominance"],
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
