"""The coalition on its pages: from a need to its end, its forms, and what no page gives away."""

import re

import pytest
from tests.web.practice.forms import CANARY, add_need, helper, only, steps

from rapport.practice.records.coalition import Action, Need, Plan, Request
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


def test_what_goes_with_a_request_is_for_the_person_to_choose(two, at):
    here, doctor, person = two
    need = add_need(doctor, here.patient.id)
    steps(doctor, f"{need}services/ex-advice/word", ("fits", "fits"), ("gap", ""))
    said = [("reason", "the form"), ("how", "post"), ("sent", "2026-01-01")]
    steps(doctor, f"{need}ask", ("service", "ex-advice"), *said, ("due", "2026-01-20"))
    request = only(here.practitioner, Request, here.patient.id)
    address = f"/practice/asked/{request.id}/with"
    assert doctor.get(address).status_code == 403
    choose = records.with_fields(attachments=("x",))
    with pytest.raises(records.RefusedError):
        records.change(here.practitioner, request.id, choose, at=at, why="test")
    assert b"No letter is approved yet" in person.get(address).content
    made = steps(doctor, f"{need}letter", ("template", "no_answer"), ("service", ""))
    letter = made["Location"].partition("?")[0]
    person.post(letter, {"go": "approve", "text": "Dear all"})
    name = letter.rstrip("/").rpartition("/")[2]
    assert steps(person, address, ("papers", name)).status_code == 302
    assert "With it: The letter of" in doctor.get(need).content.decode()
    assert only(here.patient, Request, here.patient.id).record.attachments == (name,)
