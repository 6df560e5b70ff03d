"""Parsing: one raw record in, a publication out, or the record set aside with its reason."""

from rapport.evidence.publication import Publication
from rapport.evidence.sources.formats import FORMATS
from rapport.evidence.sources.raw import RawRecord, quarantined
from rapport.evidence.sources.record import Quarantined


def publication(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one raw record; pure, so that worker processes can run it.

    Whatever is wrong with the bytes of a record is a reason to quarantine that record alone.
    """
    form = FORMATS.get(raw.origin.format)
    if form is None:
        return quarantined(raw, f"no parser is called {raw.origin.format!r}")
    try:
        return form.parse(raw)
    except RecursionError:
        return quarantined(raw, "it is nested too deeply")
