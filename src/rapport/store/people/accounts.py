"""Accounts: made by a command, set up by the person, locked after wrong tries.

Nobody has a role before they have a second factor. What changes an account reads it inside the
recording: two that change it at once must not undo one another.
"""

import datetime
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError

from rapport.core.errors import UserError
from rapport.evidence.curate.workflow import Role
from rapport.store.audit.recording import Act, recording
from rapport.store.people import second_factor
from rapport.store.people.models import Person, WrongTry, tidy_name

MOST_WRONG_TRIES = 5
MOST_FROM_ONE_SENDER = 20
"""Wrong tries in a quarter of an hour: more than a team behind one address makes by mistake, far
too few to try one password on many names."""
LOCKED_FOR = datetime.timedelta(minutes=15)
SHORTEST_PASSWORD = 12
"""Characters; length counts for more than odd signs (NIST SP 800-63B)."""
LONGEST_NAME = 80
LONGEST_SHOWN_AS = 120
_WELL_KNOWN = CommonPasswordValidator()


class NotAllowedError(UserError):
    """The account cannot do this; the reason is said without saying whether it exists."""

    code = "not-allowed"


class _SetUpLink(PasswordResetTokenGenerator):
    """Links that end when they are used or after PASSWORD_RESET_TIMEOUT seconds."""

    key_salt = "rapport.store.people.set-up"


_LINK = _SetUpLink()


def add(name: str, shown_as: str, roles: Iterable[Role], at: datetime.datetime) -> Person:
    """A new account without a password; `set_up_link` lets its person choose one.

    Raises: NotAllowedError for a name that is taken, missing or too long.
    """
    tidy, shown = tidy_name(name), " ".join(shown_as.split())
    if not (0 < len(tidy) <= LONGEST_NAME and 0 < len(shown) <= LONGEST_SHOWN_AS):
        raise NotAllowedError(
            "A name is missing or too long.",
            where="NAME",
            fix=f"take up to {LONGEST_NAME} characters to sign in with, and up to "
            f"{LONGEST_SHOWN_AS} to be shown as",
        )
    has = sorted({role.value for role in roles})
    with recording(Act(act="account added", about=tidy, at=at, detail={"roles": has})):
        if Person.objects.filter(name=tidy).exists():
            raise NotAllowedError(
                f"There is an account called {tidy!r} already.",
                where="NAME",
                fix="choose another name",
            )
        person = Person(name=tidy, shown_as=shown, roles=has, password=make_password(None))
        person.save(force_insert=True)
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
    """Give a person these roles and no others, from the next page they open."""
    has = sorted({role.value for role in roles})
    with recording(Act(act="roles set", about=person.name, at=at, detail={"roles": has})):
        _change(person, roles=has)


def close(person: Person, at: datetime.datetime) -> None:
    """End an account, also where it is signed in; what its person decided stays, and the name."""
    with recording(Act(act="account closed", about=person.name, at=at)):
        _change(person, is_active=False)
        second_factor.remove(person)


def renew(person: Person, at: datetime.datetime) -> None:
    """Take password and second factor away, for a person who has lost one of them.

    Raises: NotAllowedError for a closed account.
    """
    with recording(Act(act="account renewed", about=person.name, at=at)):
        person.refresh_from_db()
        if not person.is_active:
            raise NotAllowedError(
                "This account is closed.", where=person.name, fix="add a new account"
            )
        _change(person, password=make_password(None), wrong_tries=0, locked_until=None)
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
    """Raises: NotAllowedError for a password that is easy to guess, or an account that changed."""
    if (
        len(password) < SHORTEST_PASSWORD
        or person.name in password.lower()
        or _is_well_known(password)
    ):
        raise NotAllowedError(
            f"This password is too easy to guess. It needs at least {SHORTEST_PASSWORD} "
            "characters and must not hold your name.",
            where="password",
            fix="take four or more words that do not belong together",
        )
    before, made = person.password, make_password(password)
    with recording(Act(act="password set", about=person.name, person=person.name, at=at)):
        person.refresh_from_db()
        if not person.is_active or person.password != before:
            raise NotAllowedError(
                "Somebody has used this address just now.",
                where="password",
                fix="ask for a new address if it was not you",
            )
        _change(person, password=made, wrong_tries=0, locked_until=None)


def with_password(
    name: str, password: str, at: datetime.datetime, *, sender: str = ""
) -> Person | None:
    """The person whose name and password these are; None for any reason to say no.

    It takes as long for a name that does not exist. After too many wrong tries the account
    waits, whatever is tried, and so does whoever sent too many of them, whatever the names.
    `sender` is a keyed hash of where the try comes from; "" where that is not known.
    """
    person = Person.objects.filter(name=tidy_name(name), is_active=True).first()
    kept = person.password if person is not None else _nobody()
    is_right = check_password(password, kept)
    if _has_tried_enough(sender, at):
        return None
    if person is None or not is_right or _is_locked(person, at):
        _count_sender(sender, at)
        if person is not None and not is_right:
            _count_wrong_try(person, at)
        return None
    if person.wrong_tries:
        with recording(Act(act="right password after wrong ones", about=person.name, at=at)):
            _change(person, wrong_tries=0, locked_until=None)
    return person


def _has_tried_enough(sender: str, at: datetime.datetime) -> bool:
    recent = WrongTry.objects.filter(key=sender, at__gt=at - LOCKED_FOR)
    return bool(sender) and recent.count() >= MOST_FROM_ONE_SENDER


def _count_sender(sender: str, at: datetime.datetime) -> None:
    """The audit tells that somebody was wrong, and neither who nor where from."""
    if sender:
        with recording(Act(act="wrong name or password", about="sign-in", at=at)):
            WrongTry.objects.filter(at__lte=at - LOCKED_FOR).delete()
            WrongTry(key=sender, at=at).save()


def _is_locked(person: Person, at: datetime.datetime) -> bool:
    return person.locked_until is not None and person.locked_until > at


def _count_wrong_try(person: Person, at: datetime.datetime) -> None:
    """Tries that come at once are all counted, but for those after the account was locked."""
    with recording(Act(act="wrong password", about=person.name, at=at)) as detail:
        person.refresh_from_db()
        if _is_locked(person, at):
            return
        tries = person.wrong_tries + 1
        detail["locked"] = tries >= MOST_WRONG_TRIES
        if tries >= MOST_WRONG_TRIES:
            _change(person, wrong_tries=0, locked_until=at + LOCKED_FOR)
        else:
            _change(person, wrong_tries=tries)


def _change(person: Person, **values: Any) -> None:
    """Write these columns and no others: the rest may have changed since it was read."""
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))


def _is_well_known(password: str) -> bool:
    try:
        _WELL_KNOWN.validate(password)
    except ValidationError:
        return True
    return False


@cache
def _nobody() -> str:
    """A hash that no password fits, made the same way as a real one."""
    return make_password("nobody")
