"""Who was in the cohort, who left, what is missing, and how values went over the waves."""

from collections import Counter

import msgspec
import numpy as np

from rapport.cohort.analysis.result import About, number
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.plan.model import Plan
from rapport.stats.arrays import Numbers, Truths
from rapport.stats.distributions import t_quantile, t_two_sided

# A pattern or a group of fewer people than this could point to someone.
SMALLEST_GROUP = 5


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One column: how many have it, its mean, spread and quartiles; None where nobody has it."""

    variable: str
    wave: str | None
    n: int
    missing: int
    mean: float | None
    sd: float | None
    median: float | None
    quartiles: tuple[float | None, float | None]
    interval: tuple[float | None, float | None]
    """Of the mean, by t."""


class Attrition(msgspec.Struct, frozen=True, kw_only=True):
    """How many had the outcome at a wave, and how many of those before were lost or came back."""

    wave: str
    n: int
    lost: int
    returned: int


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A first-wave variable of those with and without the outcome at the last wave.

    `difference` is in standard deviations (pooled), those without minus those with.
    """

    variable: str
    stayed: float | None
    left: float | None
    difference: float | None
    p: float | None


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """At which waves the outcome was measured, and in how many people."""

    waves: tuple[str, ...]
    n: int


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """The cohort in numbers. Patterns of fewer than 5 people are put together in `rare`."""

    people: int
    therapists: int | None
    summaries: tuple[Summary, ...]
    attrition: tuple[Attrition, ...]
    leaving: tuple[Comparison, ...]
    patterns: tuple[Pattern, ...]
    rare: int
    about: About


def description(plan: Plan, cohort: Cohort) -> Description:
    """The cohort as it was measured, before anything is left out or filled in."""
    seen = cohort.seen(plan.outcome)
    patterns, rare = _patterns(plan, seen)
    return Description(
        people=cohort.people,
        therapists=None if cohort.therapist is None else len(np.unique(cohort.therapist)),
        summaries=_summaries(plan, cohort),
        attrition=_attrition(plan, seen),
        leaving=_leaving(plan, cohort),
        patterns=patterns,
        rare=rare,
        about=About(
            n=cohort.people,
            missing={
                f"{variable}_{wave}": int((~cohort.seen(variable))[:, place].sum())
                for variable in cohort.measured
                for place, wave in enumerate(cohort.waves)
            },
            method="counts, means and quartiles of the values measured; t intervals of means",
        ),
    )


def _summaries(plan: Plan, cohort: Cohort) -> tuple[Summary, ...]:
    fixed = [_summary(name, None, values, plan.level) for name, values in cohort.fixed.items()]
    repeated = [
        _summary(variable, wave, values[:, place], plan.level)
        for variable, values in cohort.measured.items()
        for place, wave in enumerate(cohort.waves)
    ]
    return (*fixed, *repeated)


def _summary(variable: str, wave: str | None, values: Numbers, level: float) -> Summary:
    known = values[np.isfinite(values)]
    n = len(known)
    blank = n == 0
    sd = float(known.std(ddof=1)) if n > 1 else np.nan
    reach = float(t_quantile((1 + level) / 2, n - 1)) * sd / np.sqrt(n) if n > 1 else np.nan
    mean = np.nan if blank else float(known.mean())
    quartiles = (np.nan,) * 3 if blank else np.quantile(known, [0.25, 0.5, 0.75])
    return Summary(
        variable=variable,
        wave=wave,
        n=n,
        missing=len(values) - n,
        mean=number(mean),
        sd=number(sd),
        median=number(quartiles[1]),
        quartiles=(number(quartiles[0]), number(quartiles[2])),
        interval=(number(mean - reach), number(mean + reach)),
    )


def _attrition(plan: Plan, seen: Truths) -> tuple[Attrition, ...]:
    found: list[Attrition] = []
    for place, wave in enumerate(plan.waves):
        now = seen[:, place]
        before = seen[:, place - 1] if place else now
        found.append(
            Attrition(
                wave=wave,
                n=int(now.sum()),
                lost=int((before & ~now).sum()),
                returned=int((~before & now).sum()),
            )
        )
    return tuple(found)


def _leaving(plan: Plan, cohort: Cohort) -> tuple[Comparison, ...]:
    """Each first-wave variable and covariate; empty where nobody, or nearly nobody, left."""
    stayed = cohort.seen(plan.outcome)[:, -1]
    if min(stayed.sum(), (~stayed).sum()) < SMALLEST_GROUP:
        return ()
    columns = {name: values[:, 0] for name, values in cohort.measured.items()}
    return tuple(
        _comparison(name, values[stayed], values[~stayed])
        for name, values in {**columns, **cohort.fixed}.items()
    )


def _comparison(name: str, stayed: Numbers, left: Numbers) -> Comparison:
    """Welch's test and the difference in pooled standard deviations."""
    one, two = (values[np.isfinite(values)] for values in (stayed, left))
    if min(len(one), len(two)) < 2:
        return Comparison(variable=name, stayed=None, left=None, difference=None, p=None)
    errors = [values.var(ddof=1) / len(values) for values in (one, two)]
    gap = float(two.mean() - one.mean())
    spread = float(np.sqrt((one.var(ddof=1) + two.var(ddof=1)) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        df = sum(errors) ** 2 / (
            errors[0] ** 2 / (len(one) - 1) + errors[1] ** 2 / (len(two) - 1)
        )
        p = t_two_sided(gap / np.sqrt(sum(errors)), df)
        difference = np.float64(gap) / spread
    return Comparison(
        variable=name,
        stayed=number(one.mean()),
        left=number(two.mean()),
        difference=number(difference),
        p=number(p),
    )


def _patterns(plan: Plan, seen: Truths) -> tuple[tuple[Pattern, ...], int]:
    """The patterns of the outcome, commonest first, and the people in rare ones together."""
    powers = np.asarray(1 << np.arange(seen.shape[1]), dtype=np.int64)
    counted = Counter(int(code) for code in seen @ powers)
    found = [
        Pattern(waves=tuple(w for place, w in enumerate(plan.waves) if code >> place & 1), n=n)
        for code, n in sorted(counted.items(), key=lambda item: (-item[1], -item[0]))
        if n >= SMALLEST_GROUP
    ]
    return tuple(found), sum(n for n in counted.values() if n < SMALLEST_GROUP)
