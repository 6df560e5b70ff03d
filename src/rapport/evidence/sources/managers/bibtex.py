"""BibTeX and BibLaTeX: entries cut apart by their braces, each read by bibtexparser alone."""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import bibtexparser as _untyped

from rapport.evidence.publication import Author, Origin, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.managers.latex import latex_text
from rapport.evidence.sources.managers.loose_record import LooseRecord, listed, publication_of
from rapport.evidence.sources.opening.stream import decoded, whole
from rapport.evidence.sources.raw import (
    MAX_RECORD_BYTES,
    ByteStream,
    Format,
    Piece,
    RawRecord,
    quarantined,
)
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.names import author

_bibtexparser: Any = _untyped  # its types are partly unknown
logging.getLogger("bibtexparser").addHandler(
    logging.NullHandler()
)  # its faults are our reasons
_MAX_FILE_BYTES = 4 * MAX_RECORD_BYTES
_ENTRY = re.compile(rb"@[ \t]*([A-Za-z]+)\s*[{(]")
_TOKEN = re.compile(
    rb"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]|@[ \t]*[A-Za-z]+\s*[{(]|[{}]|^[ \t]*%.*", re.M
)
_NO_ENTRIES = frozenset((b"comment", b"preamble"))
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\{[^{}]*\}|[^#\s]+')
Fields = Mapping[str, str]


class _Chunk(NamedTuple):
    kind: bytes
    data: bytes


def sniff(head: bytes, name: str) -> bool:
    """Whether it begins with an entry, or with comments in a file that ends in .bib."""
    lines = (line.strip() for line in head.splitlines())
    first = next((line for line in lines if line and not line.startswith(b"%")), b"")
    return _ENTRY.match(first) is not None or (
        name.lower().endswith((".bib", ".bibtex")) and _ENTRY.search(head) is not None
    )


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """The entries in order, each with the @string abbreviations that stand before it."""
    data, fault = whole(stream, _MAX_FILE_BYTES)
    strings: list[bytes] = []
    position = 0
    for chunk in _chunks(data):
        if chunk.kind == b"string" and _is_balanced(chunk.data):
            strings.append(chunk.data)
        elif chunk.kind not in _NO_ENTRIES:
            position += 1
            origin = Origin(file=file, position=position, format="bibtex")
            abbreviations = strings if chunk.kind != b"string" else []
            yield RawRecord(origin=origin, data=b"\n".join([*abbreviations, chunk.data]))
    if fault is not None:
        origin = Origin(file=file, position=position + 1, format="bibtex")
        yield Quarantined(origin=origin, reason=f"the file breaks off: {fault}")


def _chunks(data: bytes) -> Iterator[_Chunk]:
    """The blocks that begin with @word{; one that is not closed ends where a line begins another.

    Text between them is a comment, as it is to BibTeX; so are lines that begin with %.
    """
    start, depth = -1, 0
    for token in _TOKEN.finditer(data):
        text = token.group()
        begins = text.endswith((b"{", b"(")) and b"@" in text
        if begins and (depth == 0 or _is_line_start(data, token.start())):
            if start >= 0:
                yield _chunk(data[start : token.start()])
            start, depth = token.start(), 1
        elif start >= 0 and text.endswith(b"{"):
            depth += 1
        elif start >= 0 and text == b"}" and depth > 0:
            depth -= 1
            if depth == 0:
                yield _chunk(data[start : token.end()])
                start = -1
    if start >= 0:
        yield _chunk(data[start:])


def _is_line_start(data: bytes, place: int) -> bool:
    return place == 0 or data[place - 1 : place] == b"\n"


def _is_balanced(data: bytes) -> bool:
    """Whether braces close; an abbreviation that is not closed would spoil all entries below."""
    return data.count(b"{") == data.count(b"}")


def _chunk(data: bytes) -> _Chunk:
    match = _ENTRY.search(data)
    return _Chunk(match.group(1).lower() if match else b"", data)


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one entry; one that bibtexparser cannot read is quarantined."""
    if len(raw.data) > MAX_RECORD_BYTES:
        return quarantined(raw, "the entry is longer than 64 MB")
    library = _bibtexparser.parse_string(decoded(raw.data), parse_stack=[])
    failed: list[Any] = library.failed_blocks
    entries: list[Any] = library.entries
    if len(entries) != 1:
        said = " ".join(str(failed[0].error).split()) if failed else "it is not one entry"
        fault = said or "its braces, quotes or commas do not fit together"
        return quarantined(raw, f"the entry cannot be read: {fault}")
    strings = {str(each.key).lower(): _unwrapped(str(each.value)) for each in library.strings}
    fields = {
        str(field.key).lower(): _resolved(str(field.value), strings)
        for field in entries[0].fields
    }
    return publication_of(raw, _loose(str(entries[0].entry_type), fields))


def _unwrapped(value: str) -> str:
    """The value without the braces or quotes around it."""
    value = value.strip()
    if len(value) > 1 and value[0] + value[-1] in {"{}", '""'}:
        return value[1:-1]
    return value


def _resolved(value: str, strings: Mapping[str, str]) -> str:
    """The value with its abbreviations written out, also where # joins several parts."""
    value = value.strip()
    if value[:1] == "{" or (value[:1] == '"' and "#" not in value):
        return _unwrapped(value)
    parts = _QUOTED.findall(value)
    return "".join(strings.get(part.lower(), _unwrapped(part)) for part in parts)


def _loose(kind: str, fields: Fields) -> LooseRecord:
    def text(*names: str) -> str:
        return next((latex_text(fields[name]) for name in names if fields.get(name)), "")

    def plain(*names: str) -> tuple[str, ...]:
        values = (fields.get(name, "") for name in names)
        return tuple(value.replace("\\_", "_").replace("\\", "") for value in values if value)

    return LooseRecord(
        title=_with_subtitle(text("title"), text("subtitle")),
        abstract=text("abstract"),
        authors=_authors(fields.get("author", "")),
        journal=text("journal", "journaltitle", "booktitle", "shortjournal"),
        volume=text("volume"),
        issue=text("number", "issue"),
        pages=text("pages"),
        year=text("year"),
        date=" ".join(filter(None, (text("date"), text("month"), text("day")))),
        dois=plain("doi"),
        pmids=plain("pmid"),
        pmcids=plain("pmcid", "pmc"),
        links=plain("url", "eprint", "ee"),
        notes=(text("note"), text("annote"), text("annotation"), text("howpublished")),
        kinds=(kind, *filter(None, (text("type"), text("entrysubtype")))),
        keywords=listed(text("keywords", "keyword"), ";,"),
        language=text("language", "langid"),
        licence=text("license", "licence", "copyright", "rights"),
    )


def _with_subtitle(title: str, subtitle: str) -> str:
    return f"{title}: {subtitle}" if title and subtitle else title


def _authors(value: str) -> tuple[Author, ...]:
    """The names between "and"; one that stands wholly in braces is a group's."""
    found: list[Author | None] = []
    for name in _names(" ".join(value.split())):
        inner = name[1:-1]
        if name[:1] == "{" and name[-1:] == "}" and "}" not in inner.replace("\\}", ""):
            found.append(Author(collective=latex_text(inner)))
        elif name.lower() != "others":
            found.append(author(latex_text(name)))
    return tuple(each for each in found if each is not None)


def _names(value: str) -> Iterator[str]:
    """The parts between "and", which inside braces divides nothing."""
    held = ""
    for part in _AND.split(value):
        held = f"{held} and {part}" if held else part
        if held.count("{") <= held.count("}"):
            yield held.strip()
            held = ""
    if held:
        yield held.strip()


FORMAT = Format(name="bibtex", title="BibTeX", sniff=sniff, split=split, parse=parse)
