"""Values of closed vocabularies, read by the cues of a rule file."""

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from rapport.core.spans import Span
from rapport.evidence.read.text.cue_reader import CueReader
from rapport.evidence.read.text.document import Document, SectionKind, Sentence
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.values import value_rules

MOST_SPANS = 3
LONGEST_SENTENCE = 4000
"""Bytes; a longer "sentence" is a table or a list that lost its lines, and states nothing."""


_TELLING = {
    SectionKind.TITLE,
    SectionKind.ABSTRACT,
    SectionKind.METHODS,
    SectionKind.RESULTS,
    SectionKind.UNKNOWN,
    SectionKind.CONCLUSION,
}


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """What a sentence says of a field, by which cue."""

    cue: str
    field: str
    says: str
    sentence: Sentence


class Told:
    """The sentences of a document that tell of its own study.

    Left out are the introduction, the discussion and the back matter, which tell of others too,
    sentences too long to be any, and what a single person tells of herself.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        told = document.placed.within(_TELLING)
        stories = set(told.indices(_story()))
        self.lookup = told.part(
            index
            for index, each in enumerate(told.encoded)
            if len(each) <= LONGEST_SENTENCE and index not in stories
        )

    def having(self, pattern: BytesPattern) -> list[Sentence]:
        """The sentences in which the pattern is found, in order."""
        return self.lookup.having(pattern)

    def best_first(
        self, pattern: BytesPattern, places: Sequence[SectionKind]
    ) -> list[Sentence]:
        """Those of some places alone, all of the first place before any of the next."""
        found = [each for each in self.having(pattern) if each.section in places]
        return sorted(found, key=lambda each: places.index(each.section))


@cache
def _story() -> BytesPattern:
    return BytesPattern(
        [
            r"(?-i:\bI) (?:was|am|had|have|felt|feel|could|thought|sought|did|think|do|went)\b",
            r"\bmy\b",
        ]
    )


class ValueReader:
    """The cues of one file, compiled once."""

    def __init__(self, name: str) -> None:
        cues = value_rules(name).filled()
        self._reader = CueReader(cues)
        self._cues = {cue.id: cue for cue in cues}
        self._patterns = {cue.id: BytesPattern(cue.patterns) for cue in cues}

    def read(self, told: Told) -> list[Value]:
        """What the sentences say, in the order of the cues and then of the text."""
        return [
            Value(
                cue=each.cue,
                field=self._cues[each.cue].field,
                says=self._cues[each.cue].says,
                sentence=each.sentence,
            )
            for each in self._reader.read(told.lookup)
        ]

    def parts(self, value: Value) -> list[tuple[str, str, str]]:
        """For every match of the value's cue in its sentence: what stands before it, it, the rest."""
        data = value.sentence.text.encode(errors="replace")
        return [
            (_text(data[:start]), _text(data[start:end]), _text(data[end:]))
            for start, end in self._patterns[value.cue].spans(data)
        ]


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


@cache
def value_reader(name: str) -> ValueReader:
    """The reader of one file, compiled once."""
    return ValueReader(name)


def spans(
    told: Told, sentences: Iterable[Sentence], most: int = MOST_SPANS
) -> tuple[Span, ...]:
    """The sentences, each once, in the order given, the first `most` of them."""
    chosen = {(each.field, each.start): each for each in sentences}
    return tuple(told.document.span(each) for each in list(chosen.values())[:most])
