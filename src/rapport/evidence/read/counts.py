"""Counts of people in sentences: the number, whom it counts, and how far they came."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

import msgspec

from rapport.evidence.read.lookup import Lookup
from rapport.evidence.read.numbers import DIGITS, WORDS, number
from rapport.evidence.read.sentence import Sentence
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.people_rules import people_rules

_AHEAD = 90
_BEHIND = 70
_LONGEST_SENTENCE = 4000
"""Bytes; a longer "sentence" is a table or a list that lost its lines, and says no size."""


class Group(StrEnum):
    """Whom a count counts."""

    CASES = "cases"
    CONTROLS = "controls"
    OTHER = "other"
    PEOPLE = "people"


class Stage(StrEnum):
    """How far the counted people came; STATED where no verb tells."""

    ANALYSED = "analysed"
    ENROLLED = "enrolled"
    STATED = "stated"


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A number of people in a sentence.

    `is_arm`: given as "(n = 24)" behind the name of a group. `is_whole`: said to be all of
    them ("a total of", "all"), or the first count of its sentence. `is_part`: said to be some
    of a number given before.
    """

    value: int
    group: Group
    stage: Stage
    sentence: Sentence
    is_arm: bool
    is_whole: bool
    is_part: bool


class _Place(msgspec.Struct, frozen=True):
    """A number in a sentence, and the words on either side."""

    value: int
    before: bytes
    after: bytes


def counts(lookup: Lookup) -> list[Count]:
    """Every count of people that may size the study, in the order of the text."""
    found: list[Count] = []
    for sentence, data in _with_people(lookup):
        if len(data) > _LONGEST_SENTENCE or _sizes_nothing(data):
            continue
        stage = _stage(data)
        first = True
        for place in _numbers_in(data):
            group, is_arm = _counted(place)
            if group is None:
                continue
            found.append(
                Count(
                    value=place.value,
                    group=group,
                    stage=stage,
                    sentence=sentence,
                    is_arm=is_arm,
                    is_whole=first or _totals().occurs_in(place.before[-24:]),
                    is_part=_parts().occurs_in(place.before[-24:]),
                )
            )
            first = False
    return found


def _with_people(lookup: Lookup) -> list[tuple[Sentence, bytes]]:
    """The sentences in which a number and people stand near each other."""
    return [(lookup.sentences[at], lookup.encoded[at]) for at in lookup.indices(_near())]


def _numbers_in(data: bytes) -> Iterator[_Place]:
    for start, end in _number().places(data):
        value = number(data[start:end].decode(errors="replace"))
        if (
            value is None
            or value < 2
            or _is_year(data[start:end])
            or data[max(0, start - 1) : start] in _GLUED
        ):
            continue
        before = data[max(0, start - _BEHIND) : start]
        yield _Place(value, before, data[end : end + _AHEAD])


_GLUED = {b".", b"-", b"/", b"<", b">", b"~", b"$", b"+", b"\xb1"}


def _is_year(digits: bytes) -> bool:
    """Four digits without a separator from 1950 to 2049: taken for a year, not for a count."""
    return len(digits) == 4 and digits.isdigit() and b"1950" <= digits < b"2050"


def _counted(place: _Place) -> tuple[Group | None, bool]:
    """Whom the number counts, and whether it is given behind a group; None: no sample."""
    if _share_after().occurs_in(place.after) or _share_before().occurs_in(place.before):
        return None, False
    if _n_equals().occurs_in(place.before):
        words = _last_group(_before_bracket(place.before))
        arm = _people_or_arm().occurs_in(words) and not _outcome().occurs_in(place.after)
        return (_group(words), True) if arm else (None, False)
    return _group_of_noun(place), False


