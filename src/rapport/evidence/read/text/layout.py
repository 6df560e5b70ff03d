"""The parts of a plain text: headings, running heads, paragraphs and the reference list.

For text that came out of a PDF or was pasted: no markup, so lines have to tell what they are.
"""

import re

import msgspec

from rapport.evidence.read.text.lines import (
    BULLET,
    NUMBER,
    Line,
    entry_lines,
    furniture,
    item_lines,
    lines_of,
)
from rapport.evidence.read.text.sections import (
    SectionKind,
    clean_heading,
    is_about_people,
    is_notice,
    main_kind,
    sub_kind,
)

_SECTION_NUMBER = re.compile(r"\d{1,2}(?:(?:\.\d{1,2})+[.)]?|[.)])\s+(?=[A-Z])")
"""The number of a section or a part of one: "2. ", "2.3. ", "3.1.2 "."""
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"')\]\u201d\u2019\d,\u2013-]*\s*$")
LONGEST_HEADING = 90
_BEGINS = re.compile(
    r"(?:dear (?:editors?|sirs?|madam)\b|key ?words?\s*[:\u2013\u2014-])", re.I
)
"""Words that begin a text, however the line before them ends: that of a letter, a list of words."""
_RUNS_ON = re.compile(
    r"\b(?:an?|and|as|at|between|by|for|from|ha[ds]|have|in|is|of|on|or|our|than|that|the|their|to"
    r"|was|were|which|who|whose|with)$",
    re.I,
)
"""Words that end no heading: a line that ends in one reads on in the next."""
_TELLS = re.compile(r"\b(?:who|whose|which|was|were|has|have|had|fulfil\w*|met|took)\b")
"""Words of a sentence that was broken where the next line begins with a capital."""
_FULL = 0.85
"""Of a full line: a longer one is text that goes on in the next line, as headings seldom do."""
_FEWEST_PARTS = 3
_SHORT_TEXT = 12_000
"""Characters; a text without headings that is no longer is taken for an abstract."""
_LONGEST_ABSTRACT = 6_000
"""Characters below the heading of an abstract, after which what follows is none."""


