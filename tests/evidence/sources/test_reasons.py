"""Encodings that are read or named, reasons that say something, ids and names that are given."""

import io
import time

import pytest

from rapport.core.errors import InputError
from rapport.evidence.publication import Author, Publication
from rapport.evidence.sources import json_lines
from rapport.evidence.sources.files import publications
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.names import authors

TEXTS = {
    "jsonl": '{"id": "a", "title": "Über die Ruhe"}\n',
    "json": '[{"DOI": "10.1000/a", "title": "Über die Ruhe"}]',
    "csv": "Title,PMID\nÜber die Ruhe,12345\n",
    "ris": "TY  - JOUR\nTI  - Über die Ruhe\nER  - \n",
    "nbib": "PMID- 12345\nTI  - Über die Ruhe\nSO  - Made up\n",
    "bib": "@article{a, title = {Über die Ruhe}}\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("form", TEXTS)
def test_a_file_that_names_its_encoding_is_read(form, encoding, tmp_path):
    path = tmp_path / f"it.{form}"
    path.write_bytes(TEXTS[form].encode(encoding))
    (found,) = publications([path])
    assert found.title == "Über die Ruhe"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_an_encoding_that_a_file_does_not_name_is_named_to_the_person(encoding, tmp_path):
    path = tmp_path / "it.jsonl"
    path.write_bytes(TEXTS["jsonl"].encode(encoding))
    with pytest.raises(InputError, match="UTF-16 without a byte-order mark"):
        list(publications([path]))


@pytest.mark.parametrize(
    "entry",
    [
        "@article{a, title = {No end",
        "@article{a, title = {One} year = 2001}",
        "@article{a title}",
        "@article{, }",
        "@article{a, = {x}}",
        "@article(a, title = {Round}",
    ],
)
def test_a_broken_bibtex_entry_is_set_aside_with_words(entry, tmp_path):
    path = tmp_path / "it.bib"
    path.write_text(f"@article{{ok, title = {{Whole}}}}\n{entry}\n")
    first, *others = publications([path])
    assert first.title == "Whole"
    for each in others:
        assert isinstance(each, Publication) or len(each.reason.rstrip(" :")) > 30, each


def test_an_xml_file_cut_in_a_tag_says_so(tmp_path):
    path = tmp_path / "it.xml"
    record = "<PubmedArticle><MedlineCitation><PMID>{}</PMID><Article><ArticleTitle>T"
    end = "</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    path.write_text(f"<PubmedArticleSet>{record.format(1)}{end}<PubmedArt")
    whole, cut = publications([path])
    assert whole.identifiers.pmid == "1"
    assert isinstance(cut, Quarantined)
    assert cut.reason == "it breaks off in the middle of a tag; fetch the file again"


def test_megabytes_of_blank_lines_cost_little():
    data = b"\n" * (20 << 20) + b'{"id": "a", "title": "T"}\n'
    began = time.process_time()
    found = list(json_lines.split(io.BytesIO(data), "made", None))
    assert len(found) == 1
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('"x"', "x"),
        ("7", "7"),  # ids are text: a number is its digits
        ("0", "0"),
        ('""', "it.jsonl#1"),  # no id at all
        ("null", "it.jsonl#1"),
        ('" "', " "),  # given so, and so given back
    ],
)
def test_an_id_is_given_back_as_text(given, expected):
    (raw,) = json_lines.split(
        io.BytesIO(f'{{"id": {given}, "title": "T"}}'.encode()), "it.jsonl", None
    )
    assert json_lines.parse(raw).id == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roe K.Doe G. F.", [("Roe", "K."), ("Doe", "G. F.")]),
        ("Roe K.L.Doe G.Poe A.", [("Roe", "K.L."), ("Doe", "G."), ("Poe", "A.")]),
        ("J.Roe", [("J.Roe", None)]),  # one person, it seems
        ("Roe K. Doe G.", [("Roe K. Doe", "G.")]),  # may be one name
        ("K.Roe and G.Doe", [("K.Roe", None), ("G.Doe", None)]),
    ],
)
def test_names_without_anything_between_them_are_divided_only_where_it_is_safe(text, expected):
    assert authors(text) == tuple(Author(family=f, given=g) for f, g in expected)
