"""PubMed's own tagged format, as its "Save" and "Send to" give it (.nbib)."""

import re
from collections.abc import Iterator

from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid
from rapport.evidence.publication import (
    AbstractPart,
    Author,
    Publication,
    Relation,
    RelationKind,
)
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.cutting.tagged_lines import TaggedFormat, fields_of, split_tagged
from rapport.evidence.sources.medline.parts import RELATIONS, is_trial_register
from rapport.evidence.sources.opening.stream import decoded
from rapport.evidence.sources.raw import ByteStream, Format, Piece, RawRecord, quarantined
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.languages import language_code
from rapport.evidence.sources.values.names import author
from rapport.evidence.sources.values.written_dates import cited_date, written_date

_TAG = re.compile(r"^([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
_SHAPE = TaggedFormat(
    name="nbib",
    tag=re.compile(rb"^[A-Z][A-Z0-9]{1,3} {0,2}- "),
    first=re.compile(rb"^PMID ?- ?"),
    last=re.compile(rb"^SO {0,2}- "),
    ends_close=False,
)
_FIRST_LINE = re.compile(rb"^PMID ?- ?\d", re.MULTILINE)
_REF_TYPES = {
    "CON": "CommentOn",
    "CIN": "CommentIn",
    "EFR": "ErratumFor",
    "EIN": "ErratumIn",
    "CRF": "CorrectedandRepublishedFrom",
    "CRI": "CorrectedandRepublishedIn",
    "ECF": "ExpressionOfConcernFor",
    "ECI": "ExpressionOfConcernIn",
    "RPF": "RepublishedFrom",
    "RPI": "RepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "ROF": "RetractionOf",
    "RIN": "RetractionIn",
    "PROF": "PartialRetractionOf",
    "PRIN": "PartialRetractionIn",
    "UOF": "UpdateOf",
    "UIN": "UpdateIn",
    "SPIN": "SummaryForPatientsIn",
    "ORI": "OriginalReportIn",
}
"""Tags of related citations and the RefType they stand for (PubMed help, MEDLINE display)."""

Fields = list[tuple[str, str]]


def sniff(head: bytes, name: str) -> bool:  # noqa: ARG001  # known by its content
    """Whether a line with the tag PMID stands near the beginning."""
    return _FIRST_LINE.search(head) is not None


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """The records of the file; see `split_tagged`."""
    return split_tagged(stream, file, _SHAPE)


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one record; without a PMID and a title it is quarantined."""
    fields = fields_of(decoded(raw.data), _TAG)
    pmid = normalise_pmid(_first(fields, "PMID"))
    title = _first(fields, "TI", "BTI", "TT")
    if pmid is None and not title:
        return quarantined(raw, "it has neither a PMID nor a title")
    abstract = _first(fields, "AB")
    types = _all(fields, "PT")
    return Publication(
        origin=raw.origin,
        identifiers=Identifiers(
            pmid=pmid, pmcid=normalise_pmcid(_first(fields, "PMC")), doi=_doi(fields)
        ),
        title=title or None,
        abstract=(AbstractPart(text=abstract),) if abstract else (),
        authors=_authors(fields),
        journal=_first(fields, "JT", "TA") or (_first(fields, "BTI", "CTI") or None),
        volume=_first(fields, "VI") or None,
        issue=_first(fields, "IP") or None,
        pages=_first(fields, "PG") or None,
        date=written_date(_first(fields, "DP")) or written_date(_first(fields, "DEP")),
        publication_types=types,
        mesh=tuple(dict.fromkeys(_descriptor(heading) for heading in _all(fields, "MH"))),
        keywords=tuple(word.lstrip("*") for word in _all(fields, "OT")),
        registrations=_registrations(fields),
        language=language_code(_first(fields, "LA")),
        relations=_relations(fields, is_preprint="Preprint" in types),
    )


def _all(fields: Fields, tag: str) -> tuple[str, ...]:
    return tuple(" ".join(value.split()) for name, value in fields if name == tag and value)


def _first(fields: Fields, *tags: str) -> str:
    return next((value for tag in tags for value in _all(fields, tag)), "")


def _doi(fields: Fields) -> str | None:
    located = (*_all(fields, "AID"), *_all(fields, "LID"))
    marked = (normalise_doi(text) for text in located if text.endswith("[doi]"))
    return next((doi for doi in marked if doi is not None), None)


def _authors(fields: Fields) -> tuple[Author, ...]:
    """Full names where they are given, groups in their place among them."""
    has_full = any(name == "FAU" for name, _ in fields)
    found: list[Author | None] = []
    for name, value in fields:
        if name == ("FAU" if has_full else "AU"):
            found.append(author(value))
        elif name == "CN" and value:
            found.append(Author(collective=value))
    return tuple(each for each in found if each is not None)


def _descriptor(heading: str) -> str:
    """The descriptor of a heading "*Descriptor/qualifier"."""
    return heading.partition("/")[0].lstrip("*")


def _registrations(fields: Fields) -> tuple[str, ...]:
    banks = (text.partition("/") for text in _all(fields, "SI"))
    numbers = (number for bank, _, number in banks if number and is_trial_register(bank))
    return tuple(dict.fromkeys(numbers))


def _relations(fields: Fields, *, is_preprint: bool) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for name, value in fields:
        kinds = RELATIONS.get(_REF_TYPES.get(name, ""), ())
        if name == "UIN" and is_preprint:
            kinds = (RelationKind.PREPRINT_OF,)
        ids = Identifiers(pmid=_cited_pmid(value), doi=normalise_doi(value))
        date = cited_date(value)
        found.extend(
            Relation(kind=kind, identifiers=ids, note=value, date=date) for kind in kinds
        )
    return tuple(found)


def _cited_pmid(text: str) -> str | None:
    return normalise_pmid(text) if "PMID" in text else None


FORMAT = Format(name="nbib", title="PubMed .nbib", sniff=sniff, split=split, parse=parse)
