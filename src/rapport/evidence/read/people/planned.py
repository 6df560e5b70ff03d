"""How many people a protocol plans to study."""

import re
from functools import cache

from rapport.cards.stated import PlannedNumber
from rapport.evidence.read.text.document import SectionKind
from rapport.evidence.read.text.numbers import WORDS, number
from rapport.evidence.read.text.values import Told, spans
from rapport.knowledge.patterns import BytesPattern

_PLACES = (SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.UNKNOWN)
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|individuals?|people|adults?|adolescents|children|women|men|"
    r"volunteers|cases|students|mothers|infants|residents|workers|employees|parents|couples|families)"
)
_NUMBER = rf"(?<![\w-])(?P<n>\d{{1,3}}(?:[ ,]\d{{3}})+|\d{{1,6}}|{WORDS})"
_PLANNED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:total of|sample (?:size )?(?:of|is|will be|was set (?:at|to)|was calculated (?:as|to be))) (?:at least |about |approximately )?{_NUMBER}\b(?! ?%)",
        rf"\b(?:include|recruit|enrol+|randomi[sz]e|invite|study|allocate|assign|target|need|require|enlist)\w* (?:\w+ ){{0,3}}?{_NUMBER} (?:[\w/-]+ ){{0,4}}{_PEOPLE}\b",
        rf"\b{_NUMBER} (?:[\w/-]+ ){{0,5}}{_PEOPLE}\b[^.;]{{0,80}}\b(?:will be|(?:are|is|were|was) (?:needed|required)|are to be|planned)\b",
    )
)
_IN_A_GROUP = re.compile(
    r"[^.,;]{0,30}? (?:in|to|for|into) (?:the|each|one|an?) (?:[\w-]+ ){0,3}(?:groups?|arms?)\b",
    re.I,
)
"""Behind a number of people: so many of one group only."""
_NOT_THE_SAMPLE = re.compile(
    r"\b(?:previous|studies|pilot (?:study|trial)|interview|focus group|et al|per (?:group|arm|site|cluster)|in each|"
    r"each (?:group|arm)|every|years? (?:old|of age)|prevalence)\b",
    re.I,
)


def planned(told: Told) -> PlannedNumber | None:
    """The number planned, from the first sentence of the best place. Missing: None if none."""
    for sentence in told.best_first(_gate(), _PLACES):
        if _NOT_THE_SAMPLE.search(sentence.text):
            continue
        for pattern in _PLANNED:
            match = pattern.search(sentence.text)
            n = number(match["n"]) if match else None
            if match is None or n is None or _IN_A_GROUP.match(sentence.text, match.end("n")):
                continue
            if n > 1 and not 1990 <= n <= 2050:
                return PlannedNumber(n=n, evidence=spans(told, [sentence]))
    return None


@cache
def _gate() -> BytesPattern:
    return BytesPattern(
        [
            r"\bwill\b",
            r"\b(?:sample size|total of|recruit|include|enrol+|randomi[sz]e|plan(?:ned|s)|aims?)\b",
            r"\b(?:needed|required)\b",
        ]
    )
