"""The formats that can be read, in the order in which they are asked whether a file is theirs.

To add a format, write a module with a `FORMAT` and list it here.
"""

from rapport.evidence.sources import json_lines, plain_text
from rapport.evidence.sources.jats import full_text
from rapport.evidence.sources.managers import bibtex, csl_json, csv_table, endnote_xml, ris
from rapport.evidence.sources.medline import nbib, pubmed_xml
from rapport.evidence.sources.opening.stream import begun
from rapport.evidence.sources.raw import Format

_LISTED = (
    pubmed_xml.FORMAT,
    full_text.FORMAT,
    endnote_xml.FORMAT,
    csl_json.FORMAT,
    json_lines.FORMAT,
    nbib.FORMAT,
    ris.FORMAT,
    bibtex.FORMAT,
    csv_table.FORMAT,
    plain_text.FORMAT,
)

FORMATS: dict[str, Format] = {form.name: form for form in _LISTED}
"""By the name that stands in `origin.format`; the first that sniffs a file reads it."""


def sniffed(head: bytes, name: str) -> Format | None:
    """The format of a file called `name` that begins with `head`; None if none fits."""
    first = begun(head)
    return next((form for form in _LISTED if form.sniff(first, name)), None)
