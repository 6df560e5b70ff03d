"""A record of a reference manager as loose strings, and the publication it makes.

RIS, BibTeX, EndNote XML, CSL-JSON and CSV say the same things under different names; each
format's module only sorts its fields into these, and everything is normalised here, once.
"""

import html
import re
from collections.abc import Iterable

import msgspec

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid
from rapport.evidence.publication import AbstractPart, Author, Publication
from rapport.evidence.sources.raw import RawRecord, quarantined
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.languages import language_code
from rapport.evidence.sources.values.licence import licence_name
from rapport.evidence.sources.values.publication_kinds import publication_kind
from rapport.evidence.sources.values.written_dates import written_date

_MARKUP = re.compile(
    r"</?(?:jats:)?(?:i|b|u|em|strong|sub|sup|span|italic|bold|sc|small|p|sec|title|br|div|font)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"</?(?:jats:)?(?:p|sec|title|br|div)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_NOTED_PMID = re.compile(r"\bPMID\s*:?\s*(\d{1,9})\b", re.IGNORECASE)
_NOTED_PMCID = re.compile(r"\bPMC(?:ID)?\s*:?\s*(?:PMC)?\s?(\d{3,9})\b", re.IGNORECASE)
_NOTED_DOI = re.compile(r"\bdoi\b\s*[:=]?\s*(10\.\S+)", re.IGNORECASE)
_LICENCE = re.compile(r"creative\s?commons|\bCC[ -]?(?:BY|0)\b|public domain", re.IGNORECASE)


class LooseRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What an export holds of one publication, as it is written there.

    `dois`, `pmids` and `pmcids` are fields meant for them, best first; `links` and `notes` are
    searched for what those do not give.
    """

    title: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""
    date: str = ""
    dois: tuple[str, ...] = ()
    pmids: tuple[str, ...] = ()
    pmcids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    language: str = ""
    licence: str = ""


def publication_of(raw: RawRecord, loose: LooseRecord) -> Publication | Quarantined:
    """The publication; quarantined if it has neither a title, an abstract nor an identifier."""
    title, abstract = clean(loose.title), clean(loose.abstract)
    identifiers = _identifiers(loose)
    if not title and not abstract and identifiers.best() is None:
        return quarantined(raw, "it has neither a title nor an abstract nor an identifier")
    licence = clean(loose.licence)
    kinds = (publication_kind(kind) for kind in loose.kinds)
    return Publication(
        origin=raw.origin,
        identifiers=identifiers,
        title=title,
        abstract=(AbstractPart(text=abstract),) if abstract else (),
        authors=loose.authors,
        journal=clean(loose.journal),
        volume=clean(loose.volume),
        issue=clean(loose.issue),
        pages=page_range(loose.pages),
        date=_date(loose.year, loose.date),
        publication_types=tuple(dict.fromkeys(kind for kind in kinds if kind)),
        mesh=_distinct(loose.mesh),
        keywords=_distinct(loose.keywords),
        licence=licence_name(licence) if licence and _LICENCE.search(licence) else None,
        language=language_code(loose.language),
    )


def clean(text: str) -> str | None:
    """The text on one line, HTML tags of type and entities taken out; None if nothing is left."""
    if "<" in text:
        text = _MARKUP.sub("", _BLOCK.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split()) or None


def page_range(text: str) -> str | None:
    """Pages with a plain hyphen between first and last."""
    pages = clean(text)
    return re.sub(r"\s*(?:--+|[‐-―−])\s*", "-", pages) if pages else None


def listed(text: str, separators: str = ";") -> tuple[str, ...]:
    """The items of a list in one string, divided at any of `separators`, blank ones left out."""
    parts = re.split(f"[{re.escape(separators)}]", text)
    return tuple(part.strip() for part in parts if part.strip())


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean(word) for word in words)
    return tuple(dict.fromkeys(word for word in cleaned if word))


def _identifiers(loose: LooseRecord) -> Identifiers:
    around = (*loose.links, *loose.notes)
    return Identifiers(
        pmid=_first(normalise_pmid(text) for text in (*loose.pmids, *loose.links))
        or _first(_noted(_NOTED_PMID, text) for text in loose.notes),
        pmcid=_first(_pmcid(text) for text in loose.pmcids)
        or _first(normalise_pmcid(text) for text in loose.links if "/pmc" in text.lower())
        or _prefixed("PMC", _first(_noted(_NOTED_PMCID, text) for text in loose.notes)),
        doi=_first(normalise_doi(text) for text in loose.dois)
        or _first(normalise_doi(text) for text in loose.links if "doi.org" in text)
        or _first(normalise_doi(_noted(_NOTED_DOI, text)) for text in around),
    )


def _first(found: Iterable[str | None]) -> str | None:
    return next((value for value in found if value), None)


def _noted(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group(1) if match else None


def _prefixed(prefix: str, number: str | None) -> str | None:
    return prefix + number if number else None


def _pmcid(text: str) -> str | None:
    text = text.strip()
    return normalise_pmcid(f"PMC{text}" if text.isdecimal() else text)


def _date(year: str, date: str) -> PartialDate | None:
    """The date; the year's own field decides where two disagree."""
    of_year, of_date = written_date(year), written_date(date)
    if of_year is None:
        return of_date
    if of_date is None:
        return written_date(f"{of_year.year} {date}") or of_year
    if of_date.year != of_year.year or of_date.month is None:
        return of_year
    return of_date
