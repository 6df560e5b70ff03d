"""Which works belong together and how: as the sources say, and as the records show."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from rapport.cards.study_card import RelatedWork
from rapport.core.ids import Identifiers
from rapport.evidence.dedupe.entry import Entry, identifiers
from rapport.evidence.dedupe.notices import Notice
from rapport.evidence.dedupe.works import Link, Works
from rapport.evidence.publication import RelationKind

_ONE_WAY: dict[RelationKind, RelationKind] = {
    RelationKind.RETRACTION_OF: RelationKind.RETRACTED_BY,
    RelationKind.CORRECTION_OF: RelationKind.CORRECTED_BY,
    RelationKind.CONCERN_ABOUT: RelationKind.CONCERN_RAISED_BY,
    RelationKind.COMMENT_ON: RelationKind.COMMENTED_BY,
    RelationKind.PREPRINT_OF: RelationKind.HAS_PREPRINT,
    RelationKind.UPDATE_OF: RelationKind.UPDATED_BY,
    RelationKind.SAME_COHORT: RelationKind.SAME_COHORT,
    RelationKind.REPUBLISHED: RelationKind.REPUBLISHED,
    RelationKind.VERSION_OF: RelationKind.VERSION_OF,
}
INVERSE = _ONE_WAY | {inverse: kind for kind, inverse in _ONE_WAY.items()}

_NOTICES = {
    Notice.CORRECTION: RelationKind.CORRECTION_OF,
    Notice.RETRACTION: RelationKind.RETRACTION_OF,
    Notice.CONCERN: RelationKind.CONCERN_ABOUT,
    Notice.COMMENT: RelationKind.COMMENT_ON,
}
_MOST_WITH_ONE_REGISTRATION = 25
"""A registration number named by more works than this belongs to a register or a large cohort
that is cited; linking all with all would say nothing."""


class Family(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The works that belong to one work."""

    related: tuple[RelatedWork, ...] = ()


class _Tie(msgspec.Struct, frozen=True, kw_only=True):
    """One direction of a relation: `work` is the `kind` of `other` (a key, if it is here)."""

    work: str
    kind: RelationKind
    other: str | None = None
    identifiers: Identifiers = Identifiers()
    note: str | None = None


def families(found: Works, card_of: Mapping[str, str]) -> dict[str, Family]:
    """By the key of each work that has any: its family, both ways, in a settled order.

    `card_of` gives the card of each work by its key.
    """
    entry_of = {one.entry.key: one.entry for one in found.works}
    ties: dict[str, dict[tuple[str, str], _Tie]] = defaultdict(dict)
    for tie in _both_ways(_all_ties(found, entry_of)):
        target = tie.other or repr(tie.identifiers)
        ties[tie.work].setdefault((tie.kind.value, target), tie)
    return {
        key: Family(
            related=tuple(
                _related(tie, entry_of, card_of) for _, tie in sorted(ties[key].items())
            )
        )
        for key in sorted(ties)
    }


def _related(
    tie: _Tie, entry_of: Mapping[str, Entry], card_of: Mapping[str, str]
) -> RelatedWork:
    known = identifiers(entry_of[tie.other]) if tie.other else tie.identifiers
    card = card_of.get(tie.other) if tie.other else None
    return RelatedWork(kind=tie.kind.value, identifiers=known, card=card, note=tie.note)


def _both_ways(ties: Iterable[_Tie]) -> Iterator[_Tie]:
    for tie in ties:
        yield tie
        if tie.other is not None:
            yield _Tie(work=tie.other, kind=INVERSE[tie.kind], other=tie.work, note=tie.note)


def _all_ties(found: Works, entry_of: Mapping[str, Entry]) -> Iterator[_Tie]:
    """What sources name comes first; likeness is told only of pairs that none of them names."""
    named = [_plainer(tie, entry_of) for tie in _named(found)]
    yield from named
    told = {frozenset((tie.work, tie.other)) for tie in named}
    for link in found.links:
        if frozenset((link.one, link.other)) not in told:
            yield _shown(link, entry_of)
    yield from _registered(found)


def _plainer(tie: _Tie, entry_of: Mapping[str, Entry]) -> _Tie:
    """The tie in one word for preprints, which sources call by three (updated, published as)."""
    if tie.kind is RelationKind.PUBLISHED_AS:
        return msgspec.structs.replace(tie, kind=RelationKind.PREPRINT_OF)
    if tie.other is None or entry_of[tie.work].preprint is entry_of[tie.other].preprint:
        return tie
    if tie.kind is RelationKind.UPDATE_OF:
        return msgspec.structs.replace(tie, kind=RelationKind.HAS_PREPRINT)
    if tie.kind is RelationKind.UPDATED_BY:
        return msgspec.structs.replace(tie, kind=RelationKind.PREPRINT_OF)
    return tie


def _named(found: Works) -> Iterator[_Tie]:
    """The relations that the sources name, by identifier."""
    keys: dict[str, str] = {}
    for one in found.works:
        for name in (*one.entry.pmids, *one.entry.pmcids, *one.entry.dois):
            keys.setdefault(name, one.entry.key)
    for one in found.works:
        for relation in one.entry.relations:
            named = relation.identifiers
            names = (named.pmid, named.pmcid, named.doi)
            other = next((keys[name] for name in names if name and name in keys), None)
            if other != one.entry.key:
                yield _Tie(
                    work=one.entry.key,
                    kind=relation.kind,
                    other=other,
                    identifiers=named,
                    note=relation.note if other is None else None,
                )


def _shown(link: Link, entry_of: Mapping[str, Entry]) -> _Tie:
    """The relation of two works that look alike but are two."""
    one, other = entry_of[link.one], entry_of[link.other]
    if one.notice is not other.notice:
        about, work = (one, other) if one.notice is not Notice.NONE else (other, one)
        return _Tie(work=about.key, kind=_NOTICES[about.notice], other=work.key)
    if one.preprint is not other.preprint:
        preprint, work = (one, other) if one.preprint else (other, one)
        return _Tie(work=preprint.key, kind=RelationKind.PREPRINT_OF, other=work.key)
    if link.rule == "another edition":
        older, newer = sorted((one, other), key=lambda entry: (entry.year or 0, entry.dois))
        return _Tie(work=newer.key, kind=RelationKind.UPDATE_OF, other=older.key)
    return _Tie(work=one.key, kind=RelationKind.VERSION_OF, other=other.key, note=link.rule)


def _registered(found: Works) -> Iterator[_Tie]:
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
                yield _Tie(work=key, kind=RelationKind.SAME_COHORT, other=other, note=note)
