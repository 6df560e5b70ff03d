"""Reads the cues of a rule file in sentences: one pass over the text for each cue."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from rapport.evidence.read.document import Sentence
from rapport.knowledge.design_rules import Cue
from rapport.knowledge.patterns import BytesPattern


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A cue that counts in a sentence."""

    cue: str
    sentence: Sentence


class CueReader:
    """Cues of one rule file, read where they count; compiled once, linear in the text."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._cues = [_Compiled(cue) for cue in cues]

    def read(self, sentences: Sequence[Sentence]) -> list[Found]:
        """The cues that count, in the order of their file, each at most once a sentence."""
        lines = _Lines(sentences)
        return [
            Found(cue=cue.id, sentence=sentence)
            for cue in self._cues
            for sentence in cue.sentences(lines)
        ]


class _Compiled:
    """One cue, compiled."""

    def __init__(self, cue: Cue) -> None:
        self.id = cue.id
        self._where = frozenset(cue.where)
        self._pattern = BytesPattern(cue.patterns)
        self._unless = BytesPattern(cue.unless)

    def sentences(self, lines: "_Lines") -> list[Sentence]:
        """The sentences in which the cue counts, in order."""
        chosen = lines.of(self._where)
        found = chosen.indices(self._pattern)
        return [
            chosen.sentences[index]
            for index in found
            if not self._unless.occurs_in(chosen.encoded[index])
        ]


class _Lines:
    """Sentences as lines of one text, so that they are searched together.

    A match that reaches past its line does not count.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.encoded = [each.text.encode(errors="replace") for each in sentences]
        self._text = b"\n".join(self.encoded)
        self._starts = _starts(self.encoded)
        self._kinds = frozenset[str](each.section for each in sentences)
        self._parts: dict[frozenset[str], _Lines] = {}

    def of(self, sections: frozenset[str]) -> "_Lines":
        """Only the lines of these kinds of sections; of none: all."""
        if not sections:
            return self
        present = sections & self._kinds
        if present == self._kinds:
            return self
        if present not in self._parts:
            kept = [each for each in self.sentences if each.section in present]
            self._parts[present] = _Lines(kept)
        return self._parts[present]

    def indices(self, pattern: BytesPattern) -> list[int]:
        """The lines in which the pattern is found, each once."""
        found: dict[int, None] = {}
        for start, end in pattern.places(self._text):
            index = bisect_right(self._starts, start) - 1
            if start < end <= self._starts[index] + len(self.encoded[index]):
                found[index] = None
        return list(found)


def _starts(encoded: Sequence[bytes]) -> list[int]:
    starts: list[int] = []
    at = 0
    for line in encoded:
        starts.append(at)
        at += len(line) + 1
    return starts
