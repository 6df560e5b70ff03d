"""One set of draws for every statistic of a sample, and the intervals made from it."""

from collections.abc import Callable, Mapping

import msgspec
import numpy as np

from rapport.cohort.analysis.result import Estimate, Interval, ends, number
from rapport.cohort.analysis.sample import Sample
from rapport.cohort.plan.model import Plan
from rapport.stats.arrays import Numbers, Whole
from rapport.stats.bootstrap import (
    Draws,
    Resampling,
    Statistic,
    bootstrap,
    by_clusters,
    by_people,
    by_rows,
)
from rapport.stats.imputation.bootstrap import bootstrap_imputed
from rapport.stats.intervals import Interval as Intervals
from rapport.stats.intervals import Kind, interval
from rapport.stats.moments import columns

# With fewer therapists a bootstrap of therapists is a check, not an interval to rely on.
FEWEST_CLUSTERS = 10

# Every kind of interval that draws alone give.
_FROM_DRAWS = (Kind.EXPANDED, Kind.PERCENTILE, Kind.BASIC, Kind.BIAS_CORRECTED, Kind.BCA)

Progress = Callable[[str, int, int], None]


class Resampled(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Statistics in the draws of people, and in the draws of whole therapists where there are."""

    people: Draws
    clusters: Draws | None


def resample(
    plan: Plan,
    sample: Sample,
    statistics: Mapping[str, Statistic],
    *,
    indices: Whole | None = None,
    progress: Progress | None = None,
) -> dict[str, Resampled]:
    """Every statistic of the sample in the plan's draws, by name.

    `indices` (draws x people, from 0) replace the seed where they are given.
    Errors: InputError for indices made for another number of people.
    """
    if indices is not None:
        people = by_rows(indices, people=sample.n)
    else:
        people = by_people(sample.n, draws=plan.draws, seed=plan.seed)
    found = _draws(sample, statistics, people, "people", progress)
    clusters = _clusters(plan, sample)
    checked = (
        {} if clusters is None else _draws(sample, statistics, clusters, "therapists", progress)
    )
    return {
        name: Resampled(people=draws, clusters=checked.get(name))
        for name, draws in found.items()
    }


def _clusters(plan: Plan, sample: Sample) -> Resampling | None:
    """The draws of therapists; None where there are none, or too few to draw from."""
    if sample.therapist is None or len(np.unique(sample.therapist)) < FEWEST_CLUSTERS:
        return None
    return by_clusters(sample.therapist, draws=plan.draws, seed=plan.seed)


def _draws(
    sample: Sample,
    statistics: Mapping[str, Statistic],
    chosen: Resampling,
    what: str,
    progress: Progress | None,
) -> dict[str, Draws]:
    def told(done: int) -> None:
        if progress is not None:
            progress(f"drawing {what}", done, chosen.draws)

    sets = [columns(one) for one in sample.sets]
    if len(sets) == 1:
        return bootstrap(sets[0], statistics, chosen, progress=told)
    return bootstrap_imputed(sets, statistics, chosen, progress=told)


def all_intervals(
    resampled: Resampled, level: float, parameters: int = 1
) -> dict[str, Intervals]:
    """Each kind of interval for every row of a statistic, by its name."""
    found = {
        kind.value: interval(resampled.people, kind, level=level, parameters=parameters)
        for kind in _FROM_DRAWS
    }
    if resampled.clusters is not None:
        found["therapist_percentile"] = interval(resampled.clusters, level=level)
    return found


def estimates(
    resampled: Resampled, default: Intervals, level: float, *, kinds: bool = True
) -> list[Estimate]:
    """An estimate for every row of a statistic, `default` its first interval."""
    others = all_intervals(resampled, level) if kinds else {}
    spread = resampled.people.se
    return [
        Estimate(
            estimate=number(value),
            interval=ends(default.low[row], default.high[row]),
            intervals={
                default.kind.value: _ends(default, row),
                **{name: _ends(one, row) for name, one in others.items()},
            },
            se=number(spread[row]),
            failed=int(resampled.people.failed[row]),
        )
        for row, value in enumerate(resampled.people.estimate)
    ]


def _ends(found: Intervals, row: int) -> Interval:
    low: Numbers = found.low
    return ends(low[row], found.high[row])
