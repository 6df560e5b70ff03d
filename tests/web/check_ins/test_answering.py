"""From the first question to what is sent, as people walk it."""

import datetime
import re

import msgspec
import pytest
from tests.web.check_ins.walking import (
    BEGIN,
    NUMBERS,
    SAID,
    answers,
    asked,
    begins,
    days_pass,
    draft,
    sends,
)

from rapport.practice.records.check_ins import CheckIn, HelpSeen, Result
from rapport.store.practice import models, records
from rapport.web.practice import ways


def test_a_person_answers_nine_questions_and_sends(lake):
    ada = begins(lake.patient_device(), lake)
    assert ada.asks == "Do you need help before your next visit?"
    answers(ada)
    assert "Dr Lee will see what is hard and what is not." in ada.says
    ada.sends()
    assert ada.asks == "Sent. Thank you. You can rest now."
    (sent,) = lake.kept(CheckIn)
    assert sent.record.answers == {item: int(value) for item, value in SAID.items()}
    (result,) = lake.kept(Result)
    assert result.record.scored.picked == 5
    assert result.record.scored.thresholds.id == "scc-0.1-default"


def test_saved_is_said_only_after_the_store_has_it(lake):
    ada = begins(lake.patient_device(), lake)
    assert "Saved" not in ada.says
    ada.sends(answer="0", go="next")
    assert "2 of 9. Saved." in ada.says
    assert draft(lake).record.answers == {"S0": 0}


def test_a_pause_saves_and_another_device_goes_on_where_it_was(lake):
    ada = answers(begins(lake.patient_device(), lake), until="C2b")
    ada.sends(answer="2", go="pause")
    assert ada.asks == "Saved. Come back when you like."
    assert "You have done 4 of 9. Last: “We agree on what to try next.”" in ada.says
    other = lake.patient_device()
    other.opens(BEGIN.format(lake.pair))
    assert "You have done 4 of 9." in other.says
    other.opens(re.search(r'href="([^"]+next)"', other.page)[1])
    assert other.at.endswith("/C3a")
    answers(other).sends()
    assert len(lake.kept(CheckIn)) == 1


def test_back_keeps_what_was_ticked(lake):
    ada = asked(lake.patient_device(), lake, "C1a", S0=0)
    ada.sends(answer="3", go="back")
    assert ada.at.endswith("/S0")
    assert 'value="0" checked' in ada.page
    ada.sends(answer="0", go="next")
    assert 'value="3" checked' in ada.page


def test_back_or_pause_without_a_tick_answers_nothing(lake):
    ada = asked(lake.patient_device(), lake, "C1a", S0=0)
    ada.sends(go="back")
    ada.opens(ways.question(draft(lake).id, "C1a")).sends(go="pause")
    assert draft(lake).record.cannot_say == ()


def test_a_form_that_is_sent_twice_leaves_one_answer(lake):
    ada = asked(lake.patient_device(), lake, "C1a", S0=0)
    here, page = ada.at, ada.page
    ada.sends(answer="3", go="next")
    once = draft(lake).record
    ada.page = page
    ada.sends(here, answer="3", go="next")
    twice = draft(lake).record
    assert twice.answers == once.answers
    assert ada.at.endswith("/C1x")


def test_to_begin_twice_is_to_begin_once(lake):
    ada, other = lake.patient_device(), lake.patient_device()
    for each in (ada, other):
        each.opens(BEGIN.format(lake.pair))
    ada.sends(BEGIN.format(lake.pair), answer="short", go="next")
    other.sends(BEGIN.format(lake.pair), answer="full", go="next")
    assert len(lake.kept(CheckIn)) == 1


def test_sending_twice_sends_once(lake):
    here = ways.step(lake.draft(**NUMBERS), "send")
    ada = lake.patient_device().opens(here)
    ada.sends()
    ada.sends(here)
    assert len(lake.kept(Result)) == 1


def test_a_part_can_be_sent(lake):
    ada = answers(begins(lake.patient_device(), lake), until="C1x")
    ada.opens(ways.step(draft(lake).id, "send"))
    assert "You have done 2 of 9. Nothing you leave out counts against you." in ada.says
    ada.sends()
    assert ada.asks.startswith("Sent.")


def test_with_nothing_answered_there_is_nothing_to_send(lake):
    ada = begins(lake.patient_device(), lake)
    ada.opens(ways.step(draft(lake).id, "send")).sends()
    assert ada.status == 400
    assert "There is no answer yet." in ada.says


def test_stop_and_delete_leaves_nothing(lake):
    ada = answers(begins(lake.patient_device(), lake), until="C2b")
    ada.opens(ways.step(draft(lake).id, "delete"))
    ada.sends(go="keep")
    assert len(lake.kept(CheckIn)) == 1
    ada.opens(ways.step(draft(lake).id, "delete")).sends(go="delete")
    assert ada.asks == "Deleted. Nothing of it is kept."
    assert lake.kept(CheckIn) == ()
    assert models.Record.objects.filter(kind="CheckIn").count() == 0


