"""The one place in the site that reads the clock."""

import datetime


def now() -> datetime.datetime:
    """The time it is, with its zone."""
    return datetime.datetime.now(datetime.UTC)  # noqa: TID251  # a shell may read the clock
