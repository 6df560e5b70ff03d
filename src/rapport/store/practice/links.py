"""Links for patients and supporters, and the devices they sign in on.

A link is a long random text with a signature; only its hash is kept. Opening it signs a device
in for thirty days. A link to confirm works once, for an hour, and on a device that is signed in.
"""

import datetime
import hashlib
import secrets
from enum import StrEnum

import msgspec
from django.core.signing import BadSignature, Signer

from rapport.core.dates import days_after
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Role, Supporter
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import recording
from rapport.store.practice import models, scope
from rapport.store.practice.asking import act_of
from rapport.store.practice.opened import opened
from rapport.store.practice.scope import RefusedError, new_id, not_there, row, rows

_TOKEN_BYTES = 24
SIGN_IN_FOR = datetime.timedelta(days=14)
CONFIRM_FOR = datetime.timedelta(hours=1)
DEVICE_FOR = datetime.timedelta(days=30)
FRESH_FOR = datetime.timedelta(minutes=30)
"""How long after a fresh link an export or erasing can be done."""


class Purpose(StrEnum):
    """What a link is for; it is for nothing else."""

    SIGN_IN = "sign in"
    CONFIRM = "confirm"
    """Before an export or erasing: that it is still the person."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link that can be used now. `supporter` is theirs, if it is not the patient's."""

    id: str
    clinic: str
    patient: str
    purpose: Purpose
    supporter: str | None
    pair: str | None
    expires_at: datetime.datetime


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A device that is signed in."""

    id: str
    supporter: str | None
    started_at: datetime.datetime
    expires_at: datetime.datetime


def make(
    viewer: Viewer,
    patient: str,
    purpose: Purpose,
    *,
    at: datetime.datetime,
    supporter: str | None = None,
    pair: str | None = None,
    lasts: datetime.timedelta | None = None,
) -> str:
    """The token of a new link: told once, and kept as a hash.

    A practitioner makes links for their own patients, a patient for their own supporters and to
    confirm. Raises: RefusedError; NotThereError.
    """
    until = at + (lasts or (SIGN_IN_FOR if purpose is Purpose.SIGN_IN else CONFIRM_FOR))
    token = _signer().sign(secrets.token_urlsafe(_TOKEN_BYTES))
    act = act_of(viewer, patient, "link made", at, purpose=purpose.value)
    with recording(act) as detail:
        of = opened(viewer, patient, at.date())
        is_theirs = viewer.role is Role.PATIENT or bool(of.facts.pairs)
        if not is_theirs:
            raise RefusedError(
                "You cannot make a link for this person.",
                where="the practice pages",
                fix="ask the person, or whoever treats them",
            )
        if supporter is not None:
            until = min(until, _end_of(of.all((Supporter,)), supporter))
        made = models.Link(
            id=new_id(),
            clinic_id=viewer.clinic,
            patient_id=patient,
            hash=_hash(token),
            supporter=supporter or "",
            pair_id=pair,
            purpose=purpose.value,
            made_at=at,
            expires_at=until,
        )
        made.save(force_insert=True)
        detail["link"] = made.pk
        detail["supporter"] = supporter or ""
    return token


def known(token: str, at: datetime.datetime) -> Link | None:
    """The link of a token, if it can be used now. Looking at it does not use it."""
    there = row_of(token)
    if there is None or there.ended_at is not None or there.expires_at <= at:
        return None
    if there.purpose == Purpose.CONFIRM.value and there.used_at is not None:
        return None
    return Link(
        id=there.pk,
        clinic=there.clinic_id,
        patient=there.patient_id,
        purpose=Purpose(there.purpose),
        supporter=there.supporter or None,
        pair=there.pair_id,
        expires_at=there.expires_at,
    )


def row_of(token: str) -> models.Link | None:
    """The row of a token, also where it has ended; None for what was never a link."""
    try:
        _signer().unsign(token)
    except BadSignature:  # not from here: no need to ask the database
        return None
    return scope.link_of(_hash(token))


def sign_in(token: str, at: datetime.datetime) -> str | None:
    """The id of a device that is signed in from now on; None for a link that cannot be used."""
    link = known(token, at)
    if link is None or link.purpose is not Purpose.SIGN_IN:
        return None
    viewer = viewer_as(link.clinic, link.patient, link.supporter)
    with recording(act_of(viewer, link.patient, "signed in", at, link=link.id)) as detail:
        there = row(models.Link, link.clinic, link.id)
        there.used_at = at
        there.save(update_fields=["used_at"])
        made = _signed_in(viewer, at)
        detail["device"] = made.pk
    return made.pk


def demo_device(patient: str, supporter: str | None, at: datetime.datetime) -> str | None:
    """A device signed in without any link: in a demo clinic, and None everywhere else."""
    clinic = scope.demo_clinic_of(patient)
    if clinic is None:
        return None
    viewer = viewer_as(clinic, patient, supporter)
    with recording(act_of(viewer, patient, "signed in", at, demo=True)):
        return _signed_in(viewer, at).pk


def _signed_in(viewer: Viewer, at: datetime.datetime) -> models.Device:
    made = models.Device(
        id=new_id(),
        clinic_id=viewer.clinic,
        patient_id=viewer.patient,
        supporter=viewer.id if viewer.role is Role.SUPPORTER else "",
        started_at=at,
        expires_at=at + DEVICE_FOR,
    )
    made.save(force_insert=True)
    return made


def confirm(token: str, device: str, at: datetime.datetime) -> bool:
    """Use a link to confirm, on a device of the same person. It works once."""
    link, found = known(token, at), scope.device(device)
    if link is None or link.purpose is not Purpose.CONFIRM:
        return False
    if found is None or (found.patient_id, found.supporter) != (link.patient, ""):
        return False
    viewer = viewer_as(link.clinic, link.patient, None)
    with recording(act_of(viewer, link.patient, "confirmed", at, link=link.id)):
        there = row(models.Link, link.clinic, link.id)
        if there.used_at is not None:
            return False
        there.used_at = found.asked_at = at
        there.save(update_fields=["used_at"])
        found.save(update_fields=["asked_at"])
    return True


def is_fresh(device: str, at: datetime.datetime) -> bool:
    """Whether a fresh link was opened on a device just now."""
    found = scope.device(device)
    asked = found.asked_at if found is not None else None
    return asked is not None and at - FRESH_FOR < asked <= at


def viewer_of(device: str, at: datetime.datetime) -> Viewer | None:
    """Who is signed in on a device; None once it has ended."""
    found = scope.device(device)
    if found is None or found.ended_at is not None or found.expires_at <= at:
        return None
    return viewer_as(found.clinic_id, found.patient_id, found.supporter or None)


def devices(viewer: Viewer, at: datetime.datetime) -> tuple[Device, ...]:
    """Where a patient is signed in, and their supporters; the newest first."""
    if viewer.role is not Role.PATIENT:
        return ()
    found = rows(models.Device, viewer.clinic).filter(
        patient_id=viewer.patient, ended_at=None, expires_at__gt=at
    )
    return tuple(
        Device(
            id=each.pk,
            supporter=each.supporter or None,
            started_at=each.started_at,
            expires_at=each.expires_at,
        )
        for each in found.order_by("-started_at", "pk")
    )


def end_device(viewer: Viewer, device: str, at: datetime.datetime) -> None:
    """Sign a device out: one's own, or as the patient that of a supporter too.

    Raises: NotThereError.
    """
    there = row(models.Device, viewer.clinic, device)
    own = viewer.id if viewer.role is Role.SUPPORTER else there.supporter
    if viewer.patient is None or there.patient_id != viewer.patient or there.supporter != own:
        raise not_there()
    with recording(act_of(viewer, there.patient_id, "signed out", at, device=device)):
        there.ended_at = at
        there.save(update_fields=["ended_at"])


def end_all(
    viewer: Viewer,
    patient: str,
    at: datetime.datetime,
    *,
    supporter: str | None = None,
    but: str = "",
) -> None:
    """End all links and devices of a patient, or of one of their supporters, `but` one device.

    Raises: RefusedError unless it is the patient, or a practitioner of theirs.
    """
    act = act_of(viewer, patient, "links ended", at, supporter=supporter or "")
    with recording(act):
        of = opened(viewer, patient, at.date())
        if viewer.role is not Role.PATIENT and not of.facts.pairs:
            raise RefusedError(
                "This is not yours to end.", where="the practice pages", fix="ask the person"
            )
        for model in (models.Link, models.Device):
            found = rows(model, viewer.clinic).filter(patient_id=patient, ended_at=None)
            found.filter(supporter=supporter or "").exclude(pk=but).update(ended_at=at)


def _end_of(entries: list[Kept], supporter: str) -> datetime.datetime:
    for each in entries:
        if each.id == supporter and isinstance(each.record, Supporter):
            day = days_after(each.record.until, 1)
            return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    raise not_there()


def viewer_as(clinic: str, patient: str, supporter: str | None) -> Viewer:
    """A patient, or a supporter of theirs, as a viewer."""
    role = Role.PATIENT if supporter is None else Role.SUPPORTER
    return Viewer(clinic=clinic, role=role, id=supporter or patient, patient=patient)


def _signer() -> Signer:
    return Signer(salt="rapport.store.practice.links")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
