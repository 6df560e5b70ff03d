"""What a file is, its beginning says; whatever follows, nothing is raised and nothing lost."""

import contextlib
import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.evidence.publication import Publication
from rapport.evidence.sources.formats import FORMATS, sniffed
from rapport.evidence.sources.opening.stream import Blocks, Lines, decoded
from rapport.evidence.sources.opening.unpacking import gunzip
from rapport.evidence.sources.parse import publication
from rapport.evidence.sources.raw import RawRecord
from rapport.evidence.sources.record import Quarantined

SMALL = {
    "medline_xml": b"<?xml version='1.0'?><PubmedArticleSet>"
    + b"<PubmedArticle><MedlineCitation><PMID>%d</PMID><Article><ArticleTitle>T</ArticleTitle>"
    b"</Article></MedlineCitation></PubmedArticle>" * 2 % (1, 2) + b"</PubmedArticleSet>",
    "endnote_xml": b"<xml><records>"
    + b"<record><titles><title>T&#233;</title></titles></record>" * 2
    + b"</records></xml>",
    "csl_json": b'[{"type": "book", "title": "A", "DOI": "10.5555/a"},\n {"title": "B \\" {"}]',
    "json_lines": b'{"id": "1", "title": "A"}\n{"id": "2", "title": "B"}\n',
    "nbib": b"PMID- 1\nTI  - A\nSO  - x\n\nPMID- 2\nTI  - B\n      more\nSO  - y\n",
    "ris": b"TY  - JOUR\nTI  - A\nER  - \n\nTY  - BOOK\nTI  - B\nAU  - Roe, J\nER  - \n",
    "bibtex": b"@article{a, title = {A {B}}, year = 2013}\n\n@misc{b, title = {\\'E B}}\n",
    "csv_table": b'Title,DOI,Abstract\n"A, b",10.5555/a,"x\ny"\nB,10.5555/b,z\n',
    "plain_text": b"Just a text about rest.\n",
}
NAMES = {"plain_text": "made.txt"}


@pytest.mark.parametrize("form", SMALL)
def test_a_format_is_known_by_its_content_whatever_the_name(form):
    found = sniffed(SMALL[form], NAMES.get(form, "made"))
    assert found is not None
    assert found.name == form


@pytest.mark.parametrize("form", SMALL)
def test_a_format_is_known_behind_a_byte_order_mark(form):
    found = sniffed(b"\xef\xbb\xbf" + SMALL[form], NAMES.get(form, "made"))
    assert found is not None
    assert found.name == form


def test_every_format_but_jats_is_tested_here():
    assert set(FORMATS) == {*SMALL, "jats"}


@pytest.mark.parametrize(
    "data",
    [b"", b"\x7fELF\x01", b"%PDF-1.7\n", b"<html><p>An error</p></html>", b"a,b,c\n1,2,3\n"],
)
def test_what_is_no_publication_is_no_format(data):
    assert sniffed(data, "made.bin") is None


class _Failing(io.BytesIO):
    """Gives its bytes and then fails, as a damaged disk or archive does."""

    def read(self, size=-1):
        return super().read(min(size, 7)) or self._fail()

    def _fail(self):
        raise OSError("it broke")


def _all(form, stream):
    found = list(FORMATS[form].split(stream, "made", None))
    return [publication(each) if isinstance(each, RawRecord) else each for each in found]


@pytest.mark.parametrize("form", SMALL)
def test_a_stream_that_fails_gives_what_came_before_and_says_so(form):
    found = _all(form, _Failing(SMALL[form]))
    assert any(isinstance(each, Quarantined) and "it broke" in each.reason for each in found)
    if form not in {"plain_text", "ris", "nbib"}:
        assert sum(isinstance(each, Publication) for each in found) >= 1


@pytest.mark.parametrize("form", SMALL)
def test_a_file_cut_at_any_byte_gives_publications_or_quarantine(form):
    whole = _all(form, io.BytesIO(SMALL[form]))
    titles = [each.title for each in whole if isinstance(each, Publication)]
    for end in range(1, len(SMALL[form])):
        found = _all(form, io.BytesIO(SMALL[form][:end]))
        assert len(found) <= len(whole) + 1
        assert [each.origin.position for each in found] == list(range(1, len(found) + 1))
        complete = [each.title for each in found[:-1] if isinstance(each, Publication)]
        assert complete == titles[: len(complete)]


@pytest.mark.parametrize("form", SMALL)
@settings(max_examples=40)
@given(
    place=st.integers(0, 10_000),
    junk=st.binary(min_size=1, max_size=12),
    width=st.integers(0, 9),
)
def test_damage_anywhere_raises_nothing(form, place, junk, width):
    data = SMALL[form]
    place %= len(data)
    found = _all(form, io.BytesIO(data[:place] + junk + data[place + width :]))
    assert all(isinstance(each, (Publication, Quarantined)) for each in found)


@pytest.mark.parametrize("form", SMALL)
@settings(max_examples=40)
@given(data=st.binary(max_size=200))
def test_nonsense_raises_nothing(form, data):
    found = _all(form, io.BytesIO(data))
    assert all(isinstance(each, (Publication, Quarantined)) for each in found)


@given(data=st.binary(max_size=5000), size=st.integers(1, 999), members=st.integers(1, 3))
def test_gunzip_gives_what_was_packed_in_any_number_of_members(data, size, members):
    stream = gunzip(io.BytesIO(gzip.compress(data, mtime=0) * members))
    assert b"".join(iter(lambda: stream.read(size), b"")) == data * members


@given(data=st.binary(min_size=1, max_size=5000), keep=st.integers(0, 100))
def test_gunzip_gives_all_it_can_before_it_fails(data, keep):
    packed = gzip.compress(data, mtime=0)
    packed = packed[: len(packed) * keep // 101]
    stream = gunzip(io.BytesIO(packed))
    got = b""
    with contextlib.suppress(EOFError):
        while block := stream.read(100):
            got += block
    assert data.startswith(got)
    if packed:
        with pytest.raises(EOFError):
            stream.read(1)


@given(st.lists(st.binary(max_size=20).filter(lambda line: b"\n" not in line), max_size=9))
def test_lines_are_those_between_the_line_ends(lines):
    lines = [line.rstrip(b"\r") for line in lines]
    lines = [b"x" + line for line in lines]  # a byte-order mark in front would be taken off
    for end in (b"\n", b"\r\n"):
        assert list(Lines(io.BytesIO(end.join(lines)), 10**6)) == lines


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("für".encode(), "für"),
        ("für".encode("latin-1"), "für"),
        ("“für”".encode("cp1252"), "“für”"),
        ("é".encode() + "ü".encode("latin-1"), "éü"),  # both in one record
        (b"\x81", "\x81"),  # in neither
    ],
)
def test_text_is_utf_8_and_else_western(data, text):
    assert decoded(data) == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_files_with_a_mark_are_read_as_utf_8(encoding):
    text = "PMID- 1\nTI  - für\n"
    assert b"".join(Blocks(io.BytesIO(text.encode(encoding)), 5)) == text.encode()


@pytest.mark.parametrize("cell", ["NA", "NaN", "NULL", " ", ""])
def test_a_cell_that_says_there_is_no_value_is_none(cell, pieces):
    (found,) = pieces(f"Title,DOI,Journal\nA study,{cell},{cell}\n".encode(), "made.csv")
    assert (found.title, found.journal) == ("A study", None)
    assert found.identifiers.doi is None
