"""What sources say happened to one work, put together as events in the order of their dates.

Pure, and the same whatever the order in which the sources come.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from rapport.cards.afterwards import Event, EventKind, Teller, Told
from rapport.core.ids import Identifiers
from rapport.evidence.publication import RelationKind

EVENTS: dict[RelationKind, EventKind] = {
    RelationKind.RETRACTED_BY: EventKind.RETRACTION,
    RelationKind.PARTLY_RETRACTED_BY: EventKind.PARTIAL_RETRACTION,
    RelationKind.CONCERN_RAISED_BY: EventKind.CONCERN,
    RelationKind.CORRECTED_BY: EventKind.CORRECTION,
    RelationKind.REPUBLISHED: EventKind.REPUBLICATION,
    RelationKind.REANALYSED_BY: EventKind.REANALYSIS,
    RelationKind.UPDATED_BY: EventKind.UPDATE,
    RelationKind.COMMENTED_BY: EventKind.COMMENT,
    RelationKind.SUMMARISED_BY: EventKind.SUMMARY,
}
"""What happened to a work that is the `RelationKind` of another."""

_GRAVE = frozenset(
    (
        EventKind.RETRACTION,
        EventKind.PARTIAL_RETRACTION,
        EventKind.CONCERN,
        EventKind.CORRECTION,
    )
)
"""Kinds of which a notice is one: sources that name two of them differ."""
_MOST_MONTHS_APART = 4
_GRAVITY = {kind: place for place, kind in enumerate(EventKind)}


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says, and of which notice.

    `work` is the notice's key among the works of the build, and `published` the date of its own
    record, if it is one of them.
    """

    told: Told
    identifiers: Identifiers = Identifiers()
    work: str | None = None
    card: str | None = None
    published: str | None = None


def timeline(tellings: Iterable[Telling]) -> tuple[Event, ...]:
    """The events, the earliest first, those without a date last."""
    groups = list(_retractions(_settled(_groups(tellings))))
    for kind in (EventKind.PARTIAL_RETRACTION, EventKind.CONCERN, EventKind.CORRECTION):
        groups = _two_names(groups, kind)
    found = [_event(group) for group in groups]
    return tuple(sorted(found, key=_order))


def _order(event: Event) -> tuple[object, ...]:
    known = event.identifiers
    place = (known.doi or "", known.pmid or "", known.pmcid or "")
    return (event.date is None, event.date or "", _GRAVITY[event.kind], *place)


