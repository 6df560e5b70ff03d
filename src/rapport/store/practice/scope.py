"""The one way to the rows: through the clinic that asks. Two clinics never see each other.

No other module of the package asks a table for rows; a test reads the code for it. What comes
without a clinic (a link somebody holds, a device, an account) is looked up here, and tells it.
"""

import base64
import secrets
from typing import Any, TypeVar

from django.db import models

from rapport.core.errors import UserError
from rapport.store.audit.recording import Recorded
from rapport.store.practice.models import (
    Clinic,
    Device,
    Link,
    Membership,
    Patient,
    StoreKey,
)

R = TypeVar("R", bound=Recorded)
_ID_BYTES = 15


class NotThereError(UserError):
    """What is asked for is not there, or not for the one who asks: the two are not told apart."""

    code = "not-there"


class RefusedError(UserError):
    """What was asked for is not done, and why."""

    code = "refused"


def rows(model: type[R], clinic: str) -> models.QuerySet[R]:
    """The rows of a clinic."""
    manager: Any = model._default_manager  # each model has its own
    found: models.QuerySet[R] = manager.filter(clinic_id=clinic)
    return found


def row(model: type[R], clinic: str, name: str) -> R:
    """One row of a clinic. Raises: NotThereError."""
    found = rows(model, clinic).filter(pk=name).first()
    if found is None:
        raise not_there()
    return found


def link_of(hashed: str) -> Link | None:
    """The link whose token has this hash, of whatever clinic."""
    return Link.objects.filter(hash=hashed).first()


def device(name: str) -> Device | None:
    """A device by its id, of whatever clinic."""
    return Device.objects.filter(pk=name).first()


def memberships_of(person: int) -> models.QuerySet[Membership]:
    """The open memberships of an account, of whatever clinic, in a steady order."""
    found = Membership.objects.filter(person_id=person, is_open=True, person__is_active=True)
    return found.select_related("clinic", "person").order_by("clinic__name", "role")


def demo_membership(name: str) -> Membership | None:
    """An open membership of a demo clinic."""
    return Membership.objects.filter(pk=name, is_open=True, clinic__is_demo=True).first()


def demo_clinic_of(patient: str) -> str | None:
    """The clinic of a patient, if it is a demo clinic."""
    found = Patient.objects.filter(pk=patient, clinic__is_demo=True).first()
    return None if found is None else found.clinic_id


def every_clinic() -> models.QuerySet[Clinic]:
    """All clinics: for whoever keeps the server, and no page."""
    return Clinic.objects.order_by("name")


def every_patient() -> models.QuerySet[Patient]:
    """All patients' keys, for the command that wraps them anew, and no page."""
    return Patient.objects.order_by("pk")


def store_key() -> StoreKey | None:
    """Which key patients' keys are wrapped with; None as long as there is no patient."""
    return StoreKey.objects.first()


def not_there() -> NotThereError:
    """The error for what is not there, or not to be seen."""
    return NotThereError(
        "There is nothing here for you.",
        where="the practice pages",
        fix="go back to your first page",
    )


def new_id() -> str:
    """A random id that means nothing and cannot be guessed: 24 letters and digits."""
    return base64.b32encode(secrets.token_bytes(_ID_BYTES)).decode().lower()
