"""The role of a clause: does it say how this study's own patients entered?"""

import re
from enum import StrEnum
from functools import cache

import msgspec

from rapport.evidence.read.entry.clauses import BUT_NOT, DEFINITION, PEM
from rapport.evidence.read.text.cues import Cue, cues
from rapport.evidence.read.text.sections import SectionKind, is_about_people, main_kind
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.rules import filled, reading_rules


class Role(StrEnum):
    """What a clause with a definition or with PEM does."""

    ENTRY = "entry"
    SUBGROUP = "subgroup"
    OUTCOME = "outcome"
    CONTROL = "control"
    OTHER_GROUP = "other_group"
    EXCLUSION = "exclusion"
    MEASURE = "measure"
    BACKGROUND = "background"
    OTHER_STUDY = "other_study"
    RECOMMENDATION = "recommendation"
    BELIEF = "belief"
    NONE = "none"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A role, and the entry rule that it follows from where a rule names one."""

    role: Role
    rule: str | None = None
    cue: str | None = None


# First person is not enough where other work is discussed: it has to be about the people.
_OWN = re.compile(
    r"\bour (?:\w+ ){0,2}(?:stud|trial|cohort|sample|patient|participant|subject|case|group|series"
    r"|hospital|clinic|cent(?:re|er)|unit|department|service)"
    r"|\bwe (?:also |only |have )?(?:used(?! to\b)|recruited|included|enrolled|selected|studied|defined|required|applied)"
    r"|\b(?:in|of|for|all) (?:this|the present|the current) (?:study|trial|cohort|sample|work|analysis)\b"
    r"[^.;]{0,80}\b(?:patients|participants|subjects|cases|individuals|cohort)\b"
    r"|\b(?:this|the present|the current) (?:[\w-]+ )?(?:study|trial|investigation) (?:(?:was|is) (?:conducted|undertaken|designed|performed|carried out)|aim(?:s|ed)|sought|examine[sd]|compare[sd]|investigate[sd]|evaluate[sd]|analy[sz]e[sd])\b"
    r"|\b(?:patients|participants|subjects|cases|individuals|cohort)\b[^.;]{0,60}"
    r"\b(?:in|of) (?:this|the present|the current) (?:study|trial|cohort|sample|work|analysis)\b",
    re.I,
)
# Sections that tell results: there only a sentence that says so of the people is about entry.
_TELLS_RESULTS = frozenset(
    {SectionKind.RESULTS, SectionKind.TABLE, SectionKind.CAPTION, SectionKind.TITLE}
)
_EXCLUSION_HEADING = re.compile(r"^\W*(?:[\d.]+ )?exclusions?(?: criteria)?\W*$", re.I)
# Sections in which a study tells how its patients entered, unless words say otherwise.
_TELLS_ENTRY = frozenset(
    {
        SectionKind.METHODS,
        SectionKind.ABSTRACT,
        SectionKind.RESULTS,
        SectionKind.TABLE,
        SectionKind.CAPTION,
        SectionKind.TITLE,
        SectionKind.UNKNOWN,
    }
)
_BACKGROUND_LABEL = re.compile(
    r"background|introduction|context|rationale|importance|conclu|discussion|interpretation"
    r"|implication|significance|what is already",
    re.I,
)
_LABEL_OF_AIMS = re.compile(r"\b(?:aims?|objectives?|purposes?|hypothes[ie]s)\b", re.I)
"""A label that joins the aim to the background: "Background and aims"."""
_AIM = re.compile(
    r"\b(?:aim(?:s|ed)?|objectives?|purpose|we (?:sought|wanted|examined|investigated|tested|compared)"
    r"|(?:^|: )to (?:determine|assess|evaluate|examine|describe|compare|investigate|test|explore"
    r"|establish|study|estimate|measure))\b",
    re.I,
)
_METHODS_LABEL = re.compile(r"^\W*(?:[\d.]+ )?(?:\w+ (?:and|&) )?methods?\b", re.I)
"""A label that opens the methods, whichever heading stands above it."""
_FOLLOWED = (
    r"(?:who|that|were|was|did|had|have|without|not|if|reported|with no|free|lacking|never)"
)
# No controls that the clause is about: thrown in, or part of a name.
_NOT_MEANT = re.compile(
    r", but (?:none|not|neither|no)\b[^,;]{0,40},|\bdisease control\b|\bcase[-\u2010-\u2014 /]controls?\b",
    re.I,
)
_COORDINATED = re.compile(
    r"(?:\band|\bor|\bversus|\bvs\.?|\bwith|\bto|\bthan|\bfrom|,|&)\s*(?:\d+\s+)?$", re.I
)


def told_by(text: str, section: SectionKind, titles: tuple[str, ...]) -> Told:
    """The role of a masked clause with a definition in it."""
    if not may_tell(text, section, titles):
        return Told(role=Role.BACKGROUND)
    text = BUT_NOT.sub(r"\g<first>", _ASIDE.sub(DEFINITION, text))
    cue = _cue(text, section)
    if cue is None:
        return Told(role=Role.NONE)
    role = Role(cue.says)
    if role in (Role.ENTRY, Role.SUBGROUP, Role.OTHER_GROUP) and about_controls(text):
        return Told(role=Role.CONTROL)
    if role is Role.ENTRY and cue.id == "entry":
        if titles and _EXCLUSION_HEADING.match(titles[-1]):
            return Told(role=Role.EXCLUSION)
        demanded = _demanded(section, titles)
        if demanded is not None and not demanded.occurs_in(_PEM_AND.sub("", text)):
            return Told(role=Role.NONE)
    return _told(role, cue)


_PEM_AND = re.compile(rf"{PEM},? (?:and|as well as|plus) ")
"""PEM asked for beside a definition: it parts people from the name only in the letters."""
_LISTED = re.compile(rf"{DEFINITION}(?:[^<;.]{{0,25}}{DEFINITION})+")
"""Names that stand in a list are one where only the people before them are looked for."""


_ASIDE = re.compile(
    rf"{DEFINITION}(?: criteria)?, which (?:do|does|did|is|are|has|have|makes?|asks?|lists?|calls?|requires?)\b[^,;]{{0,80}},"
)
"""What is said of a definition in passing, between commas."""
_OPENING = re.compile(
    r"^(?:as|unlike|like|since|because|although|though|(?:in order )?to(?! be (?:eligible|included|enrolled|invited|considered)| (?:take part|participate|qualify|enter|enrol)\b)|in contrast to|similar to"
    r"|given|contrary to|for comparability)\b[^<;]{4,160}?,? "
    r"(?=we\b|(?<=, )(?:(?:all|the|these|our|both|only|each|every|those|\d+) )*"
    r"(?:patients?|participants?|subjects?|cases?|people|persons|individuals|adults|children"
    r"|adolescents|women|men|everyone|diagnos\w+|inclusion|<DEF>)\b)",
    re.I,
)
"""A reason or a comparison before the main clause: what the others did is not what is told."""


def _cue(text: str, section: SectionKind) -> Cue | None:
    """The rule that tells the role: first those for what is not told of this study's people."""
    text = _OPENING.sub("", text)
    of_others = cues("told_of_others").first(_LISTED.sub(DEFINITION, text), section.value)
    return of_others or cues("entry_roles").first(text, section.value)


