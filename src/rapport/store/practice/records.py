"""What is kept of a patient: kept, changed, removed and shown, each as the tables allow.

Every function takes who asks. What they may not see is not there for them, whether it is of
another patient, another clinic or nobody.
"""

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

import msgspec
from django.db import transaction

from rapport.practice.records.check_ins import HelpSeen, Result
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.visits import TwoDaysLater
from rapport.practice.visibility.seen import seen
from rapport.practice.visibility.viewer import Viewer
from rapport.practice.visibility.writing import (
    not_to_be_changed,
    not_to_be_kept,
    not_to_be_removed,
    slot,
)
from rapport.store.audit.recording import recording
from rapport.store.practice import models
from rapport.store.practice.asking import act_of, forget_open, kept_open, note, time
from rapport.store.practice.erasing import erase
from rapport.store.practice.opened import (
    Opened,
    found_by,
    opened,
    patients_of,
    pseudonymous,
)
from rapport.store.practice.scope import (
    NotThereError,
    RefusedError,
    new_id,
    not_there,
    row,
    rows,
)

__all__ = [
    "NotThereError",
    "RefusedError",
    "change",
    "compute",
    "erase",
    "finish",
    "keep",
    "kept",
    "one",
    "remove",
    "together",
    "with_fields",
]

R = TypeVar("R")


def keep(
    viewer: Viewer,
    record: Record,
    *,
    patient: str,
    at: datetime.datetime,
    pair: str | None = None,
    why: str,
    once: str | None = None,
) -> Kept:
    """A new record. Of what there is only one, such as a draft, the one that is there already.

    `once` names what may be sent twice by mistake: the second is the first, unchanged.
    Raises: RefusedError with all reasons; NotThereError for a patient or pair that is not theirs.
    """
    kind = type(record).__name__
    forget_open()
    with recording(act_of(viewer, patient, "kept", at, kind=kind, why=why)) as detail:
        of = opened(viewer, patient, at.date())
        _demand_pair(viewer, patient, pair)
        _demand(not_to_be_kept(record, viewer, of.facts, pair))
        place = f"{patient}/{kind}/{once}" if once else slot(record, patient, pair)
        there = rows(models.Record, viewer.clinic).filter(slot=place).first() if place else None
        if there is not None:
            detail["there"] = True
            return _shown(of, viewer, of.kept(there))
        made = models.Record(
            id=new_id(),
            clinic_id=viewer.clinic,
            patient_id=patient,
            pair_id=pair,
            kind=kind,
            author_role=viewer.role.value,
            author_id=viewer.id,
            made_at=at,
            changed_at=at,
            slot=place,
        )
        detail["record"] = made.id
        _write(of, made, record, is_new=True)
        return of.kept(made)


def change(
    viewer: Viewer,
    record_id: str,
    how: Callable[[R], Record],
    *,
    at: datetime.datetime,
    why: str,
) -> Kept:
    """The record after `how` was done to it as it is now: what two devices do at once adds up.

    Raises: NotThereError; RefusedError with all reasons.
    """
    patient = _patient_of(viewer, record_id)
    forget_open()
    with recording(act_of(viewer, patient, "changed", at, record=record_id, why=why)) as detail:
        of = opened(viewer, patient, at.date())
        there = _row(of, record_id)
        before = of.kept(there)
        if seen(before, viewer, of.facts) is None:
            raise not_there()
        detail["kind"] = there.kind
        after = how(before.record)  # pyright: ignore[reportArgumentType]  # the caller knows the kind
        _demand(not_to_be_changed(before, after, viewer, of.facts))
        if after == before.record:
            return before
        there.version += 1
        there.changed_at = at
        if there.slot is not None and slot(before.record, patient, there.pair_id) is not None:
            there.slot = slot(after, patient, there.pair_id)
        _write(of, there, after)
        return of.kept(there)


def remove(viewer: Viewer, record_id: str, *, at: datetime.datetime, why: str) -> None:
    """Take a record away, and with it what was made of it. Raises: as `change`."""
    patient = _patient_of(viewer, record_id)
    forget_open()
    with recording(act_of(viewer, patient, "removed", at, record=record_id, why=why)) as detail:
        of = opened(viewer, patient, at.date())
        there = _row(of, record_id)
        entry = of.kept(there)
        if seen(entry, viewer, of.facts) is None:
            raise not_there()
        _demand(not_to_be_removed(entry, viewer, of.facts))
        detail["kind"] = there.kind
        gone = [other.id for other in of.all(_FOLLOWING) if record_id in _named(other.record)]
        detail["with"] = len(gone)
        rows(models.Record, viewer.clinic).filter(pk__in=[record_id, *gone]).delete()


def finish(
    viewer: Viewer, draft: str | None, save: Callable[[], R], *, at: datetime.datetime, why: str
) -> R:
    """What `save` gives, which keeps what a draft was for, and the draft is gone: both or neither.

    None for what was saved without a draft. Raises: NotThereError where the draft was finished
    before, so that a form sent twice is saved once; what `save` raises.
    """
    with transaction.atomic():
        if draft is not None:
            remove(viewer, draft, at=at, why=why)
        return save()


