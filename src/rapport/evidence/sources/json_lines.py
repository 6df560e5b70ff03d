"""JSON Lines: one publication a line; also the contract of standard input.

The plain form is `{"id", "title", "abstract", "text"}`; the full form has every field of
`Publication` but `origin`. Title, abstract and text keep their exact characters, because
offsets count in them. An id is text: a number comes back as its digits ("7" for 7), and an
empty one is none, so that the record goes by its identifiers or by file and position.
"""

import re
from collections.abc import Iterator

import msgspec

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid
from rapport.evidence.publication import (
    AbstractPart,
    Author,
    Figure,
    Origin,
    Publication,
    Reference,
    Relation,
    Section,
    Table,
    TextOrigin,
)
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.cutting.json_objects import split_objects
from rapport.evidence.sources.opening.stream import Lines, Reopened, begun
from rapport.evidence.sources.raw import (
    MAX_RECORD_BYTES,
    ByteStream,
    Format,
    Piece,
    RawRecord,
    quarantined,
)
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.names import author, authors
from rapport.evidence.sources.values.written_dates import written_date

_OBJECT = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"|\})")
_ONE_A_LINE = re.compile(rb"\s*\{[^\r\n]*\S")
_Text = str | int | None


class _Line(msgspec.Struct, kw_only=True):
    """What a line may hold; anything else in it is somebody else's."""

    id: _Text = None
    given_id: _Text = None
    identifiers: Identifiers = Identifiers()
    pmid: _Text = None
    pmcid: _Text = None
    doi: str | None = None
    title: str | None = None
    abstract: str | list[AbstractPart | str] | None = None
    text: str | None = None
    body: str | None = None
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    authors: list[Author | str] | str | None = None
    journal: str | None = None
    volume: _Text = None
    issue: _Text = None
    pages: _Text = None
    date: PartialDate | str | int | None = None
    year: _Text = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    licence: str | None = None
    language: str | None = None
    relations: tuple[Relation, ...] = ()
    text_origin: TextOrigin = TextOrigin.SOURCE


_DECODER = msgspec.json.Decoder(_Line)


def sniff(head: bytes, name: str) -> bool:  # noqa: ARG001  # known by its content
    """Whether it begins with a JSON object, or with an array of objects."""
    return _OBJECT.match(head) is not None


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """One record a line that is not blank, counted from 1.

    A file whose first object is spread over several lines, or that is one array, is cut into
    its objects instead.
    """
    opened = Reopened(stream)
    if _ONE_A_LINE.match(begun(opened.head)) is None:
        return split_objects(opened, file, "json_lines")
    return _split_lines(opened, file)


def _split_lines(stream: ByteStream, file: str) -> Iterator[Piece]:
    lines = Lines(stream, MAX_RECORD_BYTES)
    position = 0
    for position, line in enumerate(lines, start=1):
        origin = Origin(file=file, position=position, format="json_lines")
        yield RawRecord(origin=origin, data=line)
    if lines.failure is not None:
        origin = Origin(file=file, position=position + 1, format="json_lines")
        yield Quarantined(origin=origin, reason=f"the file breaks off: {lines.failure}")


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The publication of a line; a line that is not the contract's is quarantined."""
    if len(raw.data) > MAX_RECORD_BYTES:
        return quarantined(raw, "the line is longer than 64 MB")
    try:
        line = _DECODER.decode(raw.data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return quarantined(raw, f"the line cannot be read: {error}")
    if line.text is not None and (line.sections or line.body is not None):
        return quarantined(raw, "it has both a plain text and a body: one of them is wanted")
    publication = _publication(raw.origin, line)
    if publication == Publication(origin=raw.origin):
        return quarantined(raw, "it has neither an id nor a title, an abstract or a text")
    return publication


def _publication(origin: Origin, line: _Line) -> Publication:
    given = line.given_id if line.given_id is not None else line.id
    return Publication(
        origin=origin,
        identifiers=_identifiers(line),
        given_id=_string(given),
        title=line.title or None,
        abstract=_abstract(line.abstract),
        text=line.text or line.body or None,
        sections=line.sections,
        tables=line.tables,
        figures=line.figures,
        references=line.references,
        authors=_authors(line.authors),
        journal=line.journal or None,
        volume=_string(line.volume),
        issue=_string(line.issue),
        pages=_string(line.pages),
        date=_date(line),
        publication_types=line.publication_types,
        mesh=line.mesh,
        keywords=line.keywords,
        registrations=line.registrations,
        licence=line.licence or None,
        language=line.language or None,
        relations=line.relations,
        text_origin=line.text_origin,
    )


def _string(value: _Text) -> str | None:
    return None if value is None or value == "" else str(value)


def _identifiers(line: _Line) -> Identifiers:
    """Those under `identifiers`, else those given flat, each in its normal form."""
    pmcid = _string(line.pmcid)
    if pmcid is not None and pmcid.isdecimal():
        pmcid = f"PMC{pmcid}"
    return Identifiers(
        pmid=normalise_pmid(line.identifiers.pmid or _string(line.pmid)),
        pmcid=normalise_pmcid(line.identifiers.pmcid or pmcid),
        doi=normalise_doi(line.identifiers.doi or line.doi),
    )


def _abstract(given: str | list[AbstractPart | str] | None) -> tuple[AbstractPart, ...]:
    if given is None or isinstance(given, str):
        return (AbstractPart(text=given),) if given else ()
    return tuple(AbstractPart(text=part) if isinstance(part, str) else part for part in given)


def _authors(given: list[Author | str] | str | None) -> tuple[Author, ...]:
    if given is None:
        return ()
    if isinstance(given, str):
        return authors(given)
    found = (author(name) if isinstance(name, str) else name for name in given)
    return tuple(name for name in found if name is not None)


def _date(line: _Line) -> PartialDate | None:
    if isinstance(line.date, PartialDate):
        return line.date
    return written_date(_string(line.date)) or written_date(_string(line.year))


FORMAT = Format(name="json_lines", title="JSON Lines", sniff=sniff, split=split, parse=parse)
