"""Days that nobody can mean and ids that no address can hold: refused at the door, told where old."""

import datetime

import msgspec
import pytest

from rapport.core.dates import EARLIEST, LATEST, days_after, is_of_our_time
from rapport.practice.check_in.sending import may_begin
from rapport.practice.coalition import service_map
from rapport.practice.coalition.calendar import Entry, ics
from rapport.practice.coalition.service_map.read import is_id
from rapport.practice.records.check_ins import CheckIn, Length
from rapport.practice.records.coalition import Domain, Need
from rapport.practice.records.kept import Author, Kept
from rapport.practice.records.people import Respondent, Role, Side
from rapport.store.practice import links, records, services
from rapport.store.practice.links import Purpose

LAST = datetime.date.max
ROW = {"id": "home", "provider": "A", "what": "Care", "domain": "care"}


@pytest.mark.parametrize("day", [EARLIEST, LATEST, datetime.date(2026, 5, 31)])
def test_a_day_that_people_can_mean(day):
    assert is_of_our_time(day)


def test_no_day_goes_beyond_the_last_one():
    assert days_after(LAST, 1) == LAST
    assert days_after(datetime.date(2026, 5, 31), 1) == datetime.date(2026, 6, 1)
    moment = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    assert days_after(moment, 28) == moment


@pytest.mark.parametrize("column", ["verified_on", "pem_checked_on", "wait_checked_on"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31", "2200-01-01"])
def test_the_map_takes_no_day_that_nobody_can_mean(column, day):
    (fault,) = service_map.row({**ROW, column: day}).faults
    assert (fault.column, fault.problem) == (column, "this day is not between 1900 and 2199")
    assert day not in fault.cure


@pytest.mark.parametrize("name", ["..", ".", "a/b", "", "-x", "ä"])
def test_an_id_that_no_address_can_hold_is_none(name):
    assert not is_id(name)
    assert service_map.row({**ROW, "id": name}).services == ()


def test_an_old_day_at_the_end_of_time_stops_no_calendar_and_no_check_in(at):
    text = ics([Entry(id="x", day=LAST)], at).decode()
    assert "DTEND;VALUE=DATE:99991231" in text
    sent = CheckIn(
        side=Side.PATIENT,
        edition="scc-0.1",
        length=Length.SHORT,
        respondent=Respondent.SELF,
        started_at=at,
        sent_at=datetime.datetime.max.replace(tzinfo=datetime.UTC),
    )
    me = Author(role=Role.PATIENT, id="p")
    old = Kept(
        id="a",
        clinic="c",
        patient="p",
        pair="q",
        author=me,
        made_at=at,
        changed_at=at,
        record=sent,
    )
    assert may_begin([old], Side.PATIENT, Respondent.SELF, at).not_before == LAST


def test_a_helper_until_the_end_of_time_gets_a_link_that_ends(house, helped_by, at):
    here = house()
    name, token = helped_by(here, until=LAST)
    assert links.known(token, at).supporter == name
    again = links.make(
        here.patient, here.patient.id, Purpose.SIGN_IN, at=at, supporter=name, pair=here.pair
    )
    assert links.known(again, at).expires_at == at + links.SIGN_IN_FOR


def test_a_visit_in_no_time_of_ours_is_not_noted(house, enter_as):
    here = house()
    person = enter_as(here, Role.PATIENT)
    answer = person.post(f"/practice/visits/{here.pair}/held", {"day": "0001-01-01"})
    assert answer.status_code == 400
    assert "This day is not between 1900 and 2199." in answer.content.decode()


def test_an_old_service_that_no_address_can_hold_is_told_and_can_be_taken_off(
    house, enter_as, at
):
    here = house()
    (whole,) = service_map.row(ROW).services
    services.put(
        here.practitioner,
        (whole, msgspec.structs.replace(whole, id="..", provider="Old")),
        at=at,
    )
    wish = Need(label="Care", domain=Domain.CARE, first_seen=at.date())
    need = records.keep(here.patient, wish, patient=here.patient.id, at=at, why="test")
    doctor = enter_as(here, Role.PRACTITIONER)
    page = doctor.get("/practice/services/").content.decode()
    assert 'href="/practice/services/of/.."' not in page
    assert "leads to no page" in page
    assert 'href="/practice/services/of/home"' in page
    listed = doctor.get(f"/practice/need/{need.id}/services/").content.decode()
    assert "Old</strong> (it has no page)" in listed
    assert doctor.post("/practice/services/", {"remove": ".."}).status_code == 302
    assert [each.id for each in services.every(here.practitioner)] == ["home"]
