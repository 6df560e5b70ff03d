"""JSON Lines: the contract of standard input, and the full form."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers
from rapport.evidence.canonical import canonical
from rapport.evidence.publication import (
    AbstractPart,
    Author,
    Origin,
    Publication,
    Relation,
    RelationKind,
    TextOrigin,
)
from rapport.evidence.sources import json_lines
from rapport.evidence.sources.raw import RawRecord
from rapport.evidence.sources.record import Quarantined

ORIGIN = Origin(file="made.jsonl", position=1, format="json_lines")


def read(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return json_lines.parse(RawRecord(origin=ORIGIN, data=data))


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(title=ANY_TEXT, abstract=ANY_TEXT, text=ANY_TEXT)
def test_given_text_keeps_its_exact_characters(title, abstract, text):
    fields = canonical(
        read({"id": "a", "title": title, "abstract": abstract, "text": text})
    ).fields
    assert fields == {"title": title, "abstract": abstract, "text": text}


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        ({"id": "mine", "title": "T"}, "mine"),
        ({"id": 7, "title": "T"}, "7"),
        ({"pmid": 99000001, "title": "T"}, "99000001"),
        ({"pmcid": "9900001", "pmid": "1", "title": "T"}, "PMC9900001"),
        ({"identifiers": {"doi": "https://doi.org/10.5555/X"}, "title": "T"}, "10.5555/x"),
        ({"title": "T"}, "made.jsonl#1"),
    ],
)
def test_the_id_is_the_one_given_else_an_identifier_else_the_place(line, identifier):
    assert read(line).id == identifier


def test_flat_records_with_strings_are_read():
    found = read(
        {
            "title": "T",
            "authors": "Roe JQ; Doe B",
            "year": "2019",
            "journal": "J Ex",
            "abstract": "",
        }
    )
    assert found.authors == (Author(family="Roe", given="JQ"), Author(family="Doe", given="B"))
    assert found.date == PartialDate(year=2019)
    assert found.abstract == ()


def test_the_full_form_comes_back_as_it_was_written():
    publication = Publication(
        origin=ORIGIN,
        identifiers=Identifiers(pmid="1", doi="10.5555/x"),
        title="T",
        abstract=(AbstractPart(text="Made up.", label="AIM"),),
        authors=(Author(family="Roe", given="Jane"), Author(collective="Group")),
        date=PartialDate(year=2013, month=7),
        publication_types=("Journal Article",),
        mesh=("Humans",),
        keywords=("rest",),
        registrations=("NCT09990001",),
        relations=(
            Relation(kind=RelationKind.PREPRINT_OF, identifiers=Identifiers(doi="10.5555/y")),
        ),
        text_origin=TextOrigin.DIGEST,
        language="en",
    )
    written = msgspec.to_builtins(publication)
    del written["origin"]
    assert read(written) == publication


@pytest.mark.parametrize(
    "line",
    [
        b'{"title": "cut o',
        b'["a", "list"]',
        b"{}",
        b'{"title": 17}',
        b'{"title": "T", "text": "a", "sections": [{"paragraphs": ["b"]}]}',
        b'{"title": "\xff"}',
        b'{"relations": ' + b"[" * 100_000,
        b'{"title": "T", "text_origin": "somebody"}',
    ],
)
def test_a_line_that_is_not_the_contracts_is_quarantined(line):
    found = read(line)
    assert isinstance(found, Quarantined)
    assert found.reason


@pytest.mark.parametrize(
    "data",
    [
        b'{"id": "1", "title": "A"}\n{"id": "2", "title": "B"}\n',
        b'\xef\xbb\xbf{"id": "1", "title": "A"}\r\n\r\n{"id": "2", "title": "B"}',
        b'[{"id": "1", "title": "A"}, {"id": "2", "title": "B"}]',
        b'{\n  "id": "1",\n  "title": "A"\n}\n{\n  "id": "2",\n  "title": "B"\n}\n',
        '{"id": "1", "title": "A"}\n{"id": "2", "title": "B"}\n'.encode("utf-16"),
    ],
)
def test_lines_an_array_and_spread_objects_are_the_same(pieces, data):
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = data.decode("utf-16").encode("utf-8-sig")
    assert [each.id for each in pieces(data, "made.jsonl")] == ["1", "2"]


def test_a_broken_line_harms_no_other(pieces):
    first, broken, last = pieces(b'{"id": "1"}\n{"id": \n{"id": "3"}\n')
    assert (first.id, last.id) == ("1", "3")
    assert isinstance(broken, Quarantined)
    assert broken.origin.position == 2
