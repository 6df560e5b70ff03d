"""Whatever is done to the bytes of a file: no traceback, and every record is accounted for."""

import gzip
import io
import lzma
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.errors import InputError
from rapport.evidence.publication import Publication
from rapport.evidence.sources.files import publications, raw_records
from rapport.evidence.sources.raw import RawRecord
from rapport.evidence.sources.record import Quarantined

WHOLE = {
    "jsonl": b'{"id": "a", "title": "One"}\n{"id": "b", "authors": ["Roe K"], "year": 2001}\n',
    "json": b'[{"DOI": "10.1000/a", "title": "One"}, {"title": "Two", "issued": {"raw": "2"}}]',
    "pubmed.xml": (
        b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
        b"<ArticleTitle>One &amp; <i>all</i></ArticleTitle></Article></MedlineCitation>"
        b"</PubmedArticle><!-- two --><DeleteCitation><PMID>2</PMID></DeleteCitation>"
        b"</PubmedArticleSet>"
    ),
    "jats.xml": (
        b'<article><front><article-meta><article-id pub-id-type="pmid">1</article-id>'
        b"<title-group><article-title>One</article-title></title-group></article-meta></front>"
        b'<body><sec><title>Methods</title><p>As <xref ref-type="bibr" rid="r">[1]</xref>.</p>'
        b'<table-wrap><table><tr><td rowspan="2">a</td><td>b</td></tr></table></table-wrap>'
        b'</sec></body><back><ref-list><ref id="r"><label>1</label><element-citation><name>'
        b"<surname>Roe</surname></name><year>2001</year></element-citation></ref></ref-list>"
        b"</back></article>"
    ),
    "endnote.xml": b"<xml><records><record><titles><title>One</title></titles></record></records>",
    "nbib": b"PMID- 1\nTI  - One\nFAU - Roe, Kim\nSO  - Made up\n\nPMID- 2\nTI  - Two\n",
    "ris": b"TY  - JOUR\nTI  - One\nAU  - Roe, K\nER  - \n\nTY  - JOUR\nTI  - Two\nER  - \n",
    "bib": b'@string{j = "J"}\n@article{a, title = {One}, journal = j # "x", author = {A and B}}',
    "csv": b'Title,Authors,PMID\n"One, ""two""",Roe K.Doe G.,1\nThree,,2\n',
    "txt": b"Some text.\n\nAnd more.\n",
}
WILD = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            b"\0",
            b"\xff\xfe",
            b"<![CDATA[",
            b"<!--",
            b"]]>",
            b"&a;",
            b"{",
            b"}",
            b'"',
            b"\r",
            b"\n",
        ]
    ),
)


@st.composite
def spoilt(draw, data):
    """The bytes with a few stretches cut out, doubled or overwritten."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        data = (
            data[:start]
            + draw(WILD)
            + draw(st.sampled_from([b"", data[start:end] * 2]))
            + data[end:]
        )
    return data


def _zipped(data):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("it.jsonl", data)
    return into.getvalue()


PACKED = {
    "gz": gzip.compress(WHOLE["jsonl"] * 40),
    "xz": lzma.compress(WHOLE["jsonl"] * 40),
    "zip": _zipped(WHOLE["jsonl"] * 40),
}
EVERY = {**WHOLE, **{f"jsonl.{ending}": data for ending, data in PACKED.items()}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("spoilt")


@pytest.mark.parametrize("form", EVERY)
@given(data=st.data())
def test_no_spoilt_file_makes_a_traceback_or_loses_a_record(form, folder, data):
    path = folder / f"it.{form}"
    path.write_bytes(data.draw(spoilt(EVERY[form])))
    try:
        raw = list(raw_records([path]))
        found = list(publications([path]))
    except InputError:
        return  # nothing in it can be read
    assert len(raw) == len(found)
    assert all(isinstance(each, RawRecord | Quarantined) for each in raw)
    for each in found:
        assert isinstance(each, Publication | Quarantined)
        if isinstance(each, Quarantined):
            assert each.reason.strip(" :.")
    places = [(each.origin.file, each.origin.position) for each in found]
    assert len(set(places)) == len(places)
