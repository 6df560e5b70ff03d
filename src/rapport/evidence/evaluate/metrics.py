"""Shares, scores and their intervals; pure, and without any library."""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from random import Random  # noqa: TID251  # a type: generators are passed in with their seed
from typing import TypeVar

import msgspec

_Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution: for 95 % intervals."""

T = TypeVar("T")
Pair = tuple[str, str]
"""What was expected and what was read."""


class Interval(msgspec.Struct, frozen=True):
    """A 95 % interval of a share or a score; both ends from 0 to 1."""

    low: float
    high: float


class Share(msgspec.Struct, frozen=True):
    """`right` of `of`, with its Wilson interval; `value` is None of nothing."""

    right: int
    of: int
    value: float | None
    low: float
    high: float


class ValueScore(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a field: how often it was expected and read, and how well they agree.

    Missing: `precision` of a value that was never read, and `recall` of one that was never
    expected, have the value None. `f1` is None where it was neither.
    """

    value: str
    expected: int
    read: int
    precision: Share
    recall: Share
    f1: float | None
    f1_interval: Interval | None = None


def wilson(right: int, of: int) -> Interval:
    """The 95 % Wilson score interval of a share; 0 to 1 of nothing.

    Source: Wilson 1927, doi 10.1080/01621459.1927.10502953; it stays within 0 and 1 and holds
        for small numbers, unlike the normal approximation.
    """
    if of == 0:
        return Interval(0.0, 1.0)
    share, square = right / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    reach = spread * _Z / (1 + square / of)
    return Interval(
        0.0 if right == 0 else max(0.0, middle - reach),
        1.0 if right == of else min(1.0, middle + reach),
    )


def share(right: int, of: int) -> Share:
    """The share with its interval."""
    interval = wilson(right, of)
    return Share(right, of, right / of if of else None, interval.low, interval.high)


def f1(pairs: Sequence[Pair], value: str) -> float | None:
    """The harmonic mean of precision and recall of one value; None if it never occurs."""
    hits = sum(expected == read == value for expected, read in pairs)
    misses = sum((expected == value) != (read == value) for expected, read in pairs)
    return 2 * hits / (2 * hits + misses) if hits + misses else None


def macro_f1(pairs: Sequence[Pair], values: Sequence[str] | None = None) -> float | None:
    """The mean F1 over the values that were expected at least once (or those of `values`).

    A value that was expected and never read counts as 0. None of no values.
    """
    chosen = values or sorted({expected for expected, _ in pairs})
    scores = [f1(pairs, value) or 0.0 for value in chosen]
    return sum(scores) / len(scores) if scores else None


def value_scores(
    pairs: Sequence[Pair], groups: Sequence[Hashable], rng: Random, draws: int
) -> tuple[ValueScore, ...]:
    """The scores of every value that was expected or read, by name."""
    values = sorted({value for pair in pairs for value in pair})
    return tuple(_value_score(value, pairs, groups, rng, draws) for value in values)


def _value_score(
    value: str, pairs: Sequence[Pair], groups: Sequence[Hashable], rng: Random, draws: int
) -> ValueScore:
    hits = sum(expected == read == value for expected, read in pairs)
    expected = sum(expected == value for expected, _ in pairs)
    read = sum(read == value for _, read in pairs)
    return ValueScore(
        value=value,
        expected=expected,
        read=read,
        precision=share(hits, read),
        recall=share(hits, expected),
        f1=f1(pairs, value),
        f1_interval=bootstrap(pairs, groups, lambda drawn: f1(drawn, value), rng, draws),
    )


def confusion(pairs: Sequence[Pair]) -> dict[str, dict[str, int]]:
    """How often each expected value was read as each: expected, then read, then count."""
    counts = Counter(pairs)
    table: dict[str, dict[str, int]] = {}
    for (expected, read), count in sorted(counts.items()):
        table.setdefault(expected, {})[read] = count
    return table


def bootstrap(
    items: Sequence[T],
    groups: Sequence[Hashable],
    statistic: Callable[[Sequence[T]], float | None],
    rng: Random,
    draws: int,
) -> Interval | None:
    """A 95 % percentile interval of a statistic, by drawing whole groups with replacement.

    Sentences of one paper are alike, so papers are drawn, not sentences: `groups[i]` is the
    group of `items[i]`. None if there are no items, or the statistic is never known.
    """
    together: dict[Hashable, list[T]] = {}
    for item, group in zip(items, groups, strict=True):
        together.setdefault(group, []).append(item)
    listed = list(together.values())
    known: list[float] = []
    for _ in range(draws if listed else 0):
        drawn = [item for _ in listed for item in listed[rng.randrange(len(listed))]]
        value = statistic(drawn)
        if value is not None:
            known.append(value)
    if not known:
        return None
    known.sort()
    return Interval(_percentile(known, 0.025), _percentile(known, 0.975))


def _percentile(ordered: Sequence[float], share_below: float) -> float:
    """The value below which that share lies, between neighbours in proportion."""
    place = share_below * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def total(shares: Mapping[str, Share]) -> Share:
    """All of them together."""
    return share(sum(s.right for s in shares.values()), sum(s.of for s in shares.values()))
