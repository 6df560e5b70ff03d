"""Check-ins of both sides, and what was seen in them together."""

import datetime
from enum import StrEnum

import msgspec

from rapport.practice.records.people import Respondent, Side
from rapport.scoring.check_in import CheckIn as Scored


class Length(StrEnum):
    """How much is asked. `ONE_A_DAY` is the short one, spread over days."""

    FULL = "full"
    SHORT = "short"
    ONE_A_DAY = "one a day"


class Entered(StrEnum):
    """How the answers came."""

    SCREEN = "screen"
    PAPER = "paper"


class Share(StrEnum):
    """What the patient lets the practitioner see of one challenge."""

    BANDS = "bands only"
    ANSWERS = "answers"


class Reveal(StrEnum):
    """Whether one side wants to see both sides' answers together."""

    OPEN = "not yet said"
    AGREED = "agreed"
    DECLINED = "declined"


class Band(StrEnum):
    """What is shown of a challenge whose answers are not: hard, or not."""

    STRAIN = "strain"
    EASE = "ease"


class CheckIn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One side's check-in: a draft until `sent_at` is set, and unchanged from then on.

    `answers` are item ids of SCC-P or SCC-C to values; `cannot_say` are the items that were shown
    and left without an answer on purpose. `seconds` is the active time on each screen. `shares`
    is what of each challenge the practitioner may see (challenges that are not named: bands
    only), from `shared_from` on. `confirmed` are items of a proxy that the patient confirmed.
    """

    side: Side
    edition: str
    length: Length
    respondent: Respondent
    entered: Entered = Entered.SCREEN
    supporter: str | None = None
    answers: dict[str, int] = {}
    cannot_say: tuple[str, ...] = ()
    note: str = ""
    seconds: dict[str, float] = {}
    counted_until: datetime.datetime | None = None
    """The moment up to which active time is counted, so that none of it is counted twice."""
    started_at: datetime.datetime
    sent_at: datetime.datetime | None = None
    shares: dict[int, Share] = {}
    shared_from: datetime.date | None = None
    confirmed: tuple[str, ...] = ()
    reveal: Reveal = Reveal.OPEN
    own_side_released: bool = False
    """The practitioner lets the patient see their own side."""
    bands: dict[int, Band] = {}
    """Only in what somebody else is shown: of each challenge whose answers they are not."""


class Result(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What one or two check-ins came to on the day they were scored; it never changes.

    It holds edition and thresholds. `patient` and `practitioner` are the ids of the check-ins.
    """

    scored: Scored
    on: datetime.date
    respondent: Respondent
    patient: str | None = None
    practitioner: str | None = None


class HelpSeen(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Somebody has seen that the patient asked for help (S0), and when."""

    check_in: str
    seen_by: str
    at: datetime.datetime


class Comment(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the patient says beside an entry about them; both are kept."""

    about: str
    text: str
    on: datetime.date
