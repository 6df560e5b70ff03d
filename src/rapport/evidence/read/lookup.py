"""Which sentences of a document hold a pattern: one pass over all of them instead of one each."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from rapport.evidence.read.document import Sentence
from rapport.knowledge.patterns import TextPattern


class Lookup:
    """The sentences of a document as one text, with the way back to the sentence."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self._text = "\n\n".join(sentence.text for sentence in sentences)
        self._starts: list[int] = []
        length = 0
        for sentence in sentences:
            self._starts.append(length)
            length += len(sentence.text) + 2

    def indices(self, pattern: TextPattern) -> tuple[int, ...]:
        """The indices of the sentences in which the pattern is found, in order."""
        return tuple(
            sorted({bisect_right(self._starts, at) - 1 for at, _ in pattern.places(self._text)})
        )

    def has(self, pattern: TextPattern) -> bool:
        """Whether the pattern is found in any sentence."""
        return pattern.occurs_in(self._text)

    def having(self, pattern: TextPattern) -> Iterable[Sentence]:
        """The sentences in which the pattern is found, in order."""
        return (self.sentences[index] for index in self.indices(pattern))
