"""Tables with delimiters, as PubMed, Zotero, EndNote, Covidence, Scopus and others export them."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from rapport.evidence.publication import Origin, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.managers.csv_columns import column_field, is_table_of_publications
from rapport.evidence.sources.managers.loose_record import LooseRecord, listed, publication_of
from rapport.evidence.sources.opening.stream import Blocks, decoded
from rapport.evidence.sources.raw import (
    MAX_RECORD_BYTES,
    ByteStream,
    Format,
    Piece,
    RawRecord,
    quarantined,
)
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.names import authors

_DELIMITERS = ",;\t|"
_ROW = msgspec.json.Decoder(list[tuple[str, str]])
_NO_VALUE = frozenset({"", "NA", "NaN", "NULL"})
"""What R, pandas and databases write into a cell that has no value."""
_BIBLIOGRAPHIES = ("pubmed", "medline", "nlm")
Fields = Mapping[str, list[str]]
csv.field_size_limit(MAX_RECORD_BYTES)


def sniff(head: bytes, name: str) -> bool:  # noqa: ARG001  # known by its content
    """Whether the first line is a row of headings of which some are known."""
    lines = "".join(_texts([head])).splitlines()
    while lines and _is_preface(lines[0]):
        lines = lines[1:]
    return bool(lines) and _delimiter(lines[0]) is not None


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """The rows below the headings, counted from 1, each as its headings and cells in JSON.

    A row with more cells than there are headings is quarantined, and so are one whose quotes
    do not close and a last one that ends early.
    """
    blocks = Blocks(stream)
    lines = _Lines(_texts(blocks))
    heading = next((line for line in lines if not _is_preface(line)), "")
    delimiter = _delimiter(heading)
    position = 0
    if delimiter is not None:
        headings = _cells(heading, delimiter)
        for position, row in enumerate(_rows(lines, delimiter), start=1):
            origin = Origin(file=file, position=position, format="csv_table")
            fault = row if isinstance(row, str) else _fault(row, headings, lines)
            if isinstance(row, str) or fault is not None:
                yield Quarantined(origin=origin, reason=fault or "")
            else:
                yield RawRecord(origin=origin, data=_encoded(headings, row))
    if blocks.failure is not None or delimiter is None:
        fault = blocks.failure or "its first line names no columns that are known"
        origin = Origin(file=file, position=position + 1, format="csv_table")
        yield Quarantined(origin=origin, reason=f"the rest cannot be read: {fault}")


class _Lines:
    """Lines with their ends; `is_cut` once the last one has come and had no end."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self._lines = self._all()
        self.is_cut = False

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def _all(self) -> Iterator[str]:
        held = ""
        for text in self._texts:
            *whole, held = (held + text).split("\n")
            yield from (line + "\n" for line in whole)
        if held:
            self.is_cut = True
            yield held


def _texts(blocks: Iterable[bytes]) -> Iterator[str]:
    """The text with LF at its line ends; bytes that are not UTF-8 are kept for `_cell`."""
    utf8 = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
    decoder = io.IncrementalNewlineDecoder(utf8, translate=True)
    for block in blocks:
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _is_preface(line: str) -> bool:
    """Blank lines, and the line by which Excel is told the delimiter."""
    return not line.strip() or line.lower().startswith("sep=")


def _delimiter(heading: str) -> str | None:
    """The delimiter under which most headings are known; None if no line of headings it is."""
    found: dict[str, int] = {}
    for delimiter in _DELIMITERS:
        try:
            headings = _cells(heading, delimiter)
        except csv.Error:
            continue
        if is_table_of_publications(headings):
            found[delimiter] = sum(column_field(each) is not None for each in headings)
    return max(found, key=found.__getitem__, default=None)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(iter(csv.reader([line], delimiter=delimiter)), list[str]())


def _rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | str]:
    """The rows that are not blank, or what is wrong with a row, in words."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"the row cannot be read: {error}"
            continue
        if any(cell.strip() for cell in row):
            yield row


def _fault(row: list[str], headings: list[str], lines: _Lines) -> str | None:
    beyond = [cell for cell in row[len(headings) :] if cell.strip()]
    if beyond:
        return f"the row has {len(row)} cells, but there are {len(headings)} headings"
    if any("\0" in cell for cell in row):
        return "the row is damaged: it holds bytes that are no text"
    if lines.is_cut and len(row) < len(headings):
        return "the row is cut off before its last cell"
    return None


def _encoded(headings: list[str], row: list[str]) -> bytes:
    pairs = [
        (_cell(heading), _cell(cell)) for heading, cell in zip(headings, row, strict=False)
    ]
    return msgspec.json.encode([pair for pair in pairs if pair[1].strip() not in _NO_VALUE])


def _cell(text: str) -> str:
    return text if text.isascii() else decoded(text.encode("utf-8", errors="surrogateescape"))


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one row; `id` and `text` columns are taken as they stand."""
    try:
        pairs = _ROW.decode(raw.data)
    except msgspec.MsgspecError as error:
        return quarantined(raw, f"the row cannot be read: {error}")
    fields: dict[str, list[str]] = {}
    for heading, cell in pairs:
        field = column_field(heading)
        if field is not None:
            fields.setdefault(field, []).append(cell)
    found = publication_of(raw, _loose(fields))
    given, text = _one(fields, "id") or None, _one(fields, "text") or None
    if isinstance(found, Quarantined):
        return Publication(origin=raw.origin, given_id=given, text=text) if text else found
    return msgspec.structs.replace(found, given_id=given, text=text)


def _one(fields: Fields, *names: str) -> str:
    return next((fields[name][0] for name in names if name in fields), "")


def _many(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(fields.get(name, ()))


def _loose(fields: Fields) -> LooseRecord:
    return LooseRecord(
        title=_one(fields, "title"),
        abstract=_one(fields, "abstract"),
        authors=authors(_one(fields, "authors").rstrip(". ")),
        journal=_one(fields, "journal", "journal_short"),
        volume=_one(fields, "volume"),
        issue=_one(fields, "issue"),
        pages=_one(fields, "pages") or _range(fields),
        year=_one(fields, "year"),
        date=_one(fields, "date") or f"{_one(fields, 'month')} {_one(fields, 'day')}".strip(),
        dois=_many(fields, "doi"),
        pmids=_many(fields, "pmid") + _accession(fields),
        pmcids=_many(fields, "pmcid"),
        links=tuple(link for text in _many(fields, "link") for link in text.split(";")),
        notes=_many(fields, "notes"),
        kinds=tuple(kind for text in _many(fields, "kind") for kind in listed(text)),
        keywords=tuple(word for text in _many(fields, "keywords") for word in listed(text)),
        mesh=tuple(word for text in _many(fields, "mesh") for word in listed(text)),
        language=_one(fields, "language"),
        licence=_one(fields, "licence"),
    )


def _range(fields: Fields) -> str:
    return "-".join(filter(None, (_one(fields, "first_page"), _one(fields, "last_page"))))


def _accession(fields: Fields) -> tuple[str, ...]:
    """Accession numbers, where the row says that PubMed or MEDLINE gave them."""
    source = _one(fields, "database").lower()
    is_pubmed = any(name in source for name in _BIBLIOGRAPHIES)
    return _many(fields, "accession") if is_pubmed else ()


FORMAT = Format(name="csv_table", title="CSV", sniff=sniff, split=split, parse=parse)
