"""How long things last, how often they may be, and when a rest is offered."""

import msgspec

from rapport.knowledge.practice import ThresholdSet
from rapport.practice.draft import RESUME_DAYS


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Days between two check-ins, days a draft can be gone on with, and times of a screen.

    `longest_screen` is the most seconds that one screen counts as active: beyond it, somebody
    is taken to rest. `stop_after` are the active seconds after which to stop is offered.
    """

    min_gap_days: int = 28
    resume_days: int = RESUME_DAYS
    stop_after: float = 180
    longest_screen: float = 60
    longest_note: int = 300


def limits(found: ThresholdSet) -> Limits:
    """The limits of a set of thresholds; times of a screen are the same for all."""
    return Limits(min_gap_days=found.min_gap_days, resume_days=found.resume_days)


LIMITS = Limits()
