"""When a check-in may begin, how long it waits, and what goes out of it."""

import datetime

import pytest
from tests.practice.conftest import NOW, check_in, kept, later

from rapport.core.errors import InputError
from rapport.practice.check_in.sending import (
    confirmed,
    is_open,
    may_begin,
    sent,
    share_of,
    shared,
)
from rapport.practice.records.check_ins import Entered, Share
from rapport.practice.records.people import Respondent, Side

SELF, PROXY = Respondent.SELF, Respondent.PROXY


def begin(*records, at=NOW, respondent=SELF, side=Side.PATIENT):
    rows = [kept(record, name=f"r{n}") for n, record in enumerate(records)]
    return may_begin(rows, side, respondent, at)


def test_the_first_can_begin_at_once():
    assert (begin().draft, begin().not_before) == (None, None)


def test_a_draft_is_gone_on_with_and_the_older_of_two_counts():
    both = begin(check_in(started_at=later(1)), check_in(started_at=NOW), at=later(2))
    assert both.draft.id == "r1"


@pytest.mark.parametrize(("days", "is_there"), [(13, True), (14, False)])
def test_a_draft_waits_for_fourteen_days(days, is_there):
    draft = check_in(answers={"C1a": 1})
    assert is_open(draft, later(days)) is is_there
    found = begin(draft, at=later(days))
    assert (found.draft is not None) is is_there
    assert (len(found.old) == 1) is not is_there


@pytest.mark.parametrize(("days", "waits"), [(0, True), (27, True), (28, False)])
def test_between_two_check_ins_lie_twenty_eight_days(days, waits):
    found = begin(check_in(sent_at=NOW), at=later(days))
    assert (found.not_before == datetime.date(2026, 5, 31)) is waits


@pytest.mark.parametrize(
    ("record", "respondent", "side"),
    [
        (check_in(sent_at=NOW), PROXY, Side.PATIENT),  # a proxy beside one's own
        (check_in(respondent=PROXY, sent_at=NOW), SELF, Side.PATIENT),
        (check_in(Side.PRACTITIONER, sent_at=NOW), SELF, Side.PATIENT),  # the other side
    ],
)
def test_others_check_ins_do_not_stand_in_the_way(record, respondent, side):
    assert begin(record, respondent=respondent, side=side).not_before is None


def test_a_scribe_goes_on_with_the_persons_own_draft():
    assert begin(check_in(), respondent=Respondent.SCRIBE).draft is not None


def test_one_answer_is_enough_to_send_and_none_is_not():
    assert sent(check_in(answers={"S0": 2}), NOW).sent_at == NOW
    with pytest.raises(InputError):
        sent(check_in(cannot_say=("C1a",)), NOW)


def test_sending_twice_keeps_the_first_time():
    once = sent(check_in(answers={"S0": 0}), NOW)
    assert sent(once, later(1)) is once


def test_of_a_proxy_goes_out_what_can_be_seen_and_what_the_person_confirmed():
    draft = check_in(respondent=PROXY, answers={"C6a": 1, "C1a": 0, "C3a": 2})
    assert sent(draft, NOW).answers == {"C6a": 1}
    assert sent(confirmed(draft, ["C1a", "C5a"]), NOW).answers == {"C6a": 1, "C1a": 0}


def test_nothing_but_bands_is_shared_unless_the_person_says_so():
    mine = shared(check_in(sent_at=NOW), {1: Share.ANSWERS, 9: Share.ANSWERS}, None)
    assert [share_of(mine, k) for k in (1, 2)] == [Share.ANSWERS, Share.BANDS]
    assert mine.shares == {1: Share.ANSWERS}


def test_nobody_is_led_into_what_is_copied_from_paper():
    paper = check_in(entered=Entered.PAPER)
    assert (begin(paper).draft, begin(paper).old) == (None, ())
    assert begin(paper, at=later(20)).old == ()


def test_a_helper_is_not_led_into_the_draft_of_another():
    rows = [kept(check_in(respondent=Respondent.SCRIBE, supporter="kim"))]
    for who, is_there in (("kim", True), (None, True), ("jo", False)):
        found = may_begin(rows, Side.PATIENT, Respondent.SCRIBE, NOW, supporter=who)
        assert (found.draft is not None) is is_there
