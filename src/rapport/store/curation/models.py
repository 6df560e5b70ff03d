"""Questions about cards, what people read, what was released, and what the public reports."""

import datetime
from typing import ClassVar

from django.db import models

from rapport.evidence.curate.decision import Question
from rapport.evidence.curate.workflow import State
from rapport.store.audit.recording import Recorded, RecordedQuerySet
from rapport.store.people.models import Person


class Item(Recorded):
    """A question about a card. `round` is raised when it is opened again."""

    card: "models.CharField[str, str]" = models.CharField(max_length=300)
    question: "models.CharField[str, str]" = models.CharField(
        max_length=20, choices=[(q.value, q.value) for q in Question]
    )
    state: "models.CharField[str, str]" = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in State]
    )
    version: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(default=0)
    round: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(default=1)
    rules_read: "models.TextField[str, str]" = models.TextField()
    why_open: "models.TextField[str, str]" = models.TextField(blank=True)

    objects = RecordedQuerySet["Item"].as_manager()

    class Meta(Recorded.Meta):
        """One row a question."""

        db_table = "curation_item"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["card", "question"], name="one_item_a_question")
        ]


class Reading(Recorded):
    """What a person read, or decided as a third: the value, its words and, if decided, why."""

    item: "models.ForeignKey[Item, Item]" = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="readings"
    )
    round: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()
    person: "models.ForeignKey[Person, Person]" = models.ForeignKey(
        Person, on_delete=models.PROTECT
    )
    at: "models.DateTimeField[datetime.datetime, datetime.datetime]" = models.DateTimeField()
    value: "models.TextField[str, str]" = models.TextField()
    given: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField()
    words: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    reason: "models.TextField[str, str]" = models.TextField(blank=True)
    is_decision: "models.BooleanField[bool, bool]" = models.BooleanField(default=False)

    objects = RecordedQuerySet["Reading"].as_manager()

    class Meta(Recorded.Meta):
        """A person answers a question once a round."""

        db_table = "curation_reading"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["item", "round", "person"], name="one_reading_a_person_and_round"
            )
        ]


class LogLine(Recorded):
    """A line of the log of decisions, as it is exported; the table is only added to."""

    number: "models.BigAutoField[int, int]" = models.BigAutoField(primary_key=True)
    at: "models.DateTimeField[datetime.datetime, datetime.datetime]" = models.DateTimeField()
    item: "models.ForeignKey[Item, Item]" = models.ForeignKey(Item, on_delete=models.PROTECT)
    line: "models.TextField[str, str]" = models.TextField()

    objects = RecordedQuerySet["LogLine"].as_manager()

    class Meta(Recorded.Meta):
        """The name of the table, which the database itself keeps from being changed."""

        db_table = "curation_log"


class CorrectionState(models.TextChoices):
    """How far a report has come."""

    RECEIVED = "received"
    CORRECTED = "corrected"
    NOT_CHANGED = "not_changed"


class Correction(Recorded):
    """A report by a member of the public. `report` and `contact` are private and never shown.

    `answer` is what curators say about it in public; None of it is written by the reporter.
    """

    id: "models.CharField[str, str]" = models.CharField(max_length=12, primary_key=True)
    card: "models.CharField[str, str]" = models.CharField(max_length=300)
    received: "models.DateTimeField[datetime.datetime, datetime.datetime]" = (
        models.DateTimeField()
    )
    report: "models.TextField[str, str]" = models.TextField()
    contact: "models.CharField[str, str]" = models.CharField(max_length=200, blank=True)
    state: "models.CharField[str, str]" = models.CharField(
        max_length=20, choices=CorrectionState.choices, default=CorrectionState.RECEIVED
    )
    answered: "models.DateTimeField[datetime.datetime | None, datetime.datetime | None]" = (
        models.DateTimeField(null=True, blank=True)
    )
    answer: "models.TextField[str, str]" = models.TextField(blank=True)
    log_line: "models.ForeignKey[LogLine | None, LogLine | None]" = models.ForeignKey(
        LogLine, null=True, blank=True, on_delete=models.PROTECT
    )

    objects = RecordedQuerySet["Correction"].as_manager()

    class Meta(Recorded.Meta):
        """The name of the table."""

        db_table = "curation_correction"


class Sender(Recorded):
    """That somebody has just sent a report: a keyed hash of where from.

    It counts for an hour, and the first report after that takes it away.
    """

    key: "models.CharField[str, str]" = models.CharField(max_length=64, db_index=True)
    at: "models.DateTimeField[datetime.datetime, datetime.datetime]" = models.DateTimeField()

    objects = RecordedQuerySet["Sender"].as_manager()

    class Meta(Recorded.Meta):
        """The name of the table."""

        db_table = "curation_sender"
