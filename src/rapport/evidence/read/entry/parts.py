"""Which part of a study's people a clause speaks of: a cohort, a site, an arm, an age."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from rapport.core.answers import Answer
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.people.population import pattern_of
from rapport.evidence.read.text.sentence import Sentence

_NOUN = r"(?:waves?|halves|half|rounds?|series|periods?|cohorts?|sites?|arms?|strat(?:um|a)|samples?|groups?|phases?|data ?sets?|cent(?:re|er)s?|routes?|wings?|sub-?stud(?:y|ies))"
_ORIGIN = (
    r"(?:(?-i:[A-Z])[a-z]{2,}(?:an|ish|ese|ch|gian|wegian|s)|ambulatory|ambulant|house-?bound|home-?bound|bed-?(?:bound|ridden)"
    r"|out-?patient|in-?patient|hospital|clinic|community|online|web|postal|charity|registry|biobank|self-referred|referred|severely ill|prevalent|incident|male|female)"
)
"""A country or a setting before the word for people."""
_LABEL = re.compile(
    r"\b(?:cohorts?|bio-?banks?|sites?|arms?|strat(?:um|a)|samples?|groups?|stud(?:y|ies)|trials?|phases?|cent(?:re|er)s?|clinics?|hospitals?|stages?|parts?)"
    r" (?P<label>[A-E]|[1-5]|I{1,3}|one|two|three)\b"
    r"|\b(?P<acronym>(?-i:[A-Z]{4,}))-(?P<number>[1-5]|I{1,3})\b"
    r"|\b(?P<ordinal>first|second|third|discovery|validation|replication|pilot|training|test|main|earlier|later) "
    rf"(?:[\w-]+ )?(?:{_NOUN}|study|trial|clinic|hospital)\b"
    r"|\b(?:those|patients|people|that|participants) (?:from|in|of|at) the (?P<taken_up>first|second|third|former|latter|other)\b"
    rf"|(?:^|[.;:,] (?:and )?)(?P<one>one|the other) (?:(?:\d+ )?{_NOUN}|with|by|using|met|fulfilled|satisfied)\b"
    rf"|\b(?:the|an?|our|in) (?P<named>(?!(?:whole|entire|total|full|present|current|same|study|patient|control|this|me/cfs|cfs|healthy|large|small)\b)[a-z][\w/-]+) (?:patients? )?{_NOUN}\b"
    r"|\bthe (?P<place>(?-i:[A-Z][a-z]{2,})) (?:patients|participants|cases|women|men|children|adults|people)\b"
    r"|\b(?:seen|assessed|recruited|enrolled|diagnosed|referred|included|examined|sampled|admitted|accepted)"
    r" (?:in|from|since|until|before|after|between|up to|by|during) (?:the end of |the year )?(?:(?-i:[A-Z])[a-z]+ )?(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?:recruited|invited|enrolled|approached|sampled) (?:at|from|through|via|by|in|on|over) (?:the |an? |our )?(?P<route>[\w-]+)"
    rf"|(?:^|[.;:,(] |\b(?:the|and|whereas|while|for|in|from|of|our) |\d )(?P<origin>{_ORIGIN}) (?:patients|participants|cases|people|persons|women|men|respondents|ones)\b"
    r"|^(?:In|At|From) (?:the )?(?P<stands>(?!Table|Figure|Section|Study|Phase|Total|Addition|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|ME\b|CFS\b)(?-i:[A-Z\u00c0-\u00de][\w\u00c0-\u017f-]{2,}))(?= \(|,)"
    r"|\b(?P<young>adolescents?|children|paediatric|pediatric|young people|youths?|teenagers|minors|(?:under|below|younger than|less than) (?:the age of )?(?:16|17|18|sixteen|eighteen)(?: years)?)\b"
    r"|\b(?P<grown>adults?|grown-ups|(?:over|above|older than) (?:the age of )?(?:16|17|18|sixteen|eighteen)(?: years)?)\b",
    re.I,
)
_AGES = ("young", "grown")
_CONTROLS = re.compile(r"\bcontrols?\b|\bhealthy\b", re.I)
_FEWEST_PARTS = 2
_REACH = 4
"""Sentences for which the name of a part at the head of a paragraph holds."""
_HEAD = 60
"""Characters within which a text that opens a part names it."""
_NAMES_ONE = re.compile(
    r"\W*(?:(?:in|for|at|of) )?(?:(?:the|our|an?) )?(?:[\w-]+ ){0,2}$", re.I
)
"""What may stand before the name of a part that opens a sentence."""


def part_of(text: str) -> str | None:
    """The part that the words speak of at last; None where they name none."""
    named = [(match.lastgroup or "", match) for match in _LABEL.finditer(text)]
    if not named:
        return None
    told = [each for each in named if each[0] not in _AGES] or named
    kind, last = told[-1]
    return kind if kind in _AGES else last[kind].lower()


def another_part(sentence: Sentence, near: Sequence[Sentence], rule_ends: int) -> bool:
    """Whether others came in without criteria: told behind the rule of a part, or close to it."""
    here = part_of(sentence.text[:rule_ends])
    rest = sentence.text[rule_ends:]
    return _lets_others_in(rest, here) or any(_lets_others_in(each.text, here) for each in near)


def _lets_others_in(text: str, here: str | None) -> bool:
    if _CONTROLS.search(text) or not pattern_of("without_criteria").occurs_in(text):
        return False
    there = part_of(text)
    told_apart = here is not None and there is not None and here != there
    return told_apart or pattern_of("others_as_well").occurs_in(text)


def with_parts(
    statements: Sequence[Statement], sentences: Sequence[Sentence]
) -> tuple[Statement, ...]:
    """The statements, each that names no part with the part whose name opens its paragraph.

    Nothing changes unless two parts at least are opened so, and rules answer otherwise.
    """
    answers = {s.answer for s in statements if s.role is Role.ENTRY and s.definitions}
    if not {Answer.YES, Answer.NO} <= answers:
        return tuple(statements)
    opened = _opened(sentences)
    if len(set(opened.values())) < _FEWEST_PARTS:
        return tuple(statements)
    return tuple(
        msgspec.structs.replace(each, part=opened[each.sentence])
        if each.part is None and each.sentence in opened
        else each
        for each in statements
    )


def _opened(sentences: Sequence[Sentence]) -> Mapping[Sentence, str]:
    """The part in whose account each sentence stands, by a heading or the words before it."""
    found: dict[Sentence, str] = {}
    named, since = None, 0
    titles: tuple[str, ...] = ()
    for sentence in sentences:
        if sentence.titles != titles:
            titles = sentence.titles
            named, since = (_opens(titles[-1]) if titles else None), 0
        own = _opens(sentence.text)
        named, since = (own, 0) if own else (named, since + 1)
        if named is not None and since <= _REACH:
            found[sentence] = named
    return found


def _opens(text: str) -> str | None:
    """The part with whose name a text begins."""
    match = _LABEL.search(text, 0, _HEAD)
    if match is None or _NAMES_ONE.fullmatch(text[: match.start()]) is None:
        return None
    kind = match.lastgroup or ""
    return None if kind in _AGES else match[kind].lower()
