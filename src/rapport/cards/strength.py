"""How strongly a sentence words a link: levels 0-8, with hedges, denials and plain descriptions.

Source of the levels and words: knowledge/data/wording_levels and wording_guards; of the uses
that are weaker than their word: knowledge/data/reading/strength/uses.toml.
"""

from bisect import bisect_left
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

import msgspec
import re2

from rapport.knowledge.model import Knowledge
from rapport.knowledge.strength_uses import StrengthUses, Use, strength_uses

DESCRIBED = 1
HEDGED = 4
CAN = 5
IMPLIED = 6

_WINDOW = 60
_NEGATION_REACH = 48
_CAN_REACH = 30
_DENIAL_REACH = 160


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One linking word of a sentence, `sentence[start:end] == words`.

    `level` counts hedges and denials: 0 if it is denied or only asked, at most 4 if hedged.
    `plain_level` is what the words say without them.
    """

    start: int
    end: int
    words: str
    level: int
    plain_level: int
    hedged: bool
    negated: bool


class _Mark(StrEnum):
    """What a guard word does to the links of its clause."""

    HEDGE = "hedge"
    NEGATION = "negation"
    CAPABILITY = "capability"
    ASKED = "asked"
    DENIED_AFTER = "denied_after"
    NOT_NEGATION = "no_negation"
    BREAK = "break"


class Strength:
    """Finds and grades the links of sentences; compiled once, linear in a sentence's length."""

    def __init__(self, knowledge: Knowledge, uses: StrengthUses | None = None) -> None:
        chosen = uses or strength_uses()
        levels = _level_patterns(knowledge, chosen)
        self._levels = [(level, _any_of(patterns)) for level, patterns in levels]
        self._link = _any_of(pattern for _, patterns in levels for pattern in patterns)
        marks = _mark_patterns(knowledge, chosen)
        self._marks = [(mark, _any_of(patterns)) for mark, patterns in marks]
        self._mark = _any_of(pattern for _, patterns in marks for pattern in patterns)
        self._uses = [_CompiledUse(use) for use in chosen.uses]
        self._reading_of_words = lru_cache(maxsize=4096)(self._read_words)
        self._kind_of_mark = lru_cache(maxsize=4096)(self._read_mark)

    def level(self, sentence: str) -> int:
        """The level of the strongest link; 1 (described) for a sentence without any link.

        0 means that every link in it is denied or only asked.
        """
        links = self.links(sentence)
        return max((link.level for link in links), default=DESCRIBED)

    def links(self, sentence: str) -> tuple[Link, ...]:
        """Every link of the sentence in order, each with its level in this sentence."""
        found = [match.span() for match in self._link.finditer(sentence)]
        if not found:
            return ()
        guards = _Guards(self._guards(sentence))
        links = (self._graded(sentence, start, end, guards) for start, end in found)
        return tuple(link for link in links if link is not None)

    def _guards(self, sentence: str) -> list[tuple[int, int, _Mark]]:
        return [
            (*match.span(), self._kind_of_mark(match.group().lower()))
            for match in self._mark.finditer(sentence)
        ]

    def _read_mark(self, words: str) -> _Mark:
        return next(mark for mark, pattern in self._marks if pattern.fullmatch(words))

    def _read_words(self, words: str) -> "tuple[int, tuple[_CompiledUse, ...]] | None":
        """The level of the words and the uses to look for; None for a bare hedge."""
        level = max(level for level, pattern in self._levels if pattern.fullmatch(words))
        if level == HEDGED and not self._carries_cause(words):
            return None
        return level, tuple(use for use in self._uses if use.words.fullmatch(words))

    def _carries_cause(self, words: str) -> bool:
        """Whether a hedged wording names a cause too: "may cause", not "likely" alone."""
        rest = words.split(maxsplit=1)
        stems = rest[1] if len(rest) > 1 else ""
        return any(level >= CAN and pattern.search(stems) for level, pattern in self._levels)

    def _graded(self, sentence: str, start: int, end: int, guards: "_Guards") -> Link | None:
        words = sentence[start:end]
        reading = self._reading_of_words(words.lower())
        if reading is None:
            return None
        plain, uses = reading
        before = sentence[max(0, start - _WINDOW) : start]
        after = sentence[end : end + _WINDOW]
        used = next((use for use in uses if use.fits(before, after)), None)
        plain = used.level if used else plain
        negated = plain == 0 or guards.deny(start, end)
        hedged = guards.hedge(start)
        level = 0 if negated else _lowered(plain, hedged=hedged, can=guards.can(start))
        return Link(
            start=start,
            end=end,
            words=words,
            level=level,
            plain_level=plain,
            hedged=hedged,
            negated=negated,
        )


