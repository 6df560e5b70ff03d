"""What happened beside check-ins, as tables for research: visits, two days later, what did harm.

Each is a row a person and event, in days since the person's first check-in, with codes alone.
"""

# for: practitioner

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

import msgspec

from rapport.practice.exchange.research.columns import Column
from rapport.practice.exchange.research.rows import Row, Start
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Side
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit, Worse

CARDS = range(1, 7)
_YES_NO = {"0": "no", "1": "yes"}
_WORSE = {str(place): each.value for place, each in enumerate(Worse)}


class About(StrEnum):
    """What an answer or a report is about."""

    NOTHING = "nothing that is named"
    VISIT = "a visit"
    OTHER = "a check-in, or something else"


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of events: what a row is, what it holds, and its rows."""

    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def tables(kept: Iterable[Kept], starts: Mapping[str, Start]) -> dict[str, Table]:
    """The tables by the name of their file, of those people who have a start.

    Of each person the events of the practitioner whose check-ins stand in the main table, and
    those of no practitioner.
    """
    own = [
        each
        for each in kept
        if each.patient in starts and each.pair in (None, starts[each.patient].pair)
    ]
    visits = frozenset(each.id for each in own if isinstance(each.record, Visit))
    said = _said(own)
    return {
        "visits.csv": Table(
            about="a visit or other contact, and three answers of each side about it",
            columns=_visit_columns(),
            rows=_rows(own, starts, Visit, lambda name, visit: _visit(name, visit, said)),
        ),
        "later.csv": Table(
            about="an answer about 48 hours after a visit or a check-in",
            columns=(_ABOUT, _WORSE_COLUMN),
            rows=_rows(
                own,
                starts,
                TwoDaysLater,
                lambda _, later: {
                    "about": _about(later.about, visits),
                    "worse": _number(later.worse),
                },
            ),
        ),
        "harm.csv": Table(
            about="a report that something made things worse; what it was is not told",
            columns=(_SIDE, _ABOUT, _REVIEWED),
            rows=_rows(own, starts, Harm, lambda _, harm: _harm(harm, visits)),
        ),
    }


def _coded(name: str, label: str, values: dict[str, str]) -> Column:
    return Column(name=name, label=label, kind="whole", values=values)


_ABOUT = _coded("about", "what it is about", {str(n): a.value for n, a in enumerate(About)})
_WORSE_COLUMN = _coded("worse", "worse after about 48 hours", _WORSE)
_SIDE = _coded("side", "who reported it", {str(n): s.value for n, s in enumerate(Side)})
_REVIEWED = _coded("reviewed", "somebody has looked at it", _YES_NO)
_TAPS: Mapping[str, tuple[str, dict[str, str]]] = {
    "talked": ("talked about it", _YES_NO),
    "useful": ("useful", _YES_NO),
    "worse": ("worse after the visit", _WORSE),
}


def _visit_columns() -> tuple[Column, ...]:
    cards = (_coded(f"card_{n}", f"card {n} was used", _YES_NO) for n in CARDS)
    taps = (
        _coded(f"{side.value}_{name}", f"{label}, in the words of the {side.value}", values)
        for side in Side
        for name, (label, values) in _TAPS.items()
    )
    return (*cards, *taps)


_Event = TypeVar("_Event", Visit, TwoDaysLater, Harm)


def _rows(
    own: list[Kept],
    starts: Mapping[str, Start],
    kind: type[_Event],
    values: Callable[[str, _Event], dict[str, float]],
) -> tuple[Row, ...]:
    """A row for each event of a kind, numbered from 0 for each person, the earliest first."""
    by_person: dict[str, list[tuple[Kept, _Event]]] = defaultdict(list)
    for each in own:
        if isinstance(each.record, kind):
            by_person[each.patient].append((each, each.record))
    found: list[Row] = []
    for name, events in by_person.items():
        start = starts[name]
        order = sorted(events, key=lambda pair: (pair[1].on, pair[0].made_at, pair[0].id))
        found += [
            Row(
                person=start.person,
                wave=number,
                days=(event.on - start.on).days,
                therapist=start.therapist,
                values=values(kept.id, event),
            )
            for number, (kept, event) in enumerate(order)
        ]
    return tuple(found)


def _visit(name: str, visit: Visit, said: Mapping[str, list[AfterVisit]]) -> dict[str, float]:
    """The cards of a visit, and what each side said last about it; nothing where it did not."""
    found = {f"card_{n}": float(n in visit.cards) for n in CARDS}
    for after in said.get(name, []):
        told = {tap: getattr(after, tap) for tap in _TAPS}
        found |= {
            f"{after.side.value}_{tap}": _number(value)
            for tap, value in told.items()
            if value is not None
        }
    return found


def _said(own: list[Kept]) -> dict[str, list[AfterVisit]]:
    """What was said about each visit, the oldest first."""
    found: dict[str, list[AfterVisit]] = defaultdict(list)
    for each in sorted(own, key=lambda each: each.changed_at):
        if isinstance(each.record, AfterVisit):
            found[each.record.visit].append(each.record)
    return found


def _harm(harm: Harm, visits: frozenset[str]) -> dict[str, float]:
    return {
        "side": float(list(Side).index(harm.side)),
        "about": _about(harm.about, visits),
        "reviewed": float(harm.reviewed_on is not None),
    }


def _about(leads_to: str | None, visits: frozenset[str]) -> float:
    if leads_to is None:
        return float(list(About).index(About.NOTHING))
    return float(list(About).index(About.VISIT if leads_to in visits else About.OTHER))


def _number(value: bool | Worse) -> float:
    return float(list(Worse).index(value)) if isinstance(value, Worse) else float(value)
