"""Accounts: made by a command, set up by the person, locked after wrong tries.

Nobody has a role before they have a second factor: `signed_in` is two steps.
"""

import datetime
from collections.abc import Iterable
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from rapport.core.errors import UserError
from rapport.evidence.curate.workflow import Role
from rapport.store.audit.recording import Act, recording
from rapport.store.people import second_factor
from rapport.store.people.models import Person, tidy_name

MOST_WRONG_TRIES = 5
LOCKED_FOR = datetime.timedelta(minutes=15)
SHORTEST_PASSWORD = 12
"""Characters; length counts for more than odd signs (NIST SP 800-63B)."""


class NotAllowedError(UserError):
    """The account cannot do this; the reason is said without saying whether it exists."""

    code = "not-allowed"


class _SetUpLink(PasswordResetTokenGenerator):
    """Links that end when they are used or after PASSWORD_RESET_TIMEOUT seconds."""

    key_salt = "rapport.store.people.set-up"


_LINK = _SetUpLink()


def add(name: str, shown_as: str, roles: Iterable[Role], at: datetime.datetime) -> Person:
    """A new account without a password; `set_up_link` lets its person choose one.

    Raises: NotAllowedError for a name that is taken.
    """
    tidy = tidy_name(name)
    if not tidy or Person.objects.filter(name=tidy).exists():
        raise NotAllowedError(
            f"There is an account called {tidy!r} already." if tidy else "A name is missing.",
            where="NAME",
            fix="choose another name",
        )
    person = Person(name=tidy, shown_as=shown_as, roles=sorted(role.value for role in roles))
    person.password = make_password(None)
    with recording(Act(act="account added", about=tidy, at=at)):
        person.save()
    return person


def named(name: str) -> Person:
    """The account of a name. Raises: NotAllowedError if there is none."""
    person = Person.objects.filter(name=tidy_name(name)).first()
    if person is None:
        raise NotAllowedError(
            f"There is no account called {name!r}.",
            where="NAME",
            fix="list the accounts with `rapport people list`",
        )
    return person


def set_roles(person: Person, roles: Iterable[Role], at: datetime.datetime) -> None:
    """Give a person these roles and no others."""
    person.roles = sorted(role.value for role in roles)
    with recording(Act(act="roles set", about=person.name, at=at)):
        person.save()


def close(person: Person, at: datetime.datetime) -> None:
    """End an account; what its person decided stays, under the name it was published."""
    person.is_active = False
    with recording(Act(act="account closed", about=person.name, at=at)):
        person.save()
        second_factor.remove(person)


def renew(person: Person, at: datetime.datetime) -> None:
    """Take password and second factor away, for a person who has lost one of them."""
    person.password = make_password(None)
    person.wrong_tries, person.locked_until = 0, None
    with recording(Act(act="account renewed", about=person.name, at=at)):
        person.save()
        second_factor.remove(person)


def set_up_link(person: Person) -> str:
    """What follows /set-up/ in the address at which the person sets the account up."""
    return f"{person.pk}-{_LINK.make_token(person)}"


def of_link(link: str) -> Person | None:
    """Whose link it is; None for one that is wrong, used or too old."""
    key, _, token = link.partition("-")
    person = Person.objects.filter(pk=key).first() if key.isdecimal() else None
    usable = person is not None and person.is_active and _LINK.check_token(person, token)
    return person if usable else None


def set_password(person: Person, password: str, at: datetime.datetime) -> None:
    """Raises: NotAllowedError for a password that is too short or is the name."""
    if len(password) < SHORTEST_PASSWORD or person.name in password.lower():
        raise NotAllowedError(
            f"This password is too easy to guess. It needs at least {SHORTEST_PASSWORD} "
            "characters and must not hold your name.",
            where="password",
            fix="take four or more words that do not belong together",
        )
    person.set_password(password)
    person.wrong_tries, person.locked_until = 0, None
    with recording(Act(act="password set", about=person.name, person=person.name, at=at)):
        person.save()


def with_password(name: str, password: str, at: datetime.datetime) -> Person | None:
    """The person whose name and password these are; None for any reason to say no.

    It takes as long for a name that does not exist. After too many wrong tries the account
    waits, whatever is tried.
    """
    person = Person.objects.filter(name=tidy_name(name), is_active=True).first()
    kept = person.password if person is not None else _nobody()
    is_right = check_password(password, kept)
    if person is None or (person.locked_until is not None and person.locked_until > at):
        return None
    if not is_right:
        _count_wrong_try(person, at)
        return None
    if person.wrong_tries:
        person.wrong_tries, person.locked_until = 0, None
        with recording(Act(act="signed in after wrong tries", about=person.name, at=at)):
            person.save()
    return person


def _count_wrong_try(person: Person, at: datetime.datetime) -> None:
    person.wrong_tries += 1
    is_full = person.wrong_tries >= MOST_WRONG_TRIES
    if is_full:
        person.wrong_tries, person.locked_until = 0, at + LOCKED_FOR
    act = "account locked for a while" if is_full else "wrong password"
    with recording(Act(act=act, about=person.name, at=at)):
        person.save()


@cache
def _nobody() -> str:
    """A hash that no password fits, made the same way as a real one."""
    return make_password("nobody")
