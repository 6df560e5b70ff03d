"""The parts of a text that is judged: its title, its results, its conclusion."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from rapport.cards.clauses import sentence_places
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.text_parts import TextParts

_LONGEST_TITLE = 40
"""Words of a first line that may still be a title."""

_TITLE = re.compile(r"\s*(?P<line>[^\n]+)\n")
_ENDS_SENTENCE = (".", "!", ";", ":")


class Part(StrEnum):
    """What a sentence of a text is part of; `other` where nothing tells."""

    TITLE = "title"
    BACKGROUND = "background"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    ASIDE = "aside"
    """A limitation, an open question, a note: nothing that the text found."""
    OTHER = "other"


_KEPT = frozenset({Part.TITLE, Part.BACKGROUND, Part.METHODS})


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence at `[start, end)` of the text, in characters, and its part.

    `is_labelled`: a label of the text says so, nobody had to read it. A label that only says
    that something is weighed does not.
    """

    start: int
    end: int
    part: Part
    is_labelled: bool = False


class Parts:
    """Tells the parts that labels and lines of a text show; compiled once.

    What a sentence without a label does is not told here: whoever has read the text says so.
    """

    def __init__(self, rules: TextParts) -> None:
        self._labels = {Part(part): _opening(labels) for part, labels in rules.labels.items()}
        self._weighing = _opening(rules.weighing)

    def sentences(self, text: str, read: Sequence[Sentence] = ()) -> list[Sentence]:
        """The sentences of the text in order, each with its part.

        `read`, in order, are sentences whose part somebody has read, however they were cut: a
        sentence has the part of the one that holds its middle, else that of its label. A title
        stays one, and what is labelled as background or methods stays that. What is labelled as
        conclusion stays that where it was read as a result: there a text concludes.
        """
        starts = [each.start for each in read]

        def told(sentence: Sentence) -> Sentence:
            middle = (sentence.start + sentence.end) // 2
            at = bisect_right(starts, middle) - 1
            if sentence.part in _KEPT or at < 0 or middle >= read[at].end:
                return sentence
            found = read[at].part
            if sentence.part is found or (
                sentence.part is Part.CONCLUSION and found is Part.RESULTS
            ):
                return sentence
            return msgspec.structs.replace(sentence, part=found, is_labelled=False)

        return [told(each) for each in self._sentences(text)]

    def _sentences(self, text: str) -> Iterator[Sentence]:
        title = title_end(text)
        if title:
            yield _trimmed(text, 0, title, Part.TITLE)
        label = self._label(text[:title].strip())
        is_sure = bool(label)
        for start, end in sentence_places(text[title:]):
            found = _trimmed(text, start + title, end + title, Part.OTHER)
            said = text[found.start : found.end]
            if opened := self._label(said):
                label, is_sure = opened, not self._weighing.occurs_in(said)
            if label:
                found = msgspec.structs.replace(found, part=label, is_labelled=is_sure)
            yield found

    def _label(self, sentence: str) -> Part | None:
        return next(
            (part for part, label in self._labels.items() if label.occurs_in(sentence)), None
        )


def _opening(labels: Iterable[str]) -> TextPattern:
    """The labels where they begin a sentence and something sets them off from it."""
    return TextPattern(
        [rf"^(?:{label})(?:\s*(?:[:.—–]|-\s|\n|$)|\s(?-i:[A-Z]))" for label in labels],
        ignore_case=True,
    )


def title_end(text: str) -> int:
    """Where the title ends: a first line that ends without a full stop. 0 without one."""
    match = _TITLE.match(text)
    if not match or not text[match.end() :].strip():
        return 0
    line = match["line"].strip()
    is_title = not line.endswith(_ENDS_SENTENCE) and len(line.split()) <= _LONGEST_TITLE
    return match.end() if line and is_title else 0


def _trimmed(text: str, start: int, end: int, part: Part) -> Sentence:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return Sentence(start=first, end=first + len(piece.strip()), part=part)
