"""How many people left a study, of how many and in which arm, as sentences state it."""

import re
from collections.abc import Iterator
from functools import cache

from rapport.cards.stated import DropOut
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.numbers import WORDS, number
from rapport.evidence.read.text.values import Told
from rapport.knowledge.patterns import BytesPattern

_PLACES = (SectionKind.ABSTRACT, SectionKind.RESULTS, SectionKind.METHODS, SectionKind.UNKNOWN)
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|individuals?|people|persons|adults?|women|men|children|"
    r"volunteers|cases|females?|males?|girls|boys|students|others|mothers|families)"
)
_LEFT = (
    r"(?:withdrew|dropped out|left (?:the )?(?:study|trial)|discontinued|(?:were|was) lost to follow-?\s?up|"
    r"did not complete|did not return|failed to (?:complete|return)|stopped (?:the )?(?:treatment|study|taking)|"
    r"quit|ceased|(?:were|was) withdrawn|lost to follow-?\s?up)"
)
_ARM = re.compile(
    r"[) ]{0,2} ?(?:in|from|of) (?:the )?(?P<arm>(?:[\w/+-]+ ){0,4}?[\w/+-]+) (?:group|arm|condition)\b",
    re.I,
)
_OF = r"(?: ?\([^()]{1,20}\))?"
_IN_ARM = (
    r"(?:in|from|of) (?:the )?(?P<{}>(?:[\w/+-]+ ){{0,4}}?[\w/+-]+) (?:group|arm|condition)"
)
_TWO_ARMS = re.compile(
    rf"\b(?P<n>\d{{1,5}}|{WORDS}){_OF}(?: {_PEOPLE})?{_OF} {_IN_ARM.format('arm')}{_OF}"
    rf",? and (?P<n2>\d{{1,5}}|{WORDS}){_OF}(?: {_PEOPLE})?{_OF} {_IN_ARM.format('arm2')}{_OF}"
    rf"[^.;0-9]{{0,25}} {_LEFT}",
    re.I,
)
_ONE = re.compile(
    rf"(?<![/\d.,])\b(?P<n>\d{{1,5}}|{WORDS})(?: ?/ ?(?P<of2>\d{{1,5}}))?{_OF}"
    rf"(?: (?:of|out of) (?:the |our )?(?P<of>\d{{1,5}}))?(?: \w+){{0,2}}?(?: {_PEOPLE})?{_OF}"
    rf"(?: {_IN_ARM.format('arm')})?{_OF}"
    rf",? (?:who )?(?:had |have |later |subsequently |then |voluntarily |also )?{_LEFT}",
    re.I,
)
_LISTED = re.compile(
    rf"(?<![/\d.,])\b(?P<n>\d{{1,5}}|{WORDS}) (?:\w+ )?(?:drop-?\s?outs?|withdrawals?)\b"
    r"|\b(?:drop-?\s?outs?|withdrawals?|lost to follow-?\s?up|withdrew|dropped out)\b"
    r"[^.;()]{0,25}\(n ?= ?(?P<listed>\d{1,5})\b",
    re.I,
)
_RATE = re.compile(
    r"\b(?:drop-?\s?outs?|attrition|withdrawal|loss to follow-?\s?up)(?: rates?)?"
    r"[^.;%]{0,40}?(?P<p>\d{1,3}(?:\.\d+)?) ?%",
    re.I,
)
_NONE = re.compile(
    r"\b(?:no|without(?: any)?) (?:patients? |participants? |subjects? )?(?:drop-?\s?outs?|withdrawals?|(?:were )?lost to follow-?\s?up|losses to follow-?\s?up|dropped out|withdrew)\b(?! (?:due|because|owing))"
    r"|\bnone (?:of (?:the |them )?(?:\w+ )?)?(?:withdrew|dropped out|(?:were|was) lost)\b|\bnobody (?:withdrew|dropped out|left)\b",
    re.I,
)
_NOT_OWN = re.compile(
    r"\b(?:previous|studies|expected|assum\w+|anticipat\w+|estimat\w+|allow(?:ing)? for|account(?:ing)? for|"
    r"to compensate|termed|defined|sample size|if |will be|would|could|et al|may|free to|right to|at any time|"
    r"considering|power|potential|possible|presum\w+|suppos\w+|likely|predict\w*|associat\w+)\b",
    re.I,
)
_MOST = 6


def drop_outs(told: Told) -> tuple[tuple[DropOut, ...], tuple[Sentence, ...]]:
    """What the sentences state of people who left, each once, and those sentences.

    Planned losses ("allowing for 20 % drop-out") do not count. Nothing stated gives nothing.
    """
    found: dict[DropOut, Sentence] = {}
    for sentence in told.having(_gate()):
        if sentence.section not in _PLACES or _NOT_OWN.search(sentence.text):
            continue
        for each in _stated(sentence.text):
            found.setdefault(each, sentence)
        if found and sentence.section is not SectionKind.ABSTRACT and len(found) >= _MOST:
            break
    chosen = list(found.items())[:_MOST]
    sentences = {(each.field, each.start): each for _, each in chosen}
    return tuple(each for each, _ in chosen), tuple(sentences.values())


def _stated(text: str) -> Iterator[DropOut]:
    if _NONE.search(text):
        yield DropOut(n=0)
        return
    two = _TWO_ARMS.search(text)
    if two is not None:
        yield from (_left(two["n"], two["arm"]), _left(two["n2"], two["arm2"]))
        return
    for match in _ONE.finditer(text):
        yield _left(match["n"], match["arm"], match["of"] or match["of2"])
    for match in _LISTED.finditer(text):
        yield _left(match["n"] or match["listed"], None)
    for match in _RATE.finditer(text):
        yield DropOut(share=round(float(match["p"]) / 100, 4), arm=_arm(text, match))


def _left(n: str, arm: str | None, of: str | None = None) -> DropOut:
    return DropOut(n=number(n), of=number(of) if of else None, arm=arm)


def _arm(text: str, match: re.Match[str]) -> str | None:
    """The arm named right behind a rate."""
    found = _ARM.match(text, match.end())
    return found["arm"].strip() if found else None


@cache
def _gate() -> BytesPattern:
    return BytesPattern(
        [
            r"\b(?:withdr(?:ew|awn|awals?)|drop(?:ped)?[ -]?outs?|discontinued|lost to follow|loss(?:es)? to follow"
            r"|attrition|did not (?:complete|return)|quit|failed to (?:complete|return)|left (?:the )?(?:study|trial)"
            r"|stopped)"
        ]
    )
