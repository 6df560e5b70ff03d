"""The values that results are made of: an estimate with its intervals, and what carries it."""

from typing import Any

import msgspec

Interval = tuple[float | None, float | None]


class Estimate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number with how sure it is. `interval` is the default kind, `intervals` all kinds by name.

    `failed` counts draws in which it could not be computed. `None` means that it cannot be known
    from these data.
    """

    estimate: float | None
    interval: Interval | None = None
    intervals: dict[str, Interval] = {}
    se: float | None = None
    failed: int = 0


class Assumption(msgspec.Struct, frozen=True, kw_only=True):
    """Something the method takes for granted, and what the data say of it."""

    assumption: str
    found: str
    holds: bool | None = None


class About(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What carries the numbers of a section: people, gaps, method, assumptions, sources.

    `missing` counts for each column the people of the cohort who lack it.
    """

    n: int
    missing: dict[str, int]
    method: str
    assumptions: tuple[Assumption, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def number(value: Any) -> float | None:
    """A plain number, None where it is not finite: JSON knows no NaN."""
    plain = float(value)
    return plain if plain - plain == 0 else None


def ends(low: Any, high: Any) -> Interval:
    """Both ends of an interval, None where one is not finite."""
    return (number(low), number(high))
