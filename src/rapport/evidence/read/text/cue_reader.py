"""Reads the cues of a rule file in sentences, each cue only where its words stand."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.sections import SectionKind
from rapport.evidence.read.text.sentence import Sentence
from rapport.knowledge.patterns import BytesPattern, Together
from rapport.knowledge.reading.designs import Cue


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A cue that counts in a sentence."""

    cue: str
    sentence: Sentence


class CueReader:
    """Cues of one rule file, read where they count; compiled once, linear in the text."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._cues = [_Compiled(cue) for cue in cues]
        self._of_section = {section: self._counting_in(section) for section in SectionKind}
        self._count = max((each.count for each, _ in self._of_section.values()), default=0)

    def _counting_in(self, section: SectionKind) -> tuple[Together, Sequence[int]]:
        """The patterns of the cues that count in a section, and of each the cue's number."""
        numbers = [n for n, cue in enumerate(self._cues) if cue.counts_in(section)]
        return Together(self._cues[n].pattern for n in numbers), numbers

    def read(self, lookup: Lookup) -> list[Found]:
        """The cues that count, in the order of their file, each at most once a sentence."""
        return list(self._read(lookup))

    def first(self, lookup: Lookup) -> Found | None:
        """The first of these; None if no cue counts."""
        return next(self._read(lookup), None)

    def _read(self, lookup: Lookup) -> Iterator[Found]:
        for number, index in sorted(self._possible(lookup)):
            cue = self._cues[number]
            if cue.is_in(lookup.encoded[index]):
                yield Found(cue=cue.id, sentence=lookup.sentences[index])

    def _possible(self, lookup: Lookup) -> Iterator[tuple[int, int]]:
        """The cues that the words of a sentence let be in it, each with its sentence."""
        bits = lookup.bits(self._count)
        for index, sentence in enumerate(lookup.sentences):
            together, numbers = self._of_section[sentence.section]
            for each in together.possible(bits[index]):
                yield numbers[each], index


class _Compiled:
    """One cue, compiled."""

    def __init__(self, cue: Cue) -> None:
        self.id = cue.id
        self._where = frozenset(cue.where)
        self.pattern = BytesPattern(cue.patterns)
        self._unless = BytesPattern(cue.unless) if cue.unless else None

    def counts_in(self, section: SectionKind) -> bool:
        """Whether it is read in such a section; of no places: in every."""
        return not self._where or section in self._where

    def is_in(self, data: bytes) -> bool:
        """Whether a pattern is found, and none of those that stand against it."""
        if not self.pattern.is_in(data):
            return False
        return self._unless is None or not self._unless.is_in(data)
