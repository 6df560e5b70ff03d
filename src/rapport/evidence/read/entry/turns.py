"""Definitions told in turn: each of them is the rule of another part of a study's people."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from rapport.core.answers import Answer
from rapport.evidence.read.definitions.mentions import Mention
from rapport.evidence.read.entry.clauses import masked
from rapport.evidence.read.entry.connectors import joining_words
from rapport.evidence.read.entry.context import Role, told_by
from rapport.evidence.read.entry.parts import part_of
from rapport.evidence.read.text.cues import cues
from rapport.evidence.read.text.numbers import WORDS
from rapport.evidence.read.text.sentence import Sentence

_FEWEST = 2
_COUNTED = re.compile(rf"\b(?:\d+|{WORDS})\b", re.I)
# "... in Leeds", where each definition has a place of its own.
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Ff]rom) (?:the )?((?!Table|Figure|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|Section|Phase|ME|CFS)[A-Z\u00c0-\u00de][\w\u00c0-\u017f-]{2,})"
)
_LISTED_PLACE = re.compile(
    r"(?:^|[(;:,] )?\b([A-Z\u00c0-\u00de][\w\u00c0-\u017f-]{2,}): (?:the )?(?:(?:19|20)\d\d )?$"
)
"""A place before a colon and the definition in use there."""
_SUBJECT = re.compile(
    r"\b(?:those|patients|participants|people|persons|cases|individuals|adults|women|men) (?:who|that|meeting|fulfil+ing|satisfying)\b"
    r"|\b(?:a|one|the|another) (?:\w+ )?group (?:with|of)\b",
    re.I,
)
_OF_THEIR_OWN = re.compile(r"\bn ?= ?\d+|\b[Gg]roups?\b")
_YEAR = re.compile(
    r"\b(?:[Ff]rom|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Bb]etween|[Uu]p to|[Ii]n|[Dd]uring) (?:the end of |mid-?|early |late |[A-Z][a-z]+ )?((?:19|20)\d\d)\b"
)
_AGAINST = re.compile(r"[,;] (?:whereas|while) ")
_JOINED = re.compile(r"^\W*(?:whereas|while|and|but)\b\s*", re.I)
"""What joins a turn to the one before it."""


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
    apart = _told_apart(text, mentions)
    if apart:
        return _grouped(text, mentions, apart, starts)
    ends = [*(m.start for m in mentions[1:]), len(text)]
    behind = [
        place[1] if (place := _PLACE.search(text[m.end : end])) else None
        for m, end in zip(mentions, ends, strict=True)
    ]
    if before[0] is None and None not in behind[:-1] and len(set(behind)) == len(behind):
        return _grouped(text, mentions, behind, starts)
    return _over_years(text, mentions, starts) or _set_against(text, mentions)


def _over_years(
    text: str, mentions: Sequence[Mention], starts: Sequence[int]
) -> tuple[Turn, ...]:
    """One turn a time span, where each definition has a year of its own before it."""
    found = [
        _YEAR.findall(text, start, m.start) for start, m in zip(starts, mentions, strict=True)
    ]
    years = [each[-1] if each else None for each in found]
    if None in years or len(set(years)) < len(years):
        return ()
    return _grouped(text, mentions, years, starts)


def _set_against(text: str, mentions: Sequence[Mention]) -> tuple[Turn, ...]:
    """Two turns, where "whereas" sets one definition against another."""
    for one, other in pairwise(mentions):
        contrast = _AGAINST.search(text, one.end, other.start)
        if contrast is not None:
            before = tuple(m for m in mentions if m.start < contrast.start())
            after = tuple(m for m in mentions if m.start >= contrast.start())
            place = contrast.start()
            return Turn(before, 0, place), Turn(after, place, len(text))
    return ()


def _told_apart(text: str, mentions: Sequence[Mention]) -> tuple[str | None, ...]:
    """A label for each definition that people counted of their own met; none if it tells no two apart."""
    subjects = [
        _SUBJECT.search(text, one.end, other.start) for one, other in pairwise(mentions)
    ]
    first = _SUBJECT.search(text, 0, mentions[0].start)
    begins = [first, *subjects]
    labels = tuple(str(place) if found else None for place, found in enumerate(begins))
    if first is None or sum(map(bool, begins)) < _FEWEST:
        return ()
    bounds = [*(found.start() for found in begins if found), len(text)]
    counted = all(_OF_THEIR_OWN.search(text, one, other) for one, other in pairwise(bounds))
    return labels if counted else ()


def _named_in(words: str) -> str | None:
    listed = _LISTED_PLACE.search(words)
    if listed is not None:
        return listed[1]
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


def entering(
    sentence: Sentence, turns: Sequence[Turn], mentions: tuple[Mention, ...]
) -> str | None:
    """The words of the turn that tell how people came in, or were grouped; None if one tells else."""
    told: dict[Role, str] = {}
    for turn in turns:
        words = _JOINED.sub("", masked(sentence.text, turn.start, turn.end, mentions))
        told.setdefault(told_by(words, sentence.section, sentence.titles).role, words)
    if not told.keys() <= {Role.ENTRY, Role.SUBGROUP, Role.NONE}:
        return None
    return told.get(Role.ENTRY) or told.get(Role.SUBGROUP)


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
