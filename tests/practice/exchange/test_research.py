"""The export for research gives nobody away, and everything else exactly."""

import csv
import datetime
import functools
import io
import json
from collections import defaultdict

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.exchange.everything import NOON, kept

from rapport.knowledge.load import instrument
from rapport.practice.exchange.research import TooFewError, export
from rapport.practice.exchange.research.hiding import SEEN_FROM_OUTSIDE, hidden
from rapport.practice.exchange.research.rows import Row
from rapport.practice.records.check_ins import CheckIn, Entered, Length
from rapport.practice.records.people import Respondent, Side
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit, Worse

K = 10


@functools.cache
def keys():
    return {name: instrument(name) for name in ("scc-p", "scc-c")}


def check_in(day=0, side=Side.PATIENT, respondent=None, **answers):
    own = Respondent.SELF if side is Side.PATIENT else Respondent.PRACTITIONER
    when = NOON + datetime.timedelta(days=day)
    return CheckIn(
        side=side,
        edition="scc-0.1",
        length=Length.FULL,
        respondent=respondent or own,
        entered=Entered.SCREEN,
        answers=answers,
        note="canary in the note",
        started_at=when,
        sent_at=when,
    )


def clinic(people=12, waves=2):
    """A made-up clinic: the records, and who treats whom."""
    found, therapists = [], {}
    for n in range(people):
        pair = f"pair{n}"
        therapists[pair] = "dr-canary" if n < people - 1 else "dr-rare"
        for wave in range(waves):
            answers = {"C1a": n % 5, "C1b": 2, "C1x": 1, "S0": 2}
            more = {"patient": f"canary{n}", "pair": pair}
            found.append(kept(check_in(wave * 30 + n, **answers), f"{n}-{wave}", **more))
        theirs = check_in(n + 3, Side.PRACTITIONER, C1o=4, C1a_pred=3)
        found.append(kept(theirs, f"{n}-c", patient=f"canary{n}", pair=pair))
    return found, therapists


def made(records, therapists, key=b"key", k=K):
    return export(records, therapists, key=key, k=k, instruments=keys())


def table(found, name="data.csv"):
    return list(csv.DictReader(io.StringIO(found.files[name].decode())))


def test_a_row_is_a_person_and_a_wave_with_answers_and_scores_in_days():
    found = made(*clinic())
    rows = table(found)
    assert (found.people, found.rows, len(rows)) == (12, 24, 24)
    first, second = rows[0], rows[1]
    assert (first["person"], first["wave"], first["days"]) == (second["person"], "0", "0")
    assert (second["wave"], second["days"]) == ("1", "30")
    strain = 25 * (4 - int(first["scc_p_c1a"]) + 2) / 2
    assert float(first["scc_p_strain_1"]) == strain
    # The practitioner's side stands beside the wave it belongs to, and no other.
    assert (first["scc_c_c1o"], first["scc_c_own_1"], second["scc_c_c1o"]) == ("4", "0", "")


def test_no_name_no_text_no_date_and_no_wish_for_help_leaves():
    found = made(*clinic())
    whole = b"".join(found.files.values()).decode()
    assert "canary" not in whole
    assert "2026" not in found.files["data.csv"].decode()
    assert "s0" not in table(found)[0]
    assert "scc_p_s0" not in whole


def test_names_are_the_same_within_an_export_and_others_in_the_next():
    records, therapists = clinic()
    one, again, next_ = (made(records, therapists, key) for key in (b"a", b"a", b"b"))
    assert one == again
    people = [{row["person"] for row in table(each)} for each in (one, next_)]
    assert not people[0] & people[1]


def test_with_fewer_people_than_the_smallest_group_there_is_no_export():
    with pytest.raises(TooFewError):
        made(*clinic(people=9))


def test_a_therapist_with_few_people_has_no_name():
    rows = table(made(*clinic()))
    assert len({row["therapist"] for row in rows} - {""}) == 1
    assert sum(row["therapist"] == "" for row in rows) == 2


