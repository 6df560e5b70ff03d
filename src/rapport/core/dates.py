"""Dates as publications state them: a year, perhaps a month, perhaps a day; and days in words."""

import datetime
from typing import TypeVar

import msgspec


class PartialDate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, order=False):
    """A date with the precision its source has; `month` and `day` are None where not stated."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """ISO 8601 at the stated precision: 2013, 2013-07 or 2013-07-21."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
"""Days that people can mean; others are slips of the hand, and some cannot be reckoned with."""
NOT_OF_OUR_TIME = f"This day is not between {EARLIEST.year} and {LATEST.year}."


def is_of_our_time(day: datetime.date) -> bool:
    """Whether people can mean this day."""
    return EARLIEST <= day <= LATEST


D = TypeVar("D", datetime.date, datetime.datetime)


def days_after(day: D, days: int) -> D:
    """A day or moment so many days later; itself where there is no later one (9999-12-31)."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return day


def in_words(on: datetime.date) -> str:
    """A day in words, the same in every locale: 3 May 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
