"""The person's export holds everything, in every form, and says it in words."""

import csv
import io
import json
import re
import zipfile

from tests.practice.exchange.everything import KINDS, NOON, kept, one_of_each

from rapport.practice import trail_words
from rapport.practice.exchange.fhir.trail import Access
from rapport.practice.exchange.person import export
from rapport.practice.exchange.person.told import HEADINGS
from rapport.practice.records.people import Profile

TRAIL = [
    Access(at=NOON, act="read", who="m1", role="practitioner", kinds=("Need",), why="visit")
]


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def whole():
    return opened(export(one_of_each(), TRAIL, patient="p1", at=NOON))


def test_every_kind_of_record_has_a_heading_and_is_on_the_page_and_in_the_json_and_the_tables():
    assert set(HEADINGS) == set(KINDS)
    made = whole()
    told = {each["record"]["type"] for each in json.loads(made["everything.json"])["records"]}
    assert told == {kind.__name__ for kind in KINDS}
    for kind, heading in HEADINGS.items():
        assert f"<h2>{heading}</h2>" in made["read-me-first.html"]
        assert f"tables/{kind.__name__}.csv" in made


def test_every_field_that_says_something_is_on_the_page_and_in_its_table():
    made = whole()
    for each in one_of_each():
        table = list(
            csv.DictReader(io.StringIO(made[f"tables/{type(each.record).__name__}.csv"]))
        )
        for name in each.record.__struct_fields__:
            assert table[0][name], (type(each.record), name)
            assert f"<dt>{name.replace('_', ' ')}</dt>" in made["read-me-first.html"]


def test_who_opened_it_is_told_in_words():
    made = whole()
    page = made["read-me-first.html"]
    assert "2026-11-22 12:00: the practitioner looked at a need (visit)." in page
    assert (
        "the practitioner"
        not in opened(export([], patient="p1", at=NOON))["read-me-first.html"]
    )


def test_who_opened_it_has_no_names_of_the_program_in_it():
    lines = [
        Access(at=NOON, act=act, who="m1", role="patient", kinds=kinds, why="practice-home")
        for act in ("kept", "read", "removed")
        for kinds in (tuple(kind.__name__ for kind in HEADINGS), ())
    ]
    page = opened(export([], lines, patient="p1", at=NOON))["read-me-first.html"]
    told = page.partition("Who opened or changed it")[2].partition("Nothing is kept")[0]
    assert "wrote it." in told
    assert "a safety note" in told
    assert not any(kind.__name__ in re.findall(r"\w+", told) for kind in HEADINGS)
    assert "practice-home" not in told


def test_every_kind_has_words_in_who_opened_it():
    assert set(trail_words.KINDS) == {kind.__name__ for kind in HEADINGS}


def test_what_is_not_kept_is_said():
    page = opened(export([], patient="p1", at=NOON))["read-me-first.html"]
    nothing = page.partition("Nothing is kept on this")[2]
    assert all(f"<li>{heading}</li>" in nothing for heading in HEADINGS.values())


def test_nobody_can_put_markup_or_formulas_into_it():

    made = opened(export([kept(Profile(shown_as="<b>=1+1"))], patient="p1", at=NOON))
    assert "&lt;b&gt;=1+1" in made["read-me-first.html"]
    made = opened(export([kept(Profile(shown_as="=1+1"))], patient="p1", at=NOON))
    assert "'=1+1" in made["tables/Profile.csv"]


def test_the_same_records_give_the_same_bytes():
    assert export(one_of_each(), TRAIL, patient="p1", at=NOON) == export(
        one_of_each(), TRAIL, patient="p1", at=NOON
    )
