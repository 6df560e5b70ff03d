"""Letters, calendar files, the service map and the gap report."""

import csv
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.coalition.conftest import TODAY

from rapport.practice.coalition import letters, service_map
from rapport.practice.coalition.calendar import NEUTRAL, Entry, ics
from rapport.practice.coalition.service_map.cells import ACCESS, LONGEST
from rapport.practice.records.coalition import (
    Access,
    Domain,
    Known,
    Service,
)

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize("name", sorted(letters.templates()))
def test_a_template_asks_for_facts_alone(name):
    template = letters.templates()[name]
    assert set(letters.wanted(template)) <= set(letters.FACTS)
    assert template.title
    assert template.about


def test_a_letter_leaves_when_the_person_approved_these_very_words():
    facts = dict.fromkeys(letters.FACTS, "{a fact}")
    letter = letters.draft("no_answer", facts, need="n1", on=TODAY)
    assert "{a fact}" in letter.text
    assert letters.refusals(letter)
    approved = letters.approved(letter, TODAY)
    assert letters.refusals(approved) == ()
    assert letters.edited(approved, approved.text) is approved
    assert letters.refusals(letters.edited(approved, "Other words"))


def test_a_fact_that_is_not_known_is_a_gap_to_fill_in():
    letter = letters.draft("ask_for_service", {"person": " "}, need="n1", on=TODAY)
    assert letters.UNKNOWN in letter.text
    assert len(letters.refusals(letters.approved(letter, TODAY))) == 1


def test_a_line_about_what_there_may_be_none_of_falls_away():
    facts = dict.fromkeys(letters.FACTS, "a fact")
    without = letters.draft("ask_for_service", {**facts, "needs": ""}, need="n", on=TODAY)
    assert letters.UNKNOWN not in without.text
    assert "To use your service" not in without.text
    assert (
        "To use your service"
        in letters.draft("ask_for_service", facts, need="n", on=TODAY).text
    )


def unfolded(data):
    return data.decode().replace("\r\n ", "").split("\r\n")


@given(st.text(max_size=300), st.dates(max_value=datetime.date(9999, 12, 30)))
def test_a_calendar_file_holds_what_was_given_in_lines_that_any_calendar_reads(title, when):
    data = ics([Entry(id="e1", day=when, title=title)], NOW)
    assert data.endswith(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    (summary,) = (line for line in unfolded(data) if line.startswith("SUMMARY:"))
    assert len([line for line in unfolded(data) if line.startswith("BEGIN:")]) == 2
    plain = summary.removeprefix("SUMMARY:")
    for sign, escape in (("\n", "\\n"), (",", "\\,"), (";", "\\;")):
        plain = plain.replace("\\\\", "\0").replace(escape, sign).replace("\0", "\\\\")
    kept = title.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c if c == "\n" or c.isprintable() else " " for c in kept)
    assert plain.replace("\\\\", "\\") == (kept or NEUTRAL)


def test_a_calendar_file_says_nothing_private_by_itself():
    text = ics([Entry(id="e1", day=TODAY)], NOW).decode()
    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rapport//Coalition//EN",
        "BEGIN:VEVENT",
        "UID:e1@rapport",
        "DTSTAMP:20261122T120000Z",
        "DTSTART;VALUE=DATE:20261122",
        "DTEND;VALUE=DATE:20261123",
        f"SUMMARY:{NEUTRAL}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


WORDS = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" "), max_size=40
).map(str.strip)
NEEDED = WORDS.filter(bool)
DAYS = st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))
SERVICES = st.builds(
    Service,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", fullmatch=True),
    provider=NEEDED,
    what=NEEDED,
    domain=st.sampled_from(Domain),
    area=WORDS,
    cost=WORDS,
    contact=WORDS,
    wait=WORDS,
    wait_checked_on=DAYS,
    access=st.builds(Access, **{name: st.sampled_from(Known) for name in ACCESS}),
    pem_aware=st.sampled_from(Known),
    warnings=st.lists(NEEDED.map(lambda each: each.replace("|", "-")), max_size=2).map(tuple),
    verified_on=DAYS,
    fictional=st.booleans(),
)


@given(st.lists(SERVICES, max_size=4, unique_by=lambda each: each.id))
def test_a_service_map_comes_back_as_it_was_written(services):
    found = service_map.read(service_map.written(services))
    assert found.faults == ()
    assert list(found.services) == services


@given(SERVICES)
def test_no_cell_begins_as_a_formula(service):
    _, row = csv.reader(service_map.written([service]).splitlines())
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


HEAD = "id,provider,what,domain,pem_aware,verified_on"


@pytest.mark.parametrize(
    ("table", "faults"),
    [
        ("", [(1, "", "empty")]),
        ("provider,what\nA,b", [(1, "id", "missing"), (1, "domain", "missing")]),
        (f"{HEAD},colour\n", [(1, "column 7", "not known")]),
        (f"{HEAD},id\n", [(1, "id", "twice")]),
        (
            f"{HEAD}\ns1,A,b,care,maybe,2026-02-30",
            [(2, "pem_aware", "yes, no"), (2, "verified_on", "day")],
        ),
        (f"{HEAD}\ns1,A,b,cake,,", [(2, "domain", "need can be about")]),
        (f"{HEAD}\ns1,,b,care,,", [(2, "provider", "empty")]),
        (f"{HEAD}\ns1,A,b,care,,\n\ns1,B,b,care,,", [(4, "id", "row 2")]),
        (f"{HEAD}\ns1,A", [(2, "", "cells")]),
        (f'{HEAD}\n"s1,A', [(2, "", "quotes")]),
        (f"{HEAD}\ns1,{'A' * (LONGEST + 1)},b,care,,", [(2, "provider", "long")]),
        (f"{HEAD}\ns/1,A,b,care,,", [(2, "id", "letters and digits")]),
        (f"{HEAD}\n..,A,b,care,,", [(2, "id", "letters and digits")]),
        (f"{HEAD}\n-a,A,b,care,,", [(2, "id", "letters and digits")]),
        (f"{HEAD}\na b,A,b,care,,", [(2, "id", "letters and digits")]),
        (f"{HEAD}\n{'s' * 81},A,b,care,,", [(2, "id", "long")]),
        (f"{HEAD}\ns1,A\x07,b,care,,", [(2, "provider", "no text")]),
    ],
)
def test_a_bad_table_is_refused_whole_with_row_column_and_cure(table, faults):
    found = service_map.read(table)
    assert found.services == ()
    assert [(f.row, f.column) for f in found.faults] == [fault[:2] for fault in faults]
    for fault, (_, _, word) in zip(found.faults, faults, strict=True):
        assert word in fault.problem
        assert fault.cure


def test_every_fault_is_told_at_once():
    rows = "\n".join(f"s{n},,b,cake,maybe,x" for n in range(3))
    assert len(service_map.read(f"{HEAD}\n{rows}").faults) == 12


def test_a_table_with_semicolons_and_a_mark_at_its_begin_is_read():
    found = service_map.read(
        f"\ufeff{HEAD.replace(',', ';')}\ns1;A, Ltd;b;Care;YES;2026-01-31\n"
    )
    assert [(s.provider, s.pem_aware) for s in found.services] == [("A, Ltd", Known.YES)]


def test_five_services_that_do_not_exist_come_along():
    found = service_map.examples()
    assert len(found) == 5
    assert all(each.fictional and "made up" in each.provider for each in found)
