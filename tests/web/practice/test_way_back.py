"""Once the care has ended and every session too, the person finds back to what is theirs."""

import datetime
import re

import pytest

from rapport.practice.records.people import Role
from rapport.store.audit.models import Entry
from rapport.store.practice import links, pairs, way_back
from rapport.store.practice.links import Purpose
from rapport.store.practice.scope import NotThereError, RefusedError


def page_of(answer):
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.fixture
def run_out(house, at):
    """A clinic, and a link of its patient that ran out weeks ago; the care has ended or not."""

    def made(*, ended=True):
        here, then = house(), at - datetime.timedelta(days=40)
        token = links.make(here.patient, here.patient.id, Purpose.SIGN_IN, at=then)
        if ended:
            pairs.end(here.practitioner, here.pair, at=at)
        return here, token

    return made


def test_a_person_asks_the_clinic_opens_and_only_the_person_comes_in(
    run_out, browser, enter_as
):
    here, token = run_out()
    person, way = browser(), f"/practice/link/{token}"
    assert "Your care here has ended." in page_of(person.get(way))
    letters = re.search(r"[A-Z2-7]{3}-[A-Z2-7]{3}", page_of(person.post(way)))[0]
    assert person.get("/practice/yours").status_code == 403
    admin = enter_as(here, Role.ADMIN)
    page = page_of(admin.get("/practice/ways-back"))
    assert letters in page
    assert token not in page
    assert "Sam" not in page
    link = re.search(r'name="link" value="([^"]+)"', page)[1]
    assert admin.post("/practice/ways-back", {"link": link, "act": "open"}).status_code == 302
    assert letters not in page_of(admin.get("/practice/ways-back"))
    assert person.post(way).status_code == 302
    assert "What is kept of you" in page_of(person.get("/practice/yours"))
    assert person.post("/practice/yours/confirm").status_code == 302
    said = page_of(person.get("/practice/yours/seen"))
    assert "let your own link work again" in said


def test_who_is_turned_away_stays_out_and_can_ask_again(run_out, at):
    here, token = run_out()
    admin = here.staff[Role.ADMIN]
    first = way_back.ask(token, at)
    (asked,) = way_back.asked(admin, at)
    way_back.answer(admin, asked.id, at, opens=False)
    assert links.known(token, at) is None
    assert way_back.asked(admin, at) == ()
    assert way_back.ask(token, at) == first


def test_what_was_asked_for_is_forgotten_after_two_weeks(run_out, at):
    here, token = run_out()
    way_back.ask(token, at)
    later = at + datetime.timedelta(days=15)
    assert way_back.asked(here.staff[Role.ADMIN], later) == ()


def test_while_somebody_cares_for_the_person_they_give_the_link(run_out, browser):
    _, token = run_out(ended=False)
    assert browser().get(f"/practice/link/{token}").status_code == 404


@pytest.mark.parametrize("kind", ["ended", "confirm", "made up", "still works"])
def test_no_other_link_is_opened_again(run_out, at, kind):
    here, token = run_out()
    if kind == "ended":
        links.end_all(here.patient, here.patient.id, at)
    if kind == "confirm":
        then = at - datetime.timedelta(days=1)
        token = links.make(here.patient, here.patient.id, Purpose.CONFIRM, at=then)
    if kind == "made up":
        token = f"{token}x"
    if kind == "still works":
        token = links.make(here.patient, here.patient.id, Purpose.SIGN_IN, at=at)
    assert way_back.ask(token, at) is None


def test_a_helpers_link_is_never_opened_again(house, helped_by, at):
    here = house()
    _, token = helped_by(here)
    pairs.end(here.practitioner, here.pair, at=at)
    assert way_back.ask(token, at + datetime.timedelta(days=400)) is None


def test_nobody_but_the_admin_of_the_same_clinic_answers(run_out, house, at):
    here, token = run_out()
    way_back.ask(token, at)
    (asked,) = way_back.asked(here.staff[Role.ADMIN], at)
    other = house("Hillside").staff[Role.ADMIN]
    assert way_back.asked(other, at) == ()
    with pytest.raises(NotThereError):
        way_back.answer(other, asked.id, at, opens=True)
    for role, viewer in here.staff.items():
        if role is not Role.ADMIN:
            with pytest.raises(RefusedError):
                way_back.answer(viewer, asked.id, at, opens=True)
    assert links.known(token, at) is None


def test_the_audit_says_who_asked_and_who_opened_and_holds_no_way_in(run_out, at):
    here, token = run_out()
    letters = way_back.ask(token, at)
    (asked,) = way_back.asked(here.staff[Role.ADMIN], at)
    way_back.answer(here.staff[Role.ADMIN], asked.id, at, opens=True)
    found = list(Entry.objects.filter(act__startswith="way back"))
    assert [(each.act, each.detail["role"]) for each in found] == [
        ("way back asked", "patient"),
        ("way back opened", "admin"),
    ]
    assert not any(word in str(each.detail) for each in found for word in (token, letters))


def test_the_end_of_the_care_gives_the_person_a_last_link(house, enter_as, browser):
    here = house()
    doctor = enter_as(here, Role.PRACTITIONER)
    ended = page_of(doctor.post(f"/practice/people/{here.patient.id}/", {"act": "end"}))
    token = re.search(r"/practice/link/([^\s\"<]+)", ended)[1]
    person = browser()
    assert person.post(f"/practice/link/{token}").status_code == 302
    assert "What is kept of you" in page_of(person.get("/practice/yours"))
    assert doctor.get(f"/practice/people/{here.patient.id}/").status_code == 404
