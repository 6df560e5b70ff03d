"""Which sentences hold a pattern: their words tell in one pass which patterns can be in them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce

from rapport.evidence.read.sections import SectionKind
from rapport.evidence.read.sentence import Sentence
from rapport.knowledge.patterns import Pattern
from rapport.knowledge.watched_words import EVERYTHING, WATCHED, is_folded, words_of


class Lookup:
    """Sentences in which patterns are looked for, each only where its words stand.

    What was found is remembered, so that several steps can ask for the same pattern.
    """

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.sentences: Sequence[Sentence] = tuple(sentences)
        self.encoded = [each.text.encode(errors="replace") for each in self.sentences]
        self.words = [words_of(each) for each in self.encoded]
        self._known = WATCHED.count
        self._bits = [
            EVERYTHING if is_folded(each.text) else WATCHED.bits_of(words)
            for each, words in zip(self.sentences, self.words, strict=True)
        ]
        self._found: dict[Pattern, tuple[int, ...]] = {}
        self._parts: dict[tuple[int, ...], Lookup] = {}
        self._sections: dict[frozenset[str], Lookup] = {}

    def __len__(self) -> int:
        return len(self.sentences)

    def part(self, indices: Iterable[int]) -> "Lookup":
        """Only the sentences at these places, in this order."""
        chosen = tuple(indices)
        if len(chosen) == len(self) and chosen == tuple(range(len(self))):
            return self
        if chosen not in self._parts:
            self._parts[chosen] = self._part(chosen)
        return self._parts[chosen]

    def _part(self, chosen: tuple[int, ...]) -> "Lookup":
        part = self.as_if([self.sentences[index] for index in chosen])
        part.encoded = [self.encoded[index] for index in chosen]
        part.words = [self.words[index] for index in chosen]
        part._bits = [self._bits[index] for index in chosen]
        part._found = {}
        return part

    def as_if(self, sentences: Iterable[Sentence]) -> "Lookup":
        """The same texts with other notes of where they stand."""
        same = Lookup.__new__(Lookup)
        same.sentences = tuple(sentences)
        same.encoded, same.words, same._bits = self.encoded, self.words, self._bits
        same._known, same._found, same._parts = self._known, self._found, {}
        same._sections = {}
        return same

    def within(
        self, sections: Iterable[str], *, at_most: Mapping[SectionKind, int] | None = None
    ) -> "Lookup":
        """Only the sentences of these kinds of sections, of some kinds the first so many."""
        wanted = frozenset(sections)
        if at_most is None and wanted in self._sections:
            return self._sections[wanted]
        kept = [i for i, each in enumerate(self.sentences) if each.section in wanted]
        for section, most in (at_most or {}).items():
            of_kind = [i for i in kept if self.sentences[i].section is section]
            beyond = set(of_kind[most:])
            kept = [i for i in kept if i not in beyond] if beyond else kept
        part = self.part(kept)
        if at_most is None:
            self._sections[wanted] = part
        return part

    def indices(self, pattern: Pattern) -> tuple[int, ...]:
        """The indices of the sentences in which the pattern is found, in order."""
        found = self._found.get(pattern)
        if found is None:
            possible = self.possible(pattern)
            found = pattern.found_among(self.encoded, possible) if possible else ()
            self._found[pattern] = found
        return found

    def possible(self, pattern: Pattern) -> Sequence[int]:
        """The indices of the sentences whose words let the pattern be in them, in order."""
        bit = pattern.bit
        if bit.bit_length() > self._known:
            return self._newly_possible(pattern)
        wordless = pattern.without_words
        if wordless is not None:
            is_in, encoded = wordless.is_in, self.encoded
            return [i for i, bits in enumerate(self._bits) if bits & bit or is_in(encoded[i])]
        if not self._any & bit:
            return ()
        return [index for index, bits in enumerate(self._bits) if bits & bit]

    def _newly_possible(self, pattern: Pattern) -> Sequence[int]:
        """The same for a pattern that was not watched yet when the words were read."""
        if pattern.without_words is not None:
            return range(len(self))
        bit = pattern.bit
        telling = {word for words in self.words for word in words if WATCHED[word] & bit}
        return [
            index
            for index, words in enumerate(self.words)
            if self._bits[index] & bit or not telling.isdisjoint(words)
        ]

    def may_have(self, pattern: Pattern) -> bool:
        """Whether the words of any sentence let the pattern be in it, or it needs none."""
        bit = pattern.bit
        if bit.bit_length() > self._known or pattern.without_words is not None:
            return True
        return self._any & bit != 0

    def has(self, pattern: Pattern) -> bool:
        """Whether the pattern is found in any sentence."""
        found = self._found.get(pattern)
        if found is not None:
            return bool(found)
        return any(pattern.is_in(self.encoded[index]) for index in self.possible(pattern))

    def count(self, pattern: Pattern) -> int:
        """How often the pattern is found."""
        return sum(len(pattern.spans(self.encoded[index])) for index in self.indices(pattern))

    def having(self, pattern: Pattern) -> list[Sentence]:
        """The sentences in which the pattern is found, in order."""
        return [self.sentences[index] for index in self.indices(pattern)]

    @cached_property
    def _any(self) -> int:
        return reduce(int.__or__, self._bits, 0)
