"""Which of many patterns can be in a text, told by its words in one pass.

Each watched pattern is a bit. A word has the bits of the patterns that it lets occur (see
`needed_words`), worked out once for each word; the bits of a text are those of its words.
"""

import operator
from collections.abc import Iterable, Iterator
from functools import reduce
from string import ascii_lowercase, digits

EVERYTHING = -1
"""The bits of a text that says nothing about what can be in it: all of them."""
_MOST_WORDS = 200_000
"""Words that are remembered; then they are worked out anew, so that memory stays bounded."""
_LONGEST_WORD = 40
"""Letters; a longer word is no word, and says nothing."""
_KEY = 3
"""Characters by which the pieces that may begin at a place of a word are looked up."""
_NONE: dict[bytes, int] = {}
_EVEN = {**{each: each for each in ascii_lowercase}, **dict.fromkeys(digits, "0")}
_CHARACTERS = bytes(ord(_EVEN.get(chr(byte).lower(), " ")) for byte in range(256))
_FOLDED = ("\u017f".encode(), "\u212a".encode())
"""The two characters that RE2 takes for s and k where case is ignored."""


class WatchedWords(dict[bytes, int]):
    """The bits of each word; a word that is not known yet is worked out when it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: dict[bytes, int] = {}
        self._parts: dict[bytes, dict[bytes, int]] = {}
        """The pieces that are parts of words, by their first characters; short ones by none."""
        self.count = 0
        """How many patterns are watched."""

    def watch(self, needed: Iterable[Iterable[str]]) -> int:
        """A new bit, for patterns of which each needs one of its pieces."""
        bit = 1 << self.count
        self.count += 1
        known = b" %b " % b"  ".join(self)
        for piece in {piece.encode() for pieces in needed for piece in pieces}:
            listed = self._beside(piece)
            listed[piece] = listed.get(piece, 0) | bit
            for word in _words_with(piece, known):
                self[word] |= bit
        return bit

    def _beside(self, piece: bytes) -> dict[bytes, int]:
        """The pieces among which it is listed."""
        if piece.startswith(b" ") and piece.endswith(b" "):
            return self._whole
        key = piece[:_KEY] if len(piece) >= _KEY else b""
        return self._parts.setdefault(key, {})

    def __missing__(self, word: bytes) -> int:
        """The bits of a word that was not asked for before."""
        if len(word) > _LONGEST_WORD:
            return EVERYTHING
        if len(self) >= _MOST_WORDS:
            self.clear()
        framed = b" %b " % word
        bits = reduce(int.__or__, self._pieces_in(framed), self._whole.get(framed, 0))
        self[word] = bits
        return bits

    def _pieces_in(self, framed: bytes) -> Iterator[int]:
        """The bits of each piece that is a part of the word."""
        for start in range(len(framed) - _KEY + 1):
            for piece, bits in self._parts.get(framed[start : start + _KEY], _NONE).items():
                if framed.startswith(piece, start):
                    yield bits
        for piece, bits in self._parts.get(b"", _NONE).items():
            if piece in framed:
                yield bits

    def bits_in(self, encoded: bytes) -> int:
        """The bits of the patterns that the words of a text in UTF-8 let occur."""
        return EVERYTHING if is_folded(encoded) else self.bits_of(words_of(encoded))

    def bits_of(self, words: Iterable[bytes]) -> int:
        """The bits of the patterns that these words let occur."""
        return all_bits(filter(None, map(self.__getitem__, words)))


def _words_with(piece: bytes, known: bytes) -> Iterator[bytes]:
    """The words that hold the piece, of words with a space before and behind each."""
    at = known.find(piece)
    while at >= 0:
        start = known.rfind(b" ", 0, at + 1) + 1
        end = known.index(b" ", start)
        yield known[start:end]
        at = known.find(piece, end)


def words_alone(encoded: bytes) -> bytes:
    """The words of a text in UTF-8: runs of a to z, in lower case, and of 0 for each digit.

    All else is spaces, as many as there are bytes.
    """
    return encoded.translate(_CHARACTERS)


def words_of(encoded: bytes) -> set[bytes]:
    """The words of a text in UTF-8, each once."""
    return set(words_alone(encoded).split())


def without_digits(words: bytes) -> set[bytes]:
    """The words of `words_alone`, each once, those with digits in them cut at the digits."""
    return set(words.replace(b"0", b" ").split())


def all_bits(listed: Iterable[int]) -> int:
    """The bits that any of these has."""
    join = operator.or_  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # any
    return reduce(join, listed, 0)  # pyright: ignore[reportUnknownArgumentType]


def is_folded(encoded: bytes) -> bool:
    """Whether a text in UTF-8 holds characters that count as letters a to z only for RE2."""
    return not encoded.isascii() and any(each in encoded for each in _FOLDED)


WATCHED = WatchedWords()
"""All patterns of the process; a pattern is watched from when it is compiled."""