def test_a_wave_that_few_have_reached_is_left_out():
    records, therapists = clinic(waves=1)
    more = kept(check_in(90, C1a=1), "x", patient="canary0", pair="pair0")
    found = made([*records, more], therapists)
    assert {row["wave"] for row in table(found)} == {"0"}
    assert found.hidden["rows"] == 1


def test_what_a_proxy_says_and_a_second_practitioner_stand_apart():
    records, therapists = clinic(waves=1)
    extra = []
    for n in range(12):
        who = {"patient": f"canary{n}"}
        proxy = check_in(50, respondent=Respondent.PROXY, C6a=1)
        extra.append(kept(proxy, f"p{n}", pair=f"pair{n}", **who))
        extra.append(kept(check_in(60, C1a=1), f"f{n}", pair=f"other{n}", **who))
    found = made([*records, *extra], therapists)
    assert len(table(found)) == len(table(found, "proxy.csv")) == 12
    assert len(table(found, "further_pairs.csv")) == 12
    assert all(row["scc_p_c1a"] == "" for row in table(found, "proxy.csv"))
    few = made([*records, *extra[:4]], therapists)
    assert {"proxy.csv", "further_pairs.csv"} & set(few.files) == set()


def test_drafts_are_left_out():
    records, therapists = clinic()
    draft = msgspec.structs.replace(check_in(C1a=1), sent_at=None)
    assert made([*records, kept(draft, "d", pair="pair0")], therapists) == made(
        records, therapists
    )


def test_codebook_and_dictionaries_name_every_column():
    found = made(*clinic())
    names = list(table(found)[0])
    book = json.loads(found.files["codebook.json"])
    assert book["format"] == "rapport-codebook-1"
    assert [each["name"] for each in book["variables"]] == names[4:]
    plain = table(found, "data_dictionary.csv")
    assert [row["name"] for row in plain if row["table"] == "data.csv"] == names
    redcap = table(found, "redcap_dictionary.csv")
    assert [row["Variable / Field Name"] for row in redcap] == names
    assert all(row["Field Label"] for row in redcap)


def with_events(people=12, **more):
    """The clinic above; everybody had a visit, answered about it, and reported something."""
    records, therapists = clinic(people)
    for n in range(people):
        who = {"patient": f"canary{n}", "pair": f"pair{n}"}
        on = (NOON + datetime.timedelta(days=n + 5)).date()
        visit = f"canary-visit{n}"
        after = {"visit": visit, "on": on, "talked": True, "useful": n % 2 == 0}
        events = [
            Visit(on=on, cards=(3,)),
            AfterVisit(side=Side.PATIENT, worse=Worse.NO, **after),
            TwoDaysLater(about=visit, on=on + datetime.timedelta(days=2), worse=Worse.NO),
            Harm(side=Side.PATIENT, on=on, what="canary words", about=visit, review="canary"),
        ]
        for number, event in enumerate(events):
            name = visit if number == 0 else f"canary-{n}-{number}"
            records.append(msgspec.structs.replace(kept(event, 0, **who), id=name))
    return records, therapists


def test_what_happened_beside_check_ins_stands_in_tables_of_their_own_in_days():
    found = made(*with_events(24))
    visits, later, harm = (table(found, f"{name}.csv") for name in ("visits", "later", "harm"))
    assert found.events == {"visits.csv": 24, "later.csv": 24, "harm.csv": 24}
    start = ["person", "event", "days", "therapist"]
    assert [list(each[0])[:4] for each in (visits, later, harm)] == [start] * 3
    assert {(row["event"], row["days"]) for row in visits} == {("0", "5")}
    assert {row["days"] for row in later} == {"7"}
    assert {row["card_3"] for row in visits} == {"1"}
    assert {row["patient_useful"] for row in visits} == {"0", "1"}
    assert {row["practitioner_useful"] for row in visits} == {""}
    assert {(row["about"], row["worse"]) for row in later} == {("1", "0")}
    assert {(row["side"], row["about"], row["reviewed"]) for row in harm} == {("0", "1", "0")}
    people = {row["person"] for row in table(found)}
    assert all({row["person"] for row in each} == people for each in (visits, later, harm))


