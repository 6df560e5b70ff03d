"""Sentences of an even text, by nupunkt with the field's abbreviations; offsets are kept."""

import re
from collections import deque
from functools import cache

from nupunkt.models import load_default_model
from nupunkt.tokenizers.sentence_tokenizer import PunktSentenceTokenizer

LONGEST = 3000
"""Characters; a longer stretch without a full stop is cut, so that no rule meets more."""

_ABBREVIATIONS = (
    "al", "approx", "e.g", "i.e", "eg", "ie", "cf", "vs", "fig", "figs", "ref", "refs", "no",
    "nos", "dr", "drs", "prof", "mr", "mrs", "ms", "st", "ed", "eds", "vol", "p", "pp", "ca",
    "n", "sd", "resp", "incl", "excl", "suppl", "tab", "sec", "eq", "eqs", "et", "spp", "sp",
    "var", "inc", "ltd", "co", "corp", "dept", "univ", "md", "ph.d", "m.d", "u.s", "u.k", "est",
    "min", "max", "avg", "wk", "wks", "yr", "yrs", "mo", "mos", "hr", "hrs", "pts", "s.d", "s.e",
    "c.i", "a.m", "p.m", "jr", "sr", "viz", "etc",
)  # fmt: skip
# A full stop with a reference number glued to it ("criteria.6 Patients"): printed superscripts.
_GLUED = re.compile(
    r"(?<=[a-z)\]%])[.?!](?:\d{1,3}(?:[,\u2013-]\d{1,3})*|\[[\d,\u2013 -]{1,40}\])\s+(?=[A-Z])"
)
_CANDIDATE = re.compile(r"[.!?]")


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    tokenizer = load_default_model()
    tokenizer.add_abbreviations(list(_ABBREVIATIONS))
    return tokenizer


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it; in order."""
    if _CANDIDATE.search(text, 0, max(0, len(text) - 1)) is None:
        spans = [(0, len(text))]
    else:
        spans = [(start, end) for start, end in _tokenizer().span_tokenize(text)]
    found: list[tuple[int, int]] = []
    for start, end in _unglued(spans, [match.end() for match in _GLUED.finditer(text)]):
        found.extend(_trimmed(text, start, end))
    return found


def _unglued(spans: list[tuple[int, int]], cuts: list[int]) -> list[tuple[int, int]]:
    """The spans, cut also where a reference number hid the end of a sentence."""
    if not cuts:
        return spans
    found: list[tuple[int, int]] = []
    later = deque(cuts)
    for start, end in spans:
        while later and later[0] <= start:
            later.popleft()
        while later and later[0] < end:
            found.append((start, later[0]))
            start = later.popleft()
        found.append((start, end))
    return found


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch without outer white space, in pieces no longer than `LONGEST`."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    found: list[tuple[int, int]] = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        found.append((start, cut))
        start = cut + 1 if text[cut] == " " else cut
    return [*found, (start, end)] if end > start else found
