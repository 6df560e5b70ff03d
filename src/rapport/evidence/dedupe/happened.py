"""What happened to each work after it was published, from its ties and from lists of notices."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from rapport.cards.afterwards import Event, EventKind, Teller, Told
from rapport.core.ids import Identifiers
from rapport.evidence.after.events import EVENTS, Telling, timeline
from rapport.evidence.after.listed import Listed
from rapport.evidence.dedupe.entry import Entry, identifiers
from rapport.evidence.dedupe.notices import is_reply
from rapport.evidence.dedupe.ties import Keys, Tie
from rapport.evidence.dedupe.works import Works

Tellings = dict[str, list[Telling]]


def happened(
    found: Works,
    tied: Sequence[Tie],
    listed: Iterable[Listed],
    card_of: Mapping[str, str],
) -> dict[str, tuple[Event, ...]]:
    """By the key of each work to which anything happened: the events, the earliest first."""
    teller = _Teller(found, card_of)
    tellings: Tellings = defaultdict(list)
    for work, telling in (*teller.of_ties(tied), *teller.of_lists(listed), *teller.of_marks()):
        tellings[work].append(telling)
    for work, telling in tuple(_replies(tellings)):
        tellings[work].append(telling)
    return {work: timeline(tellings[work]) for work in sorted(tellings)}


class _Teller:
    """Turns what is said into tellings about works."""

    def __init__(self, found: Works, card_of: Mapping[str, str]) -> None:
        self._found = found
        self._entry_of = {one.entry.key: one.entry for one in found.works}
        self._keys = Keys(found)
        self._card_of = card_of

    def of_ties(self, tied: Iterable[Tie]) -> Iterator[tuple[str, Telling]]:
        """What ties say of the works that something happened to."""
        for tie in tied:
            kind = EVENTS.get(tie.kind)
            if kind is not None and tie.by is not Teller.LIST:
                told = Told(
                    by=tie.by,
                    source=tie.source,
                    kind=self._answered(kind, tie.other),
                    identifiers=tie.said_in,
                    date=tie.date,
                )
                yield tie.work, self._telling(told, tie.identifiers, tie.other)

    def of_lists(self, listed: Iterable[Listed]) -> Iterator[tuple[str, Telling]]:
        """What lists say of works that are here; a notice may stand in the work's own place."""
        for line in listed:
            work, notice = self._keys.get(line.original), self._keys.get(line.notice)
            if work is None:
                continue
            told = Told(
                by=Teller.LIST,
                source=line.source,
                kind=line.kind,
                date=line.date,
                label=line.label,
            )
            yield work, self._telling(told, line.notice, None if notice == work else notice)

    def of_marks(self) -> Iterator[tuple[str, Telling]]:
        """What records say that are marked as retracted, whether or not they name the notice."""
        for one in self._found.works:
            for record in one.records:
                if record.is_retracted:
                    told = Told(
                        by=Teller.RECORD,
                        source=record.format,
                        kind=EventKind.RETRACTION,
                        identifiers=identifiers(record),
                    )
                    yield one.entry.key, Telling(told=told)

    def _answered(self, kind: EventKind, other: str | None) -> EventKind:
        """A comment is a reply where its title says so."""
        is_answer = kind is EventKind.COMMENT and is_reply(self._entry(other).title)
        return EventKind.REPLY if is_answer else kind

    def _telling(self, told: Told, named: Identifiers, other: str | None) -> Telling:
        entry = self._entry(other)
        return Telling(
            told=told,
            identifiers=identifiers(entry) if other else named,
            work=other,
            card=self._card_of.get(other) if other else None,
            published=entry.date,
        )

    def _entry(self, key: str | None) -> Entry:
        return self._entry_of[key] if key else Entry(key="")


def _replies(tellings: Mapping[str, Sequence[Telling]]) -> Iterator[tuple[str, Telling]]:
    """Answers to the comments on a work: they are part of what was said about it.

    One that comments on the work itself is there already.
    """
    for work, about in tellings.items():
        known = {telling.work for telling in about} | {work}
        for comment in about:
            if comment.told.kind is EventKind.COMMENT and comment.work is not None:
                for answer in tellings.get(comment.work, ()):
                    is_answer = answer.told.kind in (EventKind.COMMENT, EventKind.REPLY)
                    if is_answer and answer.work not in known:
                        told = msgspec.structs.replace(answer.told, kind=EventKind.REPLY)
                        yield work, msgspec.structs.replace(answer, told=told)
