"""How ill the people of a study were, and who was left out, where the text says it of the illness.

The words are knowledge/data/reading/participants/described.toml.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from rapport.cards.stated import Severity
from rapport.core.vocabulary import IllnessSeverity
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.evidence.read.text.numbers import WORDS
from rapport.evidence.read.text.values import Told, Value, ValueReader, spans
from rapport.knowledge.patterns import BytesPattern

_LEVEL = re.compile(
    r"(?P<very_severe>\b(?:(?:very|extremely|profoundly) severe|profound)|\bbed-?\s?(?:bound|rid)|to (?:\w+ )?beds?\b|leave (?:the |their )?beds?\b)"
    r"|(?P<housebound>\b(?:house|home)-?\s?bound|(?:to|leave) (?:\w+ )?(?:house|home))"
    r"|(?P<severe>\bsevere)|(?P<moderate>\bmoderate)|(?P<mild>\bmild)",
    re.I,
)
_DENIED = re.compile(r"\b(?:not|nor|neither|never|no longer)\b[^.;,]{0,25}$", re.I)
_ITEM = re.compile(r"^\s*(?:[-•*·–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s", re.I)
"""How an item of a list begins."""
_LONGEST_LIST = 40
_COMPARED = re.compile(r"(?:more|less|most|least|no longer)\b|(?:be(?:com|ing)|felt)", re.I)
"""How a match begins that compares or tells of a while."""
_NOT = re.compile(r"(?:not|non|no)\b", re.I)
_NEARLY = re.compile(r"(?:became|nearly|almost|from)\b", re.I)
_SYMPTOM_NEXT = re.compile(
    r"[ -](?:symptom|sympto|fatigue|dyspn|cough|pain|headache|sequela|manifestation|complaint|"
    r"impairment|depress|anxiet|insomnia|cognitive|burden|score|risk)",
    re.I,
)
_IN_ONE_CLAUSE = re.compile(r"[;.]|,? (?:but|while|whereas|although)\b", re.I)
_MARKER = re.compile(r"\b(?P<no>exclu\w+|ineligible)|\b(?:inclu\w+|eligib\w+)", re.I)
_CRITERIA = re.compile(r"\b(?:(?P<no>exclusion)|inclusion) criteria\b", re.I)
_NOT_EXCLUDED = re.compile(r"\bnot (?:be )?excluded\b", re.I)
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|individuals?|people|persons|adults?|adolescents?|"
    r"children|respondents|cases|women|men|pwME)"
)
_COUNTED = re.compile(
    rf"\d ?%|\bn ?= ?\d|\b(?:\d+|{WORDS}|all|most)(?: \([^()]{{1,20}}\))? (?:of (?:the|them|whom) )?(?:[\w/-]+ ){{0,3}}{_PEOPLE}\b"
    rf"|\b(?:\d+|{WORDS}) (?:\([^()]{{1,20}}\) )?(?:of (?:them|whom) )?(?:was|were|had)\b|\b(?:he|she|the patient) (?:was|is|became)\b",
    re.I,
)
_BY_PEOPLE = re.compile(rf"\b{_PEOPLE} (?:with|who had|having) $", re.I)
_GROUPS = re.compile(r"\b(?:than in|compared (?:with|to)|versus|vs\.?|between)(?!\w)", re.I)
_PERSON = re.compile(rf"\b{_PEOPLE}\b", re.I)
_BACKGROUND = frozenset({"background", "introduction", "importance", "rationale", "context"})


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    level: IllnessSeverity
    is_left_out: bool
    sentence: Sentence


def severity(told: Told, said: Sequence[Value], reader: ValueReader) -> Severity | None:
    """How ill the people were, and who was kept out. Missing: None means not reported."""
    found = [
        each for value in said if value.field == "severity" for each in _of(told, value, reader)
    ]
    if not found:
        return None
    levels = {each.level for each in found if not each.is_left_out}
    left_out = {each.level for each in found if each.is_left_out} - levels
    return Severity(
        levels=tuple(each for each in IllnessSeverity if each in levels),
        left_out=tuple(each for each in IllnessSeverity if each in left_out),
        evidence=spans(told, (each.sentence for each in found)),
    )


def _of(told: Told, value: Value, reader: ValueReader) -> Iterator[_Said]:
    """The levels that a sentence says of this study's people."""
    sentence = value.sentence
    if _is_background(sentence) or not _is_on(told, _ILLNESSES_OF[value.says]):
        return
    is_item = _is_listed_as_kept_out(told, sentence)
    for before, phrase, after in reader.parts(value):
        is_denied = _DENIED.search(before) or _NOT.match(phrase)
        if is_denied and not _MARKER.search(before):
            continue
        if _is_of_people(sentence, before, phrase, after):
            is_left_out = bool(is_denied) or is_item or _is_left_out(before, after)
            for match in _LEVEL.finditer(phrase):
                level = IllnessSeverity(str(match.lastgroup))
                yield _Said(level=level, is_left_out=is_left_out, sentence=sentence)


