"""What the lines of a plain text are by themselves: running heads, cited works, items of lists."""

import re
from collections import Counter

import msgspec

from rapport.evidence.read.text.sections import main_kind

_LINE = re.compile(r"[^\n]*\n?")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[^\w\[(]*(?:page\s*)?\d{1,5}(?:\s*(?:of|/|\|)\s*\d{1,4})?(?:\s*[|\u2013-])?|[ivxlc]{1,6}",
    re.I,
)
_NUMBERED_ENTRY = re.compile(
    r"\s*\[?(\d{1,3})(?:[.\])]+\s*(?=[^\W\d_]|$)|\s+(?=[A-Z\u00c0-\u00de]))"
)
AUTHORED_ENTRY = re.compile(
    r"\s*\[?\d{1,3}[.\])]*\s+(?:(?:(?:van|von|de|den|der|la|le|di|da) ){0,2}"
    r"[A-Z\u00c0-\u00de][\w'\u2019\u2010-]+,? (?:[A-Z]{1,3}(?:[,.:;]| et al\b)|(?:[A-Z]\.[ -]?){1,3}[,;])"
    r"|(?:Institute of|Committee on|National (?:Institute|Academ|Collaborating)|IOM\b|NICE\b"
    r"|Royal College|Cent(?:er|re)s for))"
)
"""A cited work by its number and the surname and initials of its first author, or a body."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LINES_OF_AN_ENTRY = 4
_LINES_BETWEEN_ENTRIES = 8
BULLET = re.compile(r"\s*(?:[\u2022\u2023\u25e6\u25aa\u25ba\u00b7\u2013*-])\s+(?=\S)")
"""The sign that opens an item of a list, at the start of a line."""
NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s+(?=\S)")
"""The number that opens an item: "1. ", "(2) "."""
_LINES_OF_AN_ITEM = 6
_FEWEST_REPEATS = 3
_FEWEST_ENTRIES = 10


class Line(msgspec.Struct, frozen=True):
    """One line: its bounds in the field without the newline, and its words."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines of a text, in order, with the space at their ends left out."""
    found: list[Line] = []
    for match in _LINE.finditer(text):
        if match.end() > match.start():
            words = match.group().rstrip("\r\n\x0c ")
            found.append(Line(match.start(), match.start() + len(words), words))
    return found


def furniture(lines: list[Line]) -> frozenset[int]:
    """Running heads and page numbers: short lines that come again but for their digits."""
    shapes = Counter(
        _DIGITS.sub("#", line.text.strip()) for line in lines if 3 < len(line.text) < 150
    )
    repeated = {
        shape
        for shape, count in shapes.items()
        if count >= _FEWEST_REPEATS and len(shape) > 8 and main_kind(shape) is None
    }
    found = {
        index
        for index, line in enumerate(lines)
        if line.text.strip()
        and (
            _DIGITS.sub("#", line.text.strip()) in repeated
            or (len(line.text) < 20 and _PAGE_NUMBER.fullmatch(line.text.strip()))
        )
    }
    return frozenset(found)


def entry_lines(lines: list[Line]) -> frozenset[int]:
    """Lines of a numbered reference list that no heading announces; empty if there is none."""
    best: list[int] = []
    run: list[int] = []
    for index, line in enumerate(lines):
        match = _NUMBERED_ENTRY.match(line.text)
        if match is None:
            continue
        number = int(match.group(1))
        if number == 1:
            best, run = (max(best, run, key=len), [index])
        elif run and number == len(run) + 1 and index - run[-1] <= 15:
            run.append(index)
    best = max(best, run, key=len)
    if len(best) < _FEWEST_ENTRIES:
        return _authored_entries(lines)
    dated = sum(
        1
        for first, last in zip(best, [*best[1:], best[-1] + 4], strict=True)
        if any(_YEAR.search(line.text) for line in lines[first:last])
    )
    return frozenset(range(best[0], best[-1] + 1)) if dated >= 0.6 * len(best) else frozenset()


def item_lines(lines: list[Line]) -> frozenset[int]:
    """Lines on which an item of a list begins: by a bullet that comes again, or by the next number."""
    found: set[int] = set()
    bulleted = numbered = -_LINES_OF_AN_ITEM
    last = 0
    for index, line in enumerate(lines):
        if BULLET.match(line.text):
            if index - bulleted <= _LINES_OF_AN_ITEM:
                found.update((bulleted, index))
            bulleted = index
        elif match := NUMBER.match(line.text):
            number = int(match.group(1))
            if number == last + 1 > 1 and index - numbered <= _LINES_OF_AN_ITEM:
                found.update((numbered, index))
            numbered, last = index, number
    return frozenset(found)


def _authored_entries(lines: list[Line]) -> frozenset[int]:
    """The cited works that end an extract, few as they are: number, author, initials, year."""
    first = last = len(lines)
    for index in reversed(range(len(lines))):
        if first - index > _LINES_BETWEEN_ENTRIES:
            break
        dated = any(
            _YEAR.search(each.text) for each in lines[index : index + _LINES_OF_AN_ENTRY]
        )
        if dated and AUTHORED_ENTRY.match(lines[index].text):
            first, last = index, index if last == len(lines) else last
    return frozenset(range(first, last + 1)) if last < len(lines) else frozenset()
