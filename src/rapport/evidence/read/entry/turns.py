"""Definitions told in turn: each of them is the rule of another part of a study's people."""

import re
from collections.abc import Callable, Sequence

import msgspec

from rapport.core.answers import Answer
from rapport.evidence.read.definitions.mentions import Mention
from rapport.evidence.read.entry.connectors import joining_words
from rapport.evidence.read.entry.parts import part_of
from rapport.evidence.read.text.cues import cues
from rapport.evidence.read.text.numbers import WORDS

_FEWEST = 2
_COUNTED = re.compile(rf"\b(?:\d+|{WORDS})\b", re.I)
# "... in Leeds", where each definition has a place of its own.
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Ff]rom) (?:the )?((?!Table|Figure|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|Section|Phase|ME|CFS)[A-Z\u00c0-\u00de][\w\u00c0-\u017f-]{2,})"
)


class Turn(msgspec.Struct, frozen=True):
    """The definitions of one part of the people, and the stretch of the sentence on it."""

    mentions: tuple[Mention, ...]
    start: int
    end: int


def by_parts(text: str, mentions: Sequence[Mention]) -> tuple[Turn, ...]:
    """The definitions of a sentence by the part of the people named before, or behind, each.

    Missing: empty where the sentence tells no two parts apart.
    """
    if len(mentions) < _FEWEST:
        return ()
    starts = [0, *(m.end for m in mentions[:-1])]
    before = [
        _named_in(text[start : m.start]) for start, m in zip(starts, mentions, strict=True)
    ]
    if len({part for part in before if part is not None}) >= _FEWEST:
        return _grouped(text, mentions, before, starts)
    ends = [*(m.start for m in mentions[1:]), len(text)]
    behind = [
        place[1] if (place := _PLACE.search(text[m.end : end])) else None
        for m, end in zip(mentions, ends, strict=True)
    ]
    if before[0] is None and None not in behind[:-1] and len(set(behind)) == len(behind):
        return _grouped(text, mentions, behind, starts)
    return ()


def _named_in(words: str) -> str | None:
    part = part_of(words)
    if part is not None:
        return part
    places = _PLACE.findall(words)
    return places[-1] if places else None


def _grouped(
    text: str, mentions: Sequence[Mention], parts: Sequence[str | None], starts: Sequence[int]
) -> tuple[Turn, ...]:
    """One turn a part; a definition without a part of its own goes with the one before it."""
    groups: list[tuple[str | None, list[Mention], int]] = []
    for mention, part, start in zip(mentions, parts, starts, strict=True):
        if groups and part in (None, groups[-1][0]):
            groups[-1][1].append(mention)
        else:
            groups.append((part, [mention], start))
    ends = [*(start for _, _, start in groups[1:]), len(text)]
    return tuple(
        Turn(tuple(listed), start, end)
        for (_, listed, start), end in zip(groups, ends, strict=True)
    )


def told_in_turn(text: str, inside: tuple[Mention, ...]) -> bool:
    """Whether the names are told of several groups in turn: "..., respectively"."""
    if len(inside) < _FEWEST:
        return False
    after = text[inside[-1].end : inside[-1].end + 60]
    return cues("connectors").first(after, prefix="respectively") is not None


def counted_in_turn(
    text: str, inside: tuple[Mention, ...], answer: Callable[[Mention], Answer]
) -> bool:
    """Whether each of two names has its own number of people, and they answer otherwise."""
    if len(inside) != _FEWEST or _COUNTED.search(text[: inside[0].start]) is None:
        return False
    cue = cues("connectors").first(joining_words(text, *inside), prefix="counted_in_turn")
    return cue is not None and {answer(m) for m in inside} == {Answer.YES, Answer.NO}
