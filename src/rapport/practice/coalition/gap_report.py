"""How many people a gap of service meets, by what the need is about and why; small numbers hidden.

A cell counts people, each once for an area of life, with the reason of their first gap there. A
number below `k` is not shown, and no total lets it be computed back, not even by somebody who
knows this rule: see `shown`. There are no totals by reason or over all areas, so that each area
stands by itself.
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
    """The report of a day. Areas that are not in it have too few people, or none."""

    on: datetime.date
    k: int
    rows: tuple[Row, ...]


Cell = tuple[Domain, GapReason]


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


def report(patients: Iterable[frozenset[Cell]], k: int, on: datetime.date) -> Report:
    """The report on patients who all agreed to be counted."""
    counted = Counter(cell for each in patients for cell in each)
    rows: list[Row] = []
    for domain in Domain:
        numbers = {reason: counted[domain, reason] for reason in GapReason}
        reasons, total = shown(numbers, k)
        if reasons or total is not None:
            rows.append(Row(domain=domain, reasons=reasons, total=total))
    return Report(on=on, k=k, rows=tuple(rows))


def shown(numbers: Mapping[_K, int], k: int) -> tuple[dict[_K, int], int | None]:
    """The numbers that may be shown, and their total, None where it may not.

    What is left of the total when the shown numbers are taken away must be 0, or at least `k`
    and at most `k` - 1 for each hidden number but one. Every hidden number may then be anything
    from 0 to `k` - 1, with the others making up the rest, and the publication would be the very
    same: so nobody can tell, whether they know this rule or not. To come there the smallest shown
    numbers are hidden too (complementary suppression); where that does not help, the total is.
    """
    large = {key: number for key, number in numbers.items() if number >= k}
    total = sum(numbers.values())
    if total < k:
        return {}, None
    may = dict(large)
    while not _safe(total - sum(may.values()), len(numbers) - len(may), k):
        if not may:
            return large, None
        del may[min(may, key=lambda key: may[key])]
    return may, total


def _safe(left: int, hidden: int, k: int) -> bool:
    return left == 0 or k <= left <= (hidden - 1) * (k - 1)
