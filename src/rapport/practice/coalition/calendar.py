"""Dates as an iCalendar file (RFC 5545), which any calendar takes up. Nothing private by default."""

import datetime
from collections.abc import Iterable

import msgspec

from rapport.core.dates import days_after

NEUTRAL = "A date you noted"
_LONGEST = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One day. `title` is None unless its owner chose to have the words in the calendar."""

    id: str
    day: datetime.date
    title: str | None = None


def ics(entries: Iterable[Entry], made_at: datetime.datetime) -> bytes:
    """The file: one whole-day event for each entry, without an alarm, shown as free time.

    `made_at` is in UTC.
    """
    stamp = made_at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapport//Coalition//EN"]
    for entry in entries:
        after = days_after(entry.day, 1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(entry.id)}@rapport",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
            f"SUMMARY:{_escaped(entry.title or NEUTRAL)}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def _escaped(text: str) -> str:
    """The text as RFC 5545, 3.3.11 has it; other control characters, which it forbids, are spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    safe = "".join(c if c == "\n" or c.isprintable() else " " for c in lines)
    return safe.translate(_ESCAPES)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never within a character, with its ends."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        # A piece that goes on begins with a space, which counts.
        if size + octets > _LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
