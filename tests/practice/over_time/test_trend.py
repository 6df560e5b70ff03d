"""The course of a challenge: no lines mixed, no small change named, never a why."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.conftest import check_in, later

from rapport.cards.strength import Strength
from rapport.knowledge.load import load
from rapport.practice.over_time.picture import picture, rows
from rapport.practice.over_time.trend import Line, alternative, trends
from rapport.practice.records.check_ins import Band
from rapport.practice.records.people import Respondent, Side
from rapport.practice.records.visits import Visit

PROXY = Respondent.PROXY


def said(days, value, respondent=Respondent.SELF, item="C6a", **more):
    return check_in(respondent=respondent, answers={item: value}, sent_at=later(days), **more)


def sixth(*records, visits=()):
    return trends(records, visits)[5]


def test_a_large_change_is_named_and_a_small_one_is_not():
    assert sixth(said(0, 0), said(30, 1)).courses[0].says == ()
    (course,) = sixth(said(0, 0), said(30, 2)).courses
    assert course.says == ("On 2 June 2026 it was easier than on 3 May 2026.",)


def test_the_order_of_the_records_does_not_matter():
    assert sixth(said(30, 4), said(0, 0)) == sixth(said(0, 0), said(30, 4))


def test_own_answers_and_a_proxys_are_never_one_line():
    trend = sixth(said(0, 0), said(30, 4, PROXY), said(60, 0))
    assert [(each.line, len(each.points), each.says) for each in trend.courses] == [
        (Line.OWN, 2, ()),
        (Line.PROXY, 1, ()),
    ]


def test_a_scribe_writes_in_the_persons_own_line():
    (course,) = sixth(said(0, 0), said(30, 1, Respondent.SCRIBE)).courses
    assert len(course.points) == 2


def test_where_only_bands_may_be_seen_no_change_is_worked_out():
    hidden = [
        check_in(sent_at=later(days), bands={6: band})
        for days, band in ((0, Band.STRAIN), (30, Band.EASE))
    ]
    (course,) = sixth(*hidden).courses
    assert [each.words for each in course.points] == ["hard", "not hard"]
    assert course.says == ()


def test_what_was_tried_stands_beside_what_was_said_next():
    trend = sixth(said(0, 0), said(30, 3), visits=[Visit(on=later(5).date(), cards=(6,))])
    assert trend.tried == (
        "Card 6 was used on 8 May 2026. On 2 June 2026 it was easier than on 3 May 2026. "
        "Other things were going on too.",
    )
    none_yet = sixth(said(0, 0), visits=[Visit(on=later(5).date(), cards=(6,))])
    assert none_yet.tried[0].endswith("There is no check-in since then.")
    assert sixth(said(0, 0), visits=[Visit(on=later(5).date(), cards=(2,))]).tried == ()


def test_a_draft_is_no_point():
    assert sixth(check_in(answers={"C6a": 0})).courses == ()


RECORDS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(0, 4),
        st.sampled_from(list(Respondent)),
    ),
    max_size=7,
)
VISITS = st.lists(
    st.tuples(st.integers(0, 400), st.lists(st.integers(1, 6), max_size=2)), max_size=4
)


def made(records, visits):
    answered = [
        check_in(
            Side.PRACTITIONER if who is Respondent.PRACTITIONER else Side.PATIENT,
            respondent=who,
            sent_at=later(days),
            answers={"C6o": value} if who is Respondent.PRACTITIONER else {"C6a": value},
        )
        for days, value, who in records
    ]
    held = [Visit(on=later(days).date(), cards=tuple(cards)) for days, cards in visits]
    return trends(answered, held)


def sentences(found):
    for trend in found:
        for course in trend.courses:
            yield from course.says
        yield from trend.tried
        yield alternative(trend, "Getting services")


STRENGTH = Strength(load())
NEVER = re.compile(
    r"(?i)\b(because|caused?|due to|thanks to|led to|result(s|ed)? (of|in)|effect|help(s|ed)?|"
    r"worked|works|made|improve\w*|therefore|so that|since it)\b"
)


@settings(max_examples=60, deadline=None)
@given(RECORDS, VISITS)
def test_whatever_happened_no_sentence_says_why(records, visits):
    for sentence in sentences(made(records, visits)):
        assert not NEVER.search(sentence)


@pytest.mark.parametrize("value", [0, 2, 4])
def test_the_words_of_the_gate_find_no_cause_in_any_sentence(value):
    found = made(
        [(0, 4 - value, Respondent.SELF), (40, value, Respondent.SELF), (50, 2, PROXY)],
        [(5, [6]), (45, [6])],
    )
    for sentence in sentences(found):
        assert STRENGTH.level(sentence) <= 1, sentence


@settings(max_examples=40, deadline=None)
@given(RECORDS)
def test_whatever_happened_the_table_holds_every_point_of_the_picture(records):
    for trend in made(records, []):
        points = sum(len(course.points) for course in trend.courses)
        days = {point.on for course in trend.courses for point in course.points}
        assert len(rows([trend])) == points
        drawn = picture(trend, alternative(trend, "It & “that”"))
        assert drawn.count("<circle") + drawn.count("<rect") + drawn.count("<path") == (
            points + 1 if len(days) > 1 else 0
        )
        assert "style=" not in drawn
        assert ("It &amp; “that”" in drawn) is (len(days) > 1)
