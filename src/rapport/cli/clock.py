"""The one place in the command line that reads the clock."""

import datetime


def today() -> datetime.date:
    """The day it is here, for commands that were given no date."""
    return datetime.date.today()  # noqa: TID251, DTZ011  # a shell may read the clock


def day(text: str | None) -> datetime.date:
    """The day that an option names, or today. Raises: ValueError if it is not a date."""
    return datetime.date.fromisoformat(text) if text else today()


def now() -> datetime.datetime:
    """The time it is, with its zone."""
    return datetime.datetime.now(datetime.UTC)  # noqa: TID251  # a shell may read the clock
