"""Counts of people in sentences: the number, whom it counts, and how far they came."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

import msgspec

from rapport.evidence.read import count_words as around
from rapport.evidence.read.lookup import Lookup
from rapport.evidence.read.numbers import number
from rapport.evidence.read.sentence import Sentence
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.people_rules import people_rules

_AHEAD = 90
_BEHIND = 70
_BOTH = 2
_LONGEST_SENTENCE = 4000
"""Bytes; a longer "sentence" is a table or a list that lost its lines, and says no size."""


class Group(StrEnum):
    """Whom a count counts."""

    CASES = "cases"
    CONTROLS = "controls"
    OTHER = "other"
    BESIDE = "beside"
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
        if len(data) <= _LONGEST_SENTENCE:
            found.extend(_of_sentence(sentence, data))
    return found


def _of_sentence(sentence: Sentence, data: bytes) -> list[Count]:
    """The counts of one sentence, and the sum of women and men where nobody adds them up.

    Where it tells whom was looked for, only those count who came in.
    """
    is_screening = _sizes_nothing(data)
    if is_screening and not around.came_in().occurs_in(data):
        return []
    stage = _stage(data)
    found: list[Count] = []
    halves: list[Count] = []
    for place in _numbers_in(data):
        if is_screening and around.came_in().length_at_start(place.after) is None:
            continue
        group, is_arm = _counted(place)
        if group is None:
            continue
        count = Count(
            value=place.value,
            group=group,
            stage=stage,
            sentence=sentence,
            is_arm=is_arm,
            is_whole=not found or around.totals().occurs_in(place.before[-24:]),
            is_part=around.parts().occurs_in(place.before[-24:]),
        )
        found.append(count)
        if not is_arm and around.half().length_at_start(place.after) is not None:
            halves.append(count)
    return [*found, *_added_up(halves)]


def _added_up(halves: list[Count]) -> list[Count]:
    """Women and men, or children and adults, told apart: together they are the group."""
    ill = [count for count in halves if count.group is Group.CASES]
    counted = ill if len(ill) > 1 else halves
    groups = {count.group for count in counted} - {Group.PEOPLE}
    if len(counted) != _BOTH or len(groups) > 1 or Group.CONTROLS in groups:
        return []
    group = next(iter(groups), Group.PEOPLE)
    value = sum(count.value for count in counted)
    return [msgspec.structs.replace(counted[0], value=value, group=group, is_whole=True)]


def _with_people(lookup: Lookup) -> list[tuple[Sentence, bytes]]:
    """The sentences in which a number and people stand near each other."""
    return [(lookup.sentences[at], lookup.encoded[at]) for at in lookup.indices(around.near())]


def _numbers_in(data: bytes) -> Iterator[_Place]:
    for start, end in around.number_pattern().places(data):
        value = number(data[start:end].decode(errors="replace"))
        if (
            value is None
            or value < 2
            or _is_year(data[start:end])
            or data[max(0, start - 1) : start] in _GLUED
            or _is_compound(data[end : end + 2])
        ):
            continue
        before = data[max(0, start - _BEHIND) : start]
        yield _Place(value, before, data[end : end + _AHEAD])


_DISEASE_CONTROL = re.compile(rb"disease control", re.I)
"""Part of the name of a public body, and no people."""
_GLUED = {b".", b"-", b"/", b"<", b">", b"~", b"$", b"+", b"\xb1"}


def _is_compound(behind: bytes) -> bool:
    """Whether the number is half of a word: "in this two-arm trial"."""
    return behind[:1] == b"-" and behind[1:].isalpha()


def _is_year(digits: bytes) -> bool:
    """Four digits without a separator from 1950 to 2049: taken for a year, not for a count."""
    return len(digits) == 4 and digits.isdigit() and b"1950" <= digits < b"2050"


def _counted(place: _Place) -> tuple[Group | None, bool]:
    """Whom the number counts, and whether it is given behind a group; None: no sample."""
    place = _without_share(place)
    if _is_share(place.after) or around.share_before().occurs_in(place.before):
        return None, False
    if around.n_equals().occurs_in(place.before) and not _is_noun_phrase(place):
        words = _last_group(_before_bracket(place.before))
        arm = _names_people(words) and not around.outcome().occurs_in(place.after)
        return (_group(words), True) if arm else (None, False)
    return _group_of_noun(place), False


def _is_noun_phrase(place: _Place) -> bool:
    """Whether "n = 24" stands before its noun: "n = 24 patients with ME/CFS"."""
    length = around.noun_behind().length_at_start(place.after)
    if length is None:
        return False
    in_brackets = place.before.rfind(b"(") > place.before.rfind(b")")
    return not in_brackets or _group(place.after[:length]) in (Group.CASES, Group.CONTROLS)


def _without_share(place: _Place) -> _Place:
    """The place without the share of a group that is told by name: "174 (65%) ME/CFS"."""
    length = around.group_behind_share().length_at_start(place.after)
    if length is None:
        return place
    return msgspec.structs.replace(place, after=place.after[place.after.index(b")") + 1 :])


def _is_share(after: bytes) -> bool:
    """Whether a share stands behind the number, and not one of women among those counted."""
    return around.share_after().occurs_in(after) and not around.breakdown().occurs_in(after)


def _group_of_noun(place: _Place) -> Group | None:
    """Whom a number with a noun behind it counts: "24 patients with ME/CFS", "17 with CFS"."""
    noun = _noun(place)
    if noun is None or _is_occasion(place, noun) or _is_sex_in_brackets(place, noun):
        return None
    paired = around.paired().length_at_start(place.after)
    if paired is not None:
        return _group(place.after[:paired].partition(b" and ")[0])
    between = place.after[: noun[0]]
    if around.breaks().occurs_in(between) or b"".join(between.split()[-1:]).isdigit():
        return None  # "two cohorts of 30 patients": the noun belongs to the nearer number
    return _group_behind(place, noun)


def _noun(place: _Place) -> tuple[int, int] | None:
    """Where the noun stands that is counted: a word for people, or an illness."""
    length = around.direct().length_at_start(place.after)
    if length is None:
        return next(iter(around.person().places(place.after)), None)
    return None if around.no_people().occurs_in(place.after[length:]) else (0, length)


def _group_behind(place: _Place, noun: tuple[int, int]) -> Group | None:
    """Who they are by what follows the noun; None where it tells what some of them did."""
    rest = place.after[noun[1] :]
    plain = rest[around.bracket().length_at_start(rest) or 0 :]
    complement = _cut(plain[: around.complement().length_at_start(plain) or 0])
    behind = plain[len(complement) :]
    is_case = place.after[: noun[1]].lower().endswith(b"cases")
    if is_case and around.of_something_else().length_at_start(rest) is not None:
        return None
    if around.reporting().length_at_start(rest) is None and any(
        around.outcome().occurs_in(x) or _is_share(x) for x in (rest, behind)
    ):
        return None
    if around.of_controls().occurs_in(place.before) or around.are_controls().occurs_in(plain):
        return Group.CONTROLS
    return _group(place.after[: noun[1]] + complement)


def _is_occasion(place: _Place, noun: tuple[int, int]) -> bool:
    """Whether it tells how often something happened: "in two cases, the test failed"."""
    before = place.before.rstrip().lower()
    is_case = place.after[noun[0] : noun[1]].lower().startswith(b"case")
    return is_case and (before == b"in" or before.endswith((b" in", b"(in")))


def _cut(words: bytes) -> bytes:
    """The words up to where the next group is named: "with ME/CFS and 20 controls"."""
    return next((words[:start] for start, _ in around.joins().places(words)), words)


def _is_sex_in_brackets(place: _Place, noun: tuple[int, int]) -> bool:
    """Whether it is a breakdown such as "(7 males, 23 females)"."""
    opened = place.before.rfind(b"(") > place.before.rfind(b")")
    return opened and around.sexes().is_whole(place.after[noun[0] : noun[1]])


def _before_bracket(before: bytes) -> bytes:
    places = around.n_equals().places(before)
    return before[: places[-1][0]]


def _last_group(words: bytes) -> bytes:
    """The words after the last separator before a bracketed number that name people.

    "People of differing severity" is one group: what follows "of" alone names nobody.
    """
    ends = [0, *(end for _, end in around.separators().places(words))]
    last = words[ends[-1] :]
    is_quality = last.replace(b" ", b"").isalpha() and not _names_people(last)
    if is_quality and words[: ends[-1]].endswith(b"of "):
        return words[ends[-2] :]
    return last


def _names_people(words: bytes) -> bool:
    return around.people_or_arm().occurs_in(words)


def _group(words: bytes) -> Group:
    told = _DISEASE_CONTROL.sub(b"Disease", words)
    for group, pattern in _groups():
        if pattern.occurs_in(told):
            return group
    return Group.PEOPLE


def _stage(data: bytes) -> Stage:
    for stage, pattern in _stages():
        if pattern.occurs_in(data):
            return stage
    return Stage.STATED


def _sizes_nothing(data: bytes) -> bool:
    return any(
        found.occurs_in(data) and not unless.occurs_in(data)
        for found, unless in around.not_the_sample()
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
