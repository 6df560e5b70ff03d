"""A made-up coalition; every name and need here is invented."""

import datetime

import pytest

from rapport.practice.coalition.held import Coalition
from rapport.practice.records.coalition import Action, Actor, Cost, Domain, Need

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def coalition():
    """Two needs, three people, three actions."""
    return Coalition(
        needs={
            "n1": Need(label="Help with meals", domain=Domain.FOOD, first_seen=day(-40)),
            "n2": Need(
                label="A form for benefits",
                domain=Domain.INCOME,
                first_seen=day(-90),
                priority=1,
                cost=Cost.HIGH,
            ),
        },
        actors={
            "me": Actor(shown_as="Ada", role="person", is_patient=True),
            "dr": Actor(shown_as="Dr Lee", role="practitioner"),
            "sis": Actor(shown_as="Bea", role="supporter"),
        },
        actions={
            "a1": action("n1", "call the kitchen", "sis", -3),
            "a2": action("n2", "write the letter", "dr", 5),
            "a3": action("n2", "sign the form", "me", -9, burden=Cost.LOW),
        },
    )


def day(days):
    """A day so many days from the day of the tests."""
    return TODAY + datetime.timedelta(days=days)


def action(need, what, owner, due, **more):
    """An action due in so many days."""
    return Action(need=need, what=what, owner=owner, due=day(due), **more)
