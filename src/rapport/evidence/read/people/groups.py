"""The groups or arms of a study with their numbers, as one sentence states them."""

import re
from collections.abc import Iterator
from functools import cache

from rapport.cards.stated import Groups, GroupSize
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.numbers import number
from rapport.evidence.read.text.values import Told, spans
from rapport.knowledge.patterns import BytesPattern

_PLACES = (SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.UNKNOWN)
_N = re.compile(
    r"[(\[](?:[^()\[\]]{0,20}[ ,;])?n ?[=:] ?(?P<n>\d{1,3}(?:,\d{3})+|\d{1,7})(?=[\s,;)\]])(?P<more>[^()\[\]]{0,12})",
    re.I,
)
_NAME = re.compile(
    r"(?:[,;:.)\]]|\b(?:and|or|versus|vs\.?|in|among|into|to|of|between|either|with|had|received|given|took|did|were|was)\b)",
    re.I,
)
_GROUP = re.compile(
    r"\b(?:groups?|arms?|placebo|controls?|intervention|usual care|waiting list|wait-?list|sham|"
    r"treatment|therapy|training|patients?|participants|healthy|cohort|ME/CFS|CFS|long[- ]covid|"
    r"condition|programme|program|exercise|education|relaxation|mg|diet|volunteers)\b",
    re.I,
)
_LEADING = re.compile(r"^(?:(?:the|a|an|in|both|\d+|receive|receiving|received) )+", re.I)
_SHORT_FORM = re.compile(r" ?\([^()]{1,20}\)$")
_LONGEST_NAME = 60
_NO_GROUP = re.compile(
    r"\b(?:years?|education|employed|married|white|female|male|women|men|hospital|university|clinic"
    r"|centre|center|swabs?|tests?|with|without|of|by|in)$",
    re.I,
)
"""The end of what is no name of a group: a trait of people, a place, a test, or a name cut short."""
_NOT_GROUPS = re.compile(
    r"\b(?:excluded|withdrew|dropped out|lost to follow|declined|screened|reasons?|refused|reported|"
    r"because|due to|samples?|biops\w+|mean|median|correlat\w*|previous|et al|studies|adverse|discontinued|symptoms?)\b",
    re.I,
)


_TWO_IN_ONE = re.compile(r"[(\[][^()\[\]]{0,80}\bn ?[=:][^()\[\]]{0,80}\bn ?[=:]", re.I)
"""Two numbers in one bracket: people and their samples, or parts of a group."""


def groups(told: Told) -> Groups | None:
    """At least two groups, each a name with "(n = 24)" behind it, of the best placed sentence.

    Missing: None where no sentence gives two groups that way.
    """
    for sentence in told.best_first(_gate(), _PLACES):
        if _NOT_GROUPS.search(sentence.text) or _TWO_IN_ONE.search(sentence.text):
            continue
        sizes = tuple(_sizes(sentence))
        names = {each.name.lower() for each in sizes}
        if 1 < len(names) == len(sizes) and not any(map(_NO_GROUP.search, names)):
            return Groups(sizes=sizes, evidence=spans(told, [sentence]))
    return None


def _sizes(sentence: Sentence) -> Iterator[GroupSize]:
    """The groups with their names; none where a number stands behind something unnamed."""
    found: list[GroupSize] = []
    last = 0
    for match in _N.finditer(sentence.text):
        name, n = _name(sentence.text[last : match.start()]), number(match["n"])
        last = match.end()
        if "%" in match["more"] or name is None or n is None:
            return
        found.append(GroupSize(name=name, n=n))
    if any(_GROUP.search(each.name) for each in found):
        yield from found


def _name(before: str) -> str | None:
    """The words right before a bracket, from the last comma or connector on."""
    plain = _SHORT_FORM.sub("", before.rstrip())
    cuts = [match.end() for match in _NAME.finditer(plain)]
    words = plain[cuts[-1] if cuts else 0 :].strip(" -–")
    name = _LEADING.sub("", words)
    return name if 0 < len(name) <= _LONGEST_NAME else None


@cache
def _gate() -> BytesPattern:
    return BytesPattern([r"\bn ?[=:] ?\d[^\n]{0,200}\bn ?[=:] ?\d"])
