"""The demo clinic: some months of two made-up people, so that no page of the wing is empty."""

import datetime
from typing import get_args

import pytest

from rapport.practice.coalition.gaps import gaps
from rapport.practice.coalition.held import coalition_of
from rapport.practice.over_time.trend import trends
from rapport.practice.records.check_ins import CheckIn
from rapport.practice.records.coalition import NeedState
from rapport.practice.records.kept import Record
from rapport.practice.records.people import Profile, Role
from rapport.practice.records.visits import Harm, Visit
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import clinics, demo, records

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
MISSING = {"Comment", "HelpSeen", "SafetyMark", "Story", "Promise", "Draft"}
"""What nobody there has written so far."""


@pytest.fixture
def seen(store):
    """All that Dr Lee of the demo clinic sees."""
    demo.make(NOW)
    lee = next(each for each in demo.characters() if each.role is Role.PRACTITIONER)
    viewer = Viewer(clinic=clinics.every()[0].id, role=Role.PRACTITIONER, id=lee.id)
    names = {each.record.shown_as: each.patient for each in records.kept(viewer, Profile)}
    return records.kept(viewer, *get_args(Record), patient=names["Sam"])


def of(seen, kind):
    return [each.record for each in seen if isinstance(each.record, kind)]


def test_every_page_of_the_demo_has_something_to_show(seen):
    kinds = {type(each.record).__name__ for each in seen}
    there = {kind.__name__ for kind in get_args(Record)}
    assert there - kinds == MISSING | {"Consent", "Supporter"} - kinds
    held = coalition_of(seen)
    assert {need.state for need in held.needs.values()} >= {
        NeedState.OPEN,
        NeedState.MET,
        NeedState.UNMET,
    }
    assert {gap.kind.value for gap in gaps(held, NOW.date())} == {
        "a request is unanswered",
        "no service fits",
    }
    assert [line.reviewed_on is None for line in of(seen, Harm)].count(True) == 2


def test_the_course_of_the_demo_names_a_change_and_none_that_is_small(seen):
    found = trends(of(seen, CheckIn), of(seen, Visit))
    said = [line for trend in found for course in trend.courses for line in course.says]
    assert 1 <= len(said) <= 4
    assert any(trend.tried for trend in found)
