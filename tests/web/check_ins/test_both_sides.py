"""What one side sees of the other: what is shared, what both read together, and who helps."""

import re

import pytest
from tests.web.check_ins.walking import BEGIN, NUMBERS, answers, begins, draft, sends_all

from rapport.practice.records.check_ins import CheckIn, Share
from rapport.practice.records.people import ConsentKind, Respondent
from rapport.web.clock import now
from rapport.web.practice import agreeing, ways


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


def test_a_scribe_taps_for_the_person_and_it_shows_on_each_page(lake):
    bo = begins(lake.supporter(), lake)
    assert "You are pressing the answers of Ada." in bo.says
    answers(bo)
    assert "You are pressing the answers of Ada." in bo.says
    bo.sends()
    (sent,) = lake.kept(CheckIn)
    assert sent.record.respondent is Respondent.SCRIBE


def test_a_proxy_is_asked_five_questions_and_the_person_says_what_is_right(lake):
    bo = begins(lake.supporter(Respondent.PROXY), lake)
    assert "1 of 5." in bo.says
    answers(bo, {"C1x": "3", "C6a": "0"})
    assert "You are answering for Ada." in bo.says
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
