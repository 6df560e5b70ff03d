"""The numbers a text says, in figures or in words, with their units."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import msgspec

from rapport.core.number_words import SCALES, SUMMANDS, from_words
from rapport.knowledge.reading.outside import OutsideRules

PERCENT = "percent"

_SHARES = {
    "half": "50", "a third": "33.3", "one third": "33.3", "two thirds": "66.7", "two-thirds": "66.7",
    "one-third": "33.3", "a quarter": "25", "one quarter": "25", "three quarters": "75",
}  # fmt: skip

_SMALL = "|".join(sorted(SUMMANDS, key=len, reverse=True))
_WORD_NUMBER = rf"(?:{_SMALL})(?:[\s-](?:and\s)?(?:{_SMALL}|{'|'.join(SCALES)}))*"
_FIGURES = r"\d{1,3}(?:[,\u2009\u202f\u00a0 ]\d{3})+(?:\.\d+)?(?!\d)|\d*\.?\d+"
_LONE_ONE = "one"
_REMEMBERED = 4096
"""Numbers whose value is remembered: the same few are said again and again."""
_LOOKS_BACK = 24
"""Characters before a number in which a word like 'approximately' stands."""


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number as it is said, at `[start, end)` in characters with its unit.

    `value` has as many decimals as were said; `unit` is the name of a unit, None without one.
    `is_about`: the text says that it is rounded.
    """

    words: str
    start: int
    end: int
    value: Decimal
    unit: str | None
    is_about: bool


class Numbers:
    """Finds numbers; compiled once."""

    def __init__(self, rules: OutsideRules) -> None:
        shares = "|".join(sorted(_SHARES, key=len, reverse=True))
        self._units = [
            (name, re.compile(rf"[\s-]?(?:{'|'.join(patterns)})(?![A-Za-z0-9])"))
            for name, patterns in rules.units.items()
        ]
        self._number = re.compile(
            rf"(?P<share>\b(?:{shares})\b)|(?P<figures>{_FIGURES})|(?P<words>\b{_WORD_NUMBER}\b)",
            re.IGNORECASE,
        )
        self._about = re.compile(rf"\b(?:{'|'.join(rules.about)})\s+$", re.IGNORECASE)

    def said(self, text: str) -> Iterator[Number]:
        """Every number of the text in order; a lone "one" is a word, not a number."""
        return (self._said(text, match, value) for match, value in self.values(text))

    def values(self, text: str) -> Iterator[tuple[re.Match[str], Decimal]]:
        """The same without units: where each number stands, and its value."""
        for match in self._number.finditer(text):
            value = _value(match)
            if value is not None and not _is_part_of_a_name(text, match):
                yield match, value

    def _said(self, text: str, match: re.Match[str], value: Decimal) -> Number:
        end, unit = self._unit(text, match.end())
        is_share = match["share"] is not None
        return Number(
            words=text[match.start() : end],
            start=match.start(),
            end=end,
            value=value,
            unit=PERCENT if is_share else unit,
            is_about=is_share or self._is_about(text, match.start()),
        )

    def carries(
        self, number: Number, text: str, values: Iterable[tuple[re.Match[str], Decimal]]
    ) -> bool:
        """Whether one of the `values` of a text is this number, or is it when rounded as it is said.

        Units are read of those alone that have the value.
        """
        return any(
            _rounds(number, value) and _same_unit(number, self._said(text, match, value))
            for match, value in values
        )

    def _is_about(self, text: str, at: int) -> bool:
        return self._about.search(text, max(0, at - _LOOKS_BACK), at) is not None

    def _unit(self, text: str, at: int) -> tuple[int, str | None]:
        """Where the unit after a number ends, and its name."""
        for name, pattern in self._units:
            if match := pattern.match(text, at):
                return match.end(), name
        return at, None


def _same_unit(number: Number, other: Number) -> bool:
    if PERCENT in (number.unit, other.unit):
        return number.unit == other.unit
    return None in (number.unit, other.unit) or number.unit == other.unit


def _rounds(number: Number, known: Decimal) -> bool:
    said = number.value
    if said == known:
        return True
    exponent = said.as_tuple().exponent
    if isinstance(exponent, int) and _rounded(known, exponent) == said:
        return True
    return number.is_about and known != 0 and abs(said - known) / abs(known) <= Decimal("0.05")


def _rounded(known: Decimal, exponent: int) -> Decimal | None:
    """The number with so many decimals; None where it has more digits than can be told apart."""
    try:
        return known.quantize(Decimal(1).scaleb(exponent))
    except InvalidOperation:
        return None


def _is_part_of_a_name(text: str, match: re.Match[str]) -> bool:
    """Figures that belong to a name, as in IL-6 or SF-36: those are compared as names."""
    if match["figures"] is None:
        return False
    before = text[max(0, match.start() - 2) : match.start()]
    after = text[match.end() : match.end() + 1]
    is_glued = before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isalpha())
    return is_glued or (after.isalpha() and not _is_unit_letter(text, match.end()))


def _is_unit_letter(text: str, at: int) -> bool:
    return re.match(r"(?:mg|kg|g|ml|mL|h|m|l|L|mcg|µg|bpm)\b", text[at : at + 4]) is not None


def _value(match: re.Match[str]) -> Decimal | None:
    if match["share"]:
        return Decimal(_SHARES[" ".join(match["share"].lower().split())])
    if match["figures"]:
        return _figures(match["figures"])
    return _in_words(match["words"].lower())


@lru_cache(maxsize=_REMEMBERED)
def _in_words(said: str) -> Decimal | None:
    words = re.split(r"[\s-]+", said)
    value = None if words == [_LONE_ONE] else from_words(words)
    return None if value is None else Decimal(value)


@lru_cache(maxsize=_REMEMBERED)
def _figures(figures: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[,\u2009\u202f\u00a0 ]", "", figures))
    except InvalidOperation:
        return None
