"""How many people a gap of service meets, by what the need is about and why; small numbers hidden.

A cell counts people, each once for an area of life, with the reason of their first gap there. A
number below `k` is not shown, and no total lets it be computed back, not even by somebody who
knows this rule: see `shown`. There are no totals by reason or over all areas, so that each area
stands by itself.

Two reports cannot be set side by side to find somebody: see `renewed`.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from rapport.practice.coalition.gaps import Gap, gaps, unmet
from rapport.practice.coalition.held import Coalition
from rapport.practice.records.coalition import Domain, GapReason
from rapport.practice.records.people import Consent, ConsentKind

_K = TypeVar("_K")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One area of life. `reasons` has the numbers that may be shown; a reason that is not in it
    has fewer people than the smallest group, or none, or is hidden to protect another.

    `total` counts people; None where it would give a small number away.
    """

    domain: Domain
    reasons: dict[GapReason, int]
    total: int | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a quarter, made on a day. Areas that are not in it have too few people, or
    none.
    """

    on: datetime.date
    k: int
    rows: tuple[Row, ...]


Cell = tuple[Domain, GapReason]
Number = tuple[Domain, GapReason | None]
"""What is counted: a cell, or with None an area as a whole."""
_NONE = frozenset[Number]()


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What a report rests on: its numbers of at least `k` people, and who was counted in what.

    `people` is by patient; somebody who was erased is in the numbers and no longer here.
    """

    numbers: dict[Number, int]
    people: dict[str, frozenset[Number]]


def agreed(consents: Iterable[Consent]) -> bool:
    """Whether the latest word of the patient is that their gaps may be counted."""
    said = [each for each in consents if each.consent is ConsentKind.GAP_COUNTS]
    latest = max(said, key=lambda each: each.given_at, default=None)
    return latest is not None and latest.withdrawn_at is None


def cells(coalition: Coalition, today: datetime.date) -> frozenset[Cell]:
    """What one patient adds: for each area of life the reason of their first gap there."""
    first: dict[Domain, Gap] = {}
    for gap in (*gaps(coalition, today), *unmet(coalition, today)):
        first.setdefault(coalition.needs[gap.need].domain, gap)
    return frozenset((domain, gap.reason) for domain, gap in first.items())


def numbers_of(added: frozenset[Cell]) -> frozenset[Number]:
    """The numbers that one patient is counted in: their cells, and the areas as a whole."""
    return frozenset({*added, *((domain, None) for domain, _ in added)})


def quarter_of(day: datetime.date) -> str:
    """The calendar quarter of a day, as 2026-Q4: a later one sorts after an earlier."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def next_quarter(day: datetime.date) -> datetime.date:
    """The first day of the quarter after the one of a day."""
    months = day.year * 12 + (day.month + 2) // 3 * 3
    return datetime.date(months // 12, months % 12 + 1, 1)


def renewed(stood: Counted | None, now: Mapping[str, frozenset[Number]], k: int) -> Counted:
    """What is counted from now on: each number anew where at least `k` people changed in it.

    A number belongs to a set of people. It stays what it was until `k` or more have come into that
    set or left it, so that a report, held against the one before, tells of `k` people or of none.
    Who was erased counts as one who left. Without anything before, everything is as it is now.
    """
    if stood is None:
        return Counted(numbers=_large(now, k), people=dict(now))
    every = {*stood.numbers, *_all(stood.people), *_all(now)}
    new = frozenset(number for number in every if _changed(stood, now, number) >= k)
    people = {
        name: (stood.people.get(name, _NONE) - new) | (now.get(name, _NONE) & new)
        for name in (*stood.people, *(each for each in now if each not in stood.people))
    }
    kept = {number: count for number, count in stood.numbers.items() if number not in new}
    fresh = _large({name: numbers & new for name, numbers in now.items()}, k)
    return Counted(numbers=kept | fresh, people=people)


def _changed(stood: Counted, now: Mapping[str, frozenset[Number]], number: Number) -> int:
    """How many people came into a number or left it since it was counted."""
    before = {name for name, numbers in stood.people.items() if number in numbers}
    after = {name for name, numbers in now.items() if number in numbers}
    erased = max(stood.numbers.get(number, 0) - len(before), 0)
    return len(before ^ after) + erased


def _large(people: Mapping[str, frozenset[Number]], k: int) -> dict[Number, int]:
    """The numbers of at least `k` people."""
    counted = Counter(number for numbers in people.values() for number in numbers)
    return {number: count for number, count in counted.items() if count >= k}


def _all(people: Mapping[str, frozenset[Number]]) -> set[Number]:
    return {number for numbers in people.values() for number in numbers}


def report(counted: Mapping[Number, int], k: int, on: datetime.date) -> Report:
    """The report on patients who all agreed to be counted; it follows from these numbers alone."""
    rows: list[Row] = []
    for domain in Domain:
        numbers = {reason: counted.get((domain, reason), 0) for reason in GapReason}
        reasons, total = shown(numbers, counted.get((domain, None), 0), k)
        if reasons or total is not None:
            rows.append(Row(domain=domain, reasons=reasons, total=total))
    return Report(on=on, k=k, rows=tuple(rows))


def shown(numbers: Mapping[_K, int], total: int, k: int) -> tuple[dict[_K, int], int | None]:
    """The numbers that may be shown, and their total, None where it may not.

    What is left of the total when the shown numbers are taken away must be 0, or at least `k`
    and at most `k` - 1 for each hidden number but one. Every hidden number may then be anything
    from 0 to `k` - 1, with the others making up the rest, and the publication would be the very
    same: so nobody can tell, whether they know this rule or not. To come there the smallest shown
    numbers are hidden too (complementary suppression); where that does not help, the total is.
    Numbers and total may be of different days; if they do not fit, the total is hidden.
    """
    large = {key: number for key, number in numbers.items() if number >= k}
    may = dict(large)
    while total >= k:
        if _safe(total - sum(may.values()), len(numbers) - len(may), k):
            return may, total
        if not may:
            break
        del may[min(may, key=lambda key: may[key])]
    return large, None


def _safe(left: int, hidden: int, k: int) -> bool:
    return left == 0 or k <= left <= (hidden - 1) * (k - 1)
