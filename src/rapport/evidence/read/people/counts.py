"""Counts of people in sentences: the number, whom it counts, and how far they came."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from rapport.evidence.read.people.added_up import added_up, against_controls, as_far_as, came_of
from rapport.evidence.read.people.around import around
from rapport.evidence.read.people.counted import ILL, Count, Group, Place, Stage
from rapport.evidence.read.people.found_ill import (
    found_in,
    half_with,
    in_whom_found,
    names_illness,
    tells_of_the_ill,
)
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.numbers import number
from rapport.evidence.read.text.sentence import Sentence
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.people import people_rules

_AHEAD = 120
_BEHIND = 70
_LONGEST_SENTENCE = 4000
"""Bytes; a longer "sentence" is a table or a list that lost its lines, and says no size."""
_EQUALS = (b"=", b":")
_BOTH = 2
_COLUMNS = 3
"""Bars between words; as many make a row of a table."""


class _Line(msgspec.Struct, frozen=True):
    """A sentence with what is asked of it for every number: its stage, and whether it names the
    illness."""

    sentence: Sentence
    data: bytes
    stage: Stage
    names_illness: bool


def counts(lookup: Lookup) -> list[Count]:
    """Every count of people that may size the study, in the order of the text."""
    found: list[Count] = []
    for sentence, data in _with_people(lookup):
        if len(data) <= _LONGEST_SENTENCE and data.count(b" | ") < _COLUMNS:
            found.extend(_of_sentence(sentence, data))
    return found


def _of_sentence(sentence: Sentence, data: bytes) -> list[Count]:
    """The counts of one sentence, and the sums of groups that it tells apart.

    Where it tells whom was looked for, only those count who came in or were found to be ill.
    """
    is_screening = _sizes_nothing(data)
    if is_screening and (
        _sizes_nothing(data, even_if_taken_in=True) or not around("came_in").occurs_in(data)
    ):
        return []
    line = _Line(sentence, data, _stage(data) or Stage.STATED, names_illness(data))
    found: list[Count] = []
    places = list(_numbers_in(data))
    for place, following in pairwise([*places, None]):
        count = place and _count(place, line, following)
        if count is None or (is_screening and not count.is_found and not _came_in(place)):
            continue
        if count.is_found and found and found[-1].group is Group.BESIDE:
            continue  # the ill among those who treat the ill
        found.append(count if found else msgspec.structs.replace(count, is_whole=True))
    came = list(_who_came(found, places, line))
    apart = {count.at for count in came}
    told = as_far_as([each for each in found if each.at not in apart], data)
    return [*added_up([*against_controls(told, data), *_halves(found, data)], data), *came]


def _who_came(found: Sequence[Count], places: Sequence[Place], line: _Line) -> Iterator[Count]:
    """Those who came in, and those of whom they came as some who entered at most.

    "Of 97 women who were invited, 45 took part."
    """
    for asked, came in came_of(places):
        base = next((each for each in found if each.at == asked.at), None)
        if base is not None:
            yield msgspec.structs.replace(base, stage=Stage.ENROLLED, is_part=True)
        yield Count(
            value=came.value,
            group=base.group if base else _group(line.data[asked.at : came.at]),
            stage=Stage.ANALYSED,
            sentence=line.sentence,
            at=came.at,
            is_arm=False,
            is_whole=True,
            is_part=False,
            is_told=True,
            is_bare=True,
        )


def _came_in(place: Place | None) -> bool:
    if place is None:
        return False
    length = around("came_in").length_at_start(place.after)
    is_left = around("left_over").occurs_in(place.before[-40:])
    return is_left or (length is not None and b"potential" not in place.after[:length])


def _count(place: Place, line: _Line, following: Place | None) -> Count | None:
    """The count that stands at a place; None where the number counts nobody."""
    group, is_arm = _counted(place)
    ill = _found(place) if line.names_illness else None
    if ill is None and group is None:
        return None
    own = _stage(line.data[place.at : following.at if following else None])
    return Count(
        value=place.value,
        group=ill or group or Group.PEOPLE,
        stage=own or line.stage,
        sentence=line.sentence,
        at=place.at,
        is_arm=is_arm and ill is None,
        is_found=ill is not None,
        is_whole=around("totals").occurs_in(place.before[-24:]),
        is_part=_is_part(place),
        is_told=own is not None,
        is_bare=around("bare").length_at_start(place.after) is not None,
    )


def _is_part(place: Place) -> bool:
    """Whether they are some of those told of before, or were picked from them."""
    picked = around("picked").length_at_start(place.after) is not None
    return picked or around("parts").occurs_in(place.before[-50:])


def _halves(found: list[Count], data: bytes) -> list[Count]:
    """Half of those counted last, where it says that half of them were ill."""
    if not found or b"half" not in data.lower():
        return []
    place, words = half_with(data)
    told = [count for count in found if count.at < place and count.value % 2 == 0]
    group = _group(words)
    if not told or group not in ILL:
        return []
    base = told[-1]
    half = msgspec.structs.replace(base, value=base.value // 2, group=group, is_found=True)
    return [half]


def _with_people(lookup: Lookup) -> list[tuple[Sentence, bytes]]:
    """The sentences in which a number and people stand near each other, or the ill are told."""
    places = sorted({*lookup.indices(around("near")), *tells_of_the_ill(lookup)})
    return [(lookup.sentences[at], lookup.encoded[at]) for at in places]


def _numbers_in(data: bytes) -> Iterator[Place]:
    for start, end in around("number").places(data):
        value = number(data[start:end].decode(errors="replace"))
        if (
            value is None
            or value < 2
            or _is_year(data[start:end])
            or data[:start].endswith(_GLUED)
            or _is_compound(data[end : end + 2])
        ):
            continue
        before = data[max(0, start - _BEHIND) : start]
        yield Place(value, start, before, data[end : end + _AHEAD], data)


_SHORT_FORM = re.compile(rb" ?\([^()]{1,20}\)$")
_CLAUSE_END = re.compile(rb"[.;:] ")
_DISEASE_CONTROL = re.compile(rb"disease control", re.I)
"""Part of the name of a public body, and no people."""
_GLUED = (b".", b"-", b"/", b"<", b">", b"~", b"$", b"+", *map(str.encode, "±≤≥≈"))


def _is_compound(behind: bytes) -> bool:
    """Whether the number is half of a word: "in this two-arm trial"."""
    return behind[:1] == b"-" and behind[1:].isalpha()


def _is_year(digits: bytes) -> bool:
    """Four digits without a separator from 1950 to 2049: taken for a year, not for a count."""
    return len(digits) == 4 and digits.isdigit() and b"1950" <= digits < b"2050"


def _counted(place: Place) -> tuple[Group | None, bool]:
    """Whom the number counts, and whether it is given behind a group; None: no sample."""
    place = _without_share(place)
    if _is_share(place.after) or around("share_before").occurs_in(place.before):
        return None, False
    is_equal = place.before.rstrip()[-1:] in _EQUALS
    named = around("name_equals").places(place.before) if is_equal else ()
    if named:
        return _group(place.before[named[0][0] :]), True
    if is_equal and around("n_equals").occurs_in(place.before) and not _is_noun_phrase(place):
        return _in_brackets(place)
    return _group_of_noun(place), False


def _in_brackets(place: Place) -> tuple[Group | None, bool]:
    """Whom "(n = 24)" counts, and whether that is a group: the words before it, or their clause."""
    before, clause = _before_bracket(place.before), _clause_before(place)
    words = _last_group(before)
    is_all = around("all_of").occurs_in(clause) and clause.count(b"(n") < _BOTH
    if _names_people(words) and not is_all:
        tells = around("outcome").occurs_in(place.after) and not around("opens").occurs_in(
            before
        )
        return (None, False) if tells else (_group(words), True)
    is_whole = is_all or around("taken_in").occurs_in(before)
    return (_group(clause) if is_whole else None), False


def _clause_before(place: Place) -> bytes:
    return _CLAUSE_END.split(place.data[: place.at])[-1]


def _found(place: Place) -> Group | None:
    """Which illness so many were found to have, be it told as a part of others."""
    words = in_whom_found(place.after, place.before)
    if words is None:
        words = found_in(place.before, place.after)
    group = None if words is None else _group(words)
    return group if group in ILL else None


def _is_noun_phrase(place: Place) -> bool:
    """Whether "n = 24" stands before its noun: "n = 24 patients with ME/CFS"."""
    length = around("noun_behind").length_at_start(place.after)
    if length is None:
        return False
    in_brackets = place.before.rfind(b"(") > place.before.rfind(b")")
    return not in_brackets or _group(place.after[:length]) in (Group.CASES, Group.CONTROLS)


def _without_share(place: Place) -> Place:
    """The place without the share of a group that is told by name: "174 (65%) ME/CFS"."""
    if not place.after.startswith(b" ("):
        return place
    is_all = around("of_all").occurs_in(place.before)
    length = around("group_behind_share").length_at_start(place.after)
    if length is None and not (is_all and b")" in place.after):
        return place
    return msgspec.structs.replace(place, after=place.after[place.after.index(b")") + 1 :])


def _is_share(after: bytes) -> bool:
    """Whether a share stands behind the number, and not one of women among those counted."""
    return around("share_after").occurs_in(after) and not around("breakdown").occurs_in(after)


def _group_of_noun(place: Place) -> Group | None:
    """Whom a number with a noun behind it counts: "24 patients with ME/CFS", "17 with CFS"."""
    noun = _noun(place)
    if noun is None or _is_occasion(place, noun) or _is_sex_in_brackets(place, noun):
        return None
    pair = _pair(place)
    if pair is not None:
        own, other = map(_group, pair)
        return other if own is Group.PEOPLE else own
    between = place.after[: noun[0]]
    if around("breaks").occurs_in(between) or b"".join(between.split()[-1:]).isdigit():
        return None  # "two cohorts of 30 patients": the noun belongs to the nearer number
    return _group_behind(place, noun)


def _pair(place: Place) -> tuple[bytes, bytes] | None:
    """What is said of the first and of the others of some numbers with one noun behind all.

    "18 mild and 12 severe patients with ME/CFS". Missing: None where the first has a noun of its own.
    """
    length = around("paired").length_at_start(place.after)
    if length is None:
        return None
    own, _, other = re.split(rb"(, ?| and )", place.after[:length], maxsplit=1)
    alone = around("breaks").occurs_in(own) or around("person").occurs_in(own)
    behind = place.after[length:]
    complement = behind[: around("complement").length_at_start(behind) or 0]
    return None if alone else (own, other + _cut(complement))


def _noun(place: Place) -> tuple[int, int] | None:
    """Where the noun stands that is counted: a word for people, or an illness."""
    length = around("direct").length_at_start(place.after)
    if length is None:
        return _whole_noun(place.after)
    return None if around("no_people").occurs_in(place.after[length:]) else (0, length)


def _whole_noun(after: bytes) -> tuple[int, int] | None:
    """Where the first word for people stands, up to the one that it describes.

    "24 adult ME/CFS patients" are patients, and "37 adult controls" controls.
    """
    place = next(iter(around("person").places(after)), None)
    if place is None or not around("describing").is_whole(after[place[0] : place[1]]):
        return place
    further = around("described").length_at_start(after[place[1] :])
    return (place[0], place[1] + (further or 0))


def _group_behind(place: Place, noun: tuple[int, int]) -> Group | None:
    """Who they are by what follows the noun; None where it tells what some of them did."""
    rest = place.after[noun[1] :]
    plain = rest[around("bracket").length_at_start(rest) or 0 :]
    complement = _cut(plain[: around("complement").length_at_start(plain) or 0])
    behind = plain[len(complement) :]
    is_case = place.after[: noun[1]].lower().endswith(b"cases")
    if is_case and around("of_something_else").length_at_start(rest) is not None:
        return None
    if around("reporting").length_at_start(rest) is None and any(
        _tells_of_some(x, place) for x in (rest, behind)
    ):
        return None
    if around("of_controls").occurs_in(place.before) or around("are_controls").occurs_in(plain):
        return Group.CONTROLS
    return _group(place.after[: noun[1]] + complement, noun=place.after[: noun[1]])


def _tells_of_some(behind: bytes, place: Place) -> bool:
    """Whether the words behind the noun tell what some did; a share of a base is of others."""
    if around("had_come").length_at_start(behind) is not None:
        return False
    is_base = behind.startswith(b",") and around("base").occurs_in(place.before)
    return around("outcome").occurs_in(behind) or (_is_share(behind) and not is_base)


def _is_occasion(place: Place, noun: tuple[int, int]) -> bool:
    """Whether it tells how often something happened: "in two cases, the test failed"."""
    before = place.before.rstrip().lower()
    is_case = place.after[noun[0] : noun[1]].lower().startswith(b"case")
    return is_case and (before == b"in" or before.endswith((b" in", b"(in")))


def _cut(words: bytes) -> bytes:
    """The words up to where the next group is named: "with ME/CFS and 20 controls".

    "Both" names two illnesses of one group.
    """
    first = next((words[:start] for start, _ in around("joins").places(words)), words)
    return words if b" both " in first else first


def _is_sex_in_brackets(place: Place, noun: tuple[int, int]) -> bool:
    """Whether it is a breakdown such as "(7 males, 23 females)"."""
    opened = place.before.rfind(b"(") > place.before.rfind(b")")
    return opened and around("sexes").is_whole(place.after[noun[0] : noun[1]])


def _before_bracket(before: bytes) -> bytes:
    """The words before the bracket with a number, without a short form of their own."""
    places = around("n_equals").places(before)
    return _SHORT_FORM.sub(b"", before[: places[-1][0]].rstrip())


def _last_group(words: bytes) -> bytes:
    """The words after the last separator before a bracketed number that name people.

    "People of differing severity" is one group: what follows "of" alone names nobody.
    """
    ends = [0, *(end for _, end in around("separators").places(words))]
    last = words[ends[-1] :]
    is_quality = last.replace(b" ", b"").isalpha() and not _names_people(last)
    if is_quality and words[: ends[-1]].endswith(b"of "):
        return words[ends[-2] :]
    return last


def _names_people(words: bytes) -> bool:
    return around("people_or_arm").occurs_in(words)


def _group(words: bytes, noun: bytes | None = None) -> Group:
    """Whom words name; `noun`: those of them up to the noun that is counted."""
    told = _DISEASE_CONTROL.sub(b"Disease", words)
    ill, without, _ = told.partition(b" without ")
    if without and _group(ill) in ILL:
        return _group(ill)
    head = told if noun is None else noun
    for group, pattern, of_noun in _groups():
        if pattern.occurs_in(head if of_noun else told):
            return group
    return Group.PEOPLE


def _stage(data: bytes) -> Stage | None:
    """How far those came of whom these words tell. Missing: None where no verb says it."""
    return next((stage for stage, pattern in _stages() if pattern.occurs_in(data)), None)


def _sizes_nothing(data: bytes, *, even_if_taken_in: bool = False) -> bool:
    """Whether no number in it is the size of the study, but for those who were taken in."""
    return any(
        found.occurs_in(data) and not unless.occurs_in(data)
        for found, unless, even in _not_the_sample()
        if even or not even_if_taken_in
    )


@cache
def _not_the_sample() -> list[tuple[BytesPattern, BytesPattern, bool]]:
    """The contexts without exceptions as one pattern, then the others each by itself."""
    rules = people_rules().not_the_sample
    own = [each for each in rules if each.unless or each.even_if_taken_in]
    plain = BytesPattern(p for each in rules if each not in own for p in each.patterns)
    apart = [
        (BytesPattern(each.patterns), BytesPattern(each.unless), each.even_if_taken_in)
        for each in own
    ]
    return [(plain, BytesPattern(()), False), *apart]


@cache
def _groups() -> list[tuple[Group, BytesPattern, bool]]:
    rules = people_rules()
    return [
        (Group(each.group), BytesPattern(rules.filled(p) for p in each.patterns), each.of_noun)
        for each in rules.groups
    ]


@cache
def _stages() -> list[tuple[Stage, BytesPattern]]:
    return [(Stage(each.stage), BytesPattern(each.patterns)) for each in people_rules().stages]
