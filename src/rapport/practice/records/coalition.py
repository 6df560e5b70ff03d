"""The coalition: needs, what would be better, services, who does what until when.

A gap of service is never kept: it is computed from needs, matches and requests.
"""

import datetime
from enum import StrEnum

import msgspec


class Domain(StrEnum):
    """What a need is about."""

    CARE = "care"
    AIDS = "aids"
    INCOME = "income"
    HOUSING = "housing"
    WORK = "work or education"
    TRANSPORT = "transport"
    FOOD = "food"
    RESPITE = "rest for carers"
    SPECIALIST = "specialist"
    DIAGNOSIS = "diagnosis"
    EMOTIONAL = "emotional support"
    EQUIPMENT = "equipment"
    LEGAL = "legal"


class Cost(StrEnum):
    """Energy that something costs the patient."""

    NONE = "none"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class NeedState(StrEnum):
    """How far a need has come. `UNMET` is an honest end."""

    OPEN = "open"
    ACTIVE = "active"
    MET = "met"
    PARTLY = "partly met"
    UNMET = "closed, not available"
    WITHDRAWN = "withdrawn"


class Need(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A need in plain words. `why` is in the patient's own; `priority` is theirs, 1 first."""

    label: str
    domain: Domain
    why: str = ""
    priority: int | None = None
    cost: Cost | None = None
    state: NeedState = NeedState.OPEN
    first_seen: datetime.date
    closed_on: datetime.date | None = None


class DesiredResult(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What would be better, by when, and how one would know."""

    need: str
    what: str
    how_known: str = ""
    by: datetime.date | None = None


class Known(StrEnum):
    """Yes, no or not known; never guessed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """How a service can be used by somebody who is ill."""

    home_visit: Known = Known.UNKNOWN
    remote: Known = Known.UNKNOWN
    text_only: Known = Known.UNKNOWN
    lying_down: Known = Known.UNKNOWN
    low_light_and_sound: Known = Known.UNKNOWN
    short_slots: Known = Known.UNKNOWN
    flexible_non_attendance: Known = Known.UNKNOWN
    supporter_allowed: Known = Known.UNKNOWN
    written_summary: Known = Known.UNKNOWN


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a clinic's service map. Not about a patient, and so no private record.

    Each fact carries where it is from and when it was checked (`verified_on`, `verified_by`);
    older than 180 days means "check first".
    """

    id: str
    provider: str
    what: str
    domain: Domain
    area: str = ""
    cost: str = ""
    who_may_use: str = ""
    wait: str = ""
    wait_checked_on: datetime.date | None = None
    contact: str = ""
    access: Access = Access()
    pem_aware: Known = Known.UNKNOWN
    pem_source: str = ""
    pem_checked_on: datetime.date | None = None
    warnings: tuple[str, ...] = ()
    verified_on: datetime.date | None = None
    verified_by: str = ""
    fictional: bool = False


class Fits(StrEnum):
    """Whether a service fits a need."""

    FITS = "fits"
    WITH_CHANGES = "fits with changes"
    DOES_NOT_FIT = "does not fit"
    UNKNOWN = "unknown"


class GapReason(StrEnum):
    """Why a need is not met."""

    NONE_EXISTS = "none exists"
    NOT_FUNDED = "not funded"
    REFUSED = "refused"
    WAITING = "waiting"
    TOO_FAR = "too far"
    NOT_ACCESSIBLE = "not accessible"
    NOT_PEM_SAFE = "not safe with PEM"
    HARMFUL_BEFORE = "did harm before"
    PERSON_DECLINES = "the person declines"
    ELIGIBILITY = "rules of who may use it"
    LOST = "lost in handover"
    UNKNOWN = "unknown"


class Match(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Whether a service fits a need, and why; `gap` says why not. A person has decided it.

    With an empty `service`, somebody has looked and found none.
    """

    need: str
    service: str
    fits: Fits
    reasons: tuple[str, ...] = ()
    gap: GapReason | None = None
    checked_on: datetime.date


class Actor(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Somebody of the coalition. `capacity` is how much they can do, in their words.

    `account` is the id of their membership of the clinic, if they sign in.
    """

    shown_as: str
    role: str
    contact: str = ""
    capacity: str = ""
    account: str | None = None
    is_patient: bool = False


class Request(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Something asked of a service for a need. `answered_on` is None while nothing came back.

    `refused` says why, where the answer was no.
    """

    need: str
    service: str
    reason: str
    attachments: tuple[str, ...] = ()
    """What goes with it: ids of records that the patient chose."""
    sent_how: str = ""
    sent_on: datetime.date | None = None
    due: datetime.date | None = None
    answered_on: datetime.date | None = None
    answer: str = ""
    refused: GapReason | None = None


class ActionState(StrEnum):
    """How far an action has come."""

    TO_DO = "to do"
    DOING = "doing"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class Action(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What is done: a verb and an object, exactly one owner (an actor's id), one date."""

    need: str
    what: str
    owner: str
    due: datetime.date
    state: ActionState = ActionState.TO_DO
    waiting_for: str = ""
    burden: Cost = Cost.NONE
    came_of_it: str = ""
    benefit: str = ""
    next_step: str = ""


class ContactNote(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Who was asked, and what they said: short and factual."""

    need: str
    on: datetime.date
    who: str
    what: str


class Plan(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One agreed version of the coalition plan: the ids of what belongs to it.

    `text` is the plan as it was agreed, so that a later change leaves it as it was.
    """

    version: int
    agreed_on: datetime.date
    agreed_by: tuple[str, ...]
    review_on: datetime.date
    parts: tuple[str, ...] = ()
    text: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A letter made from a template. It goes nowhere before the patient approved it."""

    need: str
    template: str
    text: str
    on: datetime.date
    approved_on: datetime.date | None = None
