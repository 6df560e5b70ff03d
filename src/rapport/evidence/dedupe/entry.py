"""What dedupe knows of a record: the few values by which works are told apart."""

import re
from enum import StrEnum

import msgspec

from rapport.core.ids import Identifiers
from rapport.evidence.dedupe.normal import (
    first_page,
    number,
    person_words,
    title_words,
    words,
)
from rapport.evidence.dedupe.notices import (
    Notice,
    is_marked_retracted,
    is_preprint,
    is_preprint_doi,
    notice,
)
from rapport.evidence.publication import Publication, Relation, TextOrigin

_VERSION = re.compile(r"(?:/|\.)?v\d+$")


class Amount(StrEnum):
    """How much of a publication there is to read, least first."""

    TITLE = "0_title"
    ABSTRACT = "1_abstract"
    FULL_TEXT = "2_full_text"


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record (or the records of one work) as dedupe sees it.

    `key` is unique and depends on nothing but the record; it orders the entries. Texts are in
    their normal form (see normal.py). Missing: None or an empty tuple.
    """

    key: str
    pmids: tuple[str, ...] = ()
    pmcids: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    title: str | None = None
    people: tuple[str, ...] = ()
    """Words of the authors' names without initials, in order."""
    year: int | None = None
    journal: str | None = None
    volume: str | None = None
    page: str | None = None
    registrations: tuple[str, ...] = ()
    notice: Notice = Notice.NONE
    preprint: bool = False
    amount: Amount = Amount.TITLE
    richness: int = 0
    """Characters of text and number of filled fields: which of two records says more."""
    relations: tuple[Relation, ...] = ()
    format: str = ""
    date: str | None = None
    """ISO 8601 at the precision the record has."""
    is_retracted: bool = False
    """Whether the record is marked as retracted, whether or not it names a notice."""


def entry(publication: Publication, key: str) -> Entry:
    """The entry of one publication."""
    identifiers = publication.identifiers
    abstract = " ".join(part.text for part in publication.abstract)
    return Entry(
        key=key,
        pmids=_one(identifiers.pmid),
        pmcids=_one(identifiers.pmcid),
        dois=_one(whole_doi(identifiers.doi)),
        title=title_words(publication.title),
        people=_people(publication),
        year=publication.date.year if publication.date else None,
        journal=words(publication.journal or "") or None,
        volume=number(publication.volume),
        page=first_page(publication.pages),
        registrations=tuple(sorted({words(one) for one in publication.registrations})),
        notice=notice(publication.title or "", publication.publication_types),
        preprint=is_preprint(publication),
        amount=_amount(publication),
        richness=_richness(publication, abstract),
        relations=publication.relations,
        format=publication.origin.format,
        date=str(publication.date) if publication.date else None,
        is_retracted=is_marked_retracted(publication),
    )


def identifiers(found: Entry) -> Identifiers:
    """The first of each kind: the identifiers a merged record goes by."""
    return Identifiers(
        pmid=next(iter(found.pmids), None),
        pmcid=next(iter(found.pmcids), None),
        doi=next(iter(found.dois), None),
    )


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def whole_doi(doi: str | None) -> str | None:
    """The DOI without the version of a preprint (/v2); None if it is cut off ("10.17705/1cais.").

    Versions of one preprint are one work; a DOI without a number after its prefix names a
    journal, not an article.
    """
    if not doi:
        return None
    suffix = doi.partition("/")[2]
    if suffix.endswith((".", "/", "-")) or not any(map(str.isdigit, suffix)):
        return None
    return _VERSION.sub("", doi) if is_preprint_doi(doi) else doi


def _people(publication: Publication) -> tuple[str, ...]:
    names = [
        found
        for author in publication.authors
        for found in person_words(author.family or author.collective or "")
    ]
    return () if names in (["unknown"], ["anonymous"], ["anon"]) else tuple(names[:40])


def _amount(publication: Publication) -> Amount:
    if publication.sections or publication.text:
        return Amount.FULL_TEXT
    return Amount.ABSTRACT if publication.abstract else Amount.TITLE


def _richness(publication: Publication, abstract: str) -> int:
    body = sum(len(text) for section in publication.sections for text in section.paragraphs)
    filled = sum(
        value is not None and value != ()
        for value in (
            publication.identifiers.doi,
            publication.identifiers.pmid,
            publication.identifiers.pmcid,
            publication.journal,
            publication.volume,
            publication.pages,
            publication.date,
            publication.authors,
            publication.publication_types,
            publication.licence,
        )
    )
    own_words = publication.text_origin is TextOrigin.SOURCE
    return body + len(publication.text or "") + len(abstract) + 20 * filled + 10 * own_words
