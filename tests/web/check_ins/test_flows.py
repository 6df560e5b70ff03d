"""From the first question to what both read together, as people walk it."""

import datetime
import re

import msgspec
import pytest

from rapport.practice.records.check_ins import CheckIn, Comment, HelpSeen, Length, Result, Share
from rapport.practice.records.people import ConsentKind, Respondent
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit, Worse
from rapport.store.practice import models, records
from rapport.web.clock import now
from rapport.web.practice import agreeing, between, ways
from rapport.web.practice.check_in import question

BEGIN = "/practice/check-in/with/{}/"
SAID = {"S0": "0", "C1a": "1", "C1x": "4", "C2b": "3", "C3a": "2", "C4b": "0", "C5a": "3",
        "C6a": "1", "PICK": "5"}  # fmt: skip


NUMBERS = {item: int(value) for item, value in SAID.items()}


def begins(browser, lake, length="short"):
    browser.opens(BEGIN.format(lake.pair))
    return browser.sends(answer=length, go="next")


def answers(browser, given=SAID, until=None):
    """Answers question after question, until one, or until none is left."""
    while (item := browser.at.rpartition("/")[2]) != "send":
        if item == until:
            return browser
        browser.sends(answer=given.get(item, "open"), go="next")
        assert browser.status == 200, browser.at
    return browser


def sends(browser, lake, **said):
    """Sends a draft with these answers; they need not be given one by one again."""
    name = lake.draft(**(said or NUMBERS))
    return browser.opens(ways.step(name, "send")).sends()


def asked(browser, lake, item, **said):
    """A draft with these answers, opened at a question."""
    return browser.opens(ways.question(lake.draft(**said), item))


def draft(lake):
    (found,) = [each for each in lake.kept(CheckIn) if each.record.sent_at is None]
    return found


def sends_all(lake):
    """Both sides have sent: Ada short, Dr Lee all of it."""
    ada, lee = lake.patient_device(), lake.practitioner_device()
    sends(ada, lake, **NUMBERS, C1b=1)
    expected = {"C1a_pred": 4, "C1b_pred": 4, "C1o": 4, "C6o": 0, "C1x_c": 0}
    name = lake.draft(lake.lee, Length.FULL, **expected)
    lee.opens(ways.step(name, "send")).sends()
    return ada, lee


def test_a_person_answers_nine_questions_and_sends(lake):
    ada = begins(lake.patient_device(), lake)
    assert ada.asks == "Do you need help before your next visit?"
    answers(ada)
    assert "You have done 9 of 9." in ada.says
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
    assert "2 of 9. Saved: 1." in ada.says
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


def test_who_has_not_agreed_is_asked_when_they_send_and_nothing_is_seen_before(lake):
    lake.takes_all_back()
    way = ways.step(lake.draft(**NUMBERS), "send")
    ada = lake.patient_device().opens(way)
    assert "May we use your answers with Dr Lee?" in ada.says
    assert "{" not in ada.says
    assert ada.sends().status == 400
    assert (lake.kept(CheckIn)[0].record.sent_at, lake.kept(CheckIn, lake.lee)) == (None, ())
    assert ada.sends(way, agree="yes").asks.startswith("Sent.")
    (seen,) = lake.kept(CheckIn, lake.lee)
    assert seen.record.bands
    ((_, said),) = agreeing.standing(lake.ada)
    assert (said.consent, said.about) == (ConsentKind.RELATIONSHIP, lake.pair)
    lake.takes_all_back()
    assert lake.kept(CheckIn, lake.lee) == ()
    assert "Has not agreed" in lake.practitioner_device().opens("/practice/home").says


def test_what_a_scribe_sends_waits_for_the_persons_own_yes(lake):
    helper = lake.supporter()
    for entry, said in agreeing.standing(lake.ada):
        if said.consent is ConsentKind.RELATIONSHIP:
            agreeing.take_back(lake.ada, entry.id, now())
    answers(begins(helper, lake))
    assert "Dr Lee sees it once Ada has agreed to that." in helper.says
    assert helper.sends().asks.startswith("Sent.")
    assert lake.kept(CheckIn, lake.lee) == ()


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
    _days_pass(monkeypatch, 30)
    ada = begins(lake.patient_device(), lake).sends(answer="0", go="next")
    assert " checked" not in ada.page
    ada.opens(ada.at + "?last")
    assert "A little." in ada.says
    assert " checked" not in ada.page


def _days_pass(monkeypatch, days):
    real = between.now
    for module in (between, question):
        monkeypatch.setattr(
            module, "now", lambda: real() + datetime.timedelta(days=days), raising=True
        )


