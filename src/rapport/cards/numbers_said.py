"""The numbers a text says, in figures or in words, with their units."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

import msgspec

from rapport.core.number_words import SCALES, SUMMANDS, from_words
from rapport.knowledge.outside_rules import OutsideRules

PERCENT = "percent"

_SHARES = {
    "half": "50", "a third": "33.3", "one third": "33.3", "two thirds": "66.7", "two-thirds": "66.7",
    "one-third": "33.3", "a quarter": "25", "one quarter": "25", "three quarters": "75",
}  # fmt: skip

_SMALL = "|".join(sorted(SUMMANDS, key=len, reverse=True))
_WORD_NUMBER = rf"(?:{_SMALL})(?:[\s-](?:and\s)?(?:{_SMALL}|{'|'.join(SCALES)}))*"
_FIGURES = r"\d{1,3}(?:[,\u2009\u202f\u00a0 ]\d{3})+(?:\.\d+)?(?!\d)|\d*\.?\d+"
_LONE_ONE = "one"
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
        for match in self._number.finditer(text):
            value = _value(match)
            if value is None or _is_part_of_a_name(text, match):
                continue
            end, unit = self._unit(text, match.end())
            is_share = match["share"] is not None
            yield Number(
                words=text[match.start() : end],
                start=match.start(),
                end=end,
                value=value,
                unit=PERCENT if is_share else unit,
                is_about=is_share or self._is_about(text, match.start()),
            )

    def _is_about(self, text: str, at: int) -> bool:
        return self._about.search(text, max(0, at - _LOOKS_BACK), at) is not None

    def _unit(self, text: str, at: int) -> tuple[int, str | None]:
        """Where the unit after a number ends, and its name."""
        for name, pattern in self._units:
            if match := pattern.match(text, at):
                return match.end(), name
        return at, None


def carries(number: Number, known: Iterable[Number]) -> bool:
    """Whether one of the known numbers is this one, or is it when rounded as it is said."""
    return any(_same_unit(number, other) and _rounds(number, other) for other in known)


def _same_unit(number: Number, other: Number) -> bool:
    if PERCENT in (number.unit, other.unit):
        return number.unit == other.unit
    return None in (number.unit, other.unit) or number.unit == other.unit


def _rounds(number: Number, other: Number) -> bool:
    said, known = number.value, other.value
    if said == known:
        return True
    exponent = said.as_tuple().exponent
    if isinstance(exponent, int) and known.quantize(Decimal(1).scaleb(exponent)) == said:
        return True
    return number.is_about and known != 0 and abs(said - known) / abs(known) <= Decimal("0.05")


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
    return _in_words(re.split(r"[\s-]+", match["words"].lower()))


def _in_words(words: list[str]) -> Decimal | None:
    value = None if words == [_LONE_ONE] else from_words(words)
    return None if value is None else Decimal(value)


def _figures(figures: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[,\u2009\u202f\u00a0 ]", "", figures))
    except InvalidOperation:
        return None
