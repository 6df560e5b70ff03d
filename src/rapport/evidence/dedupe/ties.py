"""Which two works belong together, how, and who says so: sources, lists, or their likeness."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from rapport.cards.afterwards import Teller
from rapport.core.ids import Identifiers
from rapport.evidence.after.events import EVENTS
from rapport.evidence.after.listed import Listed
from rapport.evidence.dedupe.entry import Entry, whole_doi
from rapport.evidence.dedupe.notices import Notice, is_reanalysis
from rapport.evidence.dedupe.works import Joined, Link, Works
from rapport.evidence.publication import Relation, RelationKind

_ONE_WAY: dict[RelationKind, RelationKind] = {
    RelationKind.RETRACTION_OF: RelationKind.RETRACTED_BY,
    RelationKind.PARTIAL_RETRACTION_OF: RelationKind.PARTLY_RETRACTED_BY,
    RelationKind.CORRECTION_OF: RelationKind.CORRECTED_BY,
    RelationKind.CONCERN_ABOUT: RelationKind.CONCERN_RAISED_BY,
    RelationKind.COMMENT_ON: RelationKind.COMMENTED_BY,
    RelationKind.REANALYSIS_OF: RelationKind.REANALYSED_BY,
    RelationKind.SUMMARY_OF: RelationKind.SUMMARISED_BY,
    RelationKind.PREPRINT_OF: RelationKind.HAS_PREPRINT,
    RelationKind.UPDATE_OF: RelationKind.UPDATED_BY,
    RelationKind.REPUBLICATION_OF: RelationKind.REPUBLISHED,
    RelationKind.SAME_COHORT: RelationKind.SAME_COHORT,
    RelationKind.VERSION_OF: RelationKind.VERSION_OF,
}
INVERSE = _ONE_WAY | {inverse: kind for kind, inverse in _ONE_WAY.items()}

_NOTICES = {
    Notice.CORRECTION: RelationKind.CORRECTION_OF,
    Notice.RETRACTION: RelationKind.RETRACTION_OF,
    Notice.CONCERN: RelationKind.CONCERN_ABOUT,
    Notice.COMMENT: RelationKind.COMMENT_ON,
}
_OF_EVENTS = {event: kind for kind, event in EVENTS.items()}
_MAY_BE_REANALYSES = frozenset(
    (
        RelationKind.COMMENT_ON,
        RelationKind.UPDATE_OF,
        RelationKind.VERSION_OF,
        RelationKind.SAME_COHORT,
    )
)
_MOST_WITH_ONE_REGISTRATION = 25
"""A registration number named by more works than this belongs to a register or a large cohort
that is cited; linking all with all would say nothing."""


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """One direction of a relation: `work` is the `kind` of `other` (a key, if it is here).

    `by`, `source` and `said_in` tell who says so: which kind of source, its format or name, and
    the identifiers of the record. `date` is that of the notice or later work, as the source
    states it.
    """

    work: str
    kind: RelationKind
    other: str | None = None
    identifiers: Identifiers = Identifiers()
    note: str | None = None
    by: Teller = Teller.LIKENESS
    source: str = ""
    said_in: Identifiers = Identifiers()
    date: str | None = None


class Keys:
    """Finds the work that has an identifier."""

    def __init__(self, found: Works) -> None:
        self._keys: dict[str, str] = {}
        for one in found.works:
            for name in (*one.entry.pmids, *one.entry.pmcids, *one.entry.dois):
                self._keys.setdefault(name, one.entry.key)

    def get(self, named: Identifiers) -> str | None:
        """The key of the work with one of these identifiers; None if it is not here."""
        names = (named.pmid, named.pmcid, whole_doi(named.doi))
        return next((self._keys[name] for name in names if name and name in self._keys), None)


def ties(found: Works, listed: Iterable[Listed]) -> tuple[Tie, ...]:
    """Every tie between works, both ways; what sources name comes first.

    Likeness is told only of pairs that no source names.
    """
    entry_of = {one.entry.key: one.entry for one in found.works}
    keys = Keys(found)
    named = [*_named(found, keys), *_listed(listed, keys)]
    told = {frozenset((tie.work, tie.other)) for tie in named}
    alike = (
        _shown(link, entry_of)
        for link in found.links
        if frozenset((link.one, link.other)) not in told
    )
    every = (*named, *alike, *_registered(found))
    return tuple(_both_ways(_plainer(tie, entry_of) for tie in every))


def _both_ways(given: Iterable[Tie]) -> Iterator[Tie]:
    for tie in given:
        yield tie
        if tie.other is not None:
            yield msgspec.structs.replace(
                tie,
                work=tie.other,
                kind=INVERSE[tie.kind],
                other=tie.work,
                identifiers=Identifiers(),
            )


def _plainer(tie: Tie, entry_of: Mapping[str, Entry]) -> Tie:
    """The tie in one word where sources have several.

    A preprint and its article are called updated, or published as; a re-analysis is called a
    comment, an update or a work with the same registration, and its title says what it is.
    """
    kind = tie.kind
    if kind is RelationKind.PUBLISHED_AS:
        kind = RelationKind.PREPRINT_OF
    if tie.other is not None:
        kind = _between(kind, entry_of[tie.work], entry_of[tie.other])
    return tie if kind is tie.kind else msgspec.structs.replace(tie, kind=kind)


def _between(kind: RelationKind, work: Entry, other: Entry) -> RelationKind:
    if work.preprint is not other.preprint:
        if kind is RelationKind.UPDATE_OF:
            return RelationKind.HAS_PREPRINT
        if kind is RelationKind.UPDATED_BY:
            return RelationKind.PREPRINT_OF
    if kind in _MAY_BE_REANALYSES and _analyses_again(work, other):
        return RelationKind.REANALYSIS_OF
    if INVERSE[kind] in _MAY_BE_REANALYSES and _analyses_again(other, work):
        return RelationKind.REANALYSED_BY
    return kind


def _analyses_again(work: Entry, other: Entry) -> bool:
    """Whether only the title of `work` says that it analyses data again, and it is not older."""
    is_later = (work.year or 0) >= (other.year or 0)
    return is_later and is_reanalysis(work.title) and not is_reanalysis(other.title)


def _named(found: Works, keys: Keys) -> Iterator[Tie]:
    """The relations that records name, by identifier."""
    for one in found.works:
        for record in one.records:
            for relation in record.relations:
                other = keys.get(relation.identifiers)
                if other != one.entry.key:
                    yield _of_record(one, record, relation, other)


def _of_record(one: Joined, record: Entry, relation: Relation, other: str | None) -> Tie:
    happened = relation.kind in EVENTS  # the record is of the work that something happened to
    stated = str(relation.date) if relation.date else None
    return Tie(
        work=one.entry.key,
        kind=relation.kind,
        other=other,
        identifiers=relation.identifiers,
        note=relation.note if other is None else None,
        by=Teller.RECORD if happened else Teller.NOTICE,
        source=record.format,
        said_in=Identifiers(
            pmid=next(iter(record.pmids), None),
            pmcid=next(iter(record.pmcids), None),
            doi=next(iter(record.dois), None),
        ),
        date=stated if happened else record.date,
    )


def _listed(listed: Iterable[Listed], keys: Keys) -> Iterator[Tie]:
    """What lists say of works that are here, where they say of which kind the notice is."""
    for line in listed:
        kind = _OF_EVENTS.get(line.kind)
        work, notice = keys.get(line.original), keys.get(line.notice)
        if kind is None or work == notice:
            continue
        if work is not None:
            yield _of_list(line, work, kind, notice, line.notice)
        elif notice is not None:
            yield _of_list(line, notice, INVERSE[kind], None, line.original)


def _of_list(
    line: Listed, work: str, kind: RelationKind, other: str | None, named: Identifiers
) -> Tie:
    return Tie(
        work=work,
        kind=kind,
        other=other,
        identifiers=named,
        by=Teller.LIST,
        source=line.source,
        date=line.date,
    )


def _shown(link: Link, entry_of: Mapping[str, Entry]) -> Tie:
    """The relation of two works that look alike but are two."""
    one, other = entry_of[link.one], entry_of[link.other]
    if one.notice is not other.notice:
        about, work = (one, other) if one.notice is not Notice.NONE else (other, one)
        return Tie(
            work=about.key, kind=_NOTICES[about.notice], other=work.key, source=link.rule
        )
    if one.preprint is not other.preprint:
        preprint, work = (one, other) if one.preprint else (other, one)
        return Tie(work=preprint.key, kind=RelationKind.PREPRINT_OF, other=work.key)
    if link.rule == "another edition":
        older, newer = sorted((one, other), key=lambda entry: (entry.year or 0, entry.dois))
        return Tie(
            work=newer.key, kind=RelationKind.UPDATE_OF, other=older.key, source=link.rule
        )
    return Tie(work=one.key, kind=RelationKind.VERSION_OF, other=other.key, note=link.rule)


def _registered(found: Works) -> Iterator[Tie]:
    """Works that name the same registration: protocol, report and later analyses of one study."""
    named: dict[str, list[str]] = defaultdict(list)
    for one in found.works:
        for registration in one.entry.registrations:
            named[registration].append(one.entry.key)
    for registration, keys in sorted(named.items()):
        if len(keys) > _MOST_WITH_ONE_REGISTRATION:
            continue
        note = f"both name the registration {registration.upper().replace(' ', '-')}"
        for place, key in enumerate(keys):
            for other in keys[place + 1 :]:
                yield Tie(work=key, kind=RelationKind.SAME_COHORT, other=other, note=note)
