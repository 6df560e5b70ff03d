"""The demo clinic: made up from end to end, so that everything can be tried at once."""

import datetime
from collections.abc import Callable, Iterable, Mapping

import msgspec

from rapport.knowledge.load_practice import own
from rapport.practice.check_in import pairing, sending
from rapport.practice.coalition.service_map import examples
from rapport.practice.records.check_ins import CheckIn, Length, Reveal, Share
from rapport.practice.records.coalition import (
    Action,
    Actor,
    Cost,
    DesiredResult,
    Domain,
    Fits,
    Match,
    Need,
)
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import (
    Allowed,
    Consent,
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

CLINIC = "Example Clinic (nobody here is real)"
COUNTRY = "evenland"
EDITION = "scc-0.1"
WHY = "made up for the demo"
_STAFF: tuple[tuple[str, str, Role], ...] = (
    ("dr-lee", "Dr Lee", Role.PRACTITIONER),
    ("jo", "Jo, social worker", Role.COALITION_MEMBER),
    ("map", "Pat, who keeps the service map", Role.SERVICE_EDITOR),
    ("office", "The office", Role.ADMIN),
    ("study", "Rae, researcher", Role.RESEARCHER),
    ("audit", "Max, auditor", Role.AUDITOR),
)
_SAM = {
    "S0": 1, "C1x": 3, "C1a": 1, "C1b": 1, "C2a": 3, "C2b": 2, "C3a": 2, "C3b": 3,
    "C4a": 3, "C4b": 4, "C5a": 1, "C5b": 2, "C6a": 0, "C6b": 1, "PICK": 6,
}  # fmt: skip
_LEE = {
    "C1o": 3, "C2o": 3, "C3o": 2, "C4o": 2, "C5o": 2, "C6o": 1, "PICKo": 6, "C1x_c": 2,
    "C1a_pred": 3, "C1b_pred": 3, "C2a_pred": 3, "C2b_pred": 2, "C3a_pred": 2, "C3b_pred": 2,
    "C4a_pred": 3, "C4b_pred": 3, "C5a_pred": 3, "C5b_pred": 3, "C6a_pred": 1, "C6b_pred": 1,
}  # fmt: skip
_ADA = {"C1a": 3, "C2a": 3}


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
    """The demo clinic in an empty store, as if it had been in use for some weeks."""
    clinic = clinics.add(CLINIC, COUNTRY, at, is_demo=True)
    staff: dict[Role, Viewer] = {}
    for name, shown_as, role in _STAFF:
        account = accounts.add(name, shown_as, (), at)
        member = clinics.set_member(clinic.id, account, role, at=at)
        staff[role] = Viewer(clinic=clinic.id, role=role, id=member.id)
    with asking(at=at, why=WHY):
        services.put(staff[Role.PRACTITIONER], examples(), at=at)
        _make_sam(staff, at)
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


def _make_sam(staff: Mapping[Role, Viewer], at: datetime.datetime) -> None:
    """Sam: both sides have sent, a need is shared with a coalition member, research is agreed."""
    lee, then = staff[Role.PRACTITIONER], at - datetime.timedelta(days=2)
    profile = Profile(shown_as="Sam", contact="sam@example.org", conditions=("dark", "short"))
    invited = pairs.invite(lee, profile, at=then)
    sam = _patient(lee, invited.patient)
    keep = _keeper(sam, invited.pair)
    keep(_consent(ConsentKind.RELATIONSHIP, then, about=invited.pair), then)
    keep(_consent(ConsentKind.RESEARCH, then), then)
    shares = dict.fromkeys((1, 2, 3, 5, 6), Share.ANSWERS)
    own = _check_in(Side.PATIENT, Respondent.SELF, _SAM, then)
    keep(msgspec.structs.replace(own, shares=shares, reveal=Reveal.AGREED), then)
    theirs = _check_in(Side.PRACTITIONER, Respondent.PRACTITIONER, _LEE, at)
    _keeper(lee, invited.pair)(msgspec.structs.replace(theirs, reveal=Reveal.AGREED), at)
    records.compute(
        sam,
        lambda kept: pairing.result(pairing.sides(kept), at.date()),
        patient=sam.id,
        pair=invited.pair,
        at=at,
        why=WHY,
    )
    _plan(_keeper(sam, None), staff, at)


def _plan(
    keep: Callable[[Record, datetime.datetime], Kept],
    staff: Mapping[Role, Viewer],
    at: datetime.datetime,
) -> None:
    today = at.date()
    need = keep(
        Need(
            label="Help with meals on bad days",
            domain=Domain.FOOD,
            why="I cannot stand long enough to cook.",
            priority=1,
            cost=Cost.LOW,
            first_seen=today,
        ),
        at,
    )
    keep(DesiredResult(need=need.id, what="One warm meal a day"), at)
    jo = keep(
        Actor(shown_as="Jo", role="social worker", account=staff[Role.COALITION_MEMBER].id),
        at,
    )
    keep(_consent(ConsentKind.COALITION_MEMBER, at, about=jo.id, need=need.id), at)
    service = examples()[0]
    keep(Match(need=need.id, service=service.id, fits=Fits.UNKNOWN, checked_on=today), at)
    week = datetime.timedelta(days=7)
    what = "Ask the council about meals brought home"
    keep(Action(need=need.id, what=what, owner=jo.id, due=today + week), at)


def _make_ada(staff: Mapping[Role, Viewer], at: datetime.datetime) -> None:
    """Ada: severely ill, with a scribe who reads aloud and taps; her check-in is half done."""
    lee = staff[Role.PRACTITIONER]
    profile = Profile(shown_as="Ada", contact="ada@example.org", severe=True)
    invited = pairs.invite(lee, profile, at=at)
    ada = _patient(lee, invited.patient)
    keep = _keeper(ada, invited.pair)
    keep(_consent(ConsentKind.RELATIONSHIP, at, about=invited.pair), at)
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
    keep(_consent(ConsentKind.SUPPORTER, at, about=kim.id), at)
    draft = sending.begun(
        Side.PATIENT, Length.SHORT, Respondent.SCRIBE, EDITION, at, supporter=kim.id
    )
    keep(msgspec.structs.replace(draft, answers=_ADA), at)


def _patient(lee: Viewer, patient: str) -> Viewer:
    return Viewer(clinic=lee.clinic, role=Role.PATIENT, id=patient, patient=patient)


def _keeper(viewer: Viewer, pair: str | None) -> Callable[[Record, datetime.datetime], Kept]:
    """Keeps records of one patient."""
    patient = viewer.patient or pairs.one(viewer, pair or "").patient
    return lambda record, at: records.keep(
        viewer, record, patient=patient, pair=pair, at=at, why=WHY
    )


def _consent(
    kind: ConsentKind, at: datetime.datetime, about: str | None = None, need: str | None = None
) -> Consent:
    text = own().consent(kind)
    return Consent(
        consent=kind,
        text=text.id,
        version=text.version,
        given_at=at,
        method="made up",
        about=about,
        need=need,
    )


def _check_in(
    side: Side, respondent: Respondent, answers: dict[str, int], at: datetime.datetime
) -> CheckIn:
    begun = sending.begun(side, Length.FULL, respondent, EDITION, at)
    return sending.sent(msgspec.structs.replace(begun, answers=answers), at)
