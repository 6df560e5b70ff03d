"""What every form of several screens has in common: how far it is, and how long it waits."""

import datetime

from rapport.core.dates import days_after

RESUME_DAYS = 14


def recap(done: int, total: int, last: str = "") -> str:
    """How far it is in a line: "You have done 5 of 9. Last: ..."; `last` is the question."""
    told = f"You have done {done} of {total}."
    return f"{told} Last: “{last}”" if last else told


def until(started_at: datetime.datetime, days: int = RESUME_DAYS) -> datetime.datetime:
    """Until when a draft can be gone on with."""
    return days_after(started_at, days)
