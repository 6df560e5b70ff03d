"""A made-up clinic for tests: a member of each role, a practitioner's patient, and their link."""

from typing import NamedTuple

from rapport.practice.records.people import Consent, ConsentKind, Profile, Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.people import accounts
from rapport.store.practice import clinics, pairs, records


class House(NamedTuple):
    """A clinic with one pair. `staff` are viewers by role."""

    name: str
    clinic: str
    staff: dict
    patient: Viewer
    pair: str
    token: str

    @property
    def practitioner(self):
        return self.staff[Role.PRACTITIONER]


def made_house(name, at, shown_as=None):
    clinic = clinics.add(name, "nowhere", at)
    staff = {}
    for role in clinics.STAFF:
        account = accounts.add(f"{role.value} {name}", f"{role.value} of {name}", (), at)
        member = clinics.set_member(clinic.id, account, role, at=at)
        staff[role] = Viewer(clinic=clinic.id, role=role, id=member.id)
    profile = Profile(shown_as=shown_as or f"Sam of {name}", contact="sam@example.org")
    invited = pairs.invite(staff[Role.PRACTITIONER], profile, at=at)
    patient = Viewer(
        clinic=clinic.id, role=Role.PATIENT, id=invited.patient, patient=invited.patient
    )
    agreed = Consent(
        consent=ConsentKind.RELATIONSHIP,
        text="consent_relationship",
        version=1,
        given_at=at,
        method="test",
        about=invited.pair,
    )
    records.keep(patient, agreed, patient=patient.id, at=at, why="test")
    return House(name, clinic.id, staff, patient, invited.pair, invited.token)
