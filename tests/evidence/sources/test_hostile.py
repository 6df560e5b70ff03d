"""Files made to be slow: the time they take grows no faster than they do."""

import io
import time

import pytest

from rapport.evidence.sources.formats import FORMATS
from rapport.evidence.sources.parse import publication
from rapport.evidence.sources.raw import RawRecord

BAIT = {
    "starts without an end": ("medline_xml", lambda n: b"<PubmedArticle>" * n),
    "starts and one end": (
        "medline_xml",
        lambda n: b"<PubmedArticle>" * n + b"</PubmedArticle>",
    ),
    "ends without a start": ("medline_xml", lambda n: b"</PubmedArticle>" * n),
    "an open comment": ("medline_xml", lambda n: b"<!-- " + b"<PubmedArticle>" * n),
    "many comments": ("medline_xml", lambda n: b"<!-- -->" * n),
    "blanks between records": ("medline_xml", lambda n: b" \n" * n + b"x"),
    "deep elements": ("endnote_xml", lambda n: b"<record>" + b"<a>" * n + b"</record>"),
    "deep JSON": ("json_lines", lambda n: b'{"a": ' + b"[" * n),
    "open braces": ("csl_json", lambda n: b"[" + b"{" * n),
    "open quotes": ("csl_json", lambda n: b'[{"a": "' + b'\\"' * n),
    "entries in entries": ("bibtex", lambda n: b"@a{" * (n // 40)),
    "open BibTeX braces": ("bibtex", lambda n: b"@article{a, title = " + b"{" * n),
    "BibTeX blanks": ("bibtex", lambda n: b"@article{a, author = {" + b" \n" * n + b"}}"),
    "one long name": ("ris", lambda n: b"TY  - JOUR\nAU  - " + b" ;and " * n + b"\nER  - "),
    "RIS without an end": ("ris", lambda n: b"TY  - JOUR\n" * (n // 40)),
    "open CSV quotes": ("csv_table", lambda n: b'Title,DOI\n"' + b'""' * n),
    "CSV blanks": ("csv_table", lambda n: b"Title,Author\nT," + b" " * n + b";\n"),
    "a long line": ("nbib", lambda n: b"PMID- 1\nAB  - " + b"ab " * n),
    "plain blanks": ("plain_text", lambda n: b" \n" * n),
}


def _seconds(form, data):
    start = time.process_time()
    for each in FORMATS[form].split(io.BytesIO(data), "made", None):
        if isinstance(each, RawRecord):
            publication(each)
    return time.process_time() - start


@pytest.mark.parametrize("bait", BAIT)
def test_time_grows_no_faster_than_the_file(bait):
    form, made = BAIT[bait]
    small = min(_seconds(form, made(5_000)) for _ in range(3))
    large = _seconds(form, made(80_000))
    # 16 times as much; quadratic work would take 256 times as long
    assert large < 80 * max(small, 0.005), (small, large)