def _group_of_noun(place: _Place) -> Group | None:
    """Whom a number with a noun behind it counts: "24 patients with ME/CFS", "17 with CFS"."""
    length = _direct().length_at_start(place.after)
    noun = (0, length) if length else next(iter(_person().places(place.after)), None)
    if noun is None:
        return None
    between = place.after[: noun[0]]
    if _is_occasion(place, noun):
        return None
    paired = _paired().length_at_start(place.after)
    if paired is not None:
        return _group(place.after[:paired].partition(b" and ")[0])
    if _breaks().occurs_in(between) or between.rstrip()[-1:].isdigit():
        return None  # "two cohorts of 30 patients": the noun belongs to the nearer number
    rest = place.after[noun[1] :]
    complement = _cut(rest[: _complement().length_at_start(rest) or 0])
    behind = rest[len(complement) :]
    if any(_outcome().occurs_in(x) or _share_after().occurs_in(x) for x in (rest, behind)):
        return None
    if _is_sex_in_brackets(place, noun):
        return None
    return _group(place.after[: noun[1]] + complement)


def _is_occasion(place: _Place, noun: tuple[int, int]) -> bool:
    """Whether it tells how often something happened: "in two cases, the test failed"."""
    before = place.before.rstrip().lower()
    is_case = place.after[noun[0] : noun[1]].lower().startswith(b"case")
    return is_case and (before == b"in" or before.endswith((b" in", b"(in")))


def _cut(words: bytes) -> bytes:
    """The words up to where the next group is named: "with ME/CFS and 20 controls"."""
    return next((words[:start] for start, _ in _joins().places(words)), words)


def _is_sex_in_brackets(place: _Place, noun: tuple[int, int]) -> bool:
    """Whether it is a breakdown such as "(7 males, 23 females)"."""
    opened = place.before.rfind(b"(") > place.before.rfind(b")")
    return opened and _sexes().is_whole(place.after[noun[0] : noun[1]])


def _before_bracket(before: bytes) -> bytes:
    places = _n_equals().places(before)
    return before[: places[-1][0]]


def _last_group(words: bytes) -> bytes:
    """The words after the last separator before a bracketed number."""
    at = 0
    for _, end in _separators().places(words):
        at = end
    return words[at:]


def _group(words: bytes) -> Group:
    for group, pattern in _groups():
        if pattern.occurs_in(words):
            return group
    return Group.PEOPLE


def _stage(data: bytes) -> Stage:
    for stage, pattern in _stages():
        if pattern.occurs_in(data):
            return stage
    return Stage.STATED


@cache
def _near() -> BytesPattern:
    person = people_rules().words["person"]
    return BytesPattern(
        [rf"\b(?:{DIGITS}|{WORDS})[ -](?:[^ .;:\n]+ ){{0,8}}{person}\b", r"\bn ?= ?\d"]
    )


@cache
def _number() -> BytesPattern:
    return BytesPattern([rf"\b{DIGITS}\b", rf"\b{WORDS}\b"])


@cache
def _person() -> BytesPattern:
    return BytesPattern([rf"\b{people_rules().words['person']}\b"])


@cache
def _direct() -> BytesPattern:
    """An illness right behind the number stands for people: "17 ME/CFS", "65 with CFS"."""
    words = people_rules().words
    return BytesPattern(
        [rf"^ (?:with )?(?:{words['illness']}|{words['other']})\b(?: cases| group)?"]
    )


@cache
def _paired() -> BytesPattern:
    """Two counts with one noun: "9 vaccinated and 21 unvaccinated patients"."""
    word = r"[a-z-]+"
    people = "(?:patients|participants|people|individuals|adults|women|men|subjects)"
    return BytesPattern([rf"^ {word} and (?:{DIGITS}|{WORDS}) {word} {people}\b"])


@cache
def _joins() -> BytesPattern:
    return BytesPattern([r"\b(?:and|or|versus|vs|compared|matched|as well as|were|was) "])


@cache
def _people_or_arm() -> BytesPattern:
    words = people_rules().words
    return BytesPattern(
        [rf"\b(?:{words['person']}|{words['illness']})\b", r"\b(?:groups?|arms?|cohorts?)\b"]
    )


@cache
def _groups() -> list[tuple[Group, BytesPattern]]:
    rules = people_rules()
    return [
        (Group(each.group), BytesPattern(rules.filled(p) for p in each.patterns))
        for each in rules.groups
    ]


@cache
def _stages() -> list[tuple[Stage, BytesPattern]]:
    return [(Stage(each.stage), BytesPattern(each.patterns)) for each in people_rules().stages]


