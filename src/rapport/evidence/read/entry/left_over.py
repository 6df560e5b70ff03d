"""Those left over: where some met a rule and the others are told of, the rule let nobody in."""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from rapport.core.answers import Answer
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.parts import part_of
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.text.document import Sentence
from rapport.evidence.read.text.numbers import WORDS, number

_PEOPLE = r"(?:patients?|participants?|subjects?|people|persons?|individuals?|women|men|children|adolescents|adults|cases|students|workers|veterans|respondents)"
_COUNT = rf"(?:\d+|{WORDS})"
_OTHERS = rf"(?:the )?(?:other|remaining) (?:{_COUNT}\b(?: {_PEOPLE})?|{_PEOPLE})|the (?:rest|remainder|others)\b"
_NOT_MET = r"(?:did|had|were|was|could) not(?=\s*(?:[.,;)(]|$)|(?: \w+){0,2} (?:meet|fulfil|satisfy|qualify|met|fulfilled|satisfied|have (?:it|me)\b))"
_LEFT_OVER = re.compile(
    rf"\b(?:{_OTHERS}|(?:the |from |with )(?:{_COUNT} |{_PEOPLE} |those )?(?:{_PEOPLE} )?who {_NOT_MET}|{_COUNT} {_NOT_MET})",
    re.I,
)
"""The people left over when those who met a rule are set apart."""
_GONE = re.compile(
    r"\b(?:controls?|healthy|volunteers|siblings|relatives|carers|recovered|multiple sclerosis|(?-i:MS)|fibromyalgia"
    r"|depress\w+|lupus|arthritis|cancer|diabet\w+|placebo|exclu\w+|declin\w+|refus\w+|withdr\w+|dropped|lost|ineligible|not (?:be )?(?:included|enrolled|eligible"
    r"|invited|recruited|admitted|studied|analy[sz]ed|considered|reached)|turned away|left out|set aside|removed|criteri\w+ (?:are|is|do|does)"
    r"|did not (?:complete|attend|return|respond|consent|take part|participate|come|want|reply|answer|wish))\b",
    re.I,
)
"""Others who had not the illness, or who did not stay in the study."""
_WITHOUT_IT = re.compile(
    r"(?:covid|fatigue)[^.;]{0,80}\b(?:without|no|not having|but not) (?:the diagnosis of )?(?:ME/CFS|CFS/ME|CFS|(?-i:ME)|myalgic|chronic fatigue syndrome)\b",
    re.I,
)
"""Ill after COVID-19, or tired, and without the illness."""
_SOME = re.compile(
    rf"^\W*(?:(?:in|at|by|on|during|after) [^,]{{3,80}}, )?(?:(?:a total of|about|only|of [^,]{{3,80}},) )*(?:(?:those|patients|participants|people|persons) (?:who|that|in whom)\b|{_COUNT}\b(?! (?:years|months|weeks|days|centres|centers|sites|clinics|hospitals)\b))",
    re.I,
)
"""The subject is a number of people, or those of whom something is true."""
_BY_SOME = re.compile(
    rf"^[^.;]{{0,60}}?\b(?:by|in|for) (?:only |just )?{_COUNT}\b(?! ?%|[.,]\d)", re.I
)
"""Behind the name: it was met by so many."""
_OF_ALL = re.compile(r"\b(?:all|every|everyone|each|only)\b", re.I)


_OF_SO_MANY = re.compile(rf"\W*(?P<count>{_COUNT})\b (?:[\w-]+ ){{0,2}}?{_PEOPLE}\b", re.I)
_TIRED = re.compile(
    rf"\b(?P<count>{_COUNT}) (?:[\w-]+ ){{0,3}}?{_PEOPLE}\b[^.;]{{0,60}}\b(?:fatigue|covid|sars-cov-2|symptoms|infection)\b",
    re.I,
)
"""People counted by what they suffered from, and not by the illness."""
_TAKEN_IN = re.compile(
    r"\b(?:inclu|enrol|recruit|select|eligib|stud|retain|analy[sz])\w*", re.I
)


def with_left_over(
    statements: Sequence[Statement], sentences: Sequence[Sentence]
) -> list[Statement]:
    """The statements; a rule that asks for PEM, told of some beside others, forms a group."""
    following = dict(pairwise(sentences))
    before = {after: each for each, after in pairwise(sentences)}
    return [
        msgspec.structs.replace(each, role=Role.SUBGROUP, cue="subgroup", rule="P040")
        if _is_of_some(each)
        and (
            _others_stay(each, following.get(each.sentence))
            or _is_of_fewer(each, before.get(each.sentence))
        )
        else each
        for each in statements
    ]


def _is_of_fewer(statement: Statement, before: Sentence | None) -> bool:
    """Whether so many met the rule of the more people whom the sentence before counts."""
    some = _OF_SO_MANY.match(statement.sentence.text)
    if before is None or some is None or before.section is not statement.sentence.section:
        return False
    if _TAKEN_IN.search(statement.sentence.text):
        return False
    more = [number(found["count"]) or 0 for found in _TIRED.finditer(before.text)]
    return max(more, default=0) > (number(some["count"]) or 0) > 0


def _is_of_some(statement: Statement) -> bool:
    """Whether a rule that asks for PEM is told of a part, of a number, or of those who met it."""
    if statement.role is not Role.ENTRY or statement.answer is not Answer.YES:
        return False
    text, ends = statement.sentence.text, statement.ends
    if not statement.definitions or statement.explicit or _OF_ALL.search(text[:ends]):
        return False
    if statement.part is not None or _BY_SOME.match(text[ends:]):
        return True
    return _SOME.match(_clause(text, ends)) is not None


def _clause(text: str, ends: int) -> str:
    """The words from the last semicolon, or the start, to the end of the name."""
    return text[:ends].rpartition("; ")[2]


def _others_stay(statement: Statement, after: Sentence | None) -> bool:
    rest = statement.sentence.text[statement.ends :]
    if _tells(rest) or _is_other_part(statement, rest):
        return True
    return after is not None and (
        _opens_with(after.text) or _is_other_part(statement, after.text)
    )


def _is_other_part(statement: Statement, text: str) -> bool:
    """Whether a sentence tells of another part of the ill, who did not have what was looked for."""
    there = part_of(text)
    return (
        statement.part is not None
        and there not in (None, statement.part)
        and _WITHOUT_IT.search(text) is not None
        and _GONE.search(text) is None
    )


def _tells(text: str) -> bool:
    found = _LEFT_OVER.search(text)
    return found is not None and _GONE.search(text, found.start()) is None


def _opens_with(text: str) -> bool:
    """Whether the next sentence is about those left over, and no other part of it before them."""
    found = _LEFT_OVER.search(text, 0, 120)
    if found is None or _GONE.search(text):
        return False
    before = text[: found.start()]
    return (
        not before.strip() or re.match(r"(?:these|those|they|this)\b", before, re.I) is not None
    )
