"""Erasing a patient: the rows are taken away, the key is destroyed, a tombstone is left."""

import datetime
import secrets
from collections import Counter

import msgspec
from django.db import connection

from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import recording
from rapport.store.practice import models
from rapport.store.practice.asking import act_of, forget_open
from rapport.store.practice.scope import RefusedError, row, rows


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a patient: the id that meant nothing, the time, and how much there was."""

    patient: str
    at: datetime.datetime
    counts: dict[str, int]


def erase(viewer: Viewer, patient: str, *, at: datetime.datetime) -> Tombstone:
    """Take everything of a patient away. Only the patient can ask for it.

    Raises: RefusedError for anybody else.
    """
    if viewer.role is not Role.PATIENT or viewer.patient != patient:
        raise RefusedError(
            "Only the person can erase what is kept of them.",
            where="the practice pages",
            fix="ask the person to do it on their own device",
        )
    forget_open()
    with recording(act_of(viewer, patient, "erased", at)) as detail:
        there = row(models.Patient, viewer.clinic, patient)
        own = rows(models.Record, viewer.clinic).filter(patient_id=patient)
        counts = dict(Counter(own.values_list("kind", flat=True)))
        detail["counts"] = counts
        own.delete()
        for model in (models.Link, models.Device, models.Pair):
            rows(model, viewer.clinic).filter(patient_id=patient).delete()
        # Overwritten first: a database may keep a deleted row for a while.
        there.wrapped = secrets.token_bytes(len(there.wrapped))
        there.save(update_fields=["wrapped"])
        there.delete()
        models.Tombstone(id=patient, clinic_id=viewer.clinic, at=at, counts=counts).save()
    _overwrite_what_is_gone()
    return Tombstone(patient=patient, at=at, counts=counts)


def _overwrite_what_is_gone() -> None:
    """SQLite keeps old pages in a second file until they are moved; move them now."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