def test_no_word_name_or_date_leaves_in_the_tables_beside():
    found = made(*with_events())
    for name, content in found.files.items():
        assert b"canary" not in content, name
        if name not in ("codebook.json", "data_dictionary.csv", "redcap_dictionary.csv"):
            assert b"2026" not in content, name


def test_a_table_beside_with_few_people_is_not_there_and_what_few_share_is_left_out():
    records, therapists = with_events(12)
    only = [each for each in records if not isinstance(each.record, Harm)]
    few = [each for each in records if isinstance(each.record, Harm)][:9]
    found = made([*only, *few], therapists)
    assert "harm.csv" not in found.files
    assert "harm.csv" not in json.loads(found.files["codebook.json"])["tables"]
    # Nine said one thing, three another: what the three said would show them, and so would gaps.
    changed = [
        msgspec.structs.replace(
            each, record=msgspec.structs.replace(each.record, worse=Worse.MUCH)
        )
        if isinstance(each.record, TwoDaysLater) and each.patient in ("canary1", "canary2")
        else each
        for each in records
    ]
    assert {row["worse"] for row in table(made(changed, therapists), "later.csv")} <= {"", "0"}


def test_a_second_visit_that_few_have_had_is_left_out():
    records, therapists = with_events(12)
    on = (NOON + datetime.timedelta(days=90)).date()
    more = kept(Visit(on=on), "x", patient="canary0", pair="pair0")
    found = made([*records, more], therapists)
    assert {row["event"] for row in table(found, "visits.csv")} == {"0"}
    book = json.loads(found.files["codebook.json"])
    assert book["tables"]["visits.csv"]["hidden"]["rows"] == 1


def test_events_with_a_further_practitioner_or_without_a_check_in_are_left_out():
    records, therapists = with_events(12)
    more = [
        kept(Visit(on=NOON.date()), "x", patient="canary0", pair="another"),
        kept(Visit(on=NOON.date()), "y", patient="nobody", pair="pair99"),
    ]
    assert made([*records, *more], therapists).files == made(records, therapists).files


def test_every_column_of_every_table_is_in_the_codebook_and_the_dictionary():
    found = made(*with_events())
    book = json.loads(found.files["codebook.json"])["tables"]
    plain = table(found, "data_dictionary.csv")
    for name in ("visits.csv", "later.csv", "harm.csv"):
        columns = list(table(found, name)[0])
        assert [each["name"] for each in book[name]["variables"]] == columns[4:]
        assert [row["name"] for row in plain if row["table"] == name] == columns
        assert book[name]["about"]


ROWS = st.lists(
    st.builds(
        Row,
        person=st.sampled_from([f"p{n}" for n in range(8)]),
        wave=st.integers(0, 2),
        days=st.integers(0, 9),
        therapist=st.sampled_from(["", "t1", "t2"]),
        values=st.fixed_dictionaries(
            {}, optional={name: st.sampled_from([0.0, 1.0, 2.0]) for name in SEEN_FROM_OUTSIDE}
        ),
    ),
    max_size=30,
)


@settings(max_examples=150)
@given(ROWS, st.integers(2, 5))
def test_no_group_that_is_left_is_small_and_no_gap_names_one(rows, k):
    left = hidden(rows, k).rows
    waves, therapists = defaultdict(set), defaultdict(set)
    for row in left:
        waves[row.wave].add(row.person)
        therapists[row.therapist].add(row.person)
    assert all(len(people) >= k for people in waves.values())
    assert all(len(people) >= k for name, people in therapists.items() if name)
    for column in SEEN_FROM_OUTSIDE:
        by_value = defaultdict(set)
        for row in left:
            by_value[row.values.get(column)].add(row.person)
        gaps = by_value.pop(None, set())
        assert all(len(people) >= k for people in by_value.values())
        hid = any(row.values.get(column) is not None for row in rows) and hidden(
            rows, k
        ).counts.get(column)
        assert not hid or len(gaps) >= k or not by_value
