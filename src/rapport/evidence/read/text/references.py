"""The reference list: printed label to entry, from markup or from plain text."""

import re
from collections.abc import Iterable

from rapport.evidence.publication import Publication, Reference
from rapport.evidence.read.text.flow import flow
from rapport.evidence.read.text.layout import Block
from rapport.evidence.read.text.lines import AUTHORED_ENTRY

_ENTRY = re.compile(
    r"(?:^|\n)\s*\[?(\d{1,3})(?:[.\])]+\s*(?=[^\W\d_]|[\"\u201c])|\s+(?=[A-Z\u00c0-\u00de\"\u201c]))"
)
_LABEL = re.compile(r"\d{1,3}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_ENTRY = 1500


def references(publication: Publication, blocks: tuple[Block, ...]) -> dict[str, Reference]:
    """The works cited, by printed number; works without a number cannot be cited by one."""
    found: dict[str, Reference] = {}
    for position, reference in enumerate(publication.references, start=1):
        match = _LABEL.search(reference.label or "")
        label = match.group() if match else str(position)
        found.setdefault(label, reference)
    text = publication.text
    if text:
        for block in blocks:
            for label, entry in _entries(text, block.ranges):
                found.setdefault(label, entry)
    return found


def _entries(field: str, ranges: tuple[tuple[int, int], ...]) -> list[tuple[str, Reference]]:
    raw = "".join(field[start:end] for start, end in ranges)
    matches = _in_order(_ENTRY.finditer(raw))
    found: list[tuple[str, Reference]] = []
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(raw)
        end = min(end, match.start() + _LONGEST_ENTRY)
        words = flow(raw, [(match.end(), end)]).text.strip() if end > match.end() else ""
        label = match.group(1)
        if words:
            found.append((label, Reference(text=words, label=label, year=year_in(words))))
    return found


def _in_order(matches: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """Entries whose numbers count up; a volume or a page at the head of a line does not.

    An extract may leave works out: what shows its author is an entry however far it counts up.
    """
    found: list[re.Match[str]] = []
    last = 0
    for match in matches:
        number = int(match.group(1))
        near = last < number <= last + 3 or (not found and number > 1)
        if near or (number > last and _shows_author(match)):
            found.append(match)
            last = number
    return found


def _shows_author(match: re.Match[str]) -> bool:
    start = match.start(1)
    return AUTHORED_ENTRY.match(match.string, start) is not None


def year_in(words: str) -> int | None:
    """The last year named in an entry; None if there is none."""
    years = _YEAR.findall(words)
    return int(years[-1]) if years else None
