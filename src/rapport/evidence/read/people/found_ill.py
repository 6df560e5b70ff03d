"""People in whom the illness was found: "of 640 infected adults, 95 (15%) had long COVID".

They are the patients of a study that looked for the illness among others; the others are not.
"""

import re
from functools import cache

from rapport.evidence.read.people.counted import Group
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.numbers import DIGITS
from rapport.evidence.read.text.sections import SectionKind
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.people import people_rules

_REMARK = r"(?: ?\([^()]{1,60}\)| ?\[[^\[\]]{1,60}\])"
_WORD = r"(?: (?:[a-z][\w/’'-]*|(?:19|20)\d\d|WHO|CDC|DSQ|NICE|IOM|NIH|NASEM|Canadian|International|Fukuda))"
_FOUND = (
    r"(?:had|have|developed|reported|met|fulfil+ed|satisfied|suffered|received|experienced"
    r"|qualified|progressed|self-(?:identified|reported)"
    r"|(?:were|was|been) (?:[\w-]+ ){0,2}(?:diagnosed|classified|identified|categori[sz]ed"
    r"|label+ed|considered|found|defined|grouped|coded|deemed))"
)


_DIGIT = re.compile(rb"\d")
_ONE_WORD = 25
"""Bytes behind the name of the illness in which the word may end that it belongs to."""


def in_whom_found(after: bytes, before: bytes) -> bytes | None:
    """The words behind a number that say that so many had the illness, from the verb on.

    Missing: None where they do not say so, deny it, or tell more of people said to be ill.
    """
    length = _found_behind().length_at_start(after)
    if length is None or _of_so_many().occurs_in(before):
        return None
    words = after[:length]
    if _no_illness().occurs_in(after[: length + _ONE_WORD]):
        return None
    verb = _found_verb().places(words)[0][0]
    if _denied().occurs_in(words) or _illness().occurs_in(words[:verb]):
        return None
    return words[verb:]


def found_in(before: bytes, after: bytes) -> bytes | None:
    """The words before a number that say so: "long COVID was reported by". Missing: None."""
    if _percent().length_at_start(after) is not None:
        return None
    places = _found_before().places(before)
    return before[places[0][0] : places[0][1]] if places else None


@cache
def _percent() -> BytesPattern:
    return BytesPattern([r"^(?:[.,]\d+)? ?%"])


def tells_of_the_ill(lookup: Lookup) -> list[int]:
    """The places of the sentences that name the illness, a verb of finding and a number."""
    named = set(lookup.indices(_illness())).intersection(lookup.indices(_found_words()))
    return [at for at in named if _DIGIT.search(lookup.encoded[at]) is not None]


@cache
def _found_words() -> BytesPattern:
    return BytesPattern(
        [
            r"\b(?:had|have|developed|reported|met|fulfil+ed|satisfied|suffered|received|experienced"
            r"|qualified|progressed|(?:was|were|been) \w+|half)\b",
            r"%\) ",
        ]
    )


def names_illness(data: bytes) -> bool:
    """Whether a sentence names ME/CFS or long COVID."""
    return _illness().occurs_in(data)


def half_with(data: bytes) -> tuple[int, bytes]:
    """Where a sentence says that half of those counted were ill, and the words; else 0 and none."""
    place = next(iter(_half_with().places(data)), None)
    return (0, b"") if place is None else (place[0], data[place[0] : place[1]])


@cache
def _half_with() -> BytesPattern:
    words = people_rules().words
    return BytesPattern(
        [
            rf"\bhalf (?:of (?:whom|them|these|which) )?(?:with|had|have|having|met|meeting|fulfil\w+"
            rf"|reporting|diagnosed){_WORD}{{0,5}} (?:{words['illness']}|{words['long_covid']})\b"
        ]
    )


@cache
def _no_illness() -> BytesPattern:
    """The name of the illness in the name of something else: what is like it, a part, a service."""
    words = people_rules().words
    return BytesPattern(
        [
            rf"(?:{words['illness']}) symptoms?\b",
            rf"(?:{words['illness']}|{words['long_covid']})(?:-| )(?:\w+ )?(?:like|related|associated|risk|stigma|knowledge"
            r"|clinics?|services?|consultations?|information|care|stud(?:y|ies)|outcomes?)\b",
        ]
    )


@cache
def _illness() -> BytesPattern:
    words = people_rules().words
    return BytesPattern([rf"\b(?:{words['illness']}|{words['long_covid']})\b"])


@cache
def _found_verb() -> BytesPattern:
    return BytesPattern([rf"\b{_FOUND}\b", r"\) (?:\w+ ){0,2}with\b"])


@cache
def _of_so_many() -> BytesPattern:
    """Before a number: it is that of those looked at, "of the 238"."""
    return BytesPattern([r"\d\)? (?:out )?of (?:the |these |all )?$", r"\bonly $"])


