"""What a few records say of one another: each with its family, as in a release."""

from collections.abc import Iterable, Sequence

import msgspec

from rapport.evidence.after.listed import Listed
from rapport.evidence.dedupe.entry import entry
from rapport.evidence.dedupe.relate import Family, families
from rapport.evidence.dedupe.works import works
from rapport.evidence.publication import Publication, Relation, RelationKind


def families_among(
    publications: Sequence[Publication], listed: Iterable[Listed] = ()
) -> list[Family]:
    """The family of each publication, in their order, by the others and by lists of notices.

    Records of one work share its family; no related work has a card here.
    """
    entries = [entry(each, f"{place:09}") for place, each in enumerate(publications)]
    found = works(entries)
    family_of = families(found, {}, listed)
    work_of = {key: one.entry.key for one in found.works for key in one.keys}
    return [family_of.get(work_of[each.key], Family()) for each in entries]


def with_family(work: Publication, family: Family) -> Publication:
    """The publication with the relations that other records show, such as its retraction."""
    shown = tuple(
        Relation(kind=RelationKind(one.kind), identifiers=one.identifiers)
        for one in family.related
    )
    relations = tuple(dict.fromkeys((*work.relations, *shown)))
    return msgspec.structs.replace(work, relations=relations)
