"""Clinics and who belongs to them: made by commands, or by the clinic's own admin."""

import datetime
from collections.abc import Iterable

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from rapport.practice.records.people import Role
from rapport.practice.visibility.viewer import Viewer
from rapport.store.audit.recording import Act, recording
from rapport.store.people.models import Person
from rapport.store.practice import models
from rapport.store.practice.scope import (
    NotThereError,
    RefusedError,
    demo_membership,
    every_clinic,
    memberships_of,
    new_id,
    row,
    rows,
)

STAFF = tuple(role for role in Role if role not in (Role.PATIENT, Role.SUPPORTER))
"""The roles that an account can have; patients and supporters have links."""
_LONGEST = 120


class Clinic(msgspec.Struct, frozen=True, kw_only=True):
    """A clinic; `country` names its country pack: an id or a file.

    `inbox` is the e-mail address that is told when somebody asks for help now; empty for none.
    """

    id: str
    name: str
    country: str
    is_demo: bool = False
    inbox: str = ""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One role of one account in a clinic."""

    id: str
    name: str
    shown_as: str
    role: Role
    is_open: bool
    gives_to_research: bool


def add(name: str, country: str, at: datetime.datetime, *, is_demo: bool = False) -> Clinic:
    """A new clinic. Raises: RefusedError for a name that is taken, missing or too long."""
    shown = " ".join(name.split())
    if not 0 < len(shown) <= _LONGEST:
        raise RefusedError(
            "The name is missing or too long.",
            where="NAME",
            fix=f"take up to {_LONGEST} characters",
        )
    made = models.Clinic(id=new_id(), name=shown, country=country, made_at=at, is_demo=is_demo)
    with recording(Act(act="clinic added", about=made.id, at=at)):
        if every_clinic().filter(name=shown).exists():
            raise RefusedError(
                "There is a clinic of that name.", where="NAME", fix="choose another name"
            )
        made.save(force_insert=True)
    return _clinic(made)


def every() -> tuple[Clinic, ...]:
    """All clinics, by name: for whoever keeps the server."""
    return tuple(map(_clinic, every_clinic()))


def named(name: str) -> Clinic:
    """A clinic by its name. Raises: NotThereError."""
    found = every_clinic().filter(name=" ".join(name.split())).first()
    if found is None:
        raise NotThereError(
            "There is no clinic of that name.",
            where="CLINIC",
            fix="list the clinics with `rapport clinic list`",
        )
    return _clinic(found)


def of(viewer: Viewer) -> Clinic:
    """The clinic of whoever asks."""
    return _clinic(every_clinic().get(pk=viewer.clinic))


def set_member(
    clinic: str,
    person: Person,
    role: Role,
    *,
    at: datetime.datetime,
    by: str = "",
    is_open: bool = True,
) -> Member:
    """Give an account a role in a clinic, or end it; a role that ended can be given again.

    Raises: RefusedError for a role that no account can have.
    """
    if role not in STAFF:
        raise RefusedError(
            "Patients and supporters have links, not accounts.",
            where="the role",
            fix="let a practitioner invite the person",
        )
    act = Act(
        act="member set",
        about=clinic,
        at=at,
        person=by,
        detail={"role": role.value, "open": is_open, "account": person.pk},
    )
    with recording(act) as detail:
        there = rows(models.Membership, clinic).filter(person=person, role=role.value).first()
        if there is None:
            there = models.Membership(
                id=new_id(), clinic_id=clinic, person=person, role=role.value
            )
        there.is_open = is_open
        there.save()
        detail["member"] = there.pk
    return _member(there)


def give_to_research(viewer: Viewer, gives: bool, at: datetime.datetime) -> None:
    """A practitioner's own choice: whether their side of check-ins may be exported."""
    act = Act(
        act="own side to research",
        about=viewer.clinic,
        at=at,
        person=viewer.id,
        detail={"gives": gives},
    )
    with recording(act):
        there = row(models.Membership, viewer.clinic, viewer.id)
        there.gives_to_research = gives
        there.save(update_fields=["gives_to_research"])


def set_inbox(viewer: Viewer, address: str, at: datetime.datetime) -> None:
    """Where the viewer's clinic is told that somebody asks for help now; empty to end it.

    Raises: RefusedError for anybody but its admin, and for what is no e-mail address.
    """
    if viewer.role is not Role.ADMIN:
        raise RefusedError(
            "Only the clinic's admin can do this.", where="the address", fix="ask the admin"
        )
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise RefusedError(
                "This is no e-mail address.", where="the address", fix="write it anew"
            ) from None
    act = Act(
        act="inbox set",
        about=viewer.clinic,
        at=at,
        person=viewer.id,
        detail={"role": viewer.role.value, "is_named": bool(address)},
    )
    with recording(act):
        there = every_clinic().get(pk=viewer.clinic)
        there.inbox = address
        there.save(update_fields=["inbox"])


def members(clinic: str) -> tuple[Member, ...]:
    """Everybody with a role in a clinic, also where it ended; by name and role."""
    found = rows(models.Membership, clinic).select_related("person")
    return tuple(map(_member, found.order_by("person__name", "role")))


def member(clinic: str, name: str) -> Member:
    """One membership by its id. Raises: NotThereError."""
    return _member(row(models.Membership, clinic, name))


def viewers_of(person: Person) -> tuple[tuple[Clinic, Viewer], ...]:
    """Everything that an account is, clinic by clinic; one viewer for each role."""
    return tuple(
        (
            _clinic(each.clinic),
            Viewer(clinic=each.clinic_id, role=Role(each.role), id=each.pk),
        )
        for each in memberships_of(person.pk)
    )


def viewer_of_demo(name: str) -> Viewer | None:
    """A member of a demo clinic by their id, without any sign-in; None for everybody else."""
    found = demo_membership(name)
    if found is None:
        return None
    return Viewer(clinic=found.clinic_id, role=Role(found.role), id=found.pk)


def _clinic(there: models.Clinic) -> Clinic:
    return Clinic(
        id=there.pk,
        name=there.name,
        country=there.country,
        is_demo=there.is_demo,
        inbox=there.inbox,
    )


def _member(there: models.Membership) -> Member:
    return Member(
        id=there.pk,
        name=there.person.name,
        shown_as=there.person.shown_as,
        role=Role(there.role),
        is_open=there.is_open and there.person.is_active,
        gives_to_research=there.gives_to_research,
    )


def names(clinic: str, ids: Iterable[str]) -> dict[str, str]:
    """How members are shown, by id."""
    found = rows(models.Membership, clinic).filter(pk__in=list(ids)).select_related("person")
    return {each.pk: each.person.shown_as for each in found}
