"""RIS, as EndNote, Zotero, Mendeley, Covidence and publishers export it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import rispy as _untyped

from rapport.evidence.publication import Author, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.cutting.tagged_lines import TaggedFormat, fields_of, split_tagged
from rapport.evidence.sources.managers.loose_record import LooseRecord, listed, publication_of
from rapport.evidence.sources.opening.stream import decoded
from rapport.evidence.sources.raw import ByteStream, Format, Piece, RawRecord
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.names import author

_rispy: Any = _untyped  # rispy's types are partly unknown
_TAG = re.compile(r"^\s{0,3}([A-Z][A-Z0-9])\s{1,2}-(?:\s|$)(.*)")
_SHAPE = TaggedFormat(
    name="ris",
    tag=re.compile(rb"^\s{0,3}[A-Z][A-Z0-9]\s{1,2}-(?:\s|$)"),
    first=re.compile(rb"^\s{0,3}TY\s{1,2}-(?:\s|$)"),
    last=re.compile(rb"^\s{0,3}ER\s{1,2}-(?:\s|$)"),
    ends_close=True,
)
_FIRST_LINE = re.compile(rb"^\s{0,3}TY\s{1,2}-(?:\s|$)", re.MULTILINE)
_BIBLIOGRAPHIES = re.compile(r"\b(?:pubmed|medline|nlm)\b", re.IGNORECASE)
Fields = Mapping[str, list[str]]


def sniff(head: bytes, name: str) -> bool:  # noqa: ARG001  # known by its content
    """Whether a line with the tag TY stands near the beginning."""
    return _FIRST_LINE.search(head) is not None


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """The records of the file; see `split_tagged`."""
    return split_tagged(stream, file, _SHAPE)


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one record; tags that RIS does not know are passed over."""
    fields = _fields(decoded(raw.data))
    start, end = _first(fields, "SP"), _first(fields, "EP")
    return publication_of(
        raw,
        LooseRecord(
            title=_first(fields, "TI", "T1", "CT", "BT", "TT"),
            abstract=_first(fields, "AB", "N2"),
            authors=_authors(fields),
            journal=_first(fields, "JF", "T2", "JO", "JA", "J2", "BT"),
            volume=_first(fields, "VL"),
            issue=_first(fields, "IS"),
            pages=start if "-" in start or not end or start == end else f"{start}-{end}",
            year=_first(fields, "PY", "Y1"),
            date=_first(fields, "DA", "Y1", "PY"),
            dois=tuple(_all(fields, "DO", "DI", "L3", "M3")),
            pmids=_pmids(fields),
            pmcids=tuple(text for text in _all(fields, "C2") if text.upper().startswith("PMC")),
            links=tuple(
                link for text in _all(fields, "UR", "L2", "L1") for link in text.split(";")
            ),
            notes=tuple(_all(fields, "N1", "M1", "C1", "C2")),
            kinds=_kinds(fields),
            keywords=tuple(word for text in _all(fields, "KW") for word in listed(text)),
            language=_first(fields, "LA"),
        ),
    )


def _fields(text: str) -> Fields:
    """The record by rispy: tag to its values in order.

    Its lines are given to rispy in the one form that the standard has; exports write spaces
    and continued lines in many.
    """
    pairs = [(tag, value) for tag, value in fields_of(text, _TAG) if tag != "ER"]
    lines = [f"{tag}  - {value}" for tag, value in pairs] + ["ER  - "]
    tags = {tag: tag for tag in (*_rispy.TAG_KEY_MAPPING, *(tag for tag, _ in pairs))}
    parser = _rispy.RisParser(mapping=tags, list_tags=list(tags), delimiter_tags_mapping={})
    records: list[dict[str, list[str] | str]] = parser.parse("\n".join(lines))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for tag, values in records[0].items() if records else ():
        found[tag] = [values] if isinstance(values, str) else values
    return found


def _all(fields: Fields, *tags: str) -> Iterator[str]:
    for tag in tags:
        yield from (value for value in fields.get(tag, ()) if value)


def _first(fields: Fields, *tags: str) -> str:
    return next(_all(fields, *tags), "")


def _authors(fields: Fields) -> tuple[Author, ...]:
    """Those of AU, else of A1; editors and translators are none."""
    names = list(_all(fields, "AU")) or list(_all(fields, "A1"))
    parts = (part for name in names for part in (listed(name) if ";" in name else (name,)))
    found = (author(name) for name in parts)
    return tuple(each for each in found if each is not None)


def _pmids(fields: Fields) -> tuple[str, ...]:
    """Accession numbers are PMIDs only in records that name PubMed or MEDLINE as their source."""
    source = " ".join(_all(fields, "DB", "DP"))
    numbers = tuple(_all(fields, "AN")) if _BIBLIOGRAPHIES.search(source) else ()
    return (*_all(fields, "PM"), *numbers)


def _kinds(fields: Fields) -> tuple[str, ...]:
    works = (word for text in _all(fields, "M3") for word in listed(text))
    return (_first(fields, "TY"), *(word for word in works if not word.startswith("10.")))


FORMAT = Format(name="ris", title="RIS", sniff=sniff, split=split, parse=parse)
