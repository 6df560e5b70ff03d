"""The tables of the practice wing. What a record says is sealed; ids are random and mean nothing.

Every row belongs to one clinic. Rows are only reached through `scope`.
"""

import datetime
from typing import Any, ClassVar, TypeAlias

from django.db import models

from rapport.practice.records.people import Role
from rapport.store.audit.recording import Recorded, RecordedQuerySet
from rapport.store.people.models import Person

Text: TypeAlias = "models.CharField[str, str]"
Time: TypeAlias = "models.DateTimeField[datetime.datetime, datetime.datetime]"
MaybeTime: TypeAlias = (
    "models.DateTimeField[datetime.datetime | None, datetime.datetime | None]"
)
_ID: dict[str, Any] = {"max_length": 26}


class Clinic(Recorded):
    """A clinic. `country` names its country pack: an id or a file. Nobody real is in a demo clinic.

    `inbox` is the e-mail address that is told when somebody asks for help now; empty for none.
    """

    id: "Text" = models.CharField(primary_key=True, **_ID)
    name: "Text" = models.CharField(max_length=120, unique=True)
    country: "Text" = models.CharField(max_length=400, blank=True)
    is_demo: "models.BooleanField[bool, bool]" = models.BooleanField(default=False)
    inbox: "Text" = models.CharField(max_length=254, blank=True, default="")
    made_at: "Time" = models.DateTimeField()

    objects = RecordedQuerySet["Clinic"].as_manager()

    class Meta(Recorded.Meta):
        """The name of the table."""

        db_table = "practice_clinic"


class OfClinic(Recorded):
    """A row of one clinic."""

    id: "Text" = models.CharField(primary_key=True, **_ID)
    clinic: "models.ForeignKey[Clinic, Clinic]" = models.ForeignKey(
        Clinic, on_delete=models.PROTECT
    )
    clinic_id: str

    class Meta(Recorded.Meta):
        """No table of its own."""

        abstract = True


class StoreKey(Recorded):
    """The mark of the key of the store that patients' keys are wrapped with: one row."""

    id: "models.PositiveSmallIntegerField[int, int]" = models.PositiveSmallIntegerField(
        primary_key=True, default=1
    )
    mark: "models.BinaryField[bytes, bytes]" = models.BinaryField()

    objects = RecordedQuerySet["StoreKey"].as_manager()

    class Meta(Recorded.Meta):
        """The name of the table."""

        db_table = "practice_store_key"


class Membership(OfClinic):
    """That an account has one role in one clinic.

    `gives_to_research`: a practitioner lets their own side of check-ins be exported.
    """

    person: "models.ForeignKey[Person, Person]" = models.ForeignKey(
        Person, on_delete=models.PROTECT
    )
    role: "Text" = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    is_open: "models.BooleanField[bool, bool]" = models.BooleanField(default=True)
    gives_to_research: "models.BooleanField[bool, bool]" = models.BooleanField(default=False)

    objects = RecordedQuerySet["Membership"].as_manager()

    class Meta(OfClinic.Meta):
        """An account has a role once in a clinic."""

        db_table = "practice_membership"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["clinic", "person", "role"], name="one_membership_a_role"
            )
        ]


class Patient(OfClinic):
    """A patient: no name, only the key that seals what is kept, itself wrapped."""

    wrapped: "models.BinaryField[bytes, bytes]" = models.BinaryField()
    counted: "models.BinaryField[bytes, bytes]" = models.BinaryField(default=b"")
    """What they were counted in when gaps were last counted, sealed like a record."""
    made_at: "Time" = models.DateTimeField()

    objects = RecordedQuerySet["Patient"].as_manager()

    class Meta(OfClinic.Meta):
        """The name of the table."""

        db_table = "practice_patient"


class OfPatient(OfClinic):
    """A row about one patient."""

    patient: "models.ForeignKey[Patient, Patient]" = models.ForeignKey(
        Patient, on_delete=models.PROTECT
    )
    patient_id: str

    class Meta(OfClinic.Meta):
        """No table of its own."""

        abstract = True


class Pair(OfPatient):
    """A patient and a practitioner, until it ends."""

    practitioner: "models.ForeignKey[Membership, Membership]" = models.ForeignKey(
        Membership, on_delete=models.PROTECT
    )
    practitioner_id: str
    made_at: "Time" = models.DateTimeField()
    ended_at: "MaybeTime" = models.DateTimeField(null=True, blank=True)

    objects = RecordedQuerySet["Pair"].as_manager()

    class Meta(OfPatient.Meta):
        """The name of the table."""

        db_table = "practice_pair"


