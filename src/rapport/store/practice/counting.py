"""How many people of a clinic lack what: numbers alone, of those who agreed to be counted."""

import datetime

import msgspec

from rapport.knowledge.load_practice import thresholds
from rapport.practice.coalition.gap_report import (
    Counted,
    Number,
    Report,
    agreed,
    cells,
    numbers_of,
    quarter_of,
    renewed,
    report,
)
from rapport.practice.coalition.held import coalition_of
from rapport.practice.records.coalition import Match, Need, Request
from rapport.practice.records.people import Consent
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import Act, recording
from rapport.store.audit.recording import record as record_acts
from rapport.store.practice import models
from rapport.store.practice.opened import Opened
from rapport.store.practice.scope import RefusedError, new_id, rows
from rapport.store.practice.services import EDITORS

_NUMBERS = msgspec.json.Decoder(list[tuple[Number, int]])
_COUNTED_IN = msgspec.json.Decoder(frozenset[Number])


def gap_report(viewer: Viewer, at: datetime.datetime) -> Report:
    """The gap report of the quarter: made when it is first asked for, and then the same.

    Raises: RefusedError for anybody but an editor of the service map or a practitioner.
    """
    if viewer.role not in EDITORS:
        raise RefusedError(
            "The gap report is not open to you.", where="the gap report", fix="ask an editor"
        )
    k = thresholds().k_anon
    act = Act(act="gaps counted", about=viewer.clinic, at=at, person=viewer.id)
    there = _of_quarter(viewer, at)
    if there is None:
        with recording(act):
            # Asked again: another may have made it since.
            there = _of_quarter(viewer, at) or _made(viewer, at, k)
    else:
        record_acts([act])
    return report(_numbers_of(there), k, there.on)


def _of_quarter(viewer: Viewer, at: datetime.datetime) -> models.GapReport | None:
    return rows(models.GapReport, viewer.clinic).filter(quarter=quarter_of(at.date())).first()


def _made(viewer: Viewer, at: datetime.datetime, k: int) -> models.GapReport:
    """Count everybody, and keep what was counted: sealed with each one's key, and the numbers."""
    patients = {
        patient.pk: Opened(viewer, patient, at.date())
        for patient in rows(models.Patient, viewer.clinic).order_by("pk")
    }
    last = rows(models.GapReport, viewer.clinic).order_by("-quarter").first()
    stood = last and Counted(
        numbers=_numbers_of(last),
        people={name: _counted_in(of) for name, of in patients.items()},
    )
    now = {name: _lacks(of, at.date()) for name, of in patients.items()}
    counted = renewed(stood, now, k)
    for name, of in patients.items():
        if counted.people[name] != _counted_in(of):
            of.count(msgspec.json.encode(counted.people[name]))
    made = models.GapReport(
        id=new_id(),
        clinic_id=viewer.clinic,
        quarter=quarter_of(at.date()),
        on=at.date(),
        numbers=msgspec.json.encode(sorted(counted.numbers.items(), key=str)),
    )
    made.save(force_insert=True)
    return made


def _lacks(of: Opened, today: datetime.date) -> frozenset[Number]:
    """What a patient is counted in today; nothing of one who did not agree."""
    consents = [each.record for each in of.all((Consent,)) if isinstance(each.record, Consent)]
    if not agreed(consents):
        return frozenset()
    return numbers_of(cells(coalition_of(of.all((Need, Match, Request))), today))


def _counted_in(of: Opened) -> frozenset[Number]:
    content = of.counted()
    return _COUNTED_IN.decode(content) if content else frozenset()


def _numbers_of(there: models.GapReport) -> dict[Number, int]:
    return dict(_NUMBERS.decode(bytes(there.numbers)))