def _lowered(plain: int, *, hedged: bool, can: bool) -> int:
    if plain < HEDGED:
        return plain
    if hedged:
        return HEDGED
    return min(plain, CAN) if can else plain


class _CompiledUse:
    """One use, compiled."""

    def __init__(self, use: Use) -> None:
        self.level = use.level
        self.words = _any_of([use.words])
        self._before = re2.compile(use.before) if use.before else None
        self._after = re2.compile(use.after) if use.after else None
        self._not_after = re2.compile(use.not_after) if use.not_after else None

    def fits(self, before: str, after: str) -> bool:
        """Whether the words beside the link show this use."""
        if self._before is not None and self._before.search(before) is None:
            return False
        if self._after is not None and self._after.search(after) is None:
            return False
        return self._not_after is None or self._not_after.search(after) is None


class _Guards:
    """The guard words of one sentence, asked by place; clauses end at breaks."""

    def __init__(self, marks: list[tuple[int, int, _Mark]]) -> None:
        self._breaks = [start for start, _, mark in marks if mark is _Mark.BREAK]
        self._starts: dict[_Mark, list[int]] = {}
        self._ends: dict[_Mark, list[int]] = {}
        for start, end, mark in marks:
            self._starts.setdefault(mark, []).append(start)
            self._ends.setdefault(mark, []).append(end)

    def hedge(self, place: int) -> bool:
        """A hedge earlier in the clause."""
        return self._before(_Mark.HEDGE, place) is not None

    def can(self, place: int) -> bool:
        """A word of capability just before."""
        gap = self._before(_Mark.CAPABILITY, place)
        return gap is not None and gap <= _CAN_REACH

    def deny(self, start: int, end: int) -> bool:
        """A negation shortly before, a question before, or a denial after, in the clause."""
        negation = self._before(_Mark.NEGATION, start)
        if negation is not None and negation <= _NEGATION_REACH:
            return True
        return self._before(_Mark.ASKED, start) is not None or self._denied_after(end)

    def _before(self, mark: _Mark, place: int) -> int | None:
        """Characters from the last such mark of the same clause to `place`."""
        ends = self._ends.get(mark)
        if not ends:
            return None
        at = bisect_left(ends, place + 1) - 1
        if at < 0 or ends[at] < self._clause_start(place):
            return None
        return place - ends[at]

    def _denied_after(self, place: int) -> bool:
        starts = self._starts.get(_Mark.DENIED_AFTER)
        if not starts:
            return False
        at = bisect_left(starts, place)
        if at == len(starts) or starts[at] - place > _DENIAL_REACH:
            return False
        return starts[at] < self._clause_end(place)

    def _clause_start(self, place: int) -> int:
        at = bisect_left(self._breaks, place) - 1
        return self._breaks[at] if at >= 0 else 0

    def _clause_end(self, place: int) -> float:
        at = bisect_left(self._breaks, place)
        return self._breaks[at] if at < len(self._breaks) else float("inf")


def _level_patterns(
    knowledge: Knowledge, uses: StrengthUses
) -> list[tuple[int, tuple[str, ...]]]:
    listed = [(level, entry.patterns) for level, entry in knowledge.wording_levels.items()]
    return listed + [(also.level, also.patterns) for also in uses.also]


def _mark_patterns(
    knowledge: Knowledge, uses: StrengthUses
) -> list[tuple[_Mark, tuple[str, ...]]]:
    """The guards in the order in which they count where words carry two of them."""
    guards = [
        (_Mark(guard.kind), guard.patterns)
        for guard in knowledge.wording_guards.values()
        if guard.kind in {_Mark.HEDGE, _Mark.NEGATION}
    ]
    return [(_Mark(scope.kind), scope.patterns) for scope in uses.scopes] + guards


def _any_of(patterns: Iterable[str]) -> "re2._Regexp[str]":
    """One alternation over the patterns, case ignored, the longest match at a place."""
    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = True
    return re2.compile("|".join(f"(?:{pattern})" for pattern in patterns), options)
