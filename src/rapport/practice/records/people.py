"""Who takes part: the patient, those who help them to answer, the practitioner, and consents.

On screens the patient is "you" or "the person".
"""

import datetime
from enum import StrEnum

import msgspec

from rapport.knowledge.practice import ConsentKind


class Role(StrEnum):
    """What somebody is in one clinic. Nobody sees all: there is no such role."""

    PATIENT = "patient"
    SUPPORTER = "supporter"
    PRACTITIONER = "practitioner"
    COALITION_MEMBER = "coalition member"
    SERVICE_EDITOR = "service editor"
    ADMIN = "admin"
    """Accounts only, no content."""
    RESEARCHER = "researcher"
    AUDITOR = "auditor"


class Side(StrEnum):
    """The two sides of a relationship."""

    PATIENT = "patient"
    PRACTITIONER = "practitioner"


class Respondent(StrEnum):
    """Who answers in a check-in. Answers of a proxy never stand in one line with one's own."""

    SELF = "self"
    SCRIBE = "scribe"
    """The patient's own answers, read aloud and tapped by somebody else."""
    PROXY = "proxy"
    """Somebody answers in the patient's place, and only what can be observed."""
    PRACTITIONER = "practitioner"


class Profile(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What is known of a patient: no diagnosis codes, no address, no date of birth.

    `contact` is where the link is sent. `severe` is ticked by the practitioner (SR6).
    `conditions` are ids of what makes a visit possible (dim light, lying down, ...).
    """

    shown_as: str
    contact: str = ""
    language: str = "en-GB"
    severe: bool = False
    conditions: tuple[str, ...] = ()
    weekly_line: bool = False
    """The patient wants one line a week on what others do for them."""
    decided_by: str = ""
    """Who says yes or no in the patient's place; empty where the patient decides."""
    basis: str = ""
    """On what ground: an id of the text `deciding`."""


class Allowed(StrEnum):
    """What a patient can let a supporter see beside the check-ins they help with."""

    CHECK_INS = "check-ins"
    STORY = "story"
    PLAN = "needs and plan"


class Supporter(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Somebody who helps the patient to answer, for a time. `cut_on` ends it at once (SR8).

    `sees` is what the patient lets them see beside the check-ins they help with.
    """

    shown_as: str
    relation: str
    respondent: Respondent
    until: datetime.date
    cut_on: datetime.date | None = None
    sees: tuple[Allowed, ...] = ()


class Consent(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One consent. `about` is the id of the pair, of the supporter, or of the actor; `need` that
    of the need, or of the version of the story, that the actor may see.

    `text` is the id of the text that was shown, `version` its version. `decided_by` and `basis`
    are those of the profile when it was given.
    """

    consent: ConsentKind
    text: str
    version: int
    given_at: datetime.datetime
    method: str
    about: str | None = None
    need: str | None = None
    withdrawn_at: datetime.datetime | None = None
    decided_by: str = ""
    basis: str = ""


class SafetyMark(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a practitioner or a patient ticked that a safety rule answers to: its id and the day."""

    rule: str
    by: Side
    on: datetime.date
    closed_on: datetime.date | None = None