class Record(OfPatient):
    """One thing that is kept, sealed. `slot` is what there is one of, such as a draft.

    `found_by` is how a record is found across patients: the membership that an actor of the
    coalition signs in with, or that somebody agreed to research.
    """

    pair: "models.ForeignKey[Pair | None, Pair | None]" = models.ForeignKey(
        Pair, null=True, blank=True, on_delete=models.PROTECT
    )
    pair_id: str | None
    kind: "Text" = models.CharField(max_length=30)
    author_role: "Text" = models.CharField(max_length=20)
    author_id: "Text" = models.CharField(**_ID)
    made_at: "Time" = models.DateTimeField()
    changed_at: "Time" = models.DateTimeField()
    version: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(default=1)
    slot: "models.CharField[str | None, str | None]" = models.CharField(
        max_length=160, null=True, blank=True, unique=True
    )
    found_by: "Text" = models.CharField(blank=True, db_index=True, **_ID)
    sealed: "models.BinaryField[bytes, bytes]" = models.BinaryField()

    objects = RecordedQuerySet["Record"].as_manager()

    class Meta(OfPatient.Meta):
        """Found by patient and kind."""

        db_table = "practice_record"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["patient", "kind"], name="record_patient_kind")
        ]


class Link(OfPatient):
    """A way in for a patient or a supporter: kept as a hash, for one purpose, until it ends."""

    hash: "Text" = models.CharField(max_length=64, unique=True)
    supporter: "Text" = models.CharField(blank=True, **_ID)
    pair: "models.ForeignKey[Pair | None, Pair | None]" = models.ForeignKey(
        Pair, null=True, blank=True, on_delete=models.PROTECT
    )
    pair_id: str | None
    purpose: "Text" = models.CharField(max_length=20)
    made_at: "Time" = models.DateTimeField()
    expires_at: "Time" = models.DateTimeField()
    used_at: "MaybeTime" = models.DateTimeField(null=True, blank=True)
    ended_at: "MaybeTime" = models.DateTimeField(null=True, blank=True)
    asked_at: "MaybeTime" = models.DateTimeField(null=True, blank=True)
    """When somebody who holds it asked the clinic for a way back, after it had run out."""

    objects = RecordedQuerySet["Link"].as_manager()

    class Meta(OfPatient.Meta):
        """The name of the table."""

        db_table = "practice_link"


class Device(OfPatient):
    """A device on which a patient or a supporter is signed in."""

    supporter: "Text" = models.CharField(blank=True, **_ID)
    started_at: "Time" = models.DateTimeField()
    expires_at: "Time" = models.DateTimeField()
    ended_at: "MaybeTime" = models.DateTimeField(null=True, blank=True)
    asked_at: "MaybeTime" = models.DateTimeField(null=True, blank=True)
    """When a fresh link was last opened on it, for an export or for erasing."""

    objects = RecordedQuerySet["Device"].as_manager()

    class Meta(OfPatient.Meta):
        """The name of the table."""

        db_table = "practice_device"


class Service(Recorded):
    """A line of a clinic's service map: not about a patient, and so not sealed.

    `name` is the id the clinic gave it.
    """

    clinic: "models.ForeignKey[Clinic, Clinic]" = models.ForeignKey(
        Clinic, on_delete=models.PROTECT
    )
    name: "Text" = models.CharField(max_length=80)
    body: "models.BinaryField[bytes, bytes]" = models.BinaryField()
    changed_at: "Time" = models.DateTimeField()

    objects = RecordedQuerySet["Service"].as_manager()

    class Meta(Recorded.Meta):
        """A name stands once in a clinic."""

        db_table = "practice_service"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["clinic", "name"], name="one_service_a_name")
        ]


class GapReport(OfClinic):
    """The numbers of one quarter of what people lack: each of enough people to be shown."""

    quarter: "Text" = models.CharField(max_length=7)
    on: "models.DateField[datetime.date, datetime.date]" = models.DateField()
    numbers: "models.BinaryField[bytes, bytes]" = models.BinaryField()

    objects = RecordedQuerySet["GapReport"].as_manager()

    class Meta(OfClinic.Meta):
        """One a quarter."""

        db_table = "practice_gap_report"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["clinic", "quarter"], name="one_report_a_quarter")
        ]


class Tombstone(OfClinic):
    """That a patient was erased: when, and how many records of which kind; the id was theirs."""

    at: "Time" = models.DateTimeField()
    counts: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)

    objects = RecordedQuerySet["Tombstone"].as_manager()

    class Meta(OfClinic.Meta):
        """The name of the table."""

        db_table = "practice_tombstone"
