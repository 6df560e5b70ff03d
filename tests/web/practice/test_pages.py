"""What people of a clinic do on their own pages, as they would."""

import datetime
import re
import zipfile
from io import BytesIO

import pytest
from django.conf import settings

from rapport.practice.records.check_ins import CheckIn, HelpSeen, Length
from rapport.practice.records.people import (
    Consent,
    ConsentKind,
    Profile,
    Respondent,
    Role,
    SafetyMark,
    Side,
    Supporter,
)
from rapport.store.practice import clinics, demo, links, models, pairs, records
from rapport.store.practice.links import Purpose
from rapport.web.practice import access, agreeing

DAY = datetime.timedelta(days=1)


def link_on(page):
    return re.search(r"http://[^<\s]+(/practice/link/[^<\s]+)", page.content.decode())[1]


def confirmed(browser, house, at):
    token = links.make(house.practitioner, house.patient.id, Purpose.CONFIRM, at=at)
    return browser.post(f"/practice/link/{token}")


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


def test_an_invitation_shows_its_link_once_and_says_how_long_it_takes(house, enter_as, browser):
    here = house()
    doctor = enter_as(here, Role.PRACTITIONER)
    sent = {"name": "Robin", "contact": "robin@example.org", "severe": "yes"}
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
    names = re.findall(r"<h2>([^<]+)</h2>", page)
    assert names[:3] == ["Sam of Lakeside", "Al", "Bea"]
    assert "Asks for help now.</strong> Sent 3 hours ago." in page
    seen = HelpSeen(check_in=kept.id, seen_by="Dr Lee", at=at)
    records.keep(here.practitioner, seen, patient=me.id, pair=here.pair, at=at, why="test")
    page = doctor.get("/practice/home").content.decode()
    assert re.findall(r"<h2>([^<]+)</h2>", page)[:3] == ["Al", "Bea", "Sam of Lakeside"]


def test_the_person_reads_in_plain_words_who_has_seen_what(house, enter_as):
    here = house()
    enter_as(here, Role.PRACTITIONER).get("/practice/home")
    page = enter_as(here, Role.PATIENT).get("/practice/yours/seen").content.decode()
    said = "looked at what you agreed to, your name and contact."
    assert f"<strong>practitioner of Lakeside</strong> {said}" in page
    assert "invited you" in page


def test_each_consent_is_given_and_taken_back_by_itself(house, enter_as):
    here = house()
    browser = enter_as(here, Role.PATIENT)
    page = "/practice/yours/consents"
    assert browser.post(page, {"kind": "research", "answer": "yes"}).status_code == 302
    assert browser.post(page, {"kind": "research", "answer": "yes"}).status_code == 302
    _, given = records.kept(here.patient, Consent)
    assert given.record.consent is ConsentKind.RESEARCH
    assert (given.record.text, given.record.version) == ("consent_research", 1)
    assert browser.post(page, {"kind": "research", "answer": "no"}).status_code == 302
    _, given = records.kept(here.patient, Consent)
    assert given.record.withdrawn_at is not None
    assert browser.post(page, {"kind": "nothing", "answer": "yes"}).status_code == 400


def test_a_helper_is_added_with_consent_and_ended_at_once(house, enter_as, browser):
    here = house()
    patient = enter_as(here, Role.PATIENT)
    page = "/practice/yours/helpers"
    told = {"name": "Kim", "relation": "sister", "how": "scribe", "days": "30"}
    assert patient.post(page, told).status_code == 400, "not without a yes"
    added = patient.post(page, {**told, "yes": "yes", "sees STORY": "yes"})
    kim = browser()
    assert kim.post(link_on(added)).status_code == 302
    assert kim.get("/practice/home").status_code == 200
    assert kim.get("/practice/yours/seen").status_code == 403
    (entry,) = records.kept(here.patient, Supporter)
    assert [each.value for each in entry.record.sees] == ["story"]
    assert patient.post(page, {"cut": entry.id}).status_code == 302
    assert kim.get("/practice/home").status_code == 403
    assert kim.post(link_on(added)).status_code == 404


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


def test_a_copy_and_erasing_need_a_fresh_link_on_the_own_device(
    house, enter_as, at, monkeypatch
):
    here = house()
    browser = enter_as(here, Role.PATIENT)
    for page in ("/practice/yours/copy", "/practice/yours/erase"):
        assert browser.get(page).status_code == 403
        assert browser.post(page, {"sure": "erase"}).status_code == 403
    other = house("Hillside")
    assert confirmed(browser, other, at).status_code == 403, "the link of somebody else"
    token = links.make(here.practitioner, here.patient.id, Purpose.CONFIRM, at=at)
    assert browser.post(f"/practice/link/{token}").status_code == 302
    assert browser.post(f"/practice/link/{token}").status_code == 404, "it works once"
    assert browser.get("/practice/yours/copy").status_code == 200


