"""Two releases, card by card: what changed and why. Pure; the releases are given as values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeGuard

import msgspec

from rapport.cards.study_card import RelatedWork, StudyCard
from rapport.core.encoding import plain
from rapport.evidence.release.manifest import Makers, Manifest, Work

Fields = Mapping[str, object]


class Fate(StrEnum):
    """What became of a card."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


class Cause(StrEnum):
    """What can have changed a card."""

    TEXT = "new text"
    RULE = "new rule"
    DECISION = "new decision"
    KNOWLEDGE = "new knowledge"
    FAMILY = "new relations to other works"
    NOTICE = "new notices"


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a card before and after, as JSON; null where it was or is not stated."""

    field: str
    before: object
    after: object


class CardChange(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one card, in which fields, and every cause that can have brought it about.

    One cause is certain; of several each may be it. `now` is the card in which a gone one went
    up, or the rules by which the gate refused it, if either is known.
    """

    card: str
    fate: Fate
    causes: tuple[Cause, ...]
    fields: tuple[FieldChange, ...] = ()
    now: str | None = None


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of one of the two releases; cards come in the order of their ids."""

    manifest: Manifest
    cards: Iterable[StudyCard]
    work: Callable[[str], Work | None]


def changes(
    before: Side, after: Side, now: Callable[[str], str | None]
) -> Iterator[CardChange]:
    """Every card that is new, gone or says something else, in the order of the ids.

    `now` says what became of a card that is gone. Versions on a card, and where its
    record stands in the sources, are no changes.
    A release keeps no texts: that the words of a record changed which stands where it stood is
    seen only where nothing else can have changed the card.
    """
    made = _of_makers(before.manifest.makers, after.manifest.makers)
    unseen = (Cause.TEXT,) if _sources(before.manifest) != _sources(after.manifest) else ()
    reviewed = before.manifest.reviews != after.manifest.reviews
    for old, new in _paired(before.cards, after.cards):
        if old is None and new is not None:
            yield CardChange(card=new.id, fate=Fate.NEW, causes=(Cause.TEXT, *made))
        elif new is None and old is not None:
            causes = (Cause.TEXT, *made, *([Cause.DECISION] if reviewed else []))
            yield CardChange(card=old.id, fate=Fate.GONE, causes=causes, now=now(old.id))
        elif old is not None and new is not None:
            fields = tuple(_fields(_told(old), _told(new)))
            if fields:
                records = before.work(old.id), after.work(new.id)
                causes = (*_of_card(old, new, records), *made) or unseen
                yield CardChange(card=new.id, fate=Fate.CHANGED, causes=causes, fields=fields)


def _of_makers(before: Makers, after: Makers) -> tuple[Cause, ...]:
    """Causes that lie in the program or the knowledge, and so may touch any card."""
    causes: list[Cause] = []
    if (before.reader, before.program) != (after.reader, after.program):
        causes.append(Cause.RULE)
    if before.knowledge != after.knowledge:
        causes.append(Cause.KNOWLEDGE)
    return tuple(causes)


def _of_card(
    old: StudyCard, new: StudyCard, records: tuple[Work | None, Work | None]
) -> Iterator[Cause]:
    """Causes that the card itself shows."""
    ways = [(card.read, card.source.text_origin, card.source.licence) for card in (old, new)]
    if _members(records[0]) != _members(records[1]) or ways[0] != ways[1]:
        yield Cause.TEXT
    if _decisions(old) != _decisions(new):
        yield Cause.DECISION
    if _related(old.relations) != _related(new.relations) or old.cohort != new.cohort:
        yield Cause.FAMILY
    if old.events != new.events:
        yield Cause.NOTICE


def _sources(manifest: Manifest) -> tuple[object, ...]:
    return (manifest.inputs.sources, manifest.inputs.sha256)


def _members(work: Work | None) -> frozenset[object]:
    """The records of a work, wherever they stand."""
    members = work.members if work else ()
    return frozenset((one.identifiers, one.given_id, one.used) for one in members)


def _decisions(card: StudyCard) -> tuple[object, ...]:
    return (card.badge.decided, card.design.decided, card.participants.decided)


def _related(relations: tuple[RelatedWork, ...]) -> frozenset[RelatedWork]:
    return frozenset(relations)


def _paired(
    before: Iterable[StudyCard], after: Iterable[StudyCard]
) -> Iterator[tuple[StudyCard | None, StudyCard | None]]:
    """The cards of both with the same id together; one alone beside None."""
    olds, news = iter(before), iter(after)
    old, new = next(olds, None), next(news, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old.id < new.id):
            yield old, None
            old = next(olds, None)
        elif old is None or new.id < old.id:
            yield None, new
            new = next(news, None)
        else:
            yield old, new
            old, new = next(olds, None), next(news, None)


def _told(card: StudyCard) -> dict[str, object]:
    """The card's values by name, without versions and without where its record stands."""
    source = msgspec.structs.replace(card.source, file="", position=0)
    values: dict[str, object] = plain(msgspec.structs.replace(card, source=source))
    values.pop("versions", None)
    return values


def _fields(old: Fields, new: Fields, above: str = "") -> Iterator[FieldChange]:
    """The values that differ, named by their way down; a list is one value."""
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if _is_object(before) and _is_object(after):
            yield from _fields(before, after, f"{above}{name}.")
        else:
            yield FieldChange(field=f"{above}{name}", before=before, after=after)


def _is_object(value: object) -> TypeGuard[Fields]:
    return isinstance(value, dict)
