"""What people who work in a clinic do on its pages."""

import datetime
import re

from tests.web.practice.conftest import link_on

from rapport.practice.records.check_ins import CheckIn, HelpSeen, Length
from rapport.practice.records.people import (
    ConsentKind,
    Profile,
    Respondent,
    Role,
    SafetyMark,
    Side,
)
from rapport.store.practice import clinics, models, pairs, records


def test_an_invitation_shows_its_link_once_and_says_how_long_it_takes(house, enter_as, browser):
    here = house()
    doctor = enter_as(here, Role.PRACTITIONER)
    sent = {"name": "Robin", "contact": "robin@example.org", "severe": "yes", "age": "adult"}
    page = doctor.post("/practice/invite", sent)
    assert "about 2 minutes" in page.content.decode()
    phone = browser()
    assert phone.post(link_on(page)).status_code == 302
    assert "Robin" in doctor.get("/practice/home").content.decode()
    assert link_on(page) not in doctor.get("/practice/home").content.decode()


def test_wishes_for_help_stand_first_with_their_age_and_nothing_else_ranks(house, enter_as, at):
    here = house()
    for name in ("Bea", "Al"):
        pairs.invite(here.practitioner, Profile(shown_as=name), at=at)
    wish = CheckIn(
        side=Side.PATIENT,
        edition="scc-0.1",
        length=Length.SHORT,
        respondent=Respondent.SELF,
        answers={"S0": 2, "C1a": 0},
        started_at=at,
        sent_at=at - datetime.timedelta(hours=3),
    )
    me = here.patient
    kept = records.keep(me, wish, patient=me.id, pair=here.pair, at=at, why="test")
    doctor = enter_as(here, Role.PRACTITIONER)
    page = doctor.get("/practice/home").content.decode()
    names = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert names[:3] == ["Sam of Lakeside", "Al", "Bea"]
    assert "asks for help now. Sent 3 hours ago." in page
    seen = HelpSeen(check_in=kept.id, seen_by="Dr Lee", at=at)
    records.keep(here.practitioner, seen, patient=me.id, pair=here.pair, at=at, why="test")
    page = doctor.get("/practice/home").content.decode()
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page)[:3] == ["Al", "Bea", "Sam of Lakeside"]


def test_the_practitioner_can_end_a_helpers_access_at_once(
    house, enter_as, helped_by, opens_link
):
    here = house()
    name, token = helped_by(here)
    kim = opens_link(token)
    doctor = enter_as(here, Role.PRACTITIONER)
    address = f"/practice/people/{here.patient.id}/"
    assert "Kim, sister" in doctor.get(address).content.decode()
    assert doctor.post(address, {"act": "cut", "supporter": name}).status_code == 302
    assert kim.get("/practice/home").status_code == 403


def test_an_admin_gives_and_ends_roles_and_sees_no_person(house, enter_as, at, person):
    here = house()
    person("zoe", without_roles=True)
    admin = enter_as(here, Role.ADMIN)
    given = {"name": "zoe", "role": "practitioner", "act": "open"}
    assert admin.post("/practice/members", given).status_code == 302
    page = admin.get("/practice/members").content.decode()
    assert "Zoe: practitioner." in page
    assert "Sam" not in page
    assert admin.post("/practice/members", {**given, "act": "end"}).status_code == 302
    assert "Zoe: practitioner, ended." in admin.get("/practice/members").content.decode()
    for wrong in (
        {**given, "name": "nobody"},
        {**given, "role": "boss"},
        {**given, "role": "patient"},
    ):
        assert admin.post("/practice/members", wrong).status_code in (400, 403)


def test_an_admin_does_not_learn_who_is_on_the_server_and_adds_nobody_of_another_clinic(
    house, enter_as, at
):
    here, there = house(), house("Hillside")
    admin = enter_as(here, Role.ADMIN)
    theirs = models.Membership.objects.get(pk=there.practitioner.id).person
    told = []
    for name in (theirs.name, "nobody of that name"):
        answer = admin.post("/practice/members", {"name": name, "role": "practitioner"})
        assert answer.status_code == 400
        told.append(answer.content.decode().partition("<main")[2])
        wrong = admin.post("/practice/members", {"name": name, "role": "patient"})
        assert b"Choose a role" in wrong.content
    assert told[0] == told[1]
    assert all(each.name != theirs.name for each in clinics.members(here.clinic))
    own = models.Membership.objects.get(pk=here.practitioner.id).person
    clinics.set_member(there.clinic, own, Role.AUDITOR, at=at)
    ended = {"name": own.name, "role": "practitioner", "act": "end"}
    assert admin.post("/practice/members", ended).status_code == 302


def test_the_auditor_reads_acts_and_no_content(house, enter_as):
    here, there = house(), house("Hillside")
    enter_as(here, Role.PRACTITIONER).get("/practice/home")
    page = enter_as(here, Role.AUDITOR).get("/practice/log").content.decode()
    assert "practitioner of Lakeside: read Consent, Profile (practice-home)" in page
    assert "Sam" not in page
    assert "Hillside" not in page
    assert there.patient.id not in page


def test_research_says_how_many_and_refuses_a_small_group(house, enter_as):
    researcher = enter_as(house(), Role.RESEARCHER)
    assert "check-in: fewer than 10." in researcher.get("/practice/research").content.decode()
    assert researcher.post("/practice/research").status_code == 403


def test_severity_is_ticked_and_a_worry_shows_the_local_way_and_nothing_to_the_person(
    house, enter_as
):
    here = house()
    doctor = enter_as(here, Role.PRACTITIONER)
    address = f"/practice/people/{here.patient.id}/safety"
    assert "Is food and fluid intake safe?" not in doctor.get(address).content.decode()
    assert doctor.post(address, {"act": "severe"}).status_code == 302
    assert "Is food and fluid intake safe?" in doctor.get(address).content.decode()
    for _ in range(2):
        assert doctor.post(address, {"act": "concern"}).status_code == 302
    page = doctor.get(address).content.decode()
    assert "can be mistaken for abuse or neglect" in page
    assert "Safe Adults" in page
    assert len(records.kept(here.practitioner, SafetyMark, patient=here.patient.id)) == 1
    assert records.kept(here.patient, SafetyMark) == ()
    assert doctor.post(address, {"act": "settled"}).status_code == 302
    assert "can be mistaken" not in doctor.get(address).content.decode()
    assert doctor.post(address, {"act": "what"}).status_code == 400


def test_without_consent_a_helper_can_still_be_ended(house, enter_as, helped_by, opens_link):
    here = house()
    name, token = helped_by(here)
    kim, doctor = opens_link(token), enter_as(here, Role.PRACTITIONER)
    patient = enter_as(here, Role.PATIENT)
    kind = f"{ConsentKind.RELATIONSHIP.value} {here.pair}"
    patient.post("/practice/yours/consents", {"kind": kind, "answer": "no"})
    address = f"/practice/people/{here.patient.id}/"
    assert doctor.post(address, {"act": "cut", "supporter": name}).status_code == 302
    assert kim.get("/practice/home").status_code == 403
