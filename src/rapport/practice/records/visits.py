"""Visits: what was talked about, what it did, and the patient's own story."""

import datetime
from enum import StrEnum

import msgspec

from rapport.practice.records.people import Side


class Worse(StrEnum):
    """Whether something made things worse."""

    NO = "no"
    A_LITTLE = "a little"
    MUCH = "much"


class Visit(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A visit or other contact: the day, the result it rests on, the card that was used."""

    on: datetime.date
    result: str | None = None
    cards: tuple[int, ...] = ()


class AfterVisit(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Three taps of one side after a visit; None is not answered."""

    visit: str
    side: Side
    on: datetime.date
    talked: bool | None = None
    useful: bool | None = None
    worse: Worse | None = None


class TwoDaysLater(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the patient says about 48 hours later, of a visit or of a check-in (its id)."""

    about: str
    on: datetime.date
    worse: Worse


class Harm(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """ "This made things worse": a line of the harm log (SR12)."""

    side: Side
    on: datetime.date
    what: str
    about: str | None = None
    reviewed_on: datetime.date | None = None
    review: str = ""


class Story(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The one-page story (card 5), one version. Shown to others once the patient approved it."""

    text: str
    version: int
    on: datetime.date
    approved_on: datetime.date | None = None


class Promise(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the practitioner wants to do or learn until a day (cards 3 and 4)."""

    what: str
    due: datetime.date
    done_on: datetime.date | None = None
    what_came: str = ""
