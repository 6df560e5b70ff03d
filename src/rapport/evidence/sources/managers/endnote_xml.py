"""EndNote XML, as EndNote, Mendeley and Zotero export it."""

import re
from collections.abc import Iterator

from rapport.evidence.publication import Author, Origin, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.cutting.xml_pieces import RecordElements, buffers, pieces_of
from rapport.evidence.sources.managers.loose_record import LooseRecord, listed, publication_of
from rapport.evidence.sources.opening.stream import Blocks
from rapport.evidence.sources.raw import ByteStream, Format, Piece, RawRecord, quarantined
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.names import author
from rapport.evidence.sources.xml_tree import (
    BrokenRecordError,
    Element,
    text_at,
    texts_at,
    tree,
)

_ROOT = re.compile(rb"<xml[^>]*>\s*<records[\s>]|<records[\s>][^<]*<record[\s>]")
_ELEMENTS = RecordElements(("record",), ("xml", "records"))
_BIBLIOGRAPHIES = re.compile(r"\b(?:pubmed|medline|nlm)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d{6,8}")


def sniff(head: bytes, name: str) -> bool:  # noqa: ARG001  # known by its content
    """Whether the elements <xml><records>, or <records><record>, open near the beginning."""
    return _ROOT.search(head) is not None


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """The records in order; bytes that belong to none are quarantined."""
    blocks = Blocks(stream)
    position = 0
    for data in buffers(blocks, _ELEMENTS):
        for piece in pieces_of(data, _ELEMENTS):
            position += 1
            origin = Origin(file=file, position=position, format="endnote_xml")
            if piece.fault is None:
                yield RawRecord(origin=origin, data=piece.data)
            else:
                yield Quarantined(origin=origin, reason=piece.fault)
    if blocks.failure is not None:
        origin = Origin(file=file, position=position + 1, format="endnote_xml")
        yield Quarantined(origin=origin, reason=f"the file breaks off here: {blocks.failure}")


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one record element."""
    try:
        record = tree(raw.data)
    except BrokenRecordError as error:
        return quarantined(raw, str(error))
    return publication_of(raw, _loose(record))


def _loose(record: Element) -> LooseRecord:
    def text(*paths: str) -> str:
        return next((found for path in paths if (found := text_at(record, path))), "")

    kind = record.find("ref-type")
    words = (word for each in texts_at(record, "keywords/keyword") for word in listed(each))
    return LooseRecord(
        title=text("titles/title", "titles/short-title"),
        abstract=text("abstract"),
        authors=_authors(record),
        journal=text(
            "periodical/full-title",
            "titles/secondary-title",
            "alt-periodical/full-title",
            "titles/alt-title",
            "periodical/abbr-1",
        ),
        volume=text("volume"),
        issue=text("number", "issue"),
        pages=text("pages"),
        year=text("dates/year"),
        date=text("dates/pub-dates/date"),
        dois=texts_at(record, "electronic-resource-num"),
        pmids=_pmids(record),
        pmcids=tuple(each for each in texts_at(record, "custom2") if each[:3].upper() == "PMC"),
        links=texts_at(record, "urls//url"),
        notes=texts_at(record, "notes") + texts_at(record, "research-notes"),
        kinds=(kind.get("name", "") if kind is not None else "", text("work-type")),
        keywords=tuple(words),
        language=text("language"),
    )


def _authors(record: Element) -> tuple[Author, ...]:
    """Those under authors; a name that ends in a comma is a group's, as EndNote marks it."""
    found: list[Author | None] = []
    for name in texts_at(record, "contributors/authors/author"):
        if name.endswith(","):
            found.append(Author(collective=name.rstrip(", ")))
        else:
            found.append(author(name))
    return tuple(each for each in found if each is not None)


def _pmids(record: Element) -> tuple[str, ...]:
    """The accession number where the record comes from PubMed or the number can be nothing else.

    Exports that name a database write it in the record; Mendeley's write none, and its accession
    numbers are PMIDs.
    """
    numbers = texts_at(record, "accession-num")
    source = " ".join(
        (
            *texts_at(record, "remote-database-name"),
            *texts_at(record, "remote-database-provider"),
        )
    )
    if source and not _BIBLIOGRAPHIES.search(source):
        return ()
    return tuple(number for number in numbers if _DIGITS.fullmatch(number))


FORMAT = Format(name="endnote_xml", title="EndNote XML", sniff=sniff, split=split, parse=parse)
