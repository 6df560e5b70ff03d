"""The account of a person."""

import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from rapport.evidence.curate.workflow import Role
from rapport.store.audit.recording import Recorded, RecordedQuerySet


class People(BaseUserManager["Person"]):
    """The accounts, found by the name people sign in with."""

    def get_queryset(self) -> RecordedQuerySet["Person"]:
        """Accounts that are only changed with an entry in the audit."""
        return RecordedQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The account of a name; case and spaces around it do not matter."""
        return self.get(name=tidy_name(username or ""))


class Person(AbstractBaseUser, Recorded):
    """A person with an account. `shown_as` is the name under which decisions are published."""

    name: "models.CharField[str, str]" = models.CharField(max_length=80, unique=True)
    shown_as: "models.CharField[str, str]" = models.CharField(max_length=120)
    roles: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    # The base class has it as a plain value.
    is_active: "models.BooleanField[bool, bool]" = models.BooleanField(default=True)  # pyright: ignore[reportIncompatibleVariableOverride]
    wrong_tries: "models.PositiveSmallIntegerField[int, int]" = (
        models.PositiveSmallIntegerField(default=0)
    )
    locked_until: "models.DateTimeField[datetime.datetime | None, datetime.datetime | None]" = (
        models.DateTimeField(null=True, blank=True)
    )

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["shown_as"]

    objects: "ClassVar[People]" = People()

    class Meta(AbstractBaseUser.Meta, Recorded.Meta):
        """The name of the table."""

        db_table = "person"

    @property
    def role_set(self) -> frozenset[Role]:
        """What the person may do."""
        return frozenset(Role(role) for role in self.roles)


class WrongTry(Recorded):
    """That somebody has just tried a wrong password: a keyed hash of where from.

    It counts for a quarter of an hour, and the first wrong try after that takes it away. Which
    name was tried is not kept here.
    """

    key: "models.CharField[str, str]" = models.CharField(max_length=64, db_index=True)
    at: "models.DateTimeField[datetime.datetime, datetime.datetime]" = models.DateTimeField()

    objects = RecordedQuerySet["WrongTry"].as_manager()

    class Meta(Recorded.Meta):
        """The name of the table."""

        db_table = "person_wrong_try"


def tidy_name(text: str) -> str:
    """A name as it is kept: lower case, without spaces around it."""
    return text.strip().lower()
