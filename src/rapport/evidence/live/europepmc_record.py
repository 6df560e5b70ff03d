"""A result of Europe PMC's search (resultType core) as a publication."""

import html
import re
from collections.abc import Iterator

import msgspec

from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid
from rapport.evidence.publication import (
    AbstractPart,
    Author,
    Origin,
    Publication,
    Relation,
    RelationKind,
)
from rapport.evidence.sources.values.licence import licence_name
from rapport.evidence.sources.values.written_dates import written_date

_TAG = re.compile(r"</?(?:h[1-6]|i|b|u|em|strong|sub|sup|p|br|span|a|sc|tt|div)\b[^<>]*>", re.I)
_HEADING = re.compile(r"<h[1-6]\b[^<>]*>(.*?)</h[1-6]>", re.IGNORECASE | re.DOTALL)

_RELATIONS = {
    "retraction in": RelationKind.RETRACTED_BY,
    "retraction of": RelationKind.RETRACTION_OF,
    "erratum in": RelationKind.CORRECTED_BY,
    "erratum for": RelationKind.CORRECTION_OF,
    "comment in": RelationKind.COMMENTED_BY,
    "comment on": RelationKind.COMMENT_ON,
    "expression of concern in": RelationKind.CONCERN_RAISED_BY,
    "expression of concern for": RelationKind.CONCERN_ABOUT,
    "update in": RelationKind.UPDATED_BY,
    "update of": RelationKind.UPDATE_OF,
    "preprint in": RelationKind.UPDATE_OF,
    "preprint of": RelationKind.PUBLISHED_AS,
}
"""`type` of a commentCorrection; a preprint's article and an article's preprint among them."""


class _Value(msgspec.Struct, frozen=True, rename="camel"):
    """Values of this module: names as in the answer, absent ones at their default."""


class _Person(_Value, frozen=True):
    last_name: str | None = None
    first_name: str | None = None
    initials: str | None = None
    full_name: str | None = None
    collective_name: str | None = None


class _People(_Value, frozen=True):
    author: tuple[_Person, ...] = ()


class _Journal(_Value, frozen=True):
    title: str | None = None


class _Issue(_Value, frozen=True):
    volume: str | None = None
    issue: str | None = None
    journal: _Journal = _Journal()


class _Server(_Value, frozen=True):
    publisher: str | None = None


class _Types(_Value, frozen=True):
    pub_type: tuple[str, ...] = ()


class _Heading(_Value, frozen=True):
    descriptor_name: str = ""


class _Headings(_Value, frozen=True):
    mesh_heading: tuple[_Heading, ...] = ()


class _Keywords(_Value, frozen=True):
    keyword: tuple[str, ...] = ()


class _Correction(_Value, frozen=True):
    id: str | None = None
    source: str | None = None
    type: str | None = None


class _Corrections(_Value, frozen=True):
    comment_correction: tuple[_Correction, ...] = ()


class Result(_Value, frozen=True):
    """One result; the fields of the answer that are used here."""

    id: str
    source: str
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    title: str | None = None
    author_list: _People = _People()
    journal_info: _Issue = _Issue()
    book_or_report_details: _Server = _Server()
    page_info: str | None = None
    pub_year: str | None = None
    first_publication_date: str | None = None
    abstract_text: str | None = None
    language: str | None = None
    pub_type_list: _Types = _Types()
    mesh_heading_list: _Headings = _Headings()
    keyword_list: _Keywords = _Keywords()
    license: str | None = None
    is_open_access: str | None = None
    comment_correction_list: _Corrections = _Corrections()

    @property
    def has_full_text(self) -> bool:
        """Whether Europe PMC gives the full text as XML: open access and with a PMCID."""
        return self.is_open_access == "Y" and self.pmcid is not None


def publication(result: Result, origin: Origin) -> Publication:
    """The publication of a result, its abstract divided at the headings it was given."""
    issue = result.journal_info
    return Publication(
        origin=origin,
        identifiers=Identifiers(
            pmid=normalise_pmid(result.pmid),
            pmcid=normalise_pmcid(result.pmcid),
            doi=normalise_doi(result.doi),
        ),
        given_id=None if result.pmid or result.pmcid or result.doi else result.id,
        title=_plain(result.title or "") or None,
        abstract=tuple(_abstract(result.abstract_text or "")),
        authors=tuple(_author(person) for person in result.author_list.author),
        journal=issue.journal.title or result.book_or_report_details.publisher,
        volume=issue.volume,
        issue=issue.issue,
        pages=result.page_info,
        date=written_date(result.first_publication_date) or written_date(result.pub_year),
        publication_types=result.pub_type_list.pub_type,
        mesh=tuple(each.descriptor_name for each in result.mesh_heading_list.mesh_heading),
        keywords=tuple(_plain(keyword) for keyword in result.keyword_list.keyword),
        licence=licence_name(result.license),
        language=result.language,
        relations=tuple(_relations(result)),
    )


def _plain(text: str) -> str:
    """Without the HTML that is in it, characters decoded, white space as single spaces."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _abstract(text: str) -> Iterator[AbstractPart]:
    pieces = _HEADING.split(text)
    labels = [None, *(_plain(label).rstrip(":") or None for label in pieces[1::2])]
    for label, piece in zip(labels, pieces[::2], strict=True):
        said = _plain(piece)
        if said:
            yield AbstractPart(text=said, label=label)


def _author(person: _Person) -> Author:
    if person.collective_name:
        return Author(collective=_plain(person.collective_name))
    if person.last_name:
        given = person.first_name or person.initials
        return Author(family=_plain(person.last_name), given=given)
    return Author(family=_plain(person.full_name or "") or None)


def _relations(result: Result) -> Iterator[Relation]:
    for each in result.comment_correction_list.comment_correction:
        kind = _RELATIONS.get((each.type or "").lower())
        if kind is not None:
            pmid = normalise_pmid(each.id) if each.source == "MED" else None
            note = "preprint" if (each.type or "").lower() == "preprint in" else None
            yield Relation(kind=kind, identifiers=Identifiers(pmid=pmid), note=note)
