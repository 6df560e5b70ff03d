"""What people do on their own pages: consents, helpers, wishes, a copy, erasing."""

import zipfile
from io import BytesIO

from django.conf import settings
from tests.web.practice.conftest import link_on

from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.people import (
    Consent,
    ConsentKind,
    Profile,
    Role,
    SafetyMark,
    Supporter,
)
from rapport.practice.visibility.viewer import VISITS_SINCE
from rapport.store.practice import links, models, records
from rapport.store.practice.links import Purpose
from rapport.web.practice import agreeing


def confirmed(browser, house, at):
    token = links.make(house.practitioner, house.patient.id, Purpose.CONFIRM, at=at)
    return browser.post(f"/practice/link/{token}")


def test_the_person_reads_in_plain_words_who_has_seen_what(house, enter_as):
    here = house()
    enter_as(here, Role.PRACTITIONER).get("/practice/home")
    page = enter_as(here, Role.PATIENT).get("/practice/yours/seen").content.decode()
    said = "looked at what you agreed to, your name and contact."
    assert f"practitioner of Lakeside {said.rstrip('.')}" in page
    assert "invited you" in page


def test_who_said_yes_to_older_words_can_say_it_to_the_new_ones(house, enter_as, at):
    here = house()
    older = Consent(
        consent=ConsentKind.RESEARCH,
        text="consent_research",
        version=1,
        given_at=at,
        method="test",
    )
    records.keep(here.patient, older, patient=here.patient.id, at=at, why="test")
    browser, page = enter_as(here, Role.PATIENT), "/practice/yours/consents"
    words = b"You said yes to older words."
    assert browser.get(page).content.count(words) == 1
    for _ in range(2):
        browser.post(page, {"kind": "research", "answer": "yes"})
    assert words not in browser.get(page).content
    given = [each.record for each in records.kept(here.patient, Consent)]
    to_research = [each for each in given if each.consent is ConsentKind.RESEARCH]
    assert [each.version for each in to_research] == [1, VISITS_SINCE]
    browser.post(page, {"kind": "research", "answer": "no"})
    given = [each.record for each in records.kept(here.patient, Consent)]
    assert all(each.withdrawn_at for each in given if each.consent is ConsentKind.RESEARCH)


def test_each_consent_is_given_and_taken_back_by_itself(house, enter_as):
    here = house()
    browser = enter_as(here, Role.PATIENT)
    page = "/practice/yours/consents"
    assert browser.post(page, {"kind": "research", "answer": "yes"}).status_code == 302
    assert browser.post(page, {"kind": "research", "answer": "yes"}).status_code == 302
    _, given = records.kept(here.patient, Consent)
    assert given.record.consent is ConsentKind.RESEARCH
    assert (given.record.text, given.record.version) == ("consent_research", VISITS_SINCE)
    assert browser.post(page, {"kind": "research", "answer": "no"}).status_code == 302
    _, given = records.kept(here.patient, Consent)
    assert given.record.withdrawn_at is not None
    assert browser.post(page, {"kind": "nothing", "answer": "yes"}).status_code == 400


def test_where_somebody_decides_for_the_person_each_yes_says_who_and_on_what_ground(
    house, enter_as
):
    here = house()
    browser, page = enter_as(here, Role.PATIENT), "/practice/yours/deciding"
    for given in (
        {"who": "other", "name": "", "basis": "court"},
        {"who": "other", "name": "Ida", "basis": "a feeling"},
        {"who": "", "name": "Ida", "basis": "court"},
    ):
        assert browser.post(page, given).status_code == 400
    told = {"who": "other", "name": " Ida  Berg ", "basis": "court"}
    assert browser.post(page, told).status_code == 302
    agreed = "/practice/yours/consents"
    browser.post(agreed, {"kind": "research", "answer": "yes"})
    given = records.kept(here.patient, Consent)[-1].record
    assert (given.decided_by, given.basis) == ("Ida Berg", "court")
    assert "Ida Berg said yes on" in browser.get(agreed).content.decode()
    seen = enter_as(here, Role.PRACTITIONER).get(f"/practice/people/{here.patient.id}/")
    assert "Ida Berg. A court chose them." in seen.content.decode()
    assert browser.post(page, {"who": "me", "name": "Ida Berg"}).status_code == 302
    browser.post(agreed, {"kind": "gap counts", "answer": "yes"})
    assert records.kept(here.patient, Consent)[-1].record.decided_by == ""
    assert "You decide." in browser.get(agreed).content.decode()


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
