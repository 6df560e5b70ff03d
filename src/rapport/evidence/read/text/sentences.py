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
    "c.i", "a.m", "p.m", "jr", "sr", "viz", "etc", "jan", "feb", "apr", "aug", "sept", "oct", "nov",
    "dec", "rev", "gen", "assoc", "soc", "natl", "int", "acad", "proc", "ann", "clin", "exp", "hosp",
)  # fmt: skip
_MOST_LETTERS = 2
"""Letters of an abbreviation that is taken from nupunkt's own list: the longer ones there are often
words that end sentences ("sleep", "life", "week", "cancer")."""
# A full stop with a reference number glued to it ("criteria.6 Patients"): printed superscripts.
# It begins with the stop, so that the text between stops is skipped fast.
_GLUED = re.compile(
    r"[.?!](?<=[a-z)\]%][.?!])(?:\d{1,3}(?:[,\u2013-]\d{1,3})*|\[[\d,\u2013 -]{1,40}\])\s+(?=[A-Z])"
)
# Abbreviations before which nothing but a sentence in mid-flow goes on in lower case.
_CERTAIN_ABBREVIATIONS = frozenset(
    ["al", "e.g", "i.e", "vs", "approx", "cf", "ca", "fig", "figs"]
)
_BODY_OF_A_COUNTRY = re.compile(r"U\.[SK]\.\s[A-Z]{2,}\b")
"""A country before the letters of one of its bodies: "the U.S. CDC"."""
_STOP = re.compile(r"[.!?][\"')\]\u201d\u2019]*(?=\s)")
_SHORTEST_WORD = 4
_LONGEST_WORD = 40


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    tokenizer = load_default_model()
    for word in tokenizer.abbreviations:
        if len(word) > _MOST_LETTERS and "." not in word:
            tokenizer.remove_abbreviation(word)
    tokenizer.add_abbreviations(list(_ABBREVIATIONS))
    return tokenizer


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it; in order."""
    found: list[tuple[int, int]] = []
    cuts = [match.end() for match in _GLUED.finditer(text)]
    for start, end in _unglued(_spans(text), cuts):
        found.extend(_trimmed(text, start, end))
    return found


def _spans(text: str) -> list[tuple[int, int]]:
    """The sentences: plain ends are cut at once, and only stretches with a doubtful one judged.

    A stop behind an ordinary word and before a capital ends a sentence for nupunkt too; what it
    takes its time for are the abbreviations, numbers and initials.
    """
    found: list[tuple[int, int]] = []
    start, is_doubtful = 0, False
    for match in _STOP.finditer(text):
        ends = _ends_sentence(text, match.start(), match.end())
        if ends is None:
            is_doubtful = True
        elif ends:
            stop = match.end()
            found.extend(_judged(text, start, stop) if is_doubtful else [(start, stop)])
            start, is_doubtful = stop, False
    found.extend(_judged(text, start, len(text)) if is_doubtful else [(start, len(text))])
    return found


def _judged(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = _tokenizer().span_tokenize(text[start:end])
    return [(start + first, start + last) for first, last in spans]


def _ends_sentence(text: str, stop: int, end: int) -> bool | None:
    """Whether the stop ends a sentence, where that is plain; None where it is not."""
    following = text[end + 1 : end + 2]
    if following.isupper() and _BODY_OF_A_COUNTRY.match(text, max(0, stop - 3)):
        return False
    word = text[text.rfind(" ", max(0, stop - _LONGEST_WORD), stop) + 1 : stop]
    if following.isupper():
        if word[-1:] in (")", "]"):
            return True
        plain = len(word) >= _SHORTEST_WORD and word[-4:].isalpha() and word[-3:].islower()
        return True if plain and word.lower() not in _abbreviations() else None
    if following.islower() or following in ("(", "["):
        return False if word.lower().lstrip("([") in _CERTAIN_ABBREVIATIONS else None
    return None


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(_tokenizer().abbreviations)


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
