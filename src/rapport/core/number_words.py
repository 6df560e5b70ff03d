"""Whole numbers in English words: "twenty-five", "one thousand and forty-eight"."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

# fmt: off
_FROM_ZERO = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
_FROM_TWENTY = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on

SUMMANDS: Mapping[str, int] = MappingProxyType(
    {word: value for value, word in enumerate(_FROM_ZERO)}
    | {word: 10 * tens for tens, word in enumerate(_FROM_TWENTY, start=2)}
)
"""Words whose values are added: zero to nineteen, and the tens."""

SCALES: Mapping[str, int] = MappingProxyType(
    {"hundred": 100, "thousand": 1000, "million": 1_000_000}
)
"""Words that multiply what stands before them; thousand and million close a group."""


def from_words(words: Iterable[str]) -> int | None:
    """The number that lower-case words write: "a hundred and five" is 105.

    Missing: None for no word, or one that belongs to no number.
    """
    total = current = 0
    counted = False
    for word in words:
        if word == "and" and counted:
            continue
        step = _step(word, current)
        if step is None:
            return None
        counted, current = True, step
        if SCALES.get(word, 0) >= SCALES["thousand"]:
            total, current = total + current, 0
    return total + current if counted else None


def _step(word: str, current: int) -> int | None:
    """The value of a group after one more word; None for a word that is no number."""
    if word == "a":
        return 1 if current == 0 else None
    if word in SUMMANDS:
        return current + SUMMANDS[word]
    scale = SCALES.get(word)
    return None if scale is None else max(current, 1) * scale
