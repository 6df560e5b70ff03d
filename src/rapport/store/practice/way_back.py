"""A way back for somebody whose care has ended, and with it everybody who could give them a link.

What is kept is still theirs. Whoever holds a link that has run out asks for it to be opened again
and is told six letters. The clinic's admin, who sees no names, is shown the same letters and opens
it once the person has told them. So nobody but the person ever holds the link, and the link alone
opens nothing.
"""

import base64
import datetime
import hashlib

import msgspec

from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import recording
from rapport.store.practice import links, models
from rapport.store.practice.asking import act_of
from rapport.store.practice.links import SIGN_IN_FOR, Purpose
from rapport.store.practice.scope import RefusedError, not_there, row, rows

ASKED_FOR = datetime.timedelta(days=14)
"""How long the clinic can answer; then the person asks again."""
_LETTERS = 6


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody asked: the id of their link, the letters they were told, and when."""

    id: str
    letters: str
    at: datetime.datetime


def may_ask(token: str, at: datetime.datetime) -> bool:
    """Whether a link is one of a patient's own that has run out after the care has ended."""
    return _run_out(token, at) is not None


def ask(token: str, at: datetime.datetime) -> str | None:
    """Ask for a link to be opened again; the letters to tell the clinic. None where it cannot be."""
    there = _run_out(token, at)
    if there is None:
        return None
    asks = links.viewer_as(there.clinic_id, there.patient_id, None)
    with recording(act_of(asks, there.patient_id, "way back asked", at, link=there.pk)):
        there = row(models.Link, asks.clinic, there.pk)
        there.asked_at = at
        there.save(update_fields=["asked_at"])
    return _letters(there)


def asked(viewer: Viewer, at: datetime.datetime) -> tuple[Asked, ...]:
    """Who asks the viewer's clinic for a way back, the oldest first. Raises: RefusedError."""
    _demand_admin(viewer)
    found = rows(models.Link, viewer.clinic).filter(
        asked_at__gt=at - ASKED_FOR, ended_at=None, expires_at__lte=at
    )
    return tuple(
        Asked(id=each.pk, letters=_letters(each), at=each.asked_at)
        for each in found.order_by("asked_at", "pk")
        if each.asked_at is not None
    )


def answer(viewer: Viewer, link: str, at: datetime.datetime, *, opens: bool) -> None:
    """Let the person's own link work again for as long as a new one, or turn them away.

    Raises: RefusedError for anybody but the admin; NotThereError for what nobody asks for.
    """
    if link not in {each.id for each in asked(viewer, at)}:
        raise not_there()
    there = row(models.Link, viewer.clinic, link)
    act = "way back opened" if opens else "way back refused"
    with recording(act_of(viewer, there.patient_id, act, at, link=link)):
        there = row(models.Link, viewer.clinic, link)
        there.asked_at = None
        if opens:
            there.expires_at = at + SIGN_IN_FOR
        there.save(update_fields=["asked_at", "expires_at"])


def _run_out(token: str, at: datetime.datetime) -> models.Link | None:
    there = links.row_of(token)
    if there is None or there.ended_at is not None or there.expires_at > at:
        return None
    if there.purpose != Purpose.SIGN_IN.value or there.supporter:
        return None
    return None if _is_cared_for(there) else there


def _is_cared_for(there: models.Link) -> bool:
    """Whether somebody is left who can make a link for the patient."""
    pairs = rows(models.Pair, there.clinic_id).filter(
        patient_id=there.patient_id,
        ended_at=None,
        practitioner__is_open=True,
        practitioner__person__is_active=True,
    )
    return pairs.exists()


def _letters(there: models.Link) -> str:
    """Six letters of a link, which do not lead back to it."""
    made = hashlib.sha256(f"way back/{there.pk}/{there.hash}".encode()).digest()
    text = base64.b32encode(made).decode()[:_LETTERS]
    return f"{text[:3]}-{text[3:]}"


def _demand_admin(viewer: Viewer) -> None:
    if viewer.role is not Role.ADMIN:
        raise RefusedError(
            "Only the clinic's admin can do this.", where="the ways back", fix="ask the admin"
        )
