"""What is wrong with an entry, and how it can be put right."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """An error stops a release; a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with one entry; `fix` says what to do about it."""

    entry: str
    severity: Severity
    message: str
    fix: str


def error(entry: str, message: str, fix: str) -> Problem:
    """A problem that must be mended."""
    return Problem(entry=entry, severity=Severity.ERROR, message=message, fix=fix)


def warning(entry: str, message: str, fix: str) -> Problem:
    """A problem that people are told of."""
    return Problem(entry=entry, severity=Severity.WARNING, message=message, fix=fix)
