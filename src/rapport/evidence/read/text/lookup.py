"""Which sentences hold a pattern: their words tell in one pass which patterns can be in them."""

from collections.abc import Iterable, Mapping, Sequence

from rapport.evidence.read.text.sections import SectionKind
from rapport.evidence.read.text.sentence import Sentence
from rapport.knowledge.patterns import Pattern
from rapport.knowledge.watched_words import (
    EVERYTHING,
    WATCHED,
    all_bits,
    is_folded,
    words_alone,
)


class _Texts:
    """The texts of all sentences of a document, and what their words let occur in them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.encoded = [each.encode(errors="replace") for each in texts]
        self.words = [words_alone(each) for each in self.encoded]
        """The words of each in lower case with spaces between, as `words_alone` gives them."""
        self._folded = [at for at, each in enumerate(self.encoded) if is_folded(each)]
        self._read()

    def _read(self) -> None:
        bits_of = WATCHED.bits_of
        self.known = WATCHED.count
        """How many patterns were watched when the words were read."""
        self.bits = [bits_of(each.split()) for each in self.words]
        for at in self._folded:
            self.bits[at] = EVERYTHING
        self.any = all_bits(self.bits)

    def bits_for(self, count: int) -> Sequence[int]:
        """The bits of each; read anew where fewer than `count` patterns were watched then."""
        if count > self.known:
            self._read()
        return self.bits


class Lookup:
    """Sentences in which patterns are looked for, each only where its words stand.

    What was found is remembered, so that several steps can ask for the same pattern.
    """

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        listed = tuple(sentences)
        self._begin(_Texts([each.text for each in listed]), listed, range(len(listed)))

    def _begin(
        self, texts: _Texts, sentences: Sequence[Sentence], chosen: Sequence[int]
    ) -> "Lookup":
        self.sentences = sentences
        self._texts = texts
        self._chosen = chosen
        """The places of the sentences among all texts."""
        self.encoded = texts.encoded if self._is_whole else [texts.encoded[n] for n in chosen]
        self._found: dict[Pattern, Sequence[int]] = {}
        self._parts: dict[tuple[int, ...], Lookup] = {}
        self._sections: dict[frozenset[str], Lookup] = {}
        return self

    def __len__(self) -> int:
        return len(self._chosen)

    @property
    def _is_whole(self) -> bool:
        return isinstance(self._chosen, range)

    def part(self, indices: Iterable[int]) -> "Lookup":
        """Only the sentences at these places, in this order."""
        chosen = tuple(indices)
        if len(chosen) == len(self) and chosen == tuple(range(len(self))):
            return self
        if chosen not in self._parts:
            self._parts[chosen] = Lookup.__new__(Lookup)._begin(
                self._texts,
                [self.sentences[index] for index in chosen],
                [self._chosen[index] for index in chosen],
            )
        return self._parts[chosen]

    def as_if(self, sentences: Iterable[Sentence]) -> "Lookup":
        """The same texts with other notes of where they stand."""
        return Lookup.__new__(Lookup)._begin(self._texts, tuple(sentences), self._chosen)

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

    def bits(self, count: int) -> Sequence[int]:
        """Of each sentence the bits of the patterns that its words let be in it.

        `count` patterns at least were watched when the words were read.
        """
        bits = self._texts.bits_for(count)
        return bits if self._is_whole else [bits[at] for at in self._chosen]

    def words(self, index: int) -> bytes:
        """The words of a sentence in lower case, with spaces between."""
        return self._texts.words[self._chosen[index]]

    def indices(self, pattern: Pattern) -> Sequence[int]:
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
        if not pattern.needs_words or bit.bit_length() > self._texts.known:
            return range(len(self))
        if not self._texts.any & bit:
            return ()
        bits = self._texts.bits
        return [index for index, at in enumerate(self._chosen) if bits[at] & bit]

    def has(self, pattern: Pattern) -> bool:
        """Whether the pattern is found in any sentence."""
        found = self._found.get(pattern)
        if found is not None:
            return bool(found)
        return any(pattern.is_in(self.encoded[index]) for index in self.possible(pattern))

    def count(self, pattern: Pattern) -> int:
        """How often the pattern is found."""
        return sum([len(pattern.spans(self.encoded[index])) for index in self.indices(pattern)])

    def having(self, pattern: Pattern) -> list[Sentence]:
        """The sentences in which the pattern is found, in order."""
        return [self.sentences[index] for index in self.indices(pattern)]
