"""How strongly a sentence words a link: levels 0-8, with hedges, denials and plain descriptions.

Source of the levels and words: knowledge/data/wording_levels and wording_guards; of the uses
that are weaker than their word: knowledge/data/reading/strength/uses.toml.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import msgspec

from rapport.knowledge.model import Knowledge
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.strength_uses import StrengthUses, Use, strength_uses

DESCRIBED = 1
HEDGED = 4
CAN = 5
IMPLIED = 6
PROOF = 8

_WINDOW = 60
_CLAIM_WINDOW = 120
_TENSE_WINDOW = 16
"""The "has" and "was" stand just before their verb."""
_NEGATION_REACH = 48
_CAN_REACH = 70
_REACH_BACK = 160
_EVEN = bytes.maketrans(b"\t\n\v\f\r", b"     ")
"""Line ends count as spaces, so that they are no ends of a text."""
LONGEST = 20_000
"""Characters of a sentence that are read; what is longer is no sentence, and may be bait."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One linking word of a sentence, `sentence[start:end] == words`.

    `level` counts hedges and denials: 0 if it is denied or only asked, at most 4 if hedged.
    `plain_level` is what the words say without them. `claimed` is the level that the sentence
    claims beyond doubt: None where the link is only named, denied, asked or hedged. `is_past`:
    it is told as something that happened, not as something that is so.
    """

    start: int
    end: int
    words: str
    level: int
    plain_level: int
    hedged: bool
    negated: bool
    claimed: int | None = None
    is_past: bool = False


class _Grade(NamedTuple):
    """What a Link says, with its place in bytes."""

    start: int
    end: int
    level: int
    plain: int
    hedged: bool
    negated: bool


class Graded(NamedTuple):
    """The links of one sentence in UTF-8: its level, whether a link is hedged, and each grade."""

    data: bytes
    level: int
    hedged: bool
    grades: list[_Grade]


class _Mark(StrEnum):
    """What a guard word does to the links of its clause."""

    HEDGE = "hedge"
    NEGATION = "negation"
    CAPABILITY = "capability"
    ASKED = "asked"
    DENIED_AFTER = "denied_after"
    HEDGED_AROUND = "hedged_around"
    NOT_NEGATION = "no_negation"
    BREAK = "break"
    SOFT_BREAK = "soft_break"


WITHOUT_LINK = Graded(b"", DESCRIBED, hedged=False, grades=[])
"""A sentence without a link."""
_BREAKS = {_Mark.BREAK, _Mark.SOFT_BREAK}
_GUARDING = {HEDGED: _Mark.HEDGE, CAN: _Mark.CAPABILITY}


class Strength:
    """Finds and grades the links of sentences; compiled once, linear in a sentence's length."""

    def __init__(self, knowledge: Knowledge, uses: StrengthUses | None = None) -> None:
        chosen = uses or strength_uses()
        levels = _level_patterns(knowledge, chosen)
        self._levels = [(level, BytesPattern(patterns)) for level, patterns in levels]
        self.link = BytesPattern(pattern for _, patterns in levels for pattern in patterns)
        """What is found in a sentence with any link; a sentence without is `WITHOUT_LINK`."""
        marks = _mark_patterns(knowledge, chosen)
        self._marks = [(mark, BytesPattern(patterns)) for mark, patterns in marks]
        self._mark = BytesPattern(pattern for _, patterns in marks for pattern in patterns)
        self._uses = [_CompiledUse(use) for use in chosen.uses]
        self._claims = [_CompiledUse(use) for use in chosen.claims]
        self._past, self._present = (
            BytesPattern([pattern]) for pattern in (chosen.past, chosen.present)
        )
        self._reading_of_words = lru_cache(maxsize=4096)(self._read_words)
        self._claims_of_words = lru_cache(maxsize=4096)(self._read_claims)
        self._kind_of_mark = lru_cache(maxsize=4096)(self._read_mark)

    def level(self, sentence: str) -> int:
        """The level of the strongest link; 1 (described) for a sentence without any link.

        0 means that every link in it is denied or only asked.
        """
        return self.graded([_even(sentence)])[0].level

    def claimed(self, sentence: str) -> int | None:
        """The highest level that the sentence claims beyond doubt; None if it claims none."""
        return self.claimed_in(self.graded([_even(sentence)])[0])

    def claimed_in(self, graded: Graded) -> int | None:
        """The same for a sentence whose links are graded."""
        found = [self._claimed(graded.data, grade) for grade in graded.grades]
        return max((level for level in found if level is not None), default=None)

    def links(self, sentence: str) -> tuple[Link, ...]:
        """Every link of the sentence in order, each with its level in this sentence.

        Only the first `LONGEST` characters are read.
        """
        data = _even(sentence)
        links = tuple(
            Link(
                start=grade.start,
                end=grade.end,
                words=data[grade.start : grade.end].decode(errors="replace"),
                level=grade.level,
                plain_level=grade.plain,
                hedged=grade.hedged,
                negated=grade.negated,
                claimed=self._claimed(data, grade),
                is_past=self._is_past(data, grade),
            )
            for grade in self.graded([data])[0].grades
        )
        return links if sentence.isascii() else _in_characters(links, data)

    def graded(self, sentences: Sequence[bytes]) -> list[Graded]:
        """The links of each sentence in UTF-8, in which line ends are spaces.

        A search is faster where the last one was for the same pattern: all are asked for one
        pattern and then for the next.
        """
        links = [self.link.places(data) for data in sentences]
        guards = [
            self._guards(data) if found else None
            for data, found in zip(sentences, links, strict=True)
        ]
        shown = zip(sentences, links, guards, strict=True)
        return [self._of_sentence(*each) for each in shown]

    def _of_sentence(
        self, data: bytes, links: list[tuple[int, int]], guards: "_Guards | None"
    ) -> Graded:
        if not links:
            return WITHOUT_LINK
        grades = [self._graded(data, start, end, guards) for start, end in links]
        level = max([grade.level for grade in grades])
        return Graded(data, level, any(grade.hedged for grade in grades), grades)

    def _claimed(self, data: bytes, grade: "_Grade") -> int | None:
        """The level of the first way of claiming that the link is put in; None for none."""
        if grade.level < CAN:
            return None
        words = data[grade.start : grade.end].lower()
        before = data[max(0, grade.start - _CLAIM_WINDOW) : grade.start]
        for claim, length in self._claims_of_words(words):
            after = grade.start + length
            if claim.fits(before, data[after : after + _WINDOW]):
                return claim.level if grade.level > CAN else CAN
        return None

    def _is_past(self, data: bytes, grade: "_Grade") -> bool:
        words = data[max(0, grade.start - _TENSE_WINDOW) : grade.end]
        return self._past.is_in(words) and not self._present.is_in(words)

    def _guards(self, data: bytes) -> "_Guards | None":
        """The guard words of the sentence; None if it has none that says anything, as most."""
        marks = [
            (start, end, self._kind_of_mark(data[start:end].lower()))
            for start, end in self._mark.places(data)
        ]
        return None if all(mark in _BREAKS for _, _, mark in marks) else _Guards(marks)

    def _read_mark(self, words: bytes) -> _Mark:
        found = (mark for mark, pattern in self._marks if pattern.is_whole(words))
        return next(found, _Mark.SOFT_BREAK)

    def _read_words(self, words: bytes) -> tuple[int, tuple[tuple["_CompiledUse", int], ...]]:
        """The level of the words, and the uses to look for with the length of their word.

        A link cut off at a letter that only RE2 takes for an s (the long one) says nothing alone.
        """
        fitting = (level for level, pattern in self._levels if pattern.is_whole(words))
        level = max(fitting, default=DESCRIBED)
        return level, _beginning(self._uses, words)

    def _read_claims(self, words: bytes) -> tuple[tuple["_CompiledUse", int], ...]:
        """The claims to look for, with the length of their word."""
        return _beginning(self._claims, words)

    def _graded(self, data: bytes, start: int, end: int, guards: "_Guards | None") -> "_Grade":
        words = data[start:end]
        plain, uses = self._reading_of_words(words.lower())
        before = data[max(0, start - _WINDOW) : start] if uses else b""
        for use, length in uses:
            after = start + length
            if use.fits(before, data[after : after + _WINDOW]):
                plain = use.level
                break
        if guards is None:
            return _Grade(start, end, plain, plain, hedged=False, negated=plain == 0)
        negated = plain == 0 or guards.deny(start, end)
        hedged = guards.hedge(start) or guards.hedged_around(start, end)
        level = 0 if negated else plain
        if level >= HEDGED:
            level = _lowered(level, hedged=hedged, can=guards.can(start))
        return _Grade(start, end, level, plain, hedged, negated)


