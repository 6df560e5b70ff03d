"""How long people were followed, as a sentence of the study states it."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from rapport.cards.stated import FollowUp
from rapport.core.vocabulary import TimeUnit
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.numbers import number
from rapport.evidence.read.text.values import Told, spans
from rapport.knowledge.patterns import BytesPattern

_PLACES = (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.RESULTS)
_LENGTH = (
    r"(?<!± )(?<!±)(?P<n>\d{1,3}(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"eighteen|twenty|twenty-four)(?: ?± ?\d{1,3}(?:\.\d+)?)?[ -]?(?P<unit>day|week|month|year)s?\b"
)
_LIST = r"(?:\d{1,3}(?: (?:day|week|month|year)s?)?(?:, and |, | and | or | to |-)){0,6}"
_SOME = (
    r"(?:a |an |the |up to |at least |about |approximately |another |further |total |maximum |"
    r"median |mean |average |period |duration |follow-?up |of |\(?range\)? ){0,6}"
)
_STATED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # as in "followed for a median of 12 months", "followed up over two years"
        r"\bfollowed(?:[ -]?up)?(?: \w+ly)? (?:for|over|until|to|through|at|after|during) "
        rf"{_SOME}{_LIST}{_LENGTH}",
        # as in "a 12-month follow-up", "6 months of follow-up", "2 years' follow-up"
        rf"{_LIST}{_LENGTH}[' ]{{0,2}}(?:of |post-?treatment |post-?intervention )?follow[ -]?up",
        # as in "follow-up of 12 months", "median follow-up was 2 years"
        r"follow[ -]?ups?(?: times?| periods?| duration| visits?| assessments?| examinations?|"
        r" measurements?| interval| data)?(?: \([^()]{1,30}\))?"
        r"(?: (?:was|were|of|is|at|after|lasted|took place|performed|conducted|for|until|,)){1,3}"
        rf" {_SOME}{_LIST}{_LENGTH}",
        # as in "at baseline and at 3, 6 and 12 months"
        r"\b(?:at|from) (?:baseline|entry|inclusion|enrol+ment|admission)"
        rf"(?:,| and| to| \([^()]{{1,20}}\)|,? and)(?: at| after)? {_LIST}{_LENGTH}",
    )
)
_NOT_OWN = re.compile(
    r"\b(?:previous(?:ly)?|earlier|future|needed|studies|should|warranted|longer|larger|"
    r"et al|lack of|review|literature|planned|extension|will be|were followed by)\b",
    re.I,
)
_DAYS = {TimeUnit.DAYS: 1.0, TimeUnit.WEEKS: 7.0, TimeUnit.MONTHS: 30.4, TimeUnit.YEARS: 365.25}
_THAN = re.compile(r"\bthan (?:\w+ ){0,2}$", re.I)
"""Before a length: a limit by which people are sorted, and no time for which all were followed."""
_KINDS = re.compile(r"\b(median|mean|average)\b", re.I)


class _Length(msgspec.Struct, frozen=True):
    days: float
    length: float
    unit: TimeUnit
    kind: str | None
    sentence: Sentence


def follow_up(told: Told, *, is_planned: bool) -> FollowUp | None:
    """The longest follow-up that title or abstract state, else methods or results.

    `is_planned`: in a protocol what will be done counts. Missing: None where none is stated.
    """
    stated = [each for each in told.having(_gate()) if each.section in _PLACES]
    lengths = [found for each in stated for found in _lengths(each, is_planned=is_planned)]
    front = [each for each in lengths if each.sentence.section in _PLACES[:2]]
    best = max(front or lengths, key=lambda each: each.days, default=None)
    if best is None:
        return None
    return FollowUp(
        length=best.length,
        unit=best.unit,
        kind=best.kind,
        evidence=spans(told, [best.sentence]),
    )


def _lengths(sentence: Sentence, *, is_planned: bool) -> Iterator[_Length]:
    text = sentence.text
    not_own = _NOT_OWN.search(text)
    if not_own and not (is_planned and not_own.group().lower() in {"will be", "planned"}):
        return
    for pattern in _STATED:
        for match in pattern.finditer(text):
            length = _number(match["n"])
            if not length or _THAN.search(text, 0, match.start("n")):
                continue
            unit = TimeUnit(match["unit"].lower() + "s")
            kind = _KINDS.search(text, max(0, match.start() - 12), match.end())
            yield _Length(
                length * _DAYS[unit],
                length,
                unit,
                kind.group(1).lower().replace("average", "mean") if kind else None,
                sentence,
            )


def _number(written: str) -> float | None:
    if written[0].isdigit():
        return float(written)
    return number(written)


@cache
def _gate() -> BytesPattern:
    return BytesPattern(
        [
            r"\bfollow(?:ed)?[ -]?up\b",
            r"\bfollowed (?:\w+ )?(?:for|over|until|to|through|at|after|during)\b",
            r"\b(?:at|from) (?:baseline|entry|inclusion|enrol+ment|admission)\b",
        ]
    )
