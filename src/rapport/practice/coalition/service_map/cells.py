"""The columns of a service map, and what one cell means."""

# for: practitioner

import datetime
from collections.abc import Callable

import msgspec

from rapport.core.cells import guarded
from rapport.core.dates import EARLIEST, LATEST, is_of_our_time
from rapport.practice.records.coalition import Access, Domain, Known, Service

ACCESS = tuple(field.name for field in msgspec.structs.fields(Access))
DATES = ("wait_checked_on", "pem_checked_on", "verified_on")
COLUMNS = (
    "id",
    "provider",
    "what",
    "domain",
    "area",
    "cost",
    "who_may_use",
    "wait",
    "wait_checked_on",
    "contact",
    *ACCESS,
    "pem_aware",
    "pem_source",
    "pem_checked_on",
    "warnings",
    "verified_on",
    "verified_by",
    "fictional",
)
NEEDED = ("id", "provider", "what", "domain")
LONGEST = 500
"""Characters of a cell."""
LONGEST_ID = 80
_BETWEEN = "|"
"""Stands between two warnings in one cell."""


class CellError(ValueError):
    """What is wrong with a cell, and its cure; neither repeats what the cell holds."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem, self.cure = problem, cure


def domain(text: str) -> Domain:
    """What a service is about. Raises: CellError for a word that is none."""
    try:
        return Domain(text.casefold())
    except ValueError:
        raise CellError(
            "this is not one of the things that a need can be about",
            f"use one of: {', '.join(Domain)}",
        ) from None


def known(text: str) -> Known:
    """Yes, no, or unknown for an empty cell. Raises: CellError for anything else."""
    try:
        return Known(text.casefold() or Known.UNKNOWN)
    except ValueError:
        raise CellError(
            "this is not yes, no or unknown", "use yes, no or unknown, or leave it empty"
        ) from None


def day(text: str) -> datetime.date | None:
    """A day, None for an empty cell. Raises: CellError for what is no day."""
    if not text:
        return None
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError:
        raise CellError("this is not a day", "write it as 2026-05-31") from None
    if not is_of_our_time(found):
        between = f"{EARLIEST.year} and {LATEST.year}"
        raise CellError(f"this day is not between {between}", "look at the year again")
    return found


def yes(text: str) -> bool:
    """Whether the cell says yes; an empty one says no. Raises: CellError for anything else."""
    return known(text or "no") is Known.YES


def warnings(text: str) -> tuple[str, ...]:
    """The warnings, which | keeps apart."""
    return tuple(part for each in text.split(_BETWEEN) if (part := each.strip()))


MEANING: dict[str, Callable[[str], object]] = {
    "domain": domain,
    **dict.fromkeys(ACCESS, known),
    "pem_aware": known,
    **dict.fromkeys(DATES, day),
    "warnings": warnings,
    "fictional": yes,
}
"""What a column's cells mean, where it is more than their text."""


def cells_of(service: Service) -> dict[str, str]:
    """The cells of a service, by column, in their order."""
    values = msgspec.structs.asdict(service) | msgspec.structs.asdict(service.access)
    return {name: guarded(_text(values[name])) for name in COLUMNS}


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime.date():
            return value.isoformat()
        case tuple():
            return f" {_BETWEEN} ".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # the parts of a warning
        case _:
            return str(value)