def _even(sentence: str) -> bytes:
    return sentence[:LONGEST].encode(errors="replace").translate(_EVEN)


def _in_characters(links: tuple[Link, ...], data: bytes) -> tuple[Link, ...]:
    """The links with their places counted in characters, not in bytes; they are in order."""
    moved: list[Link] = []
    at_byte = at_character = 0
    for link in links:
        at_character += len(data[at_byte : link.start].decode())
        end = at_character + len(link.words)
        moved.append(msgspec.structs.replace(link, start=at_character, end=end))
        at_byte, at_character = link.end, end
    return tuple(moved)


def _lowered(plain: int, *, hedged: bool, can: bool) -> int:
    if hedged:
        return HEDGED
    return min(plain, CAN) if can else plain


class _CompiledUse:
    """One use, compiled."""

    def __init__(self, use: Use) -> None:
        self.level = use.level
        self.words = BytesPattern([rf"(?:{use.words})\b"])
        self._sides_before = _side(use.before, use.not_before)
        self._sides_after = _side(use.after, use.not_after)

    def fits(self, before: bytes, after: bytes) -> bool:
        """Whether the words beside the link show this use."""
        sides = ((self._sides_before, before), (self._sides_after, after))
        for patterns, text in sides:
            for pattern, is_wanted in patterns:
                if pattern.is_in(text) is not is_wanted:
                    return False
        return True


