"""A text cut into sentences and clauses, with their places: what the gate judges one by one."""

import itertools
import re
from collections.abc import Iterator

import msgspec

_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]{0,3}(?=\s)|\n[ \t]*\n")
_ABBREVIATION = re.compile(
    r"(?:\bet al|\be\.g|\bi\.e|\bvs|\bcf|\bfigs?|\bno|\bca|\bapprox|\bdr|\bprof|\bst|\b[A-Z])\.$",
    re.IGNORECASE,
)
_CLAUSE_START = re.compile(
    r"(?<=;)\s|(?<=:)\s|\s(?=[–—]\s)"
    r"|(?<!\bthat)(?<!\bnot)\s(?=(?:but|whereas|although|though|while(?! \w+ing\b)|yet|however|nevertheless)\b)"
    r"|\s(?=and\s(?:found|showed|observed|conclude[sd]?)\s)"
    r"|(?<=,)\s(?=(?:and|or|so|thus|therefore|hence|thereby)\s"
    r"(?:it|they|this|these|those|we|the|a|an|our|there|that|may|might|can|could|patients|people)\b)",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 8
_FEWEST_WORDS = 3
"""A shorter piece is no clause of its own ("Conclusion:") and is joined to its neighbour."""


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """A clause as it stands in the text, at `[start, end)` in characters, and its sentence."""

    text: str
    start: int
    end: int
    sentence: str


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text in order; white space between them is left out.

    Together they hold every word of the text. Time grows with the length of the text only.
    """
    for start, end in sentence_places(text):
        yield from clauses_of(text, start, end)


def clauses_of(text: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses of the sentence `text[start:end]`, with their places in the text."""
    sentence = text[start:end]
    for first, last in _pieces(sentence):
        yield Clause(
            text=sentence[first:last], start=start + first, end=start + last, sentence=sentence
        )


def sentence_places(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _ends_sentence(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    end = match.end()
    if match.group().isspace():
        return True
    following = text[end : end + 3].strip()[:1]
    if following.islower():
        return False
    if text[end : end + 1] == "\n":
        return True
    before = text[max(0, match.start() + 1 - _LONGEST_ABBREVIATION) : match.start() + 1]
    return not _ABBREVIATION.search(before)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    kept = piece.strip()
    if kept:
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(kept)


def _pieces(sentence: str) -> list[tuple[int, int]]:
    bounds = [0, *(match.end() for match in _CLAUSE_START.finditer(sentence)), len(sentence)]
    found: list[tuple[int, int]] = []
    carried: int | None = None
    for start, end in itertools.pairwise(bounds):
        for first, last in _trimmed(sentence, start, end):
            begin = first if carried is None else carried
            carried = None
            if len(sentence[begin:last].split()) >= _FEWEST_WORDS:
                found.append((begin, last))
            elif found:
                found[-1] = (found[-1][0], last)
            else:
                carried = begin
    return found if carried is None else [*found, (carried, len(sentence))]
