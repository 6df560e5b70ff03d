"""The header of every entry: complete, dated, reviewed in time, not checked by its own author."""

import datetime
from collections.abc import Iterator

from rapport.knowledge.checking.problem import Problem, error, warning
from rapport.knowledge.entries import entries
from rapport.knowledge.model import Entry, Knowledge, Verification

_WITHOUT_SOURCE = frozenset(
    {Verification.UNVERIFIED, Verification.EXISTENCE_ONLY, Verification.PRINCIPLE}
)
_FILLED = ("id", "title", "why", "authored_by", "reviewed_on", "review_by", "licence")
# check_instruments asks for the examples of a questionnaire: an incomplete one has none.
_LEAST_EXAMPLES = {"definitions": 2, "instruments": 0}


def header_problems(knowledge: Knowledge, *, as_of: datetime.date) -> Iterator[Problem]:
    """What is missing or wrong in the headers, and whose review is overdue."""
    for kind, entry in entries(knowledge):
        yield from _incomplete(entry)
        yield from _dates(entry, as_of)
        yield from _people(entry)
        yield from _sources(entry)
        yield from _examples(kind, entry)


def _incomplete(entry: Entry) -> Iterator[Problem]:
    for name in _FILLED:
        value: str = getattr(entry, name)
        if not value.strip():
            yield error(entry.id, f"its header has no {name}", f"fill in {name}")
    if entry.version < 1:
        yield error(entry.id, "its version is below 1", "count versions up from 1")


def _dates(entry: Entry, as_of: datetime.date) -> Iterator[Problem]:
    reviewed, due = _date(entry.reviewed_on), _date(entry.review_by)
    for name, value in (("reviewed_on", reviewed), ("review_by", due)):
        if value is None:
            yield error(entry.id, f"{name} is not a date", "write it as 2026-11-22")
    if reviewed is None or due is None:
        return
    if due <= reviewed:
        yield error(entry.id, "review_by is not after reviewed_on", "correct the two dates")
    if reviewed > as_of:
        yield warning(
            entry.id, f"it was reviewed after {as_of}", "check the date, or the day asked about"
        )
    if due < as_of:
        yield warning(
            entry.id,
            f"its review was due by {entry.review_by}",
            "review it, then set reviewed_on and review_by",
        )


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _people(entry: Entry) -> Iterator[Problem]:
    if entry.checked_by and entry.checked_by.casefold() == entry.authored_by.casefold():
        yield error(
            entry.id,
            "it was checked by its own author",
            "leave checked_by empty until a second person has checked it",
        )


def _sources(entry: Entry) -> Iterator[Problem]:
    if not entry.sources and entry.verification not in _WITHOUT_SOURCE:
        yield error(
            entry.id,
            f"it says {entry.verification.value} and names no source",
            "name what was read, or set verification to unverified",
        )


def _examples(kind: str, entry: Entry) -> Iterator[Problem]:
    listed: tuple[object, ...] | None = getattr(entry, "examples", None)
    least = _LEAST_EXAMPLES.get(kind, 1)
    if listed is not None and len(listed) < least:
        yield error(
            entry.id,
            f"it has {len(listed)} examples, and needs at least {least}",
            "add sentences of our own that show what it does",
        )
