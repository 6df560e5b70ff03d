"""The demo clinic: made up from end to end, so that everything can be tried at once."""

import datetime
from collections.abc import Iterable, Mapping

import msgspec
from django.db import transaction

from rapport.practice.check_in import sending
from rapport.practice.coalition.service_map import examples
from rapport.practice.records.check_ins import Length
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import (
    Allowed,
    ConsentKind,
    Profile,
    Respondent,
    Role,
    Side,
    Supporter,
)
from rapport.practice.visibility.viewer import Viewer
from rapport.store.people import accounts
from rapport.store.practice import clinics, pairs, records, services
from rapport.store.practice.asking import asking
from rapport.store.practice.demo_keeping import EDITION, WHY, consent, keeper, patient_of
from rapport.store.practice.demo_sam import make_sam

CLINIC = "Example Clinic (nobody here is real)"
COUNTRY = "evenland"
_STAFF: tuple[tuple[str, str, Role], ...] = (
    ("dr-lee", "Dr Lee", Role.PRACTITIONER),
    ("jo", "Jo, social worker", Role.COALITION_MEMBER),
    ("map", "Pat, who keeps the service map", Role.SERVICE_EDITOR),
    ("office", "The office", Role.ADMIN),
    ("study", "Rae, researcher", Role.RESEARCHER),
    ("audit", "Max, auditor", Role.AUDITOR),
)
_ADA = {"C1a": 3, "C2a": 3}


TO_TRY = {
    "Dr Lee": "Five months with Sam: both sides together, visits, the course, the plan.",
    "Sam": "Sees the same from the other side. A letter waits for a yes.",
    "Ada": "Is severely ill. Her check-in is half done.",
    "Kim": "Reads the questions to Ada, and taps.",
    "Jo, social worker": "Sees the one need that Sam shares, and a thing to do.",
    "Pat, who keeps the service map": "Five made-up services, and what is missing.",
    "The office": "Sees accounts, and nothing of any person.",
    "Rae, researcher": "Sees numbers of those who agreed, once there are ten.",
    "Max, auditor": "Sees who opened what, and no answer.",
}
"""What there is to try as each of them, in a line."""


class Character(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom one can be in the demo: a member, a patient, or a patient's supporter."""

    shown_as: str
    role: Role
    member: str = ""
    patient: str = ""
    supporter: str = ""

    @property
    def id(self) -> str:
        """What is sent when they are chosen."""
        return self.member or self.supporter or self.patient


def make(at: datetime.datetime) -> None:
    """The demo clinic in an empty store, as if it had been in use for some months."""
    with transaction.atomic():  # written to the disk once
        _make(at)


def _make(at: datetime.datetime) -> None:
    clinic = clinics.add(CLINIC, COUNTRY, at, is_demo=True)
    staff: dict[Role, Viewer] = {}
    for name, shown_as, role in _STAFF:
        account = accounts.add(name, shown_as, (), at)
        member = clinics.set_member(clinic.id, account, role, at=at)
        staff[role] = Viewer(clinic=clinic.id, role=role, id=member.id)
    with asking(at=at, why=WHY):
        services.put(staff[Role.PRACTITIONER], examples(), at=at)
        make_sam(staff, at)
        _make_ada(staff, at)


def characters() -> tuple[Character, ...]:
    """Everybody whom one can be in the demo; nobody where there is no demo clinic."""
    clinic = next((each for each in clinics.every() if each.is_demo), None)
    if clinic is None:
        return ()
    found: list[Character] = []
    for each in clinics.members(clinic.id):
        if not each.is_open:
            continue
        found.append(Character(shown_as=each.shown_as, role=each.role, member=each.id))
        if each.role is Role.PRACTITIONER:
            asks = Viewer(clinic=clinic.id, role=each.role, id=each.id)
            found += _people(records.kept(asks, Profile), Role.PATIENT)
            found += _people(records.kept(asks, Supporter), Role.SUPPORTER)
    order = (Role.PRACTITIONER, Role.PATIENT, Role.SUPPORTER)
    return tuple(
        sorted(found, key=lambda one: order.index(one.role) if one.role in order else 9)
    )


def _people(kept: Iterable[Kept], role: Role) -> list[Character]:
    return [
        Character(
            shown_as=each.record.shown_as,
            role=role,
            patient=each.patient,
            supporter=each.id if role is Role.SUPPORTER else "",
        )
        for each in kept
        if isinstance(each.record, Profile | Supporter)
    ]


def _make_ada(staff: Mapping[Role, Viewer], at: datetime.datetime) -> None:
    """Ada: severely ill, with a scribe who reads aloud and taps; her check-in is half done."""
    lee = staff[Role.PRACTITIONER]
    profile = Profile(shown_as="Ada", contact="ada@example.org", severe=True)
    invited = pairs.invite(lee, profile, at=at)
    ada = patient_of(lee, invited.patient)
    keep = keeper(ada, invited.pair)
    keep(consent(ConsentKind.RELATIONSHIP, at, about=invited.pair), at)
    kim = keep(
        Supporter(
            shown_as="Kim",
            relation="sister",
            respondent=Respondent.SCRIBE,
            until=at.date() + datetime.timedelta(days=90),
            sees=(Allowed.STORY,),
        ),
        at,
    )
    keep(consent(ConsentKind.SUPPORTER, at, about=kim.id), at)
    draft = sending.begun(
        Side.PATIENT, Length.SHORT, Respondent.SCRIBE, EDITION, at, supporter=kim.id
    )
    keep(msgspec.structs.replace(draft, answers=_ADA), at)
