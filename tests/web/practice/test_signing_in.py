"""Links, devices and sessions: who is let in, and for how long."""

import datetime

import pytest
from django.conf import settings

from rapport.practice.records.people import Role
from rapport.store.practice import clinics, demo, links, models
from rapport.store.practice.links import Purpose
from rapport.web.practice import access

DAY = datetime.timedelta(days=1)


def test_looking_at_a_link_does_not_use_it_and_a_tap_signs_in_for_thirty_days(
    house, browser, at
):
    here, phone = house(), browser()
    token = links.make(here.practitioner, here.patient.id, Purpose.SIGN_IN, at=at)
    address = f"/practice/link/{token}"
    assert phone.get(address).status_code == 200
    assert "sessionid" not in phone.cookies
    assert phone.get("/practice/home").status_code == 403
    assert phone.post(address).headers["Location"] == "/practice/home"
    assert phone.cookies["sessionid"]["max-age"] == pytest.approx(30 * 24 * 3600, abs=5)
    page = phone.get("/practice/home").content.decode()
    assert "practitioner of Lakeside" in page


def test_a_link_that_ended_or_was_made_up_lets_nobody_in(house, browser, at):
    here, phone = house(), browser()
    token = links.make(here.practitioner, here.patient.id, Purpose.SIGN_IN, at=at - 15 * DAY)
    for wrong in (token, here.token[:-1] + "x", "nonsense", f"{'a' * 32}:{'b' * 43}"):
        assert phone.get(f"/practice/link/{wrong}").status_code == 404
        assert phone.post(f"/practice/link/{wrong}").status_code == 404


def test_a_device_that_was_signed_out_elsewhere_is_out_at_once(house, enter_as):
    here = house()
    one, other = enter_as(here, Role.PATIENT), enter_as(here, Role.PATIENT)
    page = one.get("/practice/yours/devices").content.decode()
    assert page.count("Sign it out") == 2
    device = other.session[access.DEVICE]
    assert one.post("/practice/yours/devices", {"device": device}).status_code == 302
    assert other.get("/practice/home").status_code == 403
    assert one.get("/practice/home").status_code == 200


def test_whoever_works_in_a_clinic_signs_in_again_after_an_hour_alone(
    house, enter_as, monkeypatch, at
):
    doctor = enter_as(house(), Role.PRACTITIONER)
    assert doctor.get("/practice/home").status_code == 200
    monkeypatch.setattr(access, "now", lambda: at + datetime.timedelta(minutes=59))
    assert doctor.get("/practice/home").status_code == 200
    monkeypatch.setattr(access, "now", lambda: at + datetime.timedelta(minutes=120))
    assert doctor.get("/practice/home").status_code == 403


def test_somebody_with_two_roles_chooses_one(house, enter_as, at):

    here = house()
    account = models.Membership.objects.get(pk=here.practitioner.id).person
    clinics.set_member(here.clinic, account, Role.AUDITOR, at=at)
    browser = enter_as(here, Role.PRACTITIONER)
    assert browser.get("/practice/home").headers["Location"] == "/practice/role"
    other = next(
        m
        for m in clinics.members(here.clinic)
        if m.name == account.name and m.role is Role.AUDITOR
    )
    assert browser.post("/practice/role", {"as": other.id}).status_code == 302
    assert "auditor" in browser.get("/practice/home").content.decode()
    assert browser.post("/practice/role", {"as": here.patient.id}).status_code == 403


@pytest.fixture
def demo_clinic(browser, at, monkeypatch):
    demo.make(at)
    monkeypatch.setattr(settings, "IS_DEMO", True)
    return {each.shown_as: each.id for each in demo.characters()}


def test_in_the_demo_one_can_be_anybody_with_one_tap(demo_clinic, browser):
    assert {"Dr Lee", "Sam", "Ada", "Kim"} <= set(demo_clinic)
    visitor = browser()
    assert visitor.get("/practice/home").headers["Location"] == "/practice/demo"
    for name, chosen in demo_clinic.items():
        assert visitor.post("/practice/demo", {"as": chosen}).status_code == 302, name
        page = visitor.get("/practice/home")
        assert page.status_code == 200
        assert "nobody here is real" in page.content.decode()
    assert visitor.post("/practice/demo", {"as": "nobody"}).status_code == 404


def test_in_the_demo_sam_asks_for_help_and_jo_sees_one_need(demo_clinic, browser):
    visitor = browser()
    visitor.post("/practice/demo", {"as": demo_clinic["Dr Lee"]})
    assert "asks for help in the next days" in visitor.get("/practice/home").content.decode()
    visitor.post("/practice/demo", {"as": demo_clinic["Sam"]})
    assert (
        visitor.post("/practice/yours/confirm")
        .headers["Location"]
        .startswith("/practice/link/")
    )


def test_a_copied_cookie_of_the_demo_opens_nothing_elsewhere(demo_clinic, browser, monkeypatch):
    visitor = browser()
    visitor.post("/practice/demo", {"as": demo_clinic["Dr Lee"]})
    monkeypatch.setattr(settings, "IS_DEMO", False)
    assert visitor.get("/practice/home").status_code == 403


def test_the_person_ends_all_their_links_and_stays_signed_in_here(
    house, enter_as, opens_link, at
):
    here = house()
    token = links.make(here.patient, here.patient.id, Purpose.SIGN_IN, at=at)
    patient, other = enter_as(here, Role.PATIENT), opens_link(token)
    assert patient.post("/practice/yours/devices", {"act": "all"}).status_code == 302
    assert patient.get("/practice/yours/devices").status_code == 200
    assert other.get("/practice/home").status_code == 403
    assert links.known(token, at) is None
