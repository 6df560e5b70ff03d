"""A weaker wording for a clause: offered beside it, never put in its place."""

from collections.abc import Callable, Sequence

import msgspec

from rapport.cards.strength import DESCRIBED, Link
from rapport.knowledge.model import Swap
from rapport.knowledge.patterns import TextPattern

_MOST_SWAPS = 6
"""Swaps in one clause at most: what needs more is better written anew by a person."""

_LOOKS_BACK = 40
"""Characters before a word that tell whether it is a verb of its own."""


class _Compiled(msgspec.Struct, frozen=True, kw_only=True):
    words: TextPattern
    weaker: str
    not_before: TextPattern
    not_after: TextPattern

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the words at `[start, end)` stand where they may be swapped."""
        before, after = text[max(0, start - _LOOKS_BACK) : start], text[end:]
        return not (self.not_before.occurs_in(before) or self.not_after.occurs_in(after))


class Swaps:
    """The swaps of one rule, compiled."""

    def __init__(self, swaps: tuple[Swap, ...]) -> None:
        self._swaps = [
            _Compiled(
                words=TextPattern((swap.words,), ignore_case=True),
                weaker=swap.weaker,
                not_before=_optional(swap.not_before, "(?:{})$"),
                not_after=_optional(swap.not_after, "^(?:{})"),
            )
            for swap in swaps
        ]

    def anywhere(self, text: str) -> str | None:
        """The text with the first swap that fits it; None if none does."""
        return self._first(text, ((0, len(text)),))

    def within(
        self, text: str, most: int, links: Callable[[str], tuple[Link, ...]]
    ) -> str | None:
        """The text with its links above the level `most` swapped; None if that cannot be done.

        `links` reads the links of a text. Where nothing may be said (level 0) nothing is offered. Only words that hold a link above `most` are swapped.
        """
        said = text
        for _ in range(_MOST_SWAPS if most >= DESCRIBED else 0):
            above = [(link.start, link.end) for link in links(text) if link.level > most]
            if not above:
                return text if text != said else None
            swapped = self._first(text, above)
            if swapped is None:
                return None
            text = swapped
        return None

    def _first(self, text: str, places: Sequence[tuple[int, int]]) -> str | None:
        for swap in self._swaps:
            for start, end in swap.words.places(text):
                held = any(start < last and first < end for first, last in places)
                if held and swap.fits(text, start, end):
                    return text[:start] + _cased(swap.weaker, text[start]) + text[end:]
        return None


def _optional(pattern: str | None, place: str) -> TextPattern:
    return TextPattern((place.format(pattern),) if pattern else (), ignore_case=True)


def _cased(words: str, first: str) -> str:
    return words[:1].upper() + words[1:] if first.isupper() else words
