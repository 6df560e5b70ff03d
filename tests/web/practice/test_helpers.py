"""Who may see a need, and write in it."""

import re

from tests.web.practice.forms import CANARY, add_need, helper, only, steps

from rapport.practice.records.coalition import Action, Letter
from rapport.practice.records.people import Allowed, Profile, Role


def test_who_may_only_read_is_given_no_form_to_write(two, opens_link, helped_by):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    answers = [("what", "write"), ("owner", helper(here)), ("due", "2026-11-30")]
    assert steps(doctor, f"{need}do", *answers, ("burden", "low")).status_code == 302
    action = only(here.practitioner, Action, here.patient.id).id
    assert f"/practice/action/{action}/" in doctor.get(need).content.decode()
    kim = opens_link(helped_by(here, sees=tuple(Allowed))[1])
    page = kim.get(need)
    assert page.status_code == 200
    assert "/practice/action/" not in page.content.decode()
    assert f"{need}none" not in kim.get(f"{need}services/").content.decode()
    for form in ("do", "ask", "note"):
        assert kim.get(f"{need}{form}").status_code == 403
    assert kim.get(f"/practice/action/{action}/").status_code == 403


def test_a_letter_goes_nowhere_before_the_person_approved_these_words(two):
    here, doctor, person = two
    need = add_need(doctor, here.patient.id)
    made = steps(doctor, f"{need}letter", ("template", "no_answer"), ("service", ""))
    letter = made["Location"].partition("?")[0]
    text = only(here.practitioner, Letter, here.patient.id).record.text
    assert CANARY not in text
    assert doctor.get(f"{letter}letter.txt").status_code == 403
    doctor.post(letter, {"go": "approve", "text": "Dear all"})
    assert only(here.practitioner, Letter, here.patient.id).record.approved_on is None
    # A gap in the facts is not approved, and what was written stays.
    refused = person.post(letter, {"go": "approve", "text": "To: ________ and more"})
    assert refused.status_code == 400
    assert b"To: ________ and more" in refused.content
    assert person.post(letter, {"go": "approve", "text": "Dear all"}).status_code == 302
    assert doctor.get(f"{letter}letter.txt").content == b"Dear all"


def test_a_helper_sees_a_need_after_the_person_said_so_and_no_other(two, enter_as):
    here, doctor, person = two
    patient = here.patient.id
    need, other = add_need(person, patient), add_need(person, patient, "Another one")
    member = here.staff[Role.COALITION_MEMBER].id
    steps(
        doctor,
        f"/practice/plan/{patient}/people/new",
        *(
            ("name", "Jo"),
            ("role", "social worker"),
            ("contact", ""),
            ("capacity", ""),
            ("account", member),
        ),
    )
    helper = enter_as(here, Role.COALITION_MEMBER)
    assert helper.get(need).status_code == 404
    page = person.get(f"{need}who")
    assert b"Now: no" in page.content
    actor = re.search(r'name="actor" value="([^"]+)"', page.content.decode())[1]
    assert doctor.post(f"{need}who", {"actor": actor, "may": "yes"}).status_code == 403
    assert person.post(f"{need}who", {"actor": actor, "may": "yes"}).status_code == 302
    page = helper.get(need).content.decode()
    assert "Help with a form" in page
    # What they may do is there, and nothing that would be refused.
    for form in re.findall(rf'href="({need}[^"]+)"', page):
        assert helper.get(form).status_code == 200, form
    assert helper.get(other).status_code == 404
    assert b"Another one" not in helper.get(f"/practice/plan/{patient}/").content
    done = steps(
        helper,
        f"{need}note",
        ("who", "the council"),
        ("what", "call again"),
        ("on", "2026-01-02"),
    )
    assert done.status_code == 302
    person.post(f"{need}who", {"actor": actor, "may": "no"})
    assert helper.get(need).status_code == 404


def test_dates_for_a_calendar_are_ones_own_and_say_nothing_by_themselves(two):
    here, doctor, person = two
    need = add_need(doctor, here.patient.id)
    owner = helper(here)
    steps(
        doctor,
        f"{need}do",
        ("what", CANARY),
        ("owner", owner),
        ("due", "2026-12-24"),
        ("burden", "none"),
    )
    address = f"/practice/plan/{here.patient.id}/dates.ics"
    neutral = doctor.get(address)
    assert neutral["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;VALUE=DATE:20261224" in neutral.content
    assert CANARY.encode() not in neutral.content
    assert CANARY.encode() in doctor.get(f"{address}?titles=words").content
    assert b"20261224" not in person.get(address).content


def test_the_weekly_line_is_shown_to_who_wants_it(two):
    here, doctor, person = two
    plan = f"/practice/plan/{here.patient.id}/"
    add_need(doctor, here.patient.id)
    assert person.post(f"{plan}week", {"wanted": "yes"}).status_code == 302
    assert only(here.patient, Profile, here.patient.id).record.weekly_line is True
    assert doctor.post(f"{plan}week", {"wanted": "no"}).status_code == 403
