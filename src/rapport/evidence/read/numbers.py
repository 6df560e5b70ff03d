"""Whole numbers as papers write them: 1048, 1,048, "twenty-five", "one thousand and forty-eight"."""

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1000}

_FIRST = "|".join([*_UNITS, *_TENS, *(f"a {scale}" for scale in _SCALES)])
_NEXT = "|".join([*_UNITS, *_TENS, *_SCALES])
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
        return value if value < LARGEST else None
    return _in_words(words.replace("-", " ").split())


def _in_words(words: list[str]) -> int | None:
    total = current = 0
    counted = False
    for word in words:
        if word == "and" and counted:
            continue
        step = _step(word, current)
        if step is None:
            return None
        counted = True
        current = step
        if word == "thousand":
            total, current = total + current, 0
    return total + current if counted else None


def _step(word: str, current: int) -> int | None:
    """The running value after one more word; None for a word that is no number."""
    if word == "a":
        return 1 if current == 0 else None
    if word in _UNITS:
        return current + _UNITS[word]
    if word in _TENS:
        return current + _TENS[word]
    scale = _SCALES.get(word)
    return None if scale is None else max(current, 1) * scale
