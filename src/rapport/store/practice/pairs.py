"""A patient and a practitioner: from the invitation until it ends."""

import datetime

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from rapport.practice.records.people import Profile, Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import recording
from rapport.store.practice import models
from rapport.store.practice.asking import act_of, forget_open
from rapport.store.practice.keys import wrapped_for
from rapport.store.practice.links import Purpose, make
from rapport.store.practice.records import keep
from rapport.store.practice.scope import RefusedError, new_id, not_there, row, rows


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One pair. `practitioner` is the id of a membership, `shown_as` how they are called."""

    id: str
    patient: str
    practitioner: str
    shown_as: str
    made_at: datetime.datetime


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """A new patient with their pair, and the token of their link: it is told once."""

    patient: str
    pair: str
    token: str


def invite(viewer: Viewer, profile: Profile, *, at: datetime.datetime) -> Invited:
    """A new patient of a practitioner, with a key of their own and a link.

    Raises: RefusedError for anybody but a practitioner; vault.OtherKeyError.
    """
    _demand_practitioner(viewer)
    patient, pair = new_id(), new_id()
    with transaction.atomic():  # all of it or nothing
        with recording(act_of(viewer, patient, "patient added", at)):
            made = models.Patient(
                id=patient, clinic_id=viewer.clinic, wrapped=wrapped_for(patient), made_at=at
            )
            made.save(force_insert=True)
            _add(viewer, patient, pair, viewer.id, at)
        keep(viewer, profile, patient=patient, at=at, why="patient added", once="profile")
        token = make(viewer, patient, Purpose.SIGN_IN, at=at, pair=pair)
    return Invited(patient=patient, pair=pair, token=token)


def join(viewer: Viewer, patient: str, practitioner: str, *, at: datetime.datetime) -> Pair:
    """Another practitioner for a patient of one's own; or the pair there is already.

    Raises: RefusedError for anybody but a practitioner of the patient; NotThereError.
    """
    _demand_practitioner(viewer)
    if not any(each.patient == patient for each in of(viewer)):
        raise not_there()
    other = row(models.Membership, viewer.clinic, practitioner)
    if other.role != Role.PRACTITIONER.value or not other.is_open or not other.person.is_active:
        raise not_there()
    with recording(act_of(viewer, patient, "pair added", at, practitioner=practitioner)):
        there = _open(viewer.clinic).filter(patient_id=patient, practitioner_id=practitioner)
        found = there.first() or _add(viewer, patient, new_id(), practitioner, at)
    return _pair(found)


def end(viewer: Viewer, pair: str, *, at: datetime.datetime) -> None:
    """End a pair: its practitioner sees nothing of the patient from now on.

    Raises: NotThereError for a pair that is not theirs.
    """
    there = row(models.Pair, viewer.clinic, pair)
    if pair not in {each.id for each in of(viewer)}:
        raise not_there()
    forget_open()
    with recording(act_of(viewer, there.patient_id, "pair ended", at, pair=pair)):
        there.ended_at = at
        there.save(update_fields=["ended_at"])


def of(viewer: Viewer) -> tuple[Pair, ...]:
    """The open pairs of a practitioner, of a patient, or of a supporter's patient."""
    found = _open(viewer.clinic)
    if viewer.role is Role.PRACTITIONER:
        found = found.filter(practitioner_id=viewer.id)
    elif viewer.patient is not None:
        found = found.filter(patient_id=viewer.patient)
    else:
        return ()
    return tuple(map(_pair, found.order_by("made_at", "pk")))


def one(viewer: Viewer, pair: str) -> Pair:
    """One pair of those `of` tells. Raises: NotThereError."""
    for each in of(viewer):
        if each.id == pair:
            return each
    raise not_there()


def _open(clinic: str) -> QuerySet[models.Pair]:
    """The pairs that have not ended, with somebody who still works here."""
    return (
        rows(models.Pair, clinic)
        .select_related("practitioner__person")
        .filter(ended_at=None, practitioner__is_open=True, practitioner__person__is_active=True)
    )


def _add(
    viewer: Viewer, patient: str, pair: str, practitioner: str, at: datetime.datetime
) -> models.Pair:
    made = models.Pair(
        id=pair,
        clinic_id=viewer.clinic,
        patient_id=patient,
        practitioner_id=practitioner,
        made_at=at,
    )
    made.save(force_insert=True)
    return made


def _pair(there: models.Pair) -> Pair:
    return Pair(
        id=there.pk,
        patient=there.patient_id,
        practitioner=there.practitioner_id,
        shown_as=there.practitioner.person.shown_as,
        made_at=there.made_at,
    )


def _demand_practitioner(viewer: Viewer) -> None:
    if viewer.role is not Role.PRACTITIONER:
        raise RefusedError(
            "Only a practitioner can do this.",
            where="the practice pages",
            fix="sign in as a practitioner",
        )
