"""Who changed by more than the error of the instrument; who got worse is always told."""

import msgspec
import numpy as np

from rapport.cohort.analysis.description import SMALLEST_GROUP
from rapport.cohort.analysis.result import About, Assumption, Interval, ends, number
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.plan.model import HighIs, Plan, ReliabilityPlan
from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.change import Change, reliable_change
from rapport.stats.distributions import normal_quantile

_BINS = 15


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How many people, and their share with Wilson's interval."""

    n: int
    share: float
    interval: Interval


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """How many people changed by `low` to below `high` (the last bin: to `high`)."""

    low: float
    high: float
    n: int


class ReliableChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Change of the outcome from the first to the last wave.

    `reliable` says whether the error of the instrument was known; without it `rose`, `fell` and
    `same` count any change at all. With it `rose` and `fell` count reliable change. `worse` and
    `improved` are None where the plan does not say which way is worse. `recovered` are those
    who improved reliably and end on the well side of the cut-off.
    `points` is the change that is reliable. `bins` counts people by their change.
    """

    outcome: str
    reliable: bool
    rose: Share
    fell: Share
    same: Share
    worse: Share | None
    improved: Share | None
    recovered: Share | None
    mean: float
    sd: float | None
    dz: float | None
    t: float | None
    reliability: float | None
    reliability_kind: str | None
    reliability_source: str | None
    error: float | None
    difference_error: float | None
    points: float | None
    cutoff: float | None
    bins: tuple[Bin, ...]
    about: About


def change(
    plan: Plan, cohort: Cohort, *, computed_alpha: float | None = None
) -> ReliableChange:
    """Reliable change of everyone with the outcome at the first and the last wave.

    `computed_alpha` is Cronbach's alpha at the first wave where the outcome came from items.
    Errors: InputError for fewer than two people with both values.
    """
    before, after = cohort.at(plan.outcome, plan.first), cohort.at(plan.outcome, plan.last)
    both = np.isfinite(before) & np.isfinite(after)
    if both.sum() < 2:
        raise InputError(
            f"{int(both.sum())} people have the outcome at the first and the last wave",
            where=f"{plan.outcome}_{plan.first} and {plan.outcome}_{plan.last}",
            fix="choose waves at which more people were measured",
        )
    first, last = before[both], after[both]
    told = plan.reliable_change or ReliabilityPlan()
    reliability = computed_alpha if told.reliability is None else told.reliability
    kind = "alpha, computed from the items" if told.reliability is None else told.kind
    found = None
    if reliability is not None:
        found = reliable_change(
            first,
            last,
            reliability=reliability,
            high_is_worse=plan.outcome_high_is is not HighIs.BETTER,
            sd=told.sd,
            cutoff=told.cutoff,
            level=plan.level,
        )
    return _result(plan, cohort, told, last - first, found, kind)


def _result(
    plan: Plan,
    cohort: Cohort,
    told: ReliabilityPlan,
    moved: Numbers,
    found: Change | None,
    kind: str,
) -> ReliableChange:
    points = 0.0 if found is None else found.points
    n = len(moved)
    rose, fell = int((moved > points).sum()), int((moved < -points).sum())
    sides = {HighIs.WORSE: (rose, fell), HighIs.BETTER: (fell, rose)}
    worse, improved = (
        sides.get(plan.outcome_high_is, (None, None)) if plan.outcome_high_is else (None, None)
    )
    recovered = None
    if found is not None and found.recovered is not None and plan.outcome_high_is:
        recovered = int(found.recovered.sum())
    sd = float(moved.std(ddof=1))
    return ReliableChange(
        outcome=plan.outcome,
        reliable=found is not None,
        rose=share(rose, n, plan.level),
        fell=share(fell, n, plan.level),
        same=share(n - rose - fell, n, plan.level),
        worse=None if worse is None else share(worse, n, plan.level),
        improved=None if improved is None else share(improved, n, plan.level),
        recovered=None if recovered is None else share(recovered, n, plan.level),
        mean=float(moved.mean()),
        sd=number(sd),
        dz=number(moved.mean() / sd) if sd > 0 else None,
        t=number(moved.mean() / sd * np.sqrt(n)) if sd > 0 else None,
        reliability=None if found is None else found.reliability,
        reliability_kind=None if found is None else kind,
        reliability_source=told.source,
        error=None if found is None else found.error,
        difference_error=None if found is None else found.difference_error,
        points=None if found is None else found.points,
        cutoff=told.cutoff,
        bins=_bins(moved),
        about=_about(plan, cohort, n, found is not None),
    )


def _bins(moved: Numbers) -> tuple[Bin, ...]:
    """Change in about a dozen bins; neighbours are put together until each has 5 people."""
    counts, edges = np.histogram(moved, bins=min(_BINS, max(len(moved) // SMALLEST_GROUP, 1)))
    found: list[Bin] = []
    low, waiting = float(edges[0]), 0
    for count, high in zip(counts.tolist(), edges[1:].tolist(), strict=True):
        waiting += count
        if waiting >= SMALLEST_GROUP:
            found.append(Bin(low=low, high=high, n=waiting))
            low, waiting = high, 0
    if waiting and found:
        last = found.pop()
        return (*found, Bin(low=last.low, high=float(edges[-1]), n=last.n + waiting))
    return tuple(found)


def share(count: int, n: int, level: float) -> Share:
    """A share with Wilson's interval (Wilson 1927, doi 10.1080/01621459.1927.10502953)."""
    z2 = float(normal_quantile((1 + level) / 2)) ** 2
    middle = (count + z2 / 2) / (n + z2)
    reach = np.sqrt(z2) / (n + z2) * np.sqrt(count * (n - count) / n + z2 / 4)
    return Share(
        n=count,
        share=count / n,
        interval=ends(max(middle - reach, 0.0), min(middle + reach, 1.0)),
    )


def _about(plan: Plan, cohort: Cohort, n: int, reliable: bool) -> About:
    return About(
        n=n,
        missing={
            f"{plan.outcome}_{wave}": int((~cohort.seen(plan.outcome))[:, place].sum())
            for place, wave in ((0, plan.first), (-1, plan.last))
        },
        method="reliable change index of Jacobson and Truax"
        if reliable
        else "any change at all: the plan states no reliability",
        assumptions=(
            Assumption(
                assumption="people without a last measurement went as the others did",
                found=f"{cohort.people - n} of {cohort.people} have no change score",
                holds=None if cohort.people > n else True,
            ),
            Assumption(
                assumption="change is not regression to the mean",
                found="cannot be told without a control group",
                holds=None,
            ),
        ),
        sources=("doi:10.1037/0022-006X.59.1.12",),
    )
