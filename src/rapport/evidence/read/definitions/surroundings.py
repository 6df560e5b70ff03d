"""What a document knows beside its sentences, by which the shared name of a definition is told."""

from collections.abc import Mapping

import msgspec

from rapport.evidence.publication import Reference
from rapport.evidence.read.people.population import pattern_of, publication_year, recruited_from
from rapport.evidence.read.text.document import Document
from rapport.evidence.read.text.lookup import Lookup


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What a document knows that helps to resolve a shared name.

    `names_me` says whether it calls the illness ME or SEID; `year` is when it was published and
    `recruited_from` the first year of recruitment, None where not known; `certain` are the
    definitions its text names without doubt.
    """

    references: Mapping[str, Reference] = {}
    year: int | None = None
    recruited_from: int | None = None
    certain: frozenset[str] = frozenset()
    names_me: bool = True


def surroundings_of(
    document: Document, certain: frozenset[str], lookup: Lookup
) -> Surroundings:
    """The surroundings of a document, whose text names `certain` definitions without doubt."""
    return Surroundings(
        references=document.references,
        year=publication_year(document),
        recruited_from=recruited_from(lookup),
        certain=certain,
        names_me=lookup.has(pattern_of("called_me")) or not lookup.has(pattern_of("me_cfs")),
    )