def _is_of_people(sentence: Sentence, before: str, phrase: str, after: str) -> bool:
    """Whether a match describes people; in the results only where they are named or counted."""
    if _COMPARED.match(phrase) or _NEARLY.match(phrase):
        return False
    if _SYMPTOM_NEXT.match(after):
        return False
    if sentence.section is not SectionKind.RESULTS:
        return True
    text = sentence.text
    is_group = _GROUPS.search(text) is not None and _PERSON.search(phrase) is not None
    return is_group or bool(_BY_PEOPLE.search(before) or _COUNTED.search(text))


def _is_left_out(before: str, after: str) -> bool:
    """Whether the last word on entry before the match, or one behind it, keeps people out."""
    clause = _IN_ONE_CLAUSE.split(after, maxsplit=1)[0]
    if _NOT_EXCLUDED.search(clause):
        return False
    behind = _kept_out().is_in(clause.encode(errors="replace"))
    markers = list(_MARKER.finditer(before))
    return behind or (bool(markers) and markers[-1]["no"] is not None)


@cache
def _kept_out() -> BytesPattern:
    return BytesPattern(
        [
            r"\b(?:excluded|not (?:be )?(?:included|eligible|able to (?:take part|participate|attend|travel))|ineligible)\b",
            r"\b(?:unable to|could not|cannot) (?:take part|participate|attend|travel|be included)\b",
        ]
    )


def _is_background(sentence: Sentence) -> bool:
    return bool(sentence.titles) and sentence.titles[-1].strip(" :.").lower() in _BACKGROUND


def _is_listed_as_kept_out(told: Told, sentence: Sentence) -> bool:
    """Whether it is an item of a list that stands under words such as "Exclusion criteria"."""
    if not _ITEM.match(sentence.text):
        return False
    at = told.lookup.sentences.index(sentence)
    above = told.lookup.sentences[max(0, at - _LONGEST_LIST) : at]
    markers = (match for each in reversed(above) for match in _CRITERIA.finditer(each.text))
    found = next(markers, None)
    return found is not None and found["no"] is not None


def _is_on(told: Told, illnesses: BytesPattern | None) -> bool:
    """Whether title or abstract name one of the illnesses; None asks for nothing."""
    front = told.document.placed.within({SectionKind.TITLE, SectionKind.ABSTRACT})
    return illnesses is None or front.has(illnesses)


_MECFS = (
    r"(?-i:\bME/ ?CFS\b|\bCFS/ ?ME\b|\bCFS\b|\bpwME\b)",
    r"\b(?:myalgic encephalo\w+|chronic fatigue syndrome)\b",
)
_LONG_COVID = (r"\b(?:long[- ]covid|post-?covid|post-acute sequelae|PASC)",)
_ON_MECFS = BytesPattern(_MECFS)
_ILLNESSES_OF = {
    "named": None,
    "affected": _ON_MECFS,
    "graded": _ON_MECFS,
    "confined": BytesPattern((*_MECFS, *_LONG_COVID)),
}
"""What the text must be on for what a kind of cue says: without the name of the illness in the
sentence, people may be ill with anything."""
