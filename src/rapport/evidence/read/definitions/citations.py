"""Citations by number in a sentence: [4], (4), criteria4, and superscripts."""

import re

import msgspec

_NUMBERS = r"\d{1,3}(?:\s*[,;\u2013-]\s*\d{1,3})*"
_CITATION = re.compile(
    rf"\[\s*({_NUMBERS})\s*\]"
    rf"|\(\s*({_NUMBERS})\s*\)"
    # Superscripts come out of a PDF glued to the word, or as superscript digits.
    rf"|(?<=[a-zA-Z)])(?<!\bn)(\d{{1,2}}(?:[,\u2013-]\d{{1,2}})*)(?![\w%.-]?\d|\w)"
    # ... or to the stop behind the word: "case definition.1 Controls".
    r"|(?<=[a-z][a-z)\]][.,;])(\d{1,2}(?:[,\u2013-]\d{1,2})*)(?=\s|$)"
    r"|([\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+(?:[,\u2013-][\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)*)"
)
_SUPERSCRIPTS = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789"
)
_RANGE = re.compile(r"(\d{1,3})\s*[\u2013-]\s*(\d{1,3})")
_NUMBER = re.compile(r"\d{1,3}")
_WIDEST_RANGE = 20


class Citation(msgspec.Struct, frozen=True):
    """A place that cites works by their printed numbers."""

    start: int
    end: int
    labels: tuple[str, ...]


def citations(text: str) -> tuple[Citation, ...]:
    """Every citation by number, in order; "[3-5]" names three works."""
    return tuple(
        Citation(match.start(), match.end(), _labels(match.group().translate(_SUPERSCRIPTS)))
        for match in _CITATION.finditer(text)
    )


def _labels(printed: str) -> tuple[str, ...]:
    found: list[str] = []
    for first, last in _RANGE.findall(printed):
        low, high = int(first), int(last)
        if low < high <= low + _WIDEST_RANGE:
            found.extend(str(number) for number in range(low, high + 1))
    found.extend(str(int(number)) for number in _NUMBER.findall(printed))
    return tuple(dict.fromkeys(found))
