"""The service map of a clinic: what there is, and nothing about a patient."""

import datetime
from collections.abc import Iterable

import msgspec

from rapport.practice.records.coalition import Service
from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import Act, recording
from rapport.store.practice import models
from rapport.store.practice.scope import RefusedError, rows

READERS = frozenset(Role) - {Role.ADMIN, Role.AUDITOR, Role.RESEARCHER}
EDITORS = frozenset({Role.SERVICE_EDITOR, Role.PRACTITIONER})
_DECODER = msgspec.json.Decoder(Service)


def every(viewer: Viewer) -> tuple[Service, ...]:
    """The services of the viewer's clinic, in the order of their ids."""
    _demand(viewer, READERS)
    found = rows(models.Service, viewer.clinic).order_by("pk")
    return tuple(_DECODER.decode(bytes(each.body)) for each in found)


def put(viewer: Viewer, services: Iterable[Service], *, at: datetime.datetime) -> None:
    """Add services, or put them in the place of those with the same id; all or none.

    Raises: RefusedError for anybody but an editor or a practitioner.
    """
    _demand(viewer, EDITORS)
    given = tuple(services)
    act = Act(
        act="services put",
        about=viewer.clinic,
        at=at,
        person=viewer.id,
        detail={"role": viewer.role.value, "count": len(given)},
    )
    with recording(act):
        for each in given:
            body = msgspec.json.encode(each)
            there = rows(models.Service, viewer.clinic).filter(name=each.id).first()
            made = there or models.Service(clinic_id=viewer.clinic, name=each.id)
            made.body, made.changed_at = body, at
            made.save()


def remove(viewer: Viewer, name: str, *, at: datetime.datetime) -> None:
    """Take a service off the map; one that is not there stays away. Raises: as `put`."""
    _demand(viewer, EDITORS)
    act = Act(act="service removed", about=viewer.clinic, at=at, person=viewer.id)
    with recording(act):
        rows(models.Service, viewer.clinic).filter(name=name).delete()


def _demand(viewer: Viewer, roles: frozenset[Role]) -> None:
    if viewer.role not in roles:
        raise RefusedError(
            "The service map is not open to you.",
            where="the service map",
            fix="ask whoever keeps it",
        )
