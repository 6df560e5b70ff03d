"""Whole numbers as papers write them: 1048, 1,048, "twenty-five", "one thousand and forty-eight"."""

from rapport.core.number_words import SCALES, SUMMANDS, from_words

# No study counts people in millions: those are people at large.
_SCALES = [word for word, scale in SCALES.items() if scale < 1_000_000]
_FIRST = "|".join([*SUMMANDS, *(f"a {scale}" for scale in _SCALES)])
_NEXT = "|".join([*SUMMANDS, *_SCALES])
WORDS = rf"(?:(?:{_FIRST})(?:(?:[ -]|,? and )(?:{_NEXT}))*)"
DIGITS = r"(?:\d{1,3}(?:[,\x{00A0}\x{2009}\x{202F} ]\d{3})+|\d{1,7})"
"""RE2 patterns of numbers in words and in digits (separators: comma or a space)."""

LARGEST = 10_000_000


def number(text: str) -> int | None:
    """The whole number that `text` writes.

    Missing: None if it is not a number, has a decimal part, or is ten million or more.
    """
    words = text.strip().lower()
    digits = "".join(each for each in words if each not in ", \u00a0\u2009\u202f")
    if digits.isdecimal() and digits.isascii():
        value = int(digits) if len(digits) < 9 else LARGEST
    else:
        value = from_words(words.replace("-", " ").split())
    return value if value is not None and value < LARGEST else None