def _groups(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """The tellings by notice: those that name the same work, or share an identifier."""
    groups: list[list[Telling]] = []
    for telling in tellings:
        names = _names([telling])
        same = [group for group in groups if names & _names(group)]
        groups = [group for group in groups if not any(group is one for one in same)]
        groups.append([telling, *(one for group in same for one in group)])
    return groups


def _names(group: Iterable[Telling]) -> set[str]:
    """Every name the notice goes by in a group; a telling without one shares it with its like."""
    found: set[str] = set()
    for telling in group:
        found.update(filter(None, (telling.work, *_each(telling.identifiers))))
        if not _is_named(telling):
            found.add(f"no notice named: {telling.told.kind}")
    return found


def _each(identifiers: Identifiers) -> tuple[str | None, ...]:
    return (identifiers.pmid, identifiers.pmcid, identifiers.doi)


def _settled(groups: Sequence[list[Telling]]) -> list[list[Telling]]:
    """The groups; a telling that names no notice joins the one of its kind, if there is just one."""
    named = [group for group in groups if any(_is_named(one) for one in group)]
    settled = [list(group) for group in named]
    for group in groups:
        if not any(_is_named(one) for one in group):
            like = [place for place, one in enumerate(named) if _says(one, group[0].told.kind)]
            if len(like) == 1:
                settled[like[0]] += group
            else:
                settled.append(group)
    return settled


def _is_named(telling: Telling) -> bool:
    return any((telling.work, *_each(telling.identifiers)))


def _retractions(groups: Sequence[list[Telling]]) -> Iterator[list[Telling]]:
    """The groups, with all that tell of a retraction as one where nothing speaks against it.

    A work is taken back once. One source names the notice by its PMID, another by its DOI; two
    different PMIDs are two notices.
    """
    retracting = [group for group in groups if _says(group, EventKind.RETRACTION)]
    together = [telling for group in retracting for telling in group]
    if len(retracting) < 2 or _conflict(together):
        yield from groups
        return
    yield together
    yield from (group for group in groups if not _says(group, EventKind.RETRACTION))


def _two_names(groups: list[list[Telling]], kind: EventKind) -> list[list[Telling]]:
    """The groups; a notice of the kind that one source names by its PMID and another by its DOI
    is one where there is just one of each, and their dates speak for it.
    """
    of_kind = [group for group in groups if _says(group, kind)]
    by_pmid = [group for group in of_kind if _is_known_by(group, pmid=True)]
    by_doi = [group for group in of_kind if _is_known_by(group, pmid=False)]
    if len(of_kind) != 2 or len(by_pmid) != 1 or len(by_doi) != 1:
        return groups
    if not _are_close(by_pmid[0], by_doi[0]):
        return groups
    kept = [group for group in groups if not any(group is one for one in of_kind)]
    return [*kept, [*by_pmid[0], *by_doi[0]]]


def _is_known_by(group: Iterable[Telling], *, pmid: bool) -> bool:
    """Whether all that names the notice is a PMID, or (`pmid` false) a DOI."""
    named = [one.identifiers for one in group if _is_named(one)]
    wanted = [each.pmid if pmid else each.doi for each in named]
    others = [each.doi if pmid else each.pmid for each in named]
    return bool(named) and all(wanted) and not any(others)


def _are_close(some: Iterable[Telling], others: Iterable[Telling]) -> bool:
    """Whether both state when it was, and no more than a few months lie between: an online date
    and that of the issue."""
    months = [[_month(one.told.date) for one in group] for group in (some, others)]
    known = [[month for month in each if month is not None] for each in months]
    return all(known) and abs(min(known[0]) - min(known[1])) <= _MOST_MONTHS_APART


def _month(date: str | None) -> int | None:
    """Months since the year 0; None where the date has no month."""
    year, _, rest = (date or "").partition("-")
    return int(year) * 12 + int(rest[:2]) if rest else None


def _says(group: Iterable[Telling], kind: EventKind) -> bool:
    return any(telling.told.kind is kind for telling in group)


def _conflict(tellings: Sequence[Telling]) -> bool:
    """Whether two of them name notices that cannot be the same."""
    columns = zip(*((one.work, *_each(one.identifiers)) for one in tellings), strict=True)
    return any(len({name for name in column if name}) > 1 for column in columns)


def _event(group: Sequence[Telling]) -> Event:
    told = _most_exact({telling.told for telling in group})
    kinds = sorted({one.kind for one in told}, key=_GRAVITY.__getitem__)
    dates = sorted({one.date for one in told if one.date})
    agree = _agree(dates)
    published = min((one.published for one in group if one.published), default=None)
    stated = (dates[-1] if agree else dates[0]) if dates else published
    differ = (*(["kind"] if _kinds_differ(told) else []), *([] if agree else ["date"]))
    return Event(
        kind=kinds[0],
        date=stated,
        identifiers=_identifiers(group),
        card=min((one.card for one in group if one.card), default=None),
        told=told,
        differ=differ,
    )


def _most_exact(told: set[Told]) -> tuple[Told, ...]:
    """What is told, in order; a source that also states the date says nothing new without it."""
    dated = {msgspec.structs.replace(one, date=None) for one in told if one.date}
    return tuple(sorted(told - dated, key=_told_order))


def _told_order(told: Told) -> tuple[str, ...]:
    known = (one or "" for one in _each(told.identifiers))
    return (
        told.by,
        told.source,
        told.kind,
        told.date or "",
        told.label or "",
        *known,
    )


def _agree(dates: Sequence[str]) -> bool:
    """Whether every date is the beginning of the longest one: 2019 and 2019-07 agree."""
    longest = max(dates, key=len, default="")
    return all(longest.startswith(date) for date in dates)


def _kinds_differ(told: Iterable[Told]) -> bool:
    """Whether two sources name kinds of notices that have nothing in common."""
    said: dict[tuple[Teller, str, Identifiers], set[EventKind]] = defaultdict(set)
    for one in told:
        if one.kind in _GRAVE:
            said[one.by, one.source, one.identifiers].add(one.kind)
    return bool(said) and not set[EventKind].intersection(*said.values())


def _identifiers(group: Iterable[Telling]) -> Identifiers:
    """The identifiers of the notice, put together; the first in order where several are told."""
    pmids, pmcids, dois = (
        sorted({name for name in column if name})
        for column in zip(*(_each(one.identifiers) for one in group), strict=True)
    )
    return Identifiers(
        pmid=next(iter(pmids), None),
        pmcid=next(iter(pmcids), None),
        doi=next(iter(dois), None),
    )
