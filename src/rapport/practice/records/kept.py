"""A record as it is kept: of which clinic and patient, by whom, since when."""

import datetime

import msgspec

from rapport.practice.records.check_ins import CheckIn, Comment, HelpSeen, Result
from rapport.practice.records.coalition import (
    Action,
    Actor,
    ContactNote,
    DesiredResult,
    Letter,
    Match,
    Need,
    Plan,
    Request,
)
from rapport.practice.records.drafts import Draft
from rapport.practice.records.people import Consent, Profile, Role, SafetyMark, Supporter
from rapport.practice.records.visits import (
    AfterVisit,
    Harm,
    Promise,
    Story,
    TwoDaysLater,
    Visit,
)

Record = (
    Profile
    | Supporter
    | Consent
    | SafetyMark
    | CheckIn
    | Result
    | HelpSeen
    | Comment
    | Visit
    | AfterVisit
    | TwoDaysLater
    | Harm
    | Story
    | Promise
    | Need
    | DesiredResult
    | Match
    | Actor
    | Request
    | Action
    | ContactNote
    | Plan
    | Letter
    | Draft
)
"""Every kind there is. A kind without a rule of who may see it, or without a place in the
person's export, fails a test."""


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote it. `id` is that of the membership of a clinic, the patient or the supporter."""

    role: Role
    id: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One record with where it belongs. `pair` is the relationship it is part of, if of one."""

    id: str
    clinic: str
    patient: str
    pair: str | None
    author: Author
    made_at: datetime.datetime
    changed_at: datetime.datetime
    record: Record
