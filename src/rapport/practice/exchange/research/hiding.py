"""Small groups hidden: what could point to somebody whom a reader knows."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from rapport.practice.exchange.research.columns import CODED, named
from rapport.practice.exchange.research.rows import Row

SEEN_FROM_OUTSIDE = (*CODED, named("scc-p", "C1x"), named("scc-c", "C1x_c"))
"""Columns whose values others may know of a person: how they live and who answers for them."""


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """The rows that are left, and how much was taken away, by column."""

    rows: tuple[Row, ...]
    counts: dict[str, int]


def hidden(rows: Iterable[Row], k: int, columns: Iterable[str] = SEEN_FROM_OUTSIDE) -> Hidden:
    """The rows without waves, therapists and values of `columns` that fewer than `k` people
    share.
    """
    given = tuple(rows)
    waves = _people((row.wave, row.person) for row in given)
    left = [row for row in given if waves[row.wave] >= k]
    counts = {"rows": len(given) - len(left)}
    therapists = _people((row.therapist, row.person) for row in left)
    few = [row.therapist for row in left if row.therapist and therapists[row.therapist] < k]
    counts["therapist"] = len(few)
    left = [
        msgspec.structs.replace(row, therapist="" if row.therapist in few else row.therapist)
        for row in left
    ]
    for column in columns:
        rare = _rare(left, column, k)
        hit = [row.values.get(column) in rare for row in left]
        counts[column] = sum(hit)
        left = [
            _without(row, column) if out else row for row, out in zip(left, hit, strict=True)
        ]
    return Hidden(
        rows=tuple(left), counts={name: count for name, count in counts.items() if count}
    )


def _rare(rows: list[Row], column: str, k: int) -> frozenset[float]:
    """The values to hide: those of few people, and more of them until the gaps are many.

    A gap that only one small group could have would name it. So the next smallest value goes
    too, until at least `k` people have a gap.
    """
    by_value: dict[float | None, set[str]] = defaultdict(set)
    for row in rows:
        by_value[row.values.get(column)].add(row.person)
    gaps = by_value.pop(None, set[str]())
    order = sorted(by_value, key=lambda value: len(by_value[value]))
    rare: list[float] = []
    for value in order:
        small = len(by_value[value]) < k
        if value is None or not (small or (rare and len(gaps) < k)):
            break
        rare.append(value)
        gaps = gaps | by_value[value]
    return frozenset(rare)


def _without(row: Row, column: str) -> Row:
    values = {name: value for name, value in row.values.items() if name != column}
    return msgspec.structs.replace(row, values=values)


def _people(pairs: Iterable[tuple[int | str, str]]) -> Counter[int | str]:
    """How many different people each has."""
    return Counter(each for each, _ in set(pairs))
