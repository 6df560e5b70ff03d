"""How many people of a clinic lack what: numbers alone, of those who agreed to be counted."""

import datetime

from rapport.practice.coalition.gap_report import Cell, agreed, cells
from rapport.practice.coalition.held import coalition_of
from rapport.practice.records.coalition import Match, Need, Request
from rapport.practice.records.people import Consent
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import Act, record
from rapport.store.practice import models
from rapport.store.practice.opened import Opened
from rapport.store.practice.scope import RefusedError, rows
from rapport.store.practice.services import EDITORS


def gap_cells(viewer: Viewer, at: datetime.datetime) -> list[frozenset[Cell]]:
    """What each patient who agreed adds to the gap report: no ids, in no order of theirs.

    Every record is opened here and only numbers leave. Raises: RefusedError for anybody but an
    editor of the service map or a practitioner.
    """
    if viewer.role not in EDITORS:
        raise RefusedError(
            "The gap report is not open to you.", where="the gap report", fix="ask an editor"
        )
    found: list[frozenset[Cell]] = []
    for patient in rows(models.Patient, viewer.clinic).order_by("pk"):
        opened = Opened(viewer, patient, at.date())
        consents = [
            each.record for each in opened.all((Consent,)) if isinstance(each.record, Consent)
        ]
        if agreed(consents):
            held = coalition_of(opened.all((Need, Match, Request)))
            found.append(cells(held, at.date()))
    record([Act(act="gaps counted", about=viewer.clinic, at=at, person=viewer.id)])
    return sorted(found, key=sorted)
