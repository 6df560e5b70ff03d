"""Definitions that followed each other in time: one until a year, another from then on."""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from rapport.evidence.read.definitions.mentions import Mention
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.entry.turns import Turn
from rapport.evidence.read.text.sentence import Sentence

_UNTIL = re.compile(
    r"\b(?:until|till|up to|before|prior to)\b[^.;]{0,40}?\b(?:19|20)\d\d\b"
    r"|\b(?:first|original|initial|earlier) (?:version|protocol|edition|draft)\b|\b(?:initially|originally|at first)\b",
    re.I,
)
_FROM_THEN = re.compile(
    r"\b(?:from|since|after|starting)\b[^.;]{0,30}?\b(?:19|20)\d\d\b"
    r"|\b(?:from then on(?:wards?)?|thereafter|afterwards|since then|after that|later)\b"
    r"|\bamend(?:ed|ment)\b|\b(?:took|taking|take) (?:its|their) place\b|\breplaced (?:them|it|these|this)\b"
    r"|\bafter(?=\s*(?:[.;,)]|$))",
    re.I,
)
_FEWEST = 2


def in_periods(text: str, mentions: Sequence[Mention]) -> tuple[Turn, ...]:
    """The definitions that a sentence names for two periods; none where time parts none."""
    if len(mentions) < _FEWEST:
        return ()
    first = _UNTIL.search(text)
    second = _FROM_THEN.search(text, first.end()) if first else None
    if first is None or second is None:
        return ()
    parts_at = second.start()
    if mentions[0].start < first.start():
        parts_at = first.end()
    elif mentions[-1].start < parts_at:
        parts_at = mentions[0].end
    before = tuple(mention for mention in mentions if mention.start < parts_at)
    after = tuple(mention for mention in mentions if mention.start >= parts_at)
    if not before or not after:
        return ()
    return Turn(before, 0, parts_at), Turn(after, parts_at, len(text))


def with_periods(
    statements: Sequence[Statement], sentences: Sequence[Sentence]
) -> list[Statement]:
    """The statements; two in a row, one of each period, are those of separate cohorts."""
    following = dict(pairwise(sentences))
    found = list(statements)
    for index, (one, other) in enumerate(pairwise(statements)):
        if (
            one.role is other.role is Role.ENTRY
            and following.get(one.sentence) == other.sentence
            and _UNTIL.search(one.sentence.text)
            and _FROM_THEN.search(other.sentence.text)
        ):
            found[index] = msgspec.structs.replace(found[index], cohort=True)
            found[index + 1] = msgspec.structs.replace(other, cohort=True)
    return found
