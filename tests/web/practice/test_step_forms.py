"""Questions of the coalition, one a screen: kept with each press, paused, gone on with, saved once."""

import datetime
import re

import msgspec
import pytest
from tests.web.practice.forms import CANARY, add_need, helper, hidden, only, send, steps

from rapport.practice.records.coalition import Action, Actor, Letter, Match, Need
from rapport.practice.records.drafts import Draft
from rapport.practice.records.people import Role
from rapport.store.practice import records


def need_of(here, at):
    told = Need(label="x", domain="income", why="y", first_seen=at.date())
    return records.keep(here.patient, told, patient=here.patient.id, at=at, why="test").id


def drafts(viewer, here):
    return records.kept(viewer, Draft, patient=here.patient.id)


def asks(page):
    return re.search(r"<h1[^>]*>(?:<label[^>]*>)?(.*?)<", page.content.decode())[1]


def test_each_press_of_next_is_kept_and_another_device_goes_on_where_it_stopped(two, enter_as):
    here, _, person = two
    address = f"/practice/plan/{here.patient.id}/need"
    page = steps(person, address, ("domain", "income"), ("label", CANARY))
    assert "<span>3 of 3.</span> <span>Saved.</span>" in page.content.decode()
    other = enter_as(here, Role.PATIENT)
    page = other.get(address)
    assert asks(page) == "Why does it matter?"
    assert "You have done 2 of 3. Last: “What is needed?”" in page.content.decode()
    assert CANARY in other.get(f"{address}?at=1").content.decode()
    assert send(other, address, page, why="because").status_code == 302
    found = only(here.patient, Need, here.patient.id).record
    assert (found.label, found.why, found.domain.value) == (CANARY, "because", "income")
    assert drafts(here.patient, here) == ()


def test_pause_keeps_the_answer_on_the_screen_and_says_until_when(two):
    here, doctor, _ = two
    address = f"/practice/plan/{here.patient.id}/need"
    page = steps(doctor, address, ("domain", "income"))
    paused = send(doctor, address, page, go="pause", label=CANARY).content.decode()
    assert "Saved. Come back when you like." in paused
    assert "You have done 2 of 3." in paused
    assert "You can go on until" in paused
    assert asks(doctor.get(address)) == "Why does it matter?"


def test_a_pause_before_any_answer_writes_nothing_and_claims_nothing(two):
    here, doctor, _ = two
    address = f"/practice/plan/{here.patient.id}/need"
    paused = send(doctor, address, doctor.get(address), go="pause").content.decode()
    assert "Nothing was answered so far." in paused
    assert "Saved" not in paused
    assert drafts(here.practitioner, here) == ()


def test_back_keeps_what_was_answered_and_no_need_is_there_before_the_end(two):
    here, doctor, _ = two
    address = f"/practice/plan/{here.patient.id}/need"
    wrong = steps(doctor, address, ("domain", ""))
    assert (wrong.status_code, b"Choose one." in wrong.content) == (400, True)
    page = steps(doctor, address, ("domain", "income"), ("label", CANARY))
    back = send(doctor, address, page, go="back", why="because")
    assert f'value="{CANARY}"' in back.content.decode()
    again = send(doctor, address, back, label=CANARY)
    assert "because" in again.content.decode()
    assert records.kept(here.practitioner, Need, patient=here.patient.id) == ()


def test_what_somebody_began_is_listed_for_them_and_seen_by_nobody_else(two, at):
    here, doctor, person = two
    plan = f"/practice/plan/{here.patient.id}/"
    steps(doctor, f"{plan}need", ("domain", "income"), ("label", CANARY))
    steps(doctor, f"/practice/need/{need_of(here, at)}/note", ("who", CANARY))
    for page in (plan, "/practice/home"):
        assert f'href="{plan}need"' in doctor.get(page).content.decode()
        assert "Begun" not in person.get(page).content.decode()
    assert drafts(here.patient, here) == ()
    assert asks(person.get(f"{plan}need")) == "What is it about?"
    name = drafts(here.practitioner, here)[0].id
    with pytest.raises(records.NotThereError):
        records.one(here.patient, name)
    with pytest.raises(records.NotThereError):
        records.remove(here.patient, name, at=at, why="test")


def test_what_is_sent_twice_is_saved_once(two, at):
    here, doctor, _ = two
    address = f"/practice/need/{need_of(here, at)}/note"
    page = steps(doctor, address, ("who", "the council"), ("what", "call again"))
    fields = hidden(page) | {"on": "2026-01-02", "go": "next"}
    first, second = (doctor.post(address, fields) for _ in range(2))
    assert first["Location"].endswith("?saved=1")
    told = doctor.get(second["Location"]).content.decode()
    assert "This was saved before, or it was deleted." in told
    assert told.count("the council: call again") == 1
    assert drafts(here.practitioner, here) == ()


def test_stop_and_delete_leaves_nothing(two):
    here, doctor, _ = two
    address = f"/practice/plan/{here.patient.id}/need"
    steps(doctor, address, ("domain", "income"))
    assert b"Delete it" in doctor.get(f"{address}?delete=1").content
    assert doctor.post(address, {"go": "keep"})["Location"] == address
    assert len(drafts(here.practitioner, here)) == 1
    assert doctor.post(address, {"go": "delete"}).status_code == 302
    assert drafts(here.practitioner, here) == ()


