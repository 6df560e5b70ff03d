"""The coalition on its pages: from a need to its end, its forms, and what no page gives away."""

import re

import pytest
from tests.web.practice.forms import CANARY, add_need, helper, hidden, only, steps

from rapport.practice.records.coalition import Action, Letter, Need, Plan
from rapport.store.practice import records


def test_from_a_need_to_a_plan_a_letter_and_an_honest_end(two, at):
    here, doctor, person = two
    patient = here.patient.id
    need = add_need(doctor, patient)
    assert b"Nobody has looked so far" in doctor.get(need).content
    # A service that may fit: a suggestion, and a person's word.
    listed = doctor.get(f"{need}services/").content.decode()
    assert "Evenland Advice Line" in listed
    assert "Suggested: unknown" in listed
    word = f"{need}services/ex-advice/word"
    assert steps(doctor, word, ("fits", "fits with changes"), ("gap", "")).status_code == 302
    assert b"No service fits yet" not in doctor.get(need).content
    # Asked, and late.
    days = [("sent", "2026-01-01"), ("due", "2026-01-20")]
    asked = steps(
        doctor,
        f"{need}ask",
        ("service", "ex-advice"),
        ("reason", "the form"),
        ("how", "post"),
        *days,
    )
    assert asked.status_code == 302
    assert b"No answer yet" in doctor.get(need).content
    # Somebody does something, and it is not the person.
    owner = helper(here)
    done = steps(
        doctor,
        f"{need}do",
        ("what", "write"),
        ("owner", owner),
        ("due", "2026-01-05"),
        ("burden", "low"),
    )
    assert done.status_code == 302
    assert only(here.practitioner, Action, patient).record.owner == owner
    assert b"the day has passed" in doctor.get(f"/practice/plan/{patient}/").content
    assert b"the day has passed" not in person.get(f"/practice/plan/{patient}/").content
    # A version of the plan stays as it was agreed.
    again = ("review", f"{at.year + 1}-01-01")
    agreed = steps(doctor, f"/practice/plan/{patient}/agree", again, ("who", owner))
    assert agreed.status_code == 302
    assert "write" in only(here.practitioner, Plan, patient).record.text
    # The honest end, which drops what was still to be done.
    assert steps(person, f"{need}close", ("end", "closed, not available")).status_code == 302
    assert only(here.practitioner, Action, patient).record.state.value == "dropped"
    assert "no failure of yours" in person.get(need).content.decode()
    assert person.post(f"{need}reopen").status_code == 302
    assert only(here.practitioner, Need, patient).record.closed_on is None


WHOLE = {"what": "write", "due": "2026-11-30", "burden": "none"}


@pytest.mark.parametrize(
    ("page", "fields", "told"),
    [
        ("do", WHOLE | {"step": "3", "owner": "nobody-at-all"}, "Choose one of these"),
        ("do", WHOLE | {"step": "3", "due": "9999-12-31"}, "ten years away"),
        ("do", WHOLE | {"step": "3", "due": "0001-01-01"}, "ten years away"),
        ("do", WHOLE | {"step": "3", "due": "junk"}, "This is not a day"),
        ("do", WHOLE | {"step": "3", "what": "w" * 501}, "too long"),
        ("do", WHOLE | {"step": "3", "what": " "}, "Write a few words"),
        ("do", WHOLE | {"step": "9" * 3, "burden": "bogus"}, "Choose one of these"),
        ("letter", {"step": "1", "template": "nope", "service": ""}, "Choose one of these"),
        ("result", {"step": "2", "what": "x", "by": "2026-13-45"}, "This is not a day"),
        ("close", {"step": "0", "end": "bogus"}, "Choose one of these"),
    ],
)
def test_the_last_screen_keeps_nothing_that_an_earlier_one_would_refuse(
    two, page, fields, told
):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    fields = {"owner": helper(here)} | fields
    answer = doctor.post(f"{need}{page}", fields)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert told in text
    assert "isoformat" not in text
    assert "valid Domain" not in text
    for kind in (Action, Letter):
        assert records.kept(here.practitioner, kind, patient=here.patient.id) == ()


def test_a_step_that_is_no_number_of_a_screen_is_the_first_one(two):
    here, doctor, _ = two
    fields = {"step": "9" * 5000, "domain": "income"}
    page = doctor.post(f"/practice/plan/{here.patient.id}/need", fields)
    assert page.status_code == 200
    assert b"2 of 3" in page.content


def test_a_need_about_nothing_known_is_asked_for_again(two):
    here, doctor, _ = two
    fields = {"step": "2", "domain": "bogus", "label": "x", "why": "y"}
    answer = doctor.post(f"/practice/plan/{here.patient.id}/need", fields)
    assert answer.status_code == 400
    assert b"Choose one of these" in answer.content
    assert b"1 of 3" in answer.content


def test_a_title_that_asks_ends_once(two):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    answers = [("what", "write"), ("owner", helper(here)), ("due", "2026-11-30")]
    assert steps(doctor, f"{need}do", *answers, ("burden", "low")).status_code == 302
    action = only(here.practitioner, Action, here.patient.id).id
    page = doctor.get(f"/practice/action/{action}/").content.decode()
    assert "How far is it? 1 of 5." in page


def test_back_keeps_what_was_answered_and_nothing_is_kept_before_the_end(two):
    here, doctor, _ = two
    address = f"/practice/plan/{here.patient.id}/need"
    wrong = steps(doctor, address, ("domain", ""))
    assert (wrong.status_code, b"Choose one." in wrong.content) == (400, True)
    page = steps(doctor, address, ("domain", "income"), ("label", CANARY))
    back = doctor.post(address, hidden(page) | {"why": "because", "go": "back"})
    assert f'value="{CANARY}"' in back.content.decode()
    again = doctor.post(address, hidden(back) | {"label": CANARY, "go": "next"})
    assert "because" in again.content.decode()
    assert records.kept(here.practitioner, Need, patient=here.patient.id) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "99"},
        {"step": "-1"},
        {"step": "x"},
        {"domain": "cake"},
        {"domain": "x" * 9999},
        {},
    ],
)
def test_forms_that_nobody_was_given_keep_nothing(two, fields):
    here, doctor, _ = two
    answer = doctor.post(f"/practice/plan/{here.patient.id}/need", {"go": "next", **fields})
    assert answer.status_code in (200, 400)
    assert records.kept(here.practitioner, Need, patient=here.patient.id) == ()


def test_no_value_of_a_person_stands_in_an_address_or_a_title(two):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id, label=CANARY)
    pages = [
        need,
        f"{need}services/",
        f"{need}about/label",
        f"/practice/plan/{here.patient.id}/",
    ]
    for address in pages:
        title = re.search(r"<title>(.*?)</title>", doctor.get(address).content.decode())[1]
        assert CANARY not in address + title
