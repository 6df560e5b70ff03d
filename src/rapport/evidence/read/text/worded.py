"""Patterns with groups (Python's own), searched only in texts that hold a word they need.

Such a search takes far longer than telling the words of a sentence, and most sentences lack them.
"""

import re
from collections.abc import Iterable

from rapport.knowledge.needed_words import needed_words
from rapport.knowledge.watched_words import EVERYTHING, WatchedWords, words_of

_FOLDED = re.compile("[\u0130\u0131\u017f\u212a]")
"""Characters that Python takes for i, s and k where case is ignored."""


class Worded:
    """A pattern, and its bits among those that are looked for in the same texts."""

    def __init__(self, pattern: re.Pattern[str], bits: int) -> None:
        self.pattern = pattern
        self.bits = bits

    def search(self, text: str, possible: int) -> re.Match[str] | None:
        """The first match; `possible` is what `WordedPatterns` tells of the text."""
        is_possible = possible & self.bits == self.bits
        return self.pattern.search(text) if is_possible else None


class WordedPatterns:
    """Patterns that are looked for in the same texts; case is ignored."""

    def __init__(self) -> None:
        self._watched = WatchedWords()

    def add(self, source: str, *, also: Iterable[str] = ()) -> Worded:
        """One more pattern; `also` are words of which it needs one beside those that show.

        It is searched only where the words let it be.
        Raises: ValueError for a pattern that can be found without a word.
        """
        listed = [needed_words(source), [f" {word} " for word in also]]
        if not any(listed):
            raise ValueError(f"a pattern without words: {source}")
        bits = sum(self._watched.watch([needed]) for needed in listed if needed)
        return Worded(re.compile(source, re.IGNORECASE), bits)

    def possible(self, text: str, words: Iterable[bytes] | None = None) -> int:
        """The bits of the words of the text, which are told anew where they are not given."""
        if not text.isascii() and _FOLDED.search(text):
            return EVERYTHING
        return self._watched.bits_of(
            words_of(text.encode(errors="replace")) if words is None else words
        )