def test_the_copy_holds_all_and_its_name_says_nothing(house, enter_as, at):
    here = house()
    browser = enter_as(here, Role.PATIENT)
    confirmed(browser, here, at)
    made = browser.post("/practice/yours/copy")
    assert made.headers["Content-Disposition"] == 'attachment; filename="what-is-kept.zip"'
    with zipfile.ZipFile(BytesIO(made.content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert "Sam" not in str(archive.namelist())
    assert b"Sam of Lakeside" in everything


def test_what_stays_is_told_before_everything_is_erased(house, enter_as, at):
    here = house()
    browser = enter_as(here, Role.PATIENT)
    confirmed(browser, here, at)
    page = browser.get("/practice/yours/erase").content.decode()
    for said in ("What your clinic wrote into its own record.", "within 35 days"):
        assert said in page
    assert browser.post("/practice/yours/erase").status_code == 400, "not without being sure"
    gone = browser.post("/practice/yours/erase", {"sure": "erase"})
    assert gone.headers["Location"] == "/practice/erased"
    assert browser.get("/practice/erased").status_code == 200
    assert browser.get("/practice/home").status_code == 403
    assert models.Tombstone.objects.get().pk == here.patient.id
    assert "Sam" not in enter_as(here, Role.PRACTITIONER).get("/practice/home").content.decode()


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
    assert "Asks for help in the next days" in visitor.get("/practice/home").content.decode()
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


def test_a_person_ticks_what_makes_a_visit_possible_and_unticks_it(house, enter_as):
    here = house()
    browser = enter_as(here, Role.PATIENT)
    address = "/practice/yours/wishes"
    given = {"wish dark": "yes", "wish short": "yes", "wish nothing known": "yes"}
    assert browser.post(address, given).status_code == 302
    (kept,) = records.kept(here.patient, Profile)
    assert kept.record.conditions == ("short", "dark")
    assert browser.get(address).content.decode().count(" checked>") == 2
    assert browser.post(address, {}).status_code == 302
    (kept,) = records.kept(here.patient, Profile)
    assert kept.record.conditions == ()


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


def test_that_a_worry_was_ticked_stands_neither_in_the_list_nor_in_the_copy(
    house, enter_as, at
):
    here = house()
    doctor, patient = enter_as(here, Role.PRACTITIONER), enter_as(here, Role.PATIENT)
    address = f"/practice/people/{here.patient.id}/safety"
    for act in ("concern", "settled"):
        assert doctor.post(address, {"act": act}).status_code == 302
        doctor.get(address)
        page = patient.get("/practice/yours/seen").content.decode()
        assert "safety note" not in page
        assert "looked at" in page, "what else was seen is still told"
        assert records.kept(here.patient, SafetyMark) == ()
    assert confirmed(patient, here, at).status_code == 302
    copy = patient.post("/practice/yours/copy").content
    with zipfile.ZipFile(BytesIO(copy)) as packed:
        told = b"".join(packed.read(name) for name in packed.namelist()).lower()
    for word in (b"safetymark", b"safety note", b"concern", b"sr8"):
        assert word not in told
    log = enter_as(here, Role.AUDITOR).get("/practice/log").content.decode()
    assert "SafetyMark (safety)" in log


def test_once_the_care_ended_the_person_makes_the_link_to_confirm_and_deletes_a_draft(
    house, enter_as, monkeypatch
):
    here = house()
    monkeypatch.setattr(settings, "IS_DEMO", False)
    patient = enter_as(here, Role.PATIENT)
    begun = patient.post(f"/practice/check-in/with/{here.pair}/", {"answer": "short"})
    assert begun.status_code == 302
    (draft,) = records.kept(here.patient, CheckIn)
    assert patient.post("/practice/yours/confirm").status_code == 403
    assert patient.post("/practice/yours/left", {"draft": draft.id}).status_code == 404
    doctor = enter_as(here, Role.PRACTITIONER)
    doctor.post(f"/practice/people/{here.patient.id}/", {"act": "end"})
    assert "Your care here has ended" in patient.get("/practice/yours/erase").content.decode()
    link = patient.post("/practice/yours/confirm").headers["Location"]
    assert patient.post(link).status_code == 302
    assert patient.get("/practice/yours/copy").status_code == 200
    assert patient.get("/practice/yours/erase").status_code == 200
    assert draft.id in patient.get("/practice/yours").content.decode()
    assert patient.post("/practice/yours/left", {"draft": draft.id}).status_code == 302
    assert records.kept(here.patient, CheckIn) == ()


def test_taking_a_consent_back_ends_each_that_says_the_same(house, enter_as, at):
    here = house()
    patient = enter_as(here, Role.PATIENT)
    for _ in range(2):
        agreeing.agree(here.patient, ConsentKind.RESEARCH, patient=here.patient.id, at=at)
    agreeing.agree(here.patient, ConsentKind.GAP_COUNTS, patient=here.patient.id, at=at)
    patient.post("/practice/yours/consents", {"kind": "research", "answer": "no"})
    still = {entry.consent for _, entry in agreeing.standing(here.patient)}
    assert still == {ConsentKind.RELATIONSHIP, ConsentKind.GAP_COUNTS}


def test_a_helpers_consent_taken_back_ends_their_help(house, enter_as, helped_by, opens_link):
    here = house()
    name, token = helped_by(here)
    kim, patient = opens_link(token), enter_as(here, Role.PATIENT)
    (given,) = [
        each.id for each, entry in agreeing.standing(here.patient) if entry.about == name
    ]
    patient.post("/practice/yours/consents", {"kind": given, "answer": "no"})
    (entry,) = records.kept(here.patient, Supporter)
    assert entry.record.cut_on is not None
    assert kim.get("/practice/home").status_code == 403
    assert kim.post(f"/practice/link/{token}").status_code == 404


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


def test_a_helper_for_days_beyond_number_and_the_end_of_what_is_no_helper(house, enter_as):
    here = house()
    patient, page = enter_as(here, Role.PATIENT), "/practice/yours/helpers"
    told = {"name": "Kim", "relation": "sister", "how": "scribe", "yes": "yes"}
    assert patient.post(page, {**told, "days": "9" * 5000}).status_code == 400
    (profile,) = records.kept(here.patient, Profile)
    assert patient.post(page, {"cut": profile.id}).status_code == 404
    doctor = enter_as(here, Role.PRACTITIONER)
    address = f"/practice/people/{here.patient.id}/"
    assert doctor.post(address, {"act": "cut", "supporter": profile.id}).status_code == 404
