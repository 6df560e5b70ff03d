"""How far a check-in is, and that answering twice, pausing and resting do no harm."""

import datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.conftest import NAMES, NOW, WORDING, check_in, later

from rapport.core.errors import InputError
from rapport.practice.check_in import progress as p
from rapport.practice.check_in.progress import Given, answered, is_stop_offered, progress
from rapport.practice.check_in.screens import screens
from rapport.practice.records.check_ins import Length
from rapport.practice.records.people import Respondent, Side

SHORT = screens(Side.PATIENT, Length.SHORT, Respondent.SELF, WORDING, NAMES)
FULL = screens(Side.PATIENT, Length.FULL, Respondent.SELF, WORDING, NAMES)
BY_ITEM = {each.item: each for each in FULL}


def with_answers(draft, **values):
    for item, value in values.items():
        draft = answered(draft, BY_ITEM[item], Given(value=value, at=NOW))
    return draft


def test_the_recap_says_how_far_and_what_was_last():
    draft = with_answers(check_in(), S0=0, C1a=3)
    told = progress(draft, SHORT)
    assert told.words == "You have done 2 of 9. Last: “My illness is taken as real.”"
    assert told.next.item == "C1x"


def test_an_item_that_is_left_open_is_done_and_has_no_answer():
    draft = with_answers(check_in(), C1a=None)
    assert draft.cannot_say == ("C1a",)
    assert progress(draft, SHORT).done == 1
    assert "C1a" not in draft.answers


def test_an_answer_takes_the_place_of_one_that_was_left_open_and_the_other_way_round():
    draft = with_answers(check_in(), C1a=None)
    draft = with_answers(draft, C1a=2)
    assert (draft.cannot_say, draft.answers) == ((), {"C1a": 2})
    draft = with_answers(draft, C1a=None)
    assert (draft.cannot_say, draft.answers) == (("C1a",), {})


def test_resuming_opens_the_first_open_screen_even_behind_an_answered_one():
    draft = with_answers(check_in(), S0=0, C2b=1)
    assert progress(draft, SHORT).next.item == "C1a"


def test_with_all_done_there_is_no_next():
    draft = with_answers(check_in(), **{each.item: 0 for each in SHORT})
    assert progress(draft, SHORT).next is None
    assert progress(draft, SHORT).done == 9


def test_a_note_is_done_when_it_was_left_empty():
    note = BY_ITEM["NOTE"]
    draft = answered(check_in(length=Length.FULL), note, Given(note="  ", at=NOW))
    assert p.is_done(draft, "NOTE")
    draft = answered(draft, note, Given(note=" mornings are bad ", at=NOW))
    assert (draft.note, draft.cannot_say) == ("mornings are bad", ())


@pytest.mark.parametrize(
    ("item", "given_"),
    [
        ("C1a", Given(value=5, at=NOW)),  # no such answer
        ("C1a", Given(value=-1, at=NOW)),
        ("NOTE", Given(note="x" * 301, at=NOW)),  # refused whole, not cut
    ],
)
def test_what_cannot_be_kept_is_refused_without_repeating_it(item, given_):
    with pytest.raises(InputError) as error:
        answered(check_in(), BY_ITEM[item], given_)
    assert "xx" not in str(error.value)


def test_a_sent_check_in_takes_no_more_answers():
    with pytest.raises(InputError):
        answered(check_in(sent_at=NOW), BY_ITEM["C1a"], Given(value=1, at=NOW))


@pytest.mark.parametrize(
    ("served", "came", "seconds"),
    [
        (0, 7, 7.0),
        (0, 4000, 60.0),  # a rest counts as a minute at most
        (-500, 7, 7.0),  # a page from before the draft counts from its start
        (20, 7, 0.0),  # a clock that runs backwards
        (None, 7, 0.0),  # not known
    ],
)
def test_active_time_leaves_rests_out(served, came, seconds):
    at = later(seconds=came)
    begun = None if served is None else later(seconds=served)
    draft = answered(check_in(), BY_ITEM["C1a"], Given(value=1, served_at=begun, at=at))
    assert draft.seconds == {"C1a": seconds}


def test_a_second_look_at_a_screen_adds_to_its_time():
    draft = answered(
        check_in(), BY_ITEM["C1a"], Given(value=1, served_at=NOW, at=later(seconds=5))
    )
    again = Given(value=2, served_at=later(seconds=10), at=later(seconds=14))
    assert answered(draft, BY_ITEM["C1a"], again).seconds == {"C1a": 9.0}


MOMENTS = st.integers(0, 5000)


@settings(max_examples=60)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(FULL), st.integers(0, 2), MOMENTS, MOMENTS), max_size=12
    )
)
def test_whatever_is_sent_twice_changes_nothing_the_second_time(steps):
    draft, clock = check_in(length=Length.FULL), 0
    for screen, value, wait, spent in steps:
        served = later(seconds=clock + wait)
        at = served + datetime.timedelta(seconds=spent)
        clock += wait + spent
        chosen = value if screen.choices else None
        given_ = Given(value=chosen, note="rest", served_at=served, at=at)
        draft = answered(draft, screen, given_)
        assert answered(draft, screen, given_) == draft
        assert set(draft.answers).isdisjoint(draft.cannot_say)
    assert p.active_seconds(draft) <= clock
    assert p.active_seconds(draft) <= 60 * len(steps)


@pytest.mark.parametrize(
    ("before", "after", "offered"),
    [(0, 60, False), (170, 180, True), (170, 200, True), (180, 200, False), (350, 361, True)],
)
def test_to_stop_is_offered_once_in_three_active_minutes(before, after, offered):
    one = check_in(seconds={"C1a": float(before)})
    other = msgspec.structs.replace(one, seconds={"C1a": float(after)})
    assert is_stop_offered(one, other) is offered


def test_a_form_sent_twice_offers_to_stop_once():
    at = later(seconds=15)
    draft = check_in(seconds={"S0": 170.0})
    given_ = Given(value=1, served_at=NOW, at=at)
    first = answered(draft, BY_ITEM["C1a"], given_)
    assert is_stop_offered(draft, first)
    assert not is_stop_offered(first, answered(first, BY_ITEM["C1a"], given_))


def test_back_and_next_walk_the_screens():
    assert p.before(SHORT, "S0") is None
    assert p.after(SHORT, "S0").item == "C1a"
    assert p.before(SHORT, "C1a").item == "S0"
    assert p.after(SHORT, "PICK") is None
