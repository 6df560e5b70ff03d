"""CSL-JSON, as Zotero, Pandoc and Crossref's content negotiation give it."""

import re
from collections.abc import Iterator

import msgspec

from rapport.evidence.publication import Author, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.cutting.json_objects import split_objects
from rapport.evidence.sources.managers.loose_record import LooseRecord, listed, publication_of
from rapport.evidence.sources.raw import (
    MAX_RECORD_BYTES,
    ByteStream,
    Format,
    Piece,
    RawRecord,
    quarantined,
)
from rapport.evidence.sources.record import Quarantined

_START = re.compile(rb"\s*(?:\[\s*)?\{")
_WRAPPED = re.compile(rb"\s*\{\s*\"items\"\s*:\s*\[")
_OWN_FIELDS = re.compile(rb"\"(?:issued|container-title|DOI|citation-key|date-parts|CSL)\"\s*:")
_ONE_LINE = re.compile(rb"\s*\{[^\r\n]*\S")
_Number = str | int | float | None


class _Name(msgspec.Struct):
    family: str | None = None
    given: str | None = None
    literal: str | None = None
    name: str | None = None
    suffix: str | None = None
    dropping: str | None = msgspec.field(default=None, name="dropping-particle")
    kept: str | None = msgspec.field(default=None, name="non-dropping-particle")


class _Date(msgspec.Struct):
    parts: list[list[_Number]] = msgspec.field(
        default_factory=list[list[_Number]], name="date-parts"
    )
    raw: str | None = None
    literal: str | None = None


class _Item(msgspec.Struct):
    """The variables of an item that are read; Crossref gives some of them as lists."""

    type: str | None = None
    title: str | list[str] | None = None
    abstract: str | None = None
    author: list[_Name] = []
    journal: str | list[str] | None = msgspec.field(default=None, name="container-title")
    volume: _Number = None
    issue: _Number = None
    page: _Number = None
    issued: _Date | str | None = None
    doi: str | None = msgspec.field(default=None, name="DOI")
    pmid: _Number = msgspec.field(default=None, name="PMID")
    pmcid: _Number = msgspec.field(default=None, name="PMCID")
    url: str | None = msgspec.field(default=None, name="URL")
    note: str | None = None
    genre: str | None = None
    keyword: str | None = None
    language: str | None = None
    licence: str | list[dict[str, object]] | None = msgspec.field(default=None, name="license")


_DECODER = msgspec.json.Decoder(_Item)


def sniff(head: bytes, name: str) -> bool:  # noqa: ARG001  # known by its content
    """Whether it is an array of objects, or one spread over lines, with names of CSL's own."""
    if _WRAPPED.match(head):
        return True
    is_json_lines = _ONE_LINE.match(head) is not None
    return (
        _START.match(head) is not None
        and not is_json_lines
        and _OWN_FIELDS.search(head) is not None
    )


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """The items of the file; see `split_objects`."""
    return split_objects(stream, file, "csl_json")


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one item; one that is not CSL is quarantined."""
    if len(raw.data) > MAX_RECORD_BYTES:
        return quarantined(raw, "the item is longer than 64 MB")
    try:
        item = _DECODER.decode(raw.data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return quarantined(raw, f"the item cannot be read: {error}")
    return publication_of(raw, _loose(item))


def _loose(item: _Item) -> LooseRecord:
    issued = _issued(item.issued)
    return LooseRecord(
        title=_text(item.title),
        abstract=_text(item.abstract),
        authors=tuple(found for name in item.author if (found := _author(name)) is not None),
        journal=_text(item.journal),
        volume=_text(item.volume),
        issue=_text(item.issue),
        pages=_text(item.page),
        date=issued,
        dois=(_text(item.doi),),
        pmids=(_text(item.pmid),),
        pmcids=(_text(item.pmcid),),
        links=(_text(item.url),),
        notes=(_text(item.note),),
        kinds=_kinds(item),
        keywords=listed(_text(item.keyword), ",;"),
        language=_text(item.language),
        licence=_licence(item.licence),
    )


def _text(value: str | list[str] | float | None) -> str:
    if isinstance(value, list):
        return value[0] if value else ""
    return "" if value is None else str(value)


def _author(name: _Name) -> Author | None:
    group = name.literal or name.name
    if name.family is None:
        return Author(collective=group) if group else None
    particles = filter(None, (name.dropping, name.kept, name.family, name.suffix))
    return Author(family=" ".join(particles), given=name.given or None)


def _issued(issued: _Date | str | None) -> str:
    """The date as ISO text; "raw" and "literal" are words for the reader of dates."""
    if issued is None or isinstance(issued, str):
        return issued or ""
    numbers = [str(part).partition(".")[0] for part in issued.parts[0]] if issued.parts else []
    return "-".join(number for number in numbers if number.isdecimal()) or (
        issued.raw or issued.literal or ""
    )


def _kinds(item: _Item) -> tuple[str, ...]:
    """A genre says more than the type: "article" with the genre "preprint" is a preprint."""
    genre, kind = item.genre or "", item.type or ""
    return (genre,) if genre.lower() == "preprint" else (kind, genre)


def _licence(licence: str | list[dict[str, object]] | None) -> str:
    """The licence; of Crossref's list the first address that is Creative Commons'."""
    if licence is None or isinstance(licence, str):
        return licence or ""
    addresses = (str(each.get("URL", "")) for each in licence)
    return next((address for address in addresses if "creativecommons" in address), "")


FORMAT = Format(name="csl_json", title="CSL-JSON", sniff=sniff, split=split, parse=parse)