def kept(
    viewer: Viewer,
    *kinds: type[Record],
    patient: str | None = None,
    pair: str | None = None,
) -> tuple[Kept, ...]:
    """All records of these kinds that a viewer may see, as they may see them, the oldest first.

    Ask for several kinds at once: a patient is opened once. Without `patient`: of every patient
    of theirs. Raises: NotThereError for another's patient.
    """
    found: list[Kept] = []
    for each in [patient] if patient is not None else patients_of(viewer):
        of = _reading(viewer, each)
        for entry in of.all(kinds, pair=pair):
            record = seen(entry, viewer, of.facts)
            if record is not None:
                found.append(_told(of, viewer, entry, record))
    return tuple(sorted(found, key=lambda entry: (entry.made_at, entry.id)))


def one(viewer: Viewer, record_id: str) -> Kept:
    """One record as a viewer may see it.

    Raises: NotThereError, also for one that they may not see or that is of another clinic.
    """
    of = _reading(viewer, _patient_of(viewer, record_id))
    return _shown(of, viewer, of.known(record_id) or of.kept(_row(of, record_id)))


def compute(
    viewer: Viewer,
    how: Callable[[tuple[Kept, ...]], Record | None],
    *,
    patient: str,
    pair: str,
    at: datetime.datetime,
    why: str,
    once: str | None = None,
) -> Kept | None:
    """Keep what follows from all records of a pair, of which the viewer may see only a part.

    `how` is given them whole, so that a result rests on both sides' answers; what the viewer
    sees of the result is what the tables allow. None if nothing follows, or nothing may be seen.
    Raises: as `keep`.
    """
    of = opened(viewer, patient, at.date())
    _demand_pair(viewer, patient, pair)
    made = how(tuple(entry for entry in of.all() if entry.pair in (pair, None)))
    if made is None:
        return None
    entry = keep(viewer, made, patient=patient, at=at, pair=pair, why=why, once=once)
    record = seen(entry, viewer, opened(viewer, patient, at.date()).facts)
    return None if record is None else msgspec.structs.replace(entry, record=record)


def together() -> AbstractContextManager[None]:
    """Everything that is written inside is there in the end, or nothing of it is."""
    return transaction.atomic()


def _reading(viewer: Viewer, patient: str) -> Opened:
    """A patient's records to look at: opened once a request, unless something is written."""
    return kept_open(viewer, patient, lambda: opened(viewer, patient, time().date()))


def _patient_of(viewer: Viewer, record_id: str) -> str:
    """Of whom a record is. Whoever comes as a patient sees no other's: no need to look it up."""
    return viewer.patient or row(models.Record, viewer.clinic, record_id).patient_id


def _row(of: Opened, record_id: str) -> models.Record:
    """A row of the patient who was opened. Raises: NotThereError."""
    there = row(models.Record, of.viewer.clinic, record_id)
    if there.patient_id != of.patient:
        raise not_there()
    return there


def with_fields(**values: object) -> Callable[[Record], Record]:
    """For `change`: the record with these fields set."""
    return lambda record: msgspec.structs.replace(record, **values)


_CHANGES = ("version", "changed_at", "slot", "found_by", "sealed")
"""What of a row is another when its record is."""
_FOLLOWING = (Result, HelpSeen, TwoDaysLater)
"""What goes with the check-in it was made of."""


def _named(record: Record) -> tuple[str | None, ...]:
    """The records that one was made of."""
    if isinstance(record, Result):
        return (record.patient, record.practitioner)
    if isinstance(record, HelpSeen):
        return (record.check_in,)
    return (record.about,) if isinstance(record, TwoDaysLater) else ()


def _shown(of: Opened, viewer: Viewer, entry: Kept) -> Kept:
    record = seen(entry, viewer, of.facts)
    if record is None:
        raise not_there()
    return _told(of, viewer, entry, record)


def _told(of: Opened, viewer: Viewer, entry: Kept, record: Record) -> Kept:
    """What is handed out, with an entry in the audit."""
    note(viewer, of.patient, type(record).__name__)
    return pseudonymous(msgspec.structs.replace(entry, record=record), viewer)


def _write(of: Opened, there: models.Record, record: Record, *, is_new: bool = False) -> None:
    there.found_by = found_by(record)
    there.sealed = of.sealed(there, record)
    if is_new:
        there.save(force_insert=True)
    else:
        there.save(update_fields=_CHANGES)


def _demand(reasons: tuple[str, ...]) -> None:
    if reasons:
        raise RefusedError(
            " ".join(reasons), where="the practice pages", fix="go back and look again"
        )


def _demand_pair(viewer: Viewer, patient: str, pair: str | None) -> None:
    if pair is not None and row(models.Pair, viewer.clinic, pair).patient_id != patient:
        raise not_there()
