"""How something made up is kept in the demo clinic."""

import datetime
from collections.abc import Callable

import msgspec

from rapport.knowledge.load_practice import own
from rapport.practice.check_in import sending
from rapport.practice.records.check_ins import CheckIn, Length
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import Consent, ConsentKind, Respondent, Role, Side
from rapport.practice.visibility.viewer import Viewer
from rapport.store.practice import pairs, records

EDITION = "scc-0.1"
WHY = "made up for the demo"
Keep = Callable[[Record, datetime.datetime], Kept]


def patient_of(lee: Viewer, patient: str) -> Viewer:
    """A patient of a practitioner, as one who asks."""
    return Viewer(clinic=lee.clinic, role=Role.PATIENT, id=patient, patient=patient)


def keeper(viewer: Viewer, pair: str | None) -> Keep:
    """Keeps records of one patient."""
    patient = viewer.patient or pairs.one(viewer, pair or "").patient
    return lambda record, at: records.keep(
        viewer, record, patient=patient, pair=pair, at=at, why=WHY
    )


def consent(
    kind: ConsentKind, at: datetime.datetime, about: str | None = None, need: str | None = None
) -> Consent:
    """A yes, made up."""
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


def check_in(
    side: Side, respondent: Respondent, answers: dict[str, int], at: datetime.datetime
) -> CheckIn:
    """A check-in that was sent."""
    begun = sending.begun(side, Length.FULL, respondent, EDITION, at)
    return sending.sent(msgspec.structs.replace(begun, answers=answers), at)
