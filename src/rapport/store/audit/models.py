"""The entries of the audit."""

import datetime
from typing import ClassVar

from django.db import models


class Head(models.Model):
    """The end of the chain; locked while an entry is added, so that the chain has no forks."""

    hash: "models.CharField[str, str]" = models.CharField(max_length=64, default="")
    entries: "models.PositiveBigIntegerField[int, int]" = models.PositiveBigIntegerField(
        default=0
    )

    class Meta:
        """The name of the table."""

        db_table = "audit_head"


class Entry(models.Model):
    """One act. `person` is the name of the account; empty for the public and for commands.

    `detail` never holds what a member of the public wrote, nor any answer of a patient. `hash`
    is over the entry and the hash before it.
    """

    number: "models.PositiveBigIntegerField[int, int]" = models.PositiveBigIntegerField(
        primary_key=True
    )
    at: "models.DateTimeField[datetime.datetime, datetime.datetime]" = models.DateTimeField()
    person: "models.CharField[str, str]" = models.CharField(max_length=80, blank=True)
    act: "models.CharField[str, str]" = models.CharField(max_length=60)
    about: "models.CharField[str, str]" = models.CharField(max_length=400)
    detail: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField(
        default=dict
    )
    before: "models.CharField[str, str]" = models.CharField(max_length=64, blank=True)
    hash: "models.CharField[str, str]" = models.CharField(max_length=64, unique=True)

    class Meta:
        """The name of the table, which the database itself keeps from being changed."""

        db_table = "audit_entry"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["about", "number"], name="entry_about")
        ]