class _Around(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around a line: the text before and after, and whether it stands apart.

    `width` is how many characters a full line has.
    """

    before: str
    after: str
    apart: bool
    width: int


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Lines that read on: their bounds, the section they are in, and the headings above."""

    section: SectionKind
    titles: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text in order; headings and running heads are left out."""
    lines = lines_of(text)
    passed_over = furniture(lines)
    entries = entry_lines(lines)
    items = item_lines(lines)
    walk = _Walk(
        _first_section(lines, len(text)),
        _abstract_labels(lines),
        short=len(text) <= _SHORT_TEXT and not _is_report(lines),
    )
    width = _full_width(lines)
    previous, headed, apart = "", False, True
    for index, line in enumerate(lines):
        if index in passed_over:
            continue
        following = _next_text(lines, index, passed_over)
        if entries and index in entries:
            walk.enter(SectionKind.REFERENCES)
        elif walk.section is SectionKind.REFERENCES and entries and index > max(entries) + 3:
            walk.enter(SectionKind.UNKNOWN)
        around = _Around(
            # Below a heading only known words are a heading of their own.
            before="" if headed and sub_kind(line.text.strip()) else previous,
            after=following,
            apart=apart or headed,
            width=width,
        )
        is_item = index in items and main_kind(line.text) not in _PARTS_OF_A_REPORT
        is_heading = not is_item and walk.heading(index, line, around)
        if not is_heading:
            walk.add(line, following, is_item=is_item)
        apart = not line.text.strip()
        if not apart:
            previous = line.text.strip()
            headed = is_heading
    return walk.finished()


def _full_width(lines: list[Line]) -> int:
    """Characters that nine of ten lines of a text do not exceed; blank ones left out."""
    lengths = sorted(len(line.text) for line in lines if line.text.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _first_section(lines: list[Line], length: int) -> SectionKind:
    """What the text opens with: an abstract, unless it is long and has no main heading."""
    if length <= _SHORT_TEXT:
        return SectionKind.ABSTRACT
    headed = any(
        main_kind(line.text) is SectionKind.METHODS
        for line in lines
        if len(line.text) <= LONGEST_HEADING
    )
    return SectionKind.ABSTRACT if headed else SectionKind.UNKNOWN


def _is_report(lines: list[Line]) -> bool:
    """Whether methods and two more parts of a report stand as headings, each on its own line.

    The labels of a structured abstract end in a colon; headings do not.
    """
    kinds = {
        kind
        for line in lines
        if 3 <= len(line.text) <= LONGEST_HEADING
        and not line.text.rstrip().endswith(":")
        and (kind := main_kind(line.text)) in _PARTS_OF_A_REPORT
    }
    return SectionKind.METHODS in kinds and len(kinds) >= _FEWEST_PARTS


def _next_text(lines: list[Line], index: int, passed_over: frozenset[int]) -> str:
    for later in range(index + 1, min(index + 8, len(lines))):
        if later not in passed_over and lines[later].text.strip():
            return lines[later].text.strip()
    return ""


_PARTS_OF_A_REPORT = frozenset(
    {
        SectionKind.INTRODUCTION,
        SectionKind.METHODS,
        SectionKind.RESULTS,
        SectionKind.DISCUSSION,
        SectionKind.CONCLUSION,
        SectionKind.LIMITATIONS,
    }
)


def _abstract_labels(lines: list[Line]) -> frozenset[int]:
    """Lines that look like main headings but are the labels of a structured abstract.

    They follow the heading "Abstract", and the body's own headings of that kind come later.
    """
    headed = [
        (index, kind)
        for index, line in enumerate(lines)
        if 3 <= len(line.text) <= LONGEST_HEADING and (kind := main_kind(line.text))
    ]
    places = [place for place, (_, kind) in enumerate(headed) if kind is SectionKind.ABSTRACT]
    if not places:
        return frozenset()
    found: set[int] = set()
    seen: set[SectionKind] = set()
    for place in range(places[-1] + 1, len(headed)):
        index, kind = headed[place]
        if kind not in _PARTS_OF_A_REPORT:
            continue
        later = {other for _, other in headed[place + 1 :]}
        begins = kind in (SectionKind.INTRODUCTION, SectionKind.METHODS)
        if kind in seen or not (
            kind in later if begins else SectionKind.METHODS in seen & later
        ):
            break
        seen.add(kind)
        found.add(index)
    return frozenset(found)


class _Walk:
    """The state while lines are read: section, headings, and the open block."""

    def __init__(self, first: SectionKind, labels: frozenset[int], *, short: bool) -> None:
        self.section = first
        self.short = short
        self.labels = labels
        self.titles: tuple[str, ...] = ()
        self.open: list[tuple[int, int]] = []
        self.found: list[Block] = []
        self.abstract_from: int | None = None
        self.aside: tuple[SectionKind, tuple[str, ...]] | None = None
        """Where to go on after a short notice such as keywords or addresses."""

    def enter(
        self, section: SectionKind, title: str | None = None, *, sub: bool = False
    ) -> None:
        """Close the block and go on under a new heading."""
        if section is self.section and title is None:
            return
        self._close()
        self.section = section
        main = self.titles[:1] if sub else ()
        self.titles = (*main, title) if title else ()

    def heading(self, index: int, line: Line, around: _Around) -> bool:
        """Whether the line is a heading; if so, its section is entered."""
        words = line.text.strip()
        if not 3 <= len(words) <= LONGEST_HEADING or not around.after:
            return False
        marked = words.startswith("#")
        words = words.lstrip("# ")
        main = main_kind(words)
        if index in self.labels:
            self._close()
            self.titles = (words,)
            return True
        if main is not None and (marked or _may_be_heading(words, main, around)):
            self._enter_main(main, words)
            return True
        if self.section is SectionKind.REFERENCES and not marked:
            return False
        if not (marked or _looks_like_heading(words, around)):
            return False
        self._enter_sub(words, marked)
        return True

    def _enter_main(self, main: SectionKind, words: str) -> None:
        if self.short and main in _PARTS_OF_A_REPORT and self.section is SectionKind.ABSTRACT:
            self._close()
            self.titles = (words,)
            return
        if is_notice(words) or (main is SectionKind.BACK and self.short):
            self.aside = self.aside or (self.section, self.titles)
        else:
            self.aside = None
        self.enter(main, words)

    def _enter_sub(self, words: str, marked: bool) -> None:
        opened = self.section
        if marked and opened is SectionKind.ABSTRACT:
            opened = SectionKind.UNKNOWN
        if opened in _BEFORE_METHODS and is_about_people(words):
            opened = SectionKind.METHODS  # its own heading was lost on the way
        if opened in _OPEN_TO_SUBHEADINGS:
            opened = sub_kind(words) or opened
        self.enter(opened, words, sub=True)

    def add(self, line: Line, following: str, *, is_item: bool) -> None:
        """Put the line into the open block; a blank line closes it where a sentence ended.

        The first line of an item of a list closes it too, and so do the first words of a letter.
        """
        if is_item or _BEGINS.match(line.text):
            self._close()
        if self.section is not SectionKind.ABSTRACT or self.short:
            self.abstract_from = None
        elif self.abstract_from is None:
            self.abstract_from = line.start
        elif line.start - self.abstract_from > _LONGEST_ABSTRACT and self.titles:
            self.enter(SectionKind.UNKNOWN)
        if line.text.strip():
            self.open.append((line.start, line.end + 1))
        elif self.open and not following[:1].islower():
            self._close()
            if self.aside is not None:
                (self.section, self.titles), self.aside = self.aside, None

    def finished(self) -> tuple[Block, ...]:
        """All blocks; none is left open."""
        self._close()
        return tuple(self.found)

    def _close(self) -> None:
        if self.open:
            self.found.append(
                Block(section=self.section, titles=self.titles, ranges=_merged(self.open))
            )
        self.open = []


_BEFORE_METHODS = frozenset(
    {SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.CONCLUSION}
)
"""What may stand before the part about the people where the heading of the methods is lost."""
_OPEN_TO_SUBHEADINGS = frozenset({SectionKind.UNKNOWN, SectionKind.BACK})


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Neighbouring ranges as one."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and found[-1][1] >= start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def _may_be_heading(words: str, main: SectionKind, around: _Around) -> bool:
    """A line of heading words reads as a heading unless it is a part of a sentence.

    The next line goes on with such a sentence; where the words are those of a notice (of a review
    board, of funds), the line before may lead to them as well.
    """
    if words.isupper() or words[:1].isdigit():
        return True
    leads_on = main is SectionKind.BACK and not around.apart and _leads_on(around.before)
    return words[:1].isupper() and not around.after[:1].islower() and not leads_on


def _leads_on(before: str) -> bool:
    return bool(before) and not _ENDS_SENTENCE.search(before)


def _looks_like_heading(words: str, around: _Around) -> bool:
    """A short line between sentences, without an end of its own, in title form."""
    if words[-1] in ".,;:-\u00ad" or not (words[0].isupper() or words[0].isdigit()):
        return False
    if _RUNS_ON.search(words):
        return False
    numbered = _SECTION_NUMBER.match(words)
    title = words[numbered.end() :] if numbered else words
    letters = sum(character.isalpha() for character in title)
    known = sub_kind(title) is not None
    if not known and _TELLS.search(title):
        return False
    if not (known or numbered or around.apart) and len(words) > _FULL * around.width:
        return False
    fewest = 1 if numbered or known else 2
    if letters < 0.7 * len(title) or not fewest <= len(title.split()) <= 10:
        return False
    following = around.after
    listed = BULLET.match(following) or NUMBER.match(following)
    if not (listed or following[0].isupper() or following[0].isdigit()):
        return False
    below = (numbered and _SECTION_NUMBER.match(around.before)) or (known and listed)
    if not below and _leads_on(around.before):
        return False
    opens_list = known and listed and not _TELLS.search(title)
    goes_on = len(following) > len(words) or sub_kind(following) is not None
    return bool(opens_list or goes_on) and bool(clean_heading(words))
