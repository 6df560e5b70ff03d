"""Reads the cues of a rule file in sentences, each cue only where its words stand."""

from collections.abc import Iterable, Iterator

import msgspec

from rapport.evidence.read.lookup import Lookup
from rapport.evidence.read.sentence import Sentence
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

    def read(self, lookup: Lookup) -> list[Found]:
        """The cues that count, in the order of their file, each at most once a sentence."""
        return list(self._read(lookup))

    def first(self, lookup: Lookup) -> Found | None:
        """The first of these; None if no cue counts."""
        return next(self._read(lookup), None)

    def _read(self, lookup: Lookup) -> Iterator[Found]:
        for cue in self._cues:
            for sentence in cue.sentences(lookup):
                yield Found(cue=cue.id, sentence=sentence)


class _Compiled:
    """One cue, compiled."""

    def __init__(self, cue: Cue) -> None:
        self.id = cue.id
        self._where = frozenset(cue.where)
        self._pattern = BytesPattern(cue.patterns)
        self._unless = BytesPattern(cue.unless)

    def sentences(self, lookup: Lookup) -> list[Sentence]:
        """The sentences in which the cue counts, in order; of no places: everywhere."""
        if not lookup.may_have(self._pattern):
            return []
        chosen = lookup.within(self._where) if self._where else lookup
        found = chosen.indices(self._pattern)
        if not found:
            return []
        against = chosen.indices(self._unless)
        return [chosen.sentences[index] for index in found if index not in against]
