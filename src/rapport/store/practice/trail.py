"""What stands in the audit about one patient, or about one clinic, for those who may read it."""

import datetime

import msgspec

from rapport.practice.records.people import Role, SafetyMark
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.models import Entry
from rapport.store.audit.recording import record
from rapport.store.practice import clinics, models
from rapport.store.practice.asking import act_of
from rapport.store.practice.scope import RefusedError, not_there, row

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


MESSAGE = "message to the clinic"
_MOST_MESSAGES = 50


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """That a clinic was to be told of a check-in that asks for help: at which step, and whether
    the message could be handed over."""

    check_in: str
    step: str
    is_sent: bool
    at: datetime.datetime


def messages(viewer: Viewer, patient: str) -> tuple[Message, ...]:
    """The messages because of a patient of the viewer's clinic, the newest first.

    Raises: NotThereError for a patient of another.
    """
    row(models.Patient, viewer.clinic, patient)
    found = Entry.objects.filter(about=f"{viewer.clinic}/{patient}", act=MESSAGE)
    return tuple(
        Message(
            check_in=str(each.detail.get("record", "")),
            step=str(each.detail.get("step", "")),
            is_sent=each.detail.get("is_sent") is True,
            at=each.at,
        )
        for each in found.order_by("-number")[:_MOST_MESSAGES]
    )


def keep_message(
    viewer: Viewer,
    patient: str,
    check_in: str,
    *,
    step: str,
    is_sent: bool,
    at: datetime.datetime,
) -> None:
    """Keep that a message was handed over, or could not be: no address, no name, no answer.

    Raises: NotThereError for a patient of another clinic.
    """
    row(models.Patient, viewer.clinic, patient)
    record([act_of(viewer, patient, MESSAGE, at, record=check_in, step=step, is_sent=is_sent)])


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