def test_the_next_can_begin_after_twenty_eight_days(lake, monkeypatch):
    ada = sends(lake.patient_device(), lake)
    ada.opens(BEGIN.format(lake.pair))
    assert "The next can begin on" in ada.says
    ada.sends(answer="short", go="next")
    assert len(lake.kept(CheckIn)) == 1
    _days_pass(monkeypatch, 28)
    assert begins(ada, lake).at.endswith("/S0")


def test_a_draft_that_is_too_old_is_put_away(lake, monkeypatch):
    ada = answers(begins(lake.patient_device(), lake), until="C2b")
    old = draft(lake).id
    _days_pass(monkeypatch, 14)
    assert ada.opens(ways.check_in(old)).status == 404
    begins(ada, lake)
    assert draft(lake).id != old


# What the other side may see.


def test_the_practitioner_sees_nothing_of_a_draft(lake):
    answers(begins(lake.patient_device(), lake), until="C2b")
    lee = lake.practitioner_device()
    lee.client.raise_request_exception = False
    assert lee.opens(ways.check_in(draft(lake).id)).status == 404


def test_bands_only_unless_the_person_says_more(lake):
    name = lake.draft(**NUMBERS)
    ada = lake.patient_device().opens(ways.step(name, "send"))
    assert "Dr Lee will see what is hard and what is not" in ada.says
    ada.opens(ways.step(name, "sharing")).sends(answer="each")
    ada.sends(share=["1", "6"])
    assert ada.asks == "When may Dr Lee see it?"
    ada.sends(answer="now")
    ada.sends()
    (seen,) = lake.kept(CheckIn, lake.lee)
    assert seen.record.shares[6] is Share.ANSWERS
    assert {"C1a", "C1x", "C6a", "S0", "PICK"} == set(seen.record.answers)
    assert set(seen.record.bands) == {2, 3, 4, 5}


def test_sharing_can_wait_for_a_day(lake):
    ada, name = lake.patient_device(), lake.draft(**NUMBERS)
    ada.opens(ways.step(name, "when")).sends(answer="later", day="soon")
    assert "This is not a day." in ada.says
    ada.sends(answer="later", day="2099-01-01")
    assert "from 1 January 2099 on" in ada.says
    ada.sends()
    assert lake.kept(CheckIn, lake.lee) == ()


def test_both_sides_are_shown_once_both_have_sent_and_agreed(lake):
    ada, lee = sends_all(lake)
    reveal = ways.reveal(lake.pair)
    assert ada.opens(reveal).asks == "Do you want to see both sides together?"
    assert ada.sends(answer="yes").asks == "Not yet"
    assert "You expected" not in lee.opens(reveal).page
    lee.sends(answer="yes")
    assert lee.asks == "First: Telling my story"
    assert "Before you read on" not in lee.says  # bands only: no gap is shown
    assert "You expected" not in lee.says.replace("what you expected", "")
    ada.opens(reveal)
    assert "They expected “completely”. You answered “a little”." in ada.says
    assert "Hard for the other side" not in ada.says  # not released
    lee.sends(reveal, release="yes")
    assert "Hard for the other side" in ada.opens(reveal).says or (
        "Hard for both of you" in ada.says
    )


def test_with_answers_shared_the_practitioner_reads_a_gap_and_how_to_take_it(lake):
    ada, lee = sends_all(lake)
    mine = next(each.id for each in lake.kept(CheckIn) if each.author.role.value == "patient")
    ada.opens(ways.step(mine, "sharing")).sends(answer="answers")
    for each in (ada, lee):
        each.opens(ways.reveal(lake.pair)).sends(answer="yes")
    assert "You expected “completely”. They answered “a little”. Ask about it." in lee.says
    assert "Before you read on" in lee.says
    assert lee.page.count('href="/practice/cards/') <= 2
    for word in ("wrong", "inaccurate", "non-compliant", "difficult"):
        assert word not in lee.says.lower()


@pytest.mark.parametrize("who", ["ada", "lee"])
def test_either_may_decline_and_then_each_sees_their_own(lake, who):
    ada, lee = sends_all(lake)
    both = {"ada": ada, "lee": lee}
    for name, each in both.items():
        each.opens(ways.reveal(lake.pair)).sends(answer="no" if name == who else "yes")
    for name, each in both.items():
        each.opens(ways.reveal(lake.pair))
        assert "completely" not in each.says
        assert each.asks == ("You see your own side only" if name == who else "Not yet")


# A supporter.


def test_a_scribe_taps_for_the_person_and_it_shows_on_each_page(lake):
    bo = begins(lake.supporter(), lake)
    assert "You are pressing the answers of Ada." in bo.says
    answers(bo)
    assert "You are pressing the answers of Ada." in bo.says
    bo.sends()
    (sent,) = lake.kept(CheckIn)
    assert sent.record.respondent is Respondent.SCRIBE