def test_help_now_is_shown_at_once_and_the_answer_is_kept(lake):
    ada = begins(lake.patient_device(), lake)
    ada.sends(answer="2", go="next")
    assert ada.asks == "Help now"
    assert "Your answer is saved." in ada.says
    assert "Nobody looks at this at once." in ada.says
    assert "made up" in ada.says
    assert "we will contact you" not in ada.says.lower()
    assert draft(lake).record.answers == {"S0": 2}


def test_help_in_the_next_days_stands_at_the_top_until_it_is_seen(lake):
    ada = sends(lake.patient_device(), lake, **{**NUMBERS, "S0": 1})
    assert "Do you want the number of" in ada.says
    lee = lake.practitioner_device().opens(f"/practice/visits/{lake.pair}/")
    assert "Ada asks for help in the next days. Sent just now." in lee.says
    lee.sends(BEGIN.format(lake.pair) + "seen")
    assert len(lake.kept(HelpSeen, lake.lee)) == 1
    assert "asks for help" not in lee.opens(f"/practice/visits/{lake.pair}/").says


def test_a_note_that_is_too_long_is_kept_in_the_form(lake):
    ada = begins(lake.patient_device(), lake, "full")
    ada.opens(ways.question(draft(lake).id, "NOTE"))
    assert "Nobody reads this at once." in ada.says
    ada.sends(note="slowly " * 60, go="next")
    assert ada.status == 400
    assert "Not saved yet." in ada.says
    assert ada.page.count("slowly") == 60


@pytest.mark.parametrize("answer", ["9", "-1", "x", "1e3", "²"])
def test_what_is_no_answer_is_refused_and_changes_nothing(lake, answer):
    ada = asked(lake.patient_device(), lake, "C1a", S0=0)
    ada.sends(answer=answer, go="next")
    assert ada.status == 400
    assert draft(lake).record.answers == {"S0": 0}


def test_one_a_day_rests_after_each_answer(lake):
    ada = begins(lake.patient_device(), lake, "one a day")
    ada.sends(answer="0", go="next")
    assert ada.asks == "Saved. That is all for today."


def test_after_three_active_minutes_to_stop_is_offered_once(lake):
    ada = begins(lake.patient_device(), lake)
    found = draft(lake)
    slow = msgspec.structs.replace(
        found.record,
        seconds={"PICK": 178.0},
        started_at=found.record.started_at - datetime.timedelta(hours=1),
    )
    records.change(lake.ada, found.id, lambda _: slow, at=found.made_at, why="test")
    page = ada.opens(ways.question(found.id, "S0")).page
    early = int(re.search(r'name="served" value="(\d+)"', page)[1]) - 30
    ada.sends(answer="0", go="next", served=str(early))
    assert ada.asks == "That is enough. Send what you have?"
    ada.opens(ways.question(found.id, "C1a")).sends(answer="0", go="next")
    assert ada.at.endswith("/C1x")


@pytest.mark.parametrize(
    "served", ["", "soon", "99999999999999999999", "٣٣٣٣٣٣٣٣٣٣", "0000000001"]
)
def test_a_strange_time_of_a_page_does_no_harm(lake, served):
    ada = begins(lake.patient_device(), lake)
    ada.sends(answer="0", go="next", served=served)
    assert draft(lake).record.seconds["S0"] <= 60


def test_the_answer_of_last_time_is_shown_on_request_and_never_filled_in(lake, monkeypatch):
    sends(lake.patient_device(), lake)
    days_pass(monkeypatch, 30)
    ada = begins(lake.patient_device(), lake).sends(answer="0", go="next")
    assert " checked" not in ada.page
    ada.opens(ada.at + "?last")
    assert "A little." in ada.says
    assert " checked" not in ada.page


def test_the_next_can_begin_after_twenty_eight_days(lake, monkeypatch):
    ada = sends(lake.patient_device(), lake)
    ada.opens(BEGIN.format(lake.pair))
    assert "The next can begin on" in ada.says
    ada.sends(answer="short", go="next")
    assert len(lake.kept(CheckIn)) == 1
    days_pass(monkeypatch, 28)
    assert begins(ada, lake).at.endswith("/S0")


def test_a_draft_that_is_too_old_is_put_away(lake, monkeypatch):
    ada = answers(begins(lake.patient_device(), lake), until="C2b")
    old = draft(lake).id
    days_pass(monkeypatch, 14)
    assert ada.opens(ways.check_in(old)).status == 404
    begins(ada, lake)
    assert draft(lake).id != old