@cache
def _found_behind() -> BytesPattern:
    words = people_rules().words
    illness = rf"(?:{words['illness']}|{words['long_covid']})"
    share = rf"(?: ?/ ?{DIGITS}[)\]]?)"
    who = rf"(?:{share}|{_REMARK}|,? (?:who|that|of (?:the )?(?:them|these|those|whom|{DIGITS}))\b)*"
    return BytesPattern(
        [
            rf"^{who}(?:{_WORD}{{0,3}} {words['person']})?{who},? {_FOUND}{_WORD}{{0,8}}{_REMARK}?{_WORD}{{0,3}} (?:an? )?{illness}\b",
            rf"^{share}?{_REMARK}{_WORD}{{0,2}} with{_WORD}{{0,3}} {illness}\b",
        ]
    )


@cache
def _found_before() -> BytesPattern:
    words = people_rules().words
    illness = rf"(?:{words['illness']}|{words['long_covid']})"
    return BytesPattern(
        [
            rf"\b{illness}{_REMARK}?(?: criteria)? (?:was|were)(?: [\w-]+){{0,2}} (?:present|diagnosed"
            r"|reported|found|identified|confirmed|observed|seen|met|fulfil+ed|noted|ascertained)"
            r" (?:in|by|among|for)(?: (?:a total of|only|about))? $"
        ]
    )


@cache
def _denied() -> BytesPattern:
    return BytesPattern(
        [
            r"\b(?:not?|never|neither|without|than|excluded|history of|symptoms of|risk|controls?"
            r"|healthy|previous(?:ly)?|before|free of|negative|knowledge|contact|heard)\b"
        ]
    )


def was_searched(front: Lookup) -> bool:
    """Whether title and abstract tell what share of people had the illness: not all of them had.

    Among people with long COVID a share with ME/CFS takes nothing from them.
    """
    if front.within([SectionKind.TITLE]).has(_asked()):
        return True
    shares = [
        front.encoded[at]
        for at in front.indices(_shares())
        if not _in_general().occurs_in(front.encoded[at])
    ]
    if is_about_long_covid(front):
        return any(_shares_after_covid().occurs_in(each) for each in shares)
    return bool(shares)


def is_about_long_covid(front: Lookup) -> bool:
    """Whether title and abstract name long COVID, and no less often than ME/CFS."""
    named = times_named(front, Group.LONG_COVID)
    return named > 0 and named >= times_named(front, Group.CASES)


def times_named(front: Lookup, group: Group) -> int:
    """How often title and abstract name the illness of those in the group."""
    words = {Group.CASES: "illness", Group.LONG_COVID: "long_covid"}
    return front.count(_named(words[group])) if group in words else 0


def is_of_a_population(front: Lookup) -> bool:
    """Whether title and abstract speak of a population in which the illness was looked for."""
    return front.has(_whole_population())


@cache
def _asked() -> BytesPattern:
    """A title that asks how many fall ill, or who: those looked at are not all ill."""
    words = people_rules().words
    illness = rf"(?:{words['illness']}|{words['long_covid']})"
    return BytesPattern(
        [
            r"\b(?:risk|factors|predictors|prediction|determinants|incidence|prevalence|epidemiology"
            r"|frequency)(?:,? (?:and )?[a-z]+){0,3} (?:of|for) (?:developing |new[- ]onset |incident "
            rf"|self-reported |the )*{illness}\b",
            rf"\b(?:new[- ]onset|incident) {illness}\b",
            rf"\b{illness} (?:prevalence|incidence|risk)\b",
        ]
    )


@cache
def _named(illness: str) -> BytesPattern:
    return BytesPattern([rf"\b{people_rules().words[illness]}\b"])


@cache
def _shares() -> BytesPattern:
    """A share of people who have an illness, without their number."""
    words = people_rules().words
    return BytesPattern(_share_of(rf"(?:{words['illness']}|{words['long_covid']})"))


@cache
def _shares_after_covid() -> BytesPattern:
    return BytesPattern(_share_of(people_rules().words["long_covid"]))


def _share_of(illness: str) -> list[str]:
    return [
        rf"\d ?%\)?(?: ?\([^()]{{1,60}}\))?,?{_WORD}{{0,6}} {_FOUND}{_WORD}{{0,8}} {illness}\b",
        rf"\b{illness}(?: criteria)? (?:was|were)(?: [\w-]+){{0,2}} (?:present|diagnosed|reported"
        r"|found|identified|confirmed|observed|seen|met|fulfil+ed) (?:in|by|among|for) \d[\d.]* ?%",
    ]


@cache
def _in_general() -> BytesPattern:
    """Words for what is known of the illness at large, and no finding of a study."""
    return BytesPattern(
        [r"\b(?:approximately|about|estimated?|estimates|up to|worldwide|globally)\b"]
    )


@cache
def _whole_population() -> BytesPattern:
    """Words for a population in which the illness was looked for: its people are no patients."""
    return BytesPattern(
        [
            r"\b(?:population-based|general[- ]population),? (?:\w+ )?(?:cohort|survey|sample|regist\w+)\b",
            r"\bnational (?:health )?(?:insurance|population|interview|regist(?:er|ry))\b",
            r"\b(?:un)?weighted (?:<i>)?n\b",
            r"\bcovered by primary care\b",
        ]
    )