def test_a_proxy_is_asked_five_questions_and_the_person_says_what_is_right(lake):
    bo = lake.supporter(Respondent.PROXY)
    answers(begins(bo, lake), {"C1x": "3", "C6a": "0"})
    assert "You are answering for Ada." in bo.says
    assert "of 5" in bo.says
    bo.sends()
    (sent,) = lake.kept(CheckIn)
    assert set(sent.record.answers) == {"C1x", "C6a"}
    ada = lake.patient_device().opens(ways.step(sent.id, "confirm"))
    assert "I can get the care and help I need." in ada.says
    ada.sends(right=["C6a"])
    (sent,) = lake.kept(CheckIn)
    assert sent.record.confirmed == ("C6a",)
    assert bo.opens(ways.reveal(lake.pair)).sends(answer="yes").status == 403


def test_a_scribe_does_not_see_what_the_person_has_begun_alone(lake):
    name = lake.draft(C1a=0)
    bo = lake.supporter()
    bo.opens(BEGIN.format(lake.pair)).sends(answer="short", go="next")
    assert bo.at.endswith("/S0")
    assert bo.opens(ways.check_in(name)).status == 404


# Paper.


def test_a_sheet_of_paper_is_copied_by_the_practitioner_with_every_fault_told(lake):
    lee = lake.practitioner_device().opens(f"{BEGIN.format(lake.pair)}paper")
    lee.sends(C1a="1", C1b="7", NOTE="x" * 301)
    assert lee.status == 400
    assert 'name="C1a" value="1" checked' in lee.page
    lee.sends(S0="0", C1a="1", NOTE="slowly")
    assert "You have done" in lee.says
    lee.sends()
    (sent,) = lake.kept(CheckIn)
    assert (sent.record.entered.value, sent.record.answers) == ("paper", {"S0": 0, "C1a": 1})


@pytest.mark.parametrize("side", ["patient", "practitioner"])
@pytest.mark.parametrize("length", ["full", "short"])
def test_the_sheet_holds_every_question_under_its_id_and_needs_no_account(lake, side, length):
    from tests.web.check_ins.conftest import Browser

    page = Browser().opens(f"/practice/sheet/{side}/{length}")
    assert page.status == 200
    assert page.page.count("☐ Cannot say") >= 6
    assert ("(C6a" in page.page) is True


def test_there_is_no_other_sheet(lake):
    from tests.web.check_ins.conftest import Browser

    browser = Browser()
    browser.client.raise_request_exception = False
    assert browser.opens("/practice/sheet/nobody/full").status == 404


# Visits.


def test_the_page_for_a_visit_is_the_persons_own_and_can_be_pasted(lake):
    ada = lake.patient_device()
    assert "There is nothing yet" in ada.opens(ways.summary(lake.pair)).says
    sends(ada, lake)
    assert "Telling my story" in ada.opens(ways.summary(lake.pair)).says
    assert "Low light" in ada.says
    text = ada.client.get(ways.summary_text(lake.pair))
    assert text["Content-Type"].startswith("text/plain")
    assert "- Telling my story" in text.content.decode()


def test_the_practitioners_page_holds_what_the_person_shares_and_nothing_else(lake):
    sends(lake.patient_device(), lake)
    lee = lake.practitioner_device().opens(ways.summary(lake.pair))
    assert "Ada wants to talk first about Telling my story" in lee.says
    assert "Getting services: hard." in lee.says
    assert "What Ada answered" not in lee.says
    assert "food and fluid" not in lee.opens(ways.visits(lake.pair)).says


def test_of_somebody_in_bed_all_day_the_practitioner_is_asked_about_food_and_fluid(lake):
    shares = dict.fromkeys(range(1, 7), Share.ANSWERS)
    name = lake.draft(**NUMBERS)
    records.change(
        lake.ada, name, lambda now: msgspec.structs.replace(now, shares=shares),
        at=now(), why="test",
    )  # fmt: skip
    lake.patient_device().opens(ways.step(name, "send")).sends()
    lee = lake.practitioner_device().opens(ways.visits(lake.pair))
    assert "Is food and fluid intake safe?" in lee.says