def _sizes_nothing(data: bytes) -> bool:
    return any(
        found.occurs_in(data) and not unless.occurs_in(data)
        for found, unless in _not_the_sample()
    )


@cache
def _not_the_sample() -> list[tuple[BytesPattern, BytesPattern]]:
    """The contexts without exceptions as one pattern, then those with some."""
    rules = people_rules().not_the_sample
    plain = BytesPattern(p for each in rules if not each.unless for p in each.patterns)
    with_exceptions = [
        (BytesPattern(each.patterns), BytesPattern(each.unless))
        for each in rules
        if each.unless
    ]
    return [(plain, BytesPattern(())), *with_exceptions]


@cache
def _totals() -> BytesPattern:
    return BytesPattern(
        [
            r"\b(?:total(?: sample)?|sample|cohort|consist\w*|compris\w*) of $",
            r"\b(?:all|total) $",
        ]
    )


@cache
def _parts() -> BytesPattern:
    return BytesPattern(
        [
            r"\b(?:of|out of|among) (?:the|these|those|our) (?:\w+ )?$",
            r"\bother $",
            r"\bremaining $",
        ]
    )


@cache
def _share_after() -> BytesPattern:
    """A share behind the number: the count is a part of the sample."""
    return BytesPattern([r"^ ?[(\[,;/]? ?\d+(?:\.\d+)? ?%", r"^ ?%", r"^[.,]\d", r"^ ?/ ?\d"])


@cache
def _share_before() -> BytesPattern:
    return BytesPattern(
        [
            r"% ?[(\[,;] ?(?:n ?= ?)?$",
            r"\b(?:aged?|over|least|than|per|every|ages|up to|sent to|distributed to) $",
            r"\bages?\b[^.;()]{0,20}\d (?:and|to) $",
            r"\b(?:tables?|figures?|figs?\.?|appendix|stage|phase|step|items?|wave|visit"
            r"|type|grade|class|version|time) $",
            r"\bbetween \d+ and $",
        ]
    )


@cache
def _breaks() -> BytesPattern:
    """Between a number and its noun: the noun is not what is counted."""
    return BytesPattern(
        [
            r"[.;:()\[\]%=<>]",
            r", ?\d",
            r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|min|points?|of|had|were|was|are|is"
            r"|the|to|in|from|for|than|times|mg|ml|kg|items?|studies|centres|centers|countries|per"
            r"|which|that|who|with|reported|showed|symptoms?|genes|proteins|trials?|samples?"
            r"|groups?|sets?|ways|reasons|themes|kinds|types|aspects|main|quality|and \d+|as|by|on|at|included|sites|clinics|hospitals|questions|across|completed)\b",
        ]
    )


@cache
def _outcome() -> BytesPattern:
    """What some of the sample did or had: not its size."""
    return BytesPattern(
        [
            r"^\)? ?(?:\([^()]{1,30}\) |with \S+ |also |still |then )?(?:had|have|showed|reported|experienced|developed"
            r"|exhibited|demonstrated|improved|described|indicated|felt|noted|stated|wrote|died|tested"
            r"|worsened|recovered|displayed|presented|continued|became|did|used|required|needed)\b"
        ]
    )


@cache
def _sexes() -> BytesPattern:
    return BytesPattern(["(?:fe)?males?", "women", "men", "girls", "boys"])


@cache
def _n_equals() -> BytesPattern:
    illness = people_rules().words["illness"]
    return BytesPattern([r"[(\[,; ] ?n ?[=:] ?$", rf"\b{illness} ?[=:] ?$"])


@cache
def _complement() -> BytesPattern:
    """What follows the noun and still says who they are: "with ME/CFS", "in the CFS group"."""
    return BytesPattern(
        [
            r"^ (?:\([^()]{1,30}\) )?(?:with|of|who (?:met|fulfil+ed|had|have)|diagnosed with"
            r"|suffering from|having|meeting|fulfilling|in the|from the|in)[^.;,()]{0,50}"
        ]
    )


@cache
def _separators() -> BytesPattern:
    return BytesPattern([r"[;,.):]", r"\b(?:and|or|versus|vs|between|from|in|of) "])
