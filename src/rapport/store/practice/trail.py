"""What stands in the audit about one patient, or about one clinic, for those who may read it."""

import datetime

import msgspec

from rapport.practice.records.people import Role, SafetyMark
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.models import Entry
from rapport.store.practice import clinics
from rapport.store.practice.scope import RefusedError, not_there

MOST = 200
"""Lines on one page."""
_WORRY = SafetyMark.__name__
"""A practitioner's worry that somebody harms the patient is a mark: that there is one is told to
nobody who may be looked over the shoulder. The auditor reads it."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: who did what, when and what for. `who` is a name where one is known.

    `is_own`: it was the patient. `kinds` are the kinds of record, never what they say.
    """

    number: int
    at: datetime.datetime
    act: str
    who: str
    role: str
    is_own: bool
    kinds: tuple[str, ...]
    why: str


def of_patient(viewer: Viewer, *, most: int = MOST) -> tuple[Line, ...]:
    """Who did what with what is kept of a patient: for the patient, the newest first.

    Nothing of safety marks: a line of them alone is left out.
    """
    if viewer.role is not Role.PATIENT:
        raise not_there()
    lines = _lines(viewer, f"{viewer.clinic}/{viewer.patient}", None, most)
    return tuple(shown for line in lines if (shown := _without_worries(line)) is not None)


def _without_worries(line: Line) -> Line | None:
    told = tuple(kind for kind in line.kinds if kind != _WORRY)
    if told == line.kinds:
        return line
    return msgspec.structs.replace(line, kinds=told) if told else None


def of_clinic(viewer: Viewer, *, before: int | None = None) -> tuple[Line, ...]:
    """Who did what in a clinic: for its auditor, the newest first, before a number.

    Raises: RefusedError for anybody else.
    """
    if viewer.role is not Role.AUDITOR:
        raise RefusedError(
            "The log is for the auditor.", where="the practice pages", fix="ask the auditor"
        )
    return _lines(viewer, viewer.clinic, before, MOST)


def _lines(viewer: Viewer, about: str, before: int | None, most: int) -> tuple[Line, ...]:
    found = Entry.objects.filter(about__startswith=about)
    found = found if before is None else found.filter(number__lt=before)
    entries = list(found.order_by("-number")[:most])
    names = clinics.names(viewer.clinic, {entry.person for entry in entries})
    return tuple(_line(entry, names) for entry in entries)


def _line(entry: Entry, names: dict[str, str]) -> Line:
    detail = entry.detail
    kinds = detail.get("kinds") or [detail.get("kind", "")]
    return Line(
        number=entry.number,
        at=entry.at,
        act=entry.act,
        who=names.get(entry.person, ""),
        role=str(detail.get("role", "")),
        is_own=detail.get("role") == Role.PATIENT.value,
        kinds=tuple(str(each) for each in kinds if each) if isinstance(kinds, list) else (),  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # JSON
        why=str(detail.get("why", "")),
    )
