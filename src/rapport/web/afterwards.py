"""What happened to a work since it was published, as its card's page tells it. Pure."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from rapport.cards.afterwards import Event, EventKind, Teller, Told
from rapport.cards.study_card import StudyCard
from rapport.evidence.after.listed import ListRead
from rapport.web import addresses, words
from rapport.web.card_facts import Link
from rapport.web.card_page import cut

MOST_EVENTS = 8
MOST_TOLD = 4
_GRAVE = frozenset(
    (EventKind.PARTIAL_RETRACTION, EventKind.CONCERN, EventKind.NOTICE, EventKind.RETRACTION)
)
"""Kinds a reader has to see at the top; a retraction has a banner of its own."""
_DIFFER = {
    "kind": "The sources do not agree on what it is.",
    "date": "The sources do not agree on the date.",
}


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One event: when, what, on what sources differ, the notice, and who says so."""

    day: str
    what: str
    differ: tuple[str, ...]
    link: Link | None
    told: tuple[str, ...]


class After(msgspec.Struct, frozen=True, kw_only=True):
    """All that is shown; `more` events stand in the data, `checked` says what was looked at."""

    events: tuple[Shown, ...]
    more: int
    is_grave: bool
    checked: str


def after(card: StudyCard, lists: Sequence[ListRead], titles: Mapping[str, str]) -> After:
    """What happened to the work of a card; `titles` are those of notices that have a card."""
    return After(
        events=tuple(_shown(event, titles) for event in card.events[:MOST_EVENTS]),
        more=max(0, len(card.events) - MOST_EVENTS),
        is_grave=any(event.kind in _GRAVE for event in card.events),
        checked=checked(lists),
    )


def checked(lists: Sequence[ListRead]) -> str:
    """Which lists of notices were looked at, and how old they were."""
    if not lists:
        return "From the records of the papers. No list of retractions was used."
    named = (
        f"{words.LISTS.get(one.format, one.format)} ({words.day(one.checked)})" for one in lists
    )
    return f"From the records of the papers, and from lists: {cut(', '.join(named), 300)}."


def events_told(card: StudyCard) -> Iterator[str]:
    """Each event in one line of plain text."""
    for event in card.events:
        notice = addresses.outside(event.identifiers)
        told = [*(_DIFFER[what] for what in event.differ), *(name for name, _ in notice[:1])]
        yield " ".join([f"{_day(event)}: {words.EVENTS[event.kind]}.", *told])


def _shown(event: Event, titles: Mapping[str, str]) -> Shown:
    told = [_told(one) for one in event.told[:MOST_TOLD]]
    if len(event.told) > MOST_TOLD:
        told.append(f"{len(event.told) - MOST_TOLD} more sources in the data of this card.")
    return Shown(
        day=_day(event),
        what=words.EVENTS[event.kind],
        differ=tuple(_DIFFER[what] for what in event.differ),
        link=_link(event, titles),
        told=tuple(told),
    )


def _day(event: Event) -> str:
    told = words.day(event.date)
    return told[:1].upper() + told[1:]


def _link(event: Event, titles: Mapping[str, str]) -> Link | None:
    if event.card is not None and event.card in titles:
        return Link(text=cut(titles[event.card], 200), address=addresses.card(event.card))
    outside = addresses.outside(event.identifiers)
    return Link(text=cut(outside[0][0], 200), address=outside[0][1]) if outside else None


def _told(told: Told) -> str:
    """Who says so, what and when: "A list (Retraction Watch): correction, 6 March 2004."."""
    named = addresses.outside(told.identifiers)
    who = words.TELLERS[told.by]
    source = told.source if told.by is Teller.LIST else next((name for name, _ in named), "")
    where = f" ({cut(source, 120)})" if source else ""
    what = words.EVENTS[told.kind]
    label = f", called “{cut(told.label, 60)}”" if told.label else ""
    if told.by is Teller.LIKENESS:
        return f"{who}."
    return f"{who}{where}: {what[:1].lower()}{what[1:]}{label}, {words.day(told.date)}."
