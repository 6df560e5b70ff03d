"""How the definitions named in a clause are joined: all of them, or any."""

import re
from itertools import pairwise

from rapport.core.vocabulary import Combination
from rapport.evidence.read.definitions.mentions import Mention
from rapport.evidence.read.text.cues import cues

_OF_EVERYONE = re.compile(r"\b(?:all|each|every|everyone)\b", re.I)
_OR_SOMEBODY_ELSE = re.compile(
    r"\bor (?:an? |another |the )?(?:[\w-]+ )?[a-z]+(?:ists?|ians?|ors?|tants?|ners?|nurses?)"
    r"(?: \w+)? (?:according|based|by|using|on|following|with|in)\b",
    re.I,
)
"""Another person who made the diagnosis by the same definition: no alternative to it."""
_FAR = 160
"""Characters between two names beyond which they are not one list."""


def combination(text: str, mentions: tuple[Mention, ...]) -> Combination | None:
    """How the mentions of one clause are joined; None where the text leaves it open.

    Open is a slash between two different definitions, or a mixture of and and or.
    """
    if not mentions:
        return Combination.NONE
    if len(mentions) == 1:
        return Combination.SINGLE
    rules = cues("connectors")
    before = text[max(0, mentions[0].start - 80) : mentions[0].start]
    if rules.first(before, prefix="before_any"):
        return Combination.ANY
    after = text[mentions[-1].end : mentions[-1].end + 80]
    if rules.first(after, prefix="after_any"):
        return Combination.ANY
    if rules.first(before, prefix="before_all"):
        return Combination.ALL
    return _between(text, mentions)


def _between(text: str, mentions: tuple[Mention, ...]) -> Combination | None:
    found: set[str] = set()
    between = [joining_words(text, one, other) for one, other in pairwise(mentions)]
    for words in between:
        cue = cues("connectors").first(words, prefix="between")
        if cue is not None:
            found.add(cue.says)
    if found == {"any"}:
        return Combination.ANY
    if not found and not any("/" in words for words in between):
        # A bare list is asked for in full where it is told of everyone.
        return Combination.ALL if _OF_EVERYONE.search(text[: mentions[0].start]) else None
    return Combination.ALL if found == {"all"} else None


def joining_words(text: str, one: Mention, other: Mention) -> str:
    """The words between two names; names may overlap where a pattern takes in its neighbour."""
    if other.start >= one.end:
        return text[one.end : other.start][:_FAR]
    if other.start > one.start:
        return text[one.start : other.start]
    first, last = sorted((one.end, other.end))
    return text[first:last]


def joined_by_or(text: str, one: Mention, others: tuple[Mention, ...]) -> bool:
    """Whether a mention is an alternative to the nearest of the others."""
    nearest = min(others, key=lambda m: abs(m.start - one.start))
    first, last = (one, nearest) if one.start < nearest.start else (nearest, one)
    between = joining_words(text, first, last)
    if _OR_SOMEBODY_ELSE.search(between):
        return False
    cue = cues("connectors").first(between, prefix="between")
    return cue is not None and cue.says == "any"
