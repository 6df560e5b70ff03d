"""Beside the questions: paper, the page for a visit, what came after it, and the course."""

import datetime
import re

import msgspec
import pytest
from tests.web.check_ins.conftest import Browser
from tests.web.check_ins.walking import BEGIN, NUMBERS, days_pass, sends

from rapport.practice.records.check_ins import CheckIn, Comment, Share
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit, Worse
from rapport.store.practice import records
from rapport.web.clock import now
from rapport.web.practice import ways


def test_a_sheet_of_paper_is_copied_by_the_practitioner_with_every_fault_told(lake):
    lee = lake.practitioner_device().opens(f"{BEGIN.format(lake.pair)}paper")
    lee.sends(C1a="1", C1b="7", NOTE="x" * 301)
    assert lee.status == 400
    assert 'name="C1a" value="1" checked' in lee.page
    lee.sends(S0="0", C1a="1", NOTE="slowly")
    assert lee.asks == "Send it?"
    lee.sends()
    (sent,) = lake.kept(CheckIn)
    assert (sent.record.entered.value, sent.record.answers) == ("paper", {"S0": 0, "C1a": 1})


@pytest.mark.parametrize("side", ["patient", "practitioner"])
@pytest.mark.parametrize("length", ["full", "short"])
def test_the_sheet_holds_every_question_under_its_id_and_needs_no_account(lake, side, length):

    page = Browser().opens(f"/practice/sheet/{side}/{length}")
    assert page.status == 200
    assert page.page.count("☐ Cannot say") >= 6
    assert ("(C6a" in page.page) is True


def test_there_is_no_other_sheet(lake):

    browser = Browser()
    browser.client.raise_request_exception = False
    assert browser.opens("/practice/sheet/nobody/full").status == 404


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
    assert "This day is not between 1900 and 2199." in ada.says


def test_two_days_later_the_person_is_asked_once(lake, monkeypatch):
    ada = sends(lake.patient_device(), lake)
    assert "two days ago" not in ada.opens(ways.visits(lake.pair)).says
    days_pass(monkeypatch, 3)
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
    days_pass(monkeypatch, 30)
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
    assert ada.page.count("<tr>") == 6 * (1 + 2)
    assert "style=" not in ada.page


def test_sentences_to_show_know_nobody(lake):

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