def _beginning(
    uses: Iterable[_CompiledUse], words: bytes
) -> tuple[tuple[_CompiledUse, int], ...]:
    """The uses whose word begins the words of a link, each with the length of its word."""
    lengths = ((use, use.words.length_at_start(words)) for use in uses)
    return tuple((use, length) for use, length in lengths if length)


class _Guards:
    """The guard words of one sentence, asked by place; clauses end at breaks."""

    def __init__(self, marks: list[tuple[int, int, _Mark]]) -> None:
        self._breaks = [start for start, _, mark in marks if mark is _Mark.BREAK]
        self._all_breaks = [start for start, _, mark in marks if mark in _BREAKS]
        self._starts: dict[_Mark, list[int]] = {}
        self._ends: dict[_Mark, list[int]] = {}
        for start, end, mark in marks:
            self._starts.setdefault(mark, []).append(start)
            self._ends.setdefault(mark, []).append(end)

    def hedge(self, place: int) -> bool:
        """A hedge earlier in the clause."""
        return self._before(_Mark.HEDGE, place, inside=True) is not None

    def hedged_around(self, start: int, end: int) -> bool:
        """Words anywhere in the clause that take its claim back to a possibility."""
        mark = _Mark.HEDGED_AROUND
        return self._before(mark, start) is not None or self._after(mark, end)

    def can(self, place: int) -> bool:
        """A word of capability just before."""
        gap = self._before(_Mark.CAPABILITY, place, inside=True)
        return gap is not None and gap <= _CAN_REACH

    def deny(self, start: int, end: int) -> bool:
        """A negation shortly before, a question before, or a denial after, in the clause."""
        negation = self._before(_Mark.NEGATION, start, breaks=self._all_breaks)
        if negation is not None and negation <= _NEGATION_REACH:
            return True
        asked = self._before(_Mark.ASKED, start, inside=True) is not None
        return asked or self._after(_Mark.DENIED_AFTER, end)

    def _before(
        self,
        mark: _Mark,
        place: int,
        *,
        inside: bool = False,
        breaks: list[int] | None = None,
    ) -> int | None:
        """Characters from the last such mark of the clause to `place`, `inside` it too."""
        places = (self._starts if inside else self._ends).get(mark)
        if not places:
            return None
        at = bisect_left(places, place + 1) - 1
        if at < 0 or places[at] < _last_before(
            self._breaks if breaks is None else breaks, place
        ):
            return None
        return place - places[at]

    def _after(self, mark: _Mark, place: int) -> bool:
        """Whether such a mark follows in the clause, not too far away."""
        starts = self._starts.get(mark)
        if not starts:
            return False
        at = bisect_left(starts, place)
        if at == len(starts) or starts[at] - place > _REACH_BACK:
            return False
        end = bisect_left(self._breaks, place)
        return end == len(self._breaks) or starts[at] < self._breaks[end]


def _last_before(breaks: list[int], place: int) -> int:
    at = bisect_left(breaks, place) - 1
    return breaks[at] if at >= 0 else 0


def _level_patterns(
    knowledge: Knowledge, uses: StrengthUses
) -> list[tuple[int, tuple[str, ...]]]:
    """The links by level. Hedged wordings (4, 5) are guards of the causal words in them."""
    listed = [
        (level, entry.patterns)
        for level, entry in knowledge.wording_levels.items()
        if level not in _GUARDING
    ]
    return listed + [(also.level, also.patterns) for also in uses.also]


def _mark_patterns(
    knowledge: Knowledge, uses: StrengthUses
) -> list[tuple[_Mark, tuple[str, ...]]]:
    """The guards in the order in which they count where words carry two of them."""
    scopes = [(_Mark(scope.kind), scope.patterns) for scope in uses.scopes]
    guards = [
        (_Mark(guard.kind), guard.patterns)
        for guard in knowledge.wording_guards.values()
        if guard.kind in {_Mark.HEDGE, _Mark.NEGATION}
    ]
    levels = [
        (mark, knowledge.wording_levels[level].patterns)
        for level, mark in _GUARDING.items()
        if level in knowledge.wording_levels
    ]
    return scopes + guards + levels


def _side(wanted: str | None, unwanted: str | None) -> list[tuple[BytesPattern, bool]]:
    """The patterns of one side of a link, each with whether it has to be found there."""
    listed = ((wanted, True), (unwanted, False))
    return [(BytesPattern([each]), is_wanted) for each, is_wanted in listed if each]
