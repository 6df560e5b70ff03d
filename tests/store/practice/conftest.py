"""Two clinics, each with a practitioner and a patient, and what is kept of them."""

import datetime
from typing import NamedTuple

import pytest

from rapport.practice.records.people import Profile, Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.people import accounts
from rapport.store.practice import clinics, pairs


class House(NamedTuple):
    """A clinic with one pair. `staff` are viewers by role."""

    clinic: str
    staff: dict
    patient: Viewer
    pair: str
    token: str

    @property
    def practitioner(self):
        return self.staff[Role.PRACTITIONER]


@pytest.fixture(autouse=True)
def _with_a_store(store):
    """Every test here may write, and what it writes is undone."""


@pytest.fixture
def house(at):
    """Makes a clinic with a member of each role, and a patient of the practitioner."""
    return lambda name="Lakeside": made_house(name, at)


def made_house(name, at):
    clinic = clinics.add(name, "nowhere", at)
    staff = {}
    for role in clinics.STAFF:
        account = accounts.add(f"{role.value} {name}", f"{role.value} of {name}", (), at)
        member = clinics.set_member(clinic.id, account, role, at=at)
        staff[role] = Viewer(clinic=clinic.id, role=role, id=member.id)
    profile = Profile(shown_as=f"Sam of {name}", contact="sam@example.org")
    invited = pairs.invite(staff[Role.PRACTITIONER], profile, at=at)
    patient = Viewer(
        clinic=clinic.id, role=Role.PATIENT, id=invited.patient, patient=invited.patient
    )
    return House(clinic.id, staff, patient, invited.pair, invited.token)


@pytest.fixture
def later(at):
    """The time so many days after `at`."""
    return lambda **more: at + datetime.timedelta(**more)