def _demanded(section: SectionKind, titles: tuple[str, ...]) -> TextPattern | None:
    """What a sentence has to say of people to be about entry; None in the methods.

    In a short text or an abstract the methods are a part with a heading or a label of its own.
    """
    if section is SectionKind.METHODS:
        return None
    if section is SectionKind.ABSTRACT and titles and _opens_methods(titles[-1]):
        return None
    return _asked_of(section)


def _opens_methods(title: str) -> bool:
    return main_kind(title) is SectionKind.METHODS or is_about_people(title)


@cache
def _asked_of(section: SectionKind) -> TextPattern:
    rules = reading_rules("entry_roles")
    patterns = rules.of_people if section in _TELLS_RESULTS else rules.of_entry
    if section is SectionKind.TITLE:
        patterns = (*patterns, *rules.of_title)
    return TextPattern((filled(p, rules.words) for p in patterns), ignore_case=True)


def _told(role: Role, cue: Cue) -> Told:
    return Told(role=role, rule=cue.rule, cue=cue.id)


def may_tell(text: str, section: SectionKind, titles: tuple[str, ...]) -> bool:
    """Whether the place lets the clause speak of entry; elsewhere it must say "our" or "we"."""
    if section is SectionKind.BACK:
        return False
    if section is SectionKind.ABSTRACT and is_background(titles):
        aims = titles and _LABEL_OF_AIMS.search(titles[-1]) and _AIM.search(text)
        return bool(aims) or _OWN.search(text) is not None
    return section in _TELLS_ENTRY or _OWN.search(text) is not None


def is_background(titles: tuple[str, ...]) -> bool:
    """Whether the part of an abstract is its background; one about the people who took part is not."""
    if titles and (is_about_people(titles[-1]) or _METHODS_LABEL.search(titles[-1])):
        return False
    return any(_BACKGROUND_LABEL.search(title) for title in titles)


def told_of_pem(text: str, section: SectionKind, titles: tuple[str, ...]) -> Told:
    """The role of a masked clause that asks for PEM and names no definition."""
    if not may_tell(text, section, titles):
        return Told(role=Role.BACKGROUND)
    cue = _cue(text.replace(PEM, DEFINITION), section)
    role = Role(cue.says) if cue is not None else Role.ENTRY
    return Told(role=role if role in _AGAINST_PEM else Role.ENTRY)


_AGAINST_PEM = frozenset({Role.OTHER_STUDY, Role.RECOMMENDATION, Role.SUBGROUP, Role.BELIEF})


def about_controls(text: str, name: str = DEFINITION) -> bool:
    """Whether the people nearest before the name are the controls, as its subject."""
    before = _NOT_MEANT.sub(" ", text.split(name, 1)[0])
    last: re.Match[str] | None = None
    for match in _people().finditer(before):
        if match.lastgroup == "controls" and not _is_subject(before, match):
            continue
        last = match
    return last is not None and last.lastgroup == "controls"


def _is_subject(before: str, match: re.Match[str]) -> bool:
    """Controls that are only listed beside the patients are not what the clause is about."""
    if _COORDINATED.search(before[: match.start()]) is None:
        return True
    following = before[match.end() : match.end() + 40]
    return re.match(rf"(?:\s*\([^)]*\))?\s*{_FOLLOWED}\b", following, re.I) is not None


def _people() -> re.Pattern[str]:
    return _PEOPLE


def _compiled() -> re.Pattern[str]:
    words = reading_rules("entry_roles").words
    return re.compile(
        filled(r"\b(?P<controls>{controls})\b|\b(?P<patients>{mecfs}|{patients})\b", words),
        re.I,
    )


_PEOPLE = _compiled()