def test_a_draft_that_waited_too_long_makes_place_for_a_new_one(two, at):
    here, doctor, _ = two
    address = f"/practice/plan/{here.patient.id}/need"
    steps(doctor, address, ("domain", "income"), ("label", "old words"))
    old = drafts(here.practitioner, here)[0].id
    earlier = records.with_fields(started_at=at - datetime.timedelta(days=15))
    records.change(here.practitioner, old, earlier, at=at, why="test")
    page = doctor.get(address)
    assert asks(page) == "What is it about?"
    send(doctor, address, page, domain="food")
    (found,) = drafts(here.practitioner, here)
    assert found.record.answers == {"domain": "food"}


WHOLE = {"what": "write", "due": "2026-11-30", "burden": "none"}


@pytest.mark.parametrize(
    ("page", "step", "field", "told"),
    [
        ("do", 1, {"owner": "nobody-at-all"}, "Choose one of these"),
        ("do", 2, {"due": "9999-12-31"}, "ten years away"),
        ("do", 2, {"due": "0001-01-01"}, "ten years away"),
        ("do", 2, {"due": "junk"}, "This is not a day"),
        ("do", 0, {"what": "w" * 501}, "too long"),
        ("do", 0, {"what": " "}, "Write a few words"),
        ("do", 999, {"burden": "bogus"}, "Choose one of these"),
        ("letter", 0, {"template": "nope"}, "Choose one of these"),
        ("result", 2, {"by": "2026-13-45"}, "This is not a day"),
        ("close", 0, {"end": "bogus"}, "Choose one of these"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_told_and_not_kept(two, at, page, step, field, told):
    here, doctor, _ = two
    address = f"/practice/need/{need_of(here, at)}/{page}"
    answer = doctor.post(address, {"step": str(step), "go": "next", **field})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert told in text
    assert "isoformat" not in text
    for kind in (Action, Letter, Draft):
        assert records.kept(here.practitioner, kind, patient=here.patient.id) == ()


@pytest.mark.parametrize(
    ("spoilt", "told", "place"),
    [
        ({"owner": "somebody-who-left"}, "Choose one of these", "2 of 4"),
        ({"due": "junk"}, "This is not a day", "3 of 4"),
        ({"what": ""}, "Write a few words", "1 of 4"),
    ],
)
def test_the_last_screen_saves_nothing_that_an_earlier_one_would_refuse_now(
    two, at, spoilt, told, place
):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    address = f"{need}do"
    page = steps(
        doctor, address, ("what", "write"), ("owner", helper(here)), ("due", "2026-11-30")
    )
    name = drafts(here.practitioner, here)[0].id

    def spoil(draft):
        return msgspec.structs.replace(draft, answers=draft.answers | spoilt)

    records.change(here.practitioner, name, spoil, at=at, why="test")
    answer = send(doctor, address, page, burden="low")
    assert answer.status_code == 400
    text = answer.content.decode()
    assert told in text
    assert place in text
    assert drafts(here.practitioner, here)[0].record.answers["burden"] == "low"
    assert records.kept(here.practitioner, Action, patient=here.patient.id) == ()


def test_what_the_whole_refuses_is_told_and_all_answers_stay(two):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    word = f"{need}services/ex-advice/word"
    answer = steps(doctor, word, ("fits", "does not fit"), ("gap", ""))
    assert answer.status_code == 400
    assert "Choose why it does not fit." in answer.content.decode()
    assert drafts(here.practitioner, here)[0].record.answers["fits"] == "does not fit"
    assert records.kept(here.practitioner, Match, patient=here.patient.id) == ()


def test_a_step_that_is_no_number_of_a_screen_is_the_first_one(two):
    here, doctor, _ = two
    address = f"/practice/plan/{here.patient.id}/need"
    page = doctor.post(address, {"step": "9" * 5000, "domain": "income"})
    assert page["Location"] == f"{address}?at=1"
    assert b"1 of 3" in doctor.get(f"{address}?at={'9' * 500}").content


def test_a_title_that_asks_ends_once(two):
    here, doctor, _ = two
    need = add_need(doctor, here.patient.id)
    answers = [("what", "write"), ("owner", helper(here)), ("due", "2026-11-30")]
    assert steps(doctor, f"{need}do", *answers, ("burden", "low")).status_code == 302
    action = only(here.practitioner, Action, here.patient.id).id
    page = doctor.get(f"/practice/action/{action}/").content.decode()
    assert "<title>How far is it? 1 of 5 " in page


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
    assert answer.status_code in (302, 400)
    for kind in (Need, Draft):
        assert records.kept(here.practitioner, kind, patient=here.patient.id) == ()


def test_looking_at_a_form_writes_nobody_down(two, at):
    here, _, person = two
    agree = f"/practice/plan/{here.patient.id}/agree"
    for address in (f"/practice/need/{need_of(here, at)}/do", agree):
        assert person.get(address).status_code == 200
        assert records.kept(here.patient, Actor) == ()
    page = steps(person, agree, ("review", f"{at.year + 1}-01-01"))
    assert len(records.kept(here.patient, Actor)) == 2
    assert page.content.decode().count('type="checkbox"') == 2
