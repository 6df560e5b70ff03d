"""How PEM was asked for: the hours that it has to last, and the instrument."""

import re

from rapport.evidence.read.entry.clauses import pem_names
from rapport.evidence.read.text.cues import cues

_HOURS = re.compile(
    r"(?:≥|>=|>|at least|more than|minimum of|longer than|exceeding|lasting|for|over|of)?\s*"
    r"\b(\d{1,3}(?:\.\d)?|fourteen|twenty-?four)[\s-]*(?:h|hrs?|hours?)\b",
    re.I,
)
_NUMBER_WORDS = {"fourteen": 14.0, "twenty-four": 24.0, "twentyfour": 24.0}


def hours_in(text: str) -> float | None:
    """The least length of PEM in hours that the words name; None if none."""
    for first, last in pem_names().places(text):
        match = _HOURS.search(text, last, last + 70) or _HOURS.search(text, first - 40, first)
        if match is not None:
            word = match.group(1).lower()
            return _NUMBER_WORDS.get(word) or float(word)
    return None


def instrument_in(text: str) -> str | None:
    """The instrument a text names; None if none."""
    cue = cues("instruments").first(text)
    return cue.says if cue is not None else None
