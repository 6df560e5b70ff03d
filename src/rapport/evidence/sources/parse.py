"""Parsing: one raw record in, a publication out, or the record set aside with its reason."""

from collections.abc import Callable
from typing import TypeVar

from rapport.evidence.publication import Publication
from rapport.evidence.sources.formats import FORMATS
from rapport.evidence.sources.raw import Format, RawRecord, Wanted, quarantined
from rapport.evidence.sources.record import Quarantined

T = TypeVar("T")

MAX_TEXT = 5_000_000
"""Characters of one publication beyond which it is no paper: a long thesis has a million."""


def publication(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one raw record; pure, so that worker processes can run it.

    Whatever is wrong with the bytes of a record is a reason to quarantine that record alone.
    """
    return _parsed(raw, lambda form: form.parse(raw))


def wanted_publication(raw: RawRecord, wanted: Wanted) -> Publication | Quarantined | None:
    """As `publication`, but None where `wanted`, which is asked once, says no."""

    def parse(form: Format) -> Publication | Quarantined | None:
        if form.parse_wanted is not None:
            return form.parse_wanted(raw, wanted)
        found = form.parse(raw)
        return found if isinstance(found, Quarantined) or wanted(found) else None

    return _parsed(raw, parse)


def _parsed(raw: RawRecord, parse: Callable[[Format], T]) -> T | Quarantined:
    form = FORMATS.get(raw.origin.format)
    if form is None:
        return quarantined(raw, f"no parser is called {raw.origin.format!r}")
    try:
        found = parse(form)
    except RecursionError:
        return quarantined(raw, "it is nested too deeply")
    if len(raw.data) > MAX_TEXT and isinstance(found, Publication):
        length = _length(found)
        if length > MAX_TEXT:
            return quarantined(
                raw, f"its text has {length:,} characters; more than {MAX_TEXT:,} are not read"
            )
    return found


def _length(found: Publication) -> int:
    """Characters of abstract and text."""
    paragraphs = sum(len(text) for part in found.sections for text in part.paragraphs)
    abstract = sum(len(part.text) for part in found.abstract)
    return len(found.text or "") + abstract + paragraphs
