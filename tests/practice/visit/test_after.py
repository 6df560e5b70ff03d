"""Three taps, the question two days later, and the harm log."""

import datetime

import pytest
from tests.practice.conftest import NOW, kept, later

from rapport.core.errors import InputError
from rapport.practice.records.people import Side
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit, Worse
from rapport.practice.visit.after import (
    Tap,
    choices,
    next_tap,
    reviewed,
    tapped,
    taps_of,
    to_ask_later,
    to_review,
    visits_of,
)

BLANK = AfterVisit(visit="v1", side=Side.PATIENT, on=NOW.date())


def test_three_taps_and_then_none():
    after, walked = BLANK, []
    while (tap := next_tap(after)) is not None:
        walked.append(tap)
        after = tapped(after, tap, choices(tap)[0])
    assert walked == list(Tap)
    assert (after.talked, after.useful, after.worse) == (True, True, Worse.NO)


@pytest.mark.parametrize("tap", list(Tap))
def test_a_tap_twice_is_one_tap_and_can_be_changed(tap):
    for value in choices(tap):
        once = tapped(BLANK, tap, value)
        assert tapped(once, tap, value) == once
    with pytest.raises(InputError):
        tapped(BLANK, tap, "perhaps")


def test_each_side_taps_for_itself():
    rows = [kept(BLANK, "one")]
    assert taps_of(rows, "v1", Side.PATIENT).id == "one"
    assert taps_of(rows, "v1", Side.PRACTITIONER) is None
    assert taps_of(rows, "v2", Side.PATIENT) is None


@pytest.mark.parametrize(
    ("hours", "is_asked"), [(47, False), (48, True), (14 * 24, True), (14 * 24 + 1, False)]
)
def test_two_days_later_it_is_asked_for_two_weeks(hours, is_asked):
    asked = to_ask_later([("v1", NOW)], [], later(hours=hours))
    assert asked == (("v1",) if is_asked else ())


def test_it_is_asked_once():
    said = [TwoDaysLater(about="v1", on=NOW.date(), worse=Worse.NO)]
    assert to_ask_later([("v1", NOW), ("v2", NOW)], said, later(3)) == ("v2",)


def harm(day, **more):
    return Harm(side=Side.PATIENT, on=datetime.date(2026, 5, day), what="The light.", **more)


def test_what_nobody_has_looked_at_stands_first_the_oldest_at_the_top():
    rows = [
        kept(harm(3), "c"),
        kept(reviewed(harm(1), "Lamp is gone.", NOW.date()), "a"),
        kept(harm(2), "b"),
    ]
    assert [each.id for each in to_review(rows)] == ["b", "c", "a"]


def test_a_review_needs_words():
    with pytest.raises(InputError):
        reviewed(harm(1), "  ", NOW.date())


def test_visits_stand_with_the_newest_first():
    rows = [kept(Visit(on=later(days).date()), f"v{days}") for days in (1, 5, 3)]
    assert [each.id for each in visits_of(rows)] == ["v5", "v3", "v1"]