def test_three_taps_of_each_side(lake):
    ada, lee = lake.patient_device(), lake.practitioner_device()
    lee.opens(f"/practice/visits/{lake.pair}/held").sends(day="2026-01-02", card=["5"])
    assert lee.asks == "Did you talk about it?"
    lee.sends(answer="yes").sends(answer="no")
    assert lee.asks == "Did it make things worse?"
    lee.sends(answer="no")
    assert lee.asks == "Saved. Thank you."
    (held,) = lake.kept(Visit)
    assert held.record.cards == (5,)
    ada.opens(ways.after(held.id, "talked")).sends(answer="yes")
    ada.sends(answer="yes").sends(answer="a_little")
    said = {each.record.side.value: each.record for each in lake.kept(AfterVisit)}
    assert said["patient"].worse is Worse.A_LITTLE
    assert said["practitioner"].useful is False


def test_a_visit_of_a_day_is_noted_once_and_not_before_it(lake):
    ada = lake.patient_device()
    for _ in range(2):
        ada.opens(f"/practice/visits/{lake.pair}/held").sends(day="2026-01-02")
    assert len(lake.kept(Visit)) == 1
    ada.opens(f"/practice/visits/{lake.pair}/held").sends(day="2999-01-02")
    assert "This day is not here yet." in ada.says


def test_two_days_later_the_person_is_asked_once(lake, monkeypatch):
    ada = sends(lake.patient_device(), lake)
    assert "two days ago" not in ada.opens(ways.visits(lake.pair)).says
    _days_pass(monkeypatch, 3)
    ada.opens(ways.visits(lake.pair))
    way = re.search(r'href="(/practice/later/[^"]+)"', ada.page)[1]
    ada.opens(way).sends(answer="much")
    (said,) = lake.kept(TwoDaysLater)
    assert said.record.worse is Worse.MUCH
    assert "two days ago" not in ada.opens(ways.visits(lake.pair)).says


def test_what_made_things_worse_is_noted_by_either_side_and_looked_at(lake):
    ada, lee = lake.patient_device(), lake.practitioner_device()
    ada.opens(ways.WORSE).sends(what="The light was too bright.")
    assert "Thank you for telling us." in ada.says
    lee.opens(ways.WORSE).sends(what="")
    assert len(lake.kept(Harm)) == 2
    lee.opens(ways.HARM)
    assert "The light was too bright." in lee.says
    line = next(each.id for each in lake.kept(Harm) if each.record.what)
    lee.sends(line=line, review=" ")
    assert lee.status == 400
    lee.sends(line=line, review="The lamp is gone.")
    assert "The lamp is gone." in ada.opens(ways.HARM).says


def test_the_person_can_say_something_beside_an_entry(lake):
    ada = sends(lake.patient_device(), lake)
    name = lake.kept(CheckIn)[0].id
    ada.opens(ways.comment(name)).sends(text="It was a bad week.")
    ada.opens(ways.comment(name)).sends(text="It was a bad week.")
    assert len(lake.kept(Comment)) == 1
    assert "It was a bad week." in ada.says


def test_the_course_has_pictures_words_and_a_table(lake, monkeypatch):
    ada = sends(lake.patient_device(), lake)
    _days_pass(monkeypatch, 30)
    began = lake.kept(CheckIn)[0].made_at + datetime.timedelta(days=30)
    later = msgspec.structs.replace(
        lake.kept(CheckIn)[0].record,
        answers={**NUMBERS, "C6a": 4},
        started_at=began,
        sent_at=began,
    )
    records.keep(lake.ada, later, patient=lake.patient, pair=lake.pair, at=began, why="test")
    ada.opens(ways.over_time(lake.pair))
    assert ada.page.count("<svg") == 6
    assert "it was easier than on" in ada.says
    assert ada.page.count("<tr>") == 13
    assert "style=" not in ada.page


def test_sentences_to_show_know_nobody(lake):
    from tests.web.check_ins.conftest import Browser

    stranger = Browser().opens("/practice/show/")
    assert stranger.status == 200
    for way in re.findall(r'href="(/practice/show/[^"]+)"', stranger.page):
        stranger.opens(way)
        assert stranger.status == 200
        assert 'data-look="dim"' in stranger.page
        links = set(re.findall(r'href="([^"#]+)"', stranger.page))
        assert all(
            link.startswith(("/practice/show/", "/static/", "/practice/help")) for link in links
        )


def test_no_name_and_no_answer_stands_in_an_address_or_a_title(lake):
    ada, lee = sends_all(lake)
    for browser in (ada, lee):
        for way in (ways.reveal(lake.pair), ways.visits(lake.pair), ways.summary(lake.pair),
                    ways.over_time(lake.pair), ways.HARM, ways.WORSE):  # fmt: skip
            browser.opens(way)
            title = re.search(r"<title>(.*?)</title>", browser.page)[1]
            assert "Ada" not in title
            assert "Lee" not in title
            assert "Ada" not in browser.at
