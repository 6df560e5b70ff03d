"""The parts of a text that is judged: its title, its results, its conclusion."""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from rapport.cards.clauses import sentence_places
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.text_parts import TextParts

_LONGEST_TITLE = 40
"""Words of a first line that may still be a title."""

_TITLE = re.compile(r"\s*(?P<line>[^\n]+)\n")
_ENDS_SENTENCE = (".", "!", ";", ":")


class Part(StrEnum):
    """What a sentence of a text is part of."""

    TITLE = "title"
    BACKGROUND = "background"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    OTHER = "other"


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence at `[start, end)` of the text, in characters, and its part."""

    start: int
    end: int
    part: Part


class Parts:
    """Tells the parts of texts; compiled once."""

    def __init__(self, rules: TextParts) -> None:
        self._labels = {
            Part(part): TextPattern(
                [rf"^(?:{label})\s*(?:[:.—–]|-\s|\n|$)" for label in labels], ignore_case=True
            )
            for part, labels in rules.labels.items()
        }
        self._cues = {
            Part(part): TextPattern(cues, ignore_case=True) for part, cues in rules.cues.items()
        }
        self._aim = TextPattern(rules.aims, ignore_case=True)

    def sentences(self, text: str) -> list[Sentence]:
        """The sentences of the text in order, each with its part."""
        title = _title_end(text)
        places = [(0, title)] if title else []
        places += [(start + title, end + title) for start, end in sentence_places(text[title:])]
        labels = [self._label(text[start:end]) for start, end in places]
        told = any(labels)
        return [
            Sentence(start=start, end=end, part=part)
            for (start, end), part in zip(
                [_trimmed(text, start, end) for start, end in places],
                self._parts(text, places, labels, is_labelled=told),
                strict=True,
            )
        ]

    def _parts(
        self,
        text: str,
        places: list[tuple[int, int]],
        labels: list[Part | None],
        *,
        is_labelled: bool,
    ) -> Iterator[Part]:
        now = Part.OTHER
        title = _title_end(text)
        said = [text[start:end].strip() for start, end in places]
        aim = next((at for at, each in enumerate(said) if self._aim.occurs_in(each)), 0)
        done = self._methods_end(said, aim)
        for at, label in enumerate(labels):
            now = label or now
            if title and at == 0:
                yield Part.TITLE
            elif is_labelled:
                yield now
            else:
                yield self._by_place(at, aim, done) or self._by_cue(said[at])

    def _methods_end(self, said: list[str], aim: int) -> int:
        """The first result after the aim; up to it a text tells what was done."""
        found = (
            at
            for at, each in enumerate(said)
            if at > aim and self._by_cue(each) in (Part.RESULTS, Part.CONCLUSION)
        )
        return next(found, aim + 1)

    def _by_place(self, at: int, aim: int, done: int) -> Part | None:
        """What stands before or after the aim of a text that tells one; None without."""
        if not aim:
            return None
        if at < aim:
            return Part.BACKGROUND
        return Part.METHODS if at < done else None

    def _label(self, sentence: str) -> Part | None:
        said = sentence.strip()
        return next(
            (part for part, label in self._labels.items() if label.occurs_in(said)), None
        )

    def _by_cue(self, sentence: str) -> Part:
        cued = (part for part, cue in self._cues.items() if cue.occurs_in(sentence))
        return next(cued, Part.OTHER)


def _title_end(text: str) -> int:
    """Where the title ends; 0 without one."""
    match = _TITLE.match(text)
    if not match or not text[match.end() :].strip():
        return 0
    line = match["line"].strip()
    is_title = not line.endswith(_ENDS_SENTENCE) and len(line.split()) <= _LONGEST_TITLE
    return match.end() if line and is_title else 0


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return first, first + len(piece.strip())
