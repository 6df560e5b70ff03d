"""Counts of people in sentences: the number, whom it counts, and how far they came."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from rapport.evidence.read.people.added_up import added_up, against_controls, as_far_as, came_of
from rapport.evidence.read.people.around import around
from rapport.evidence.read.people.counted import ILL, Count, Group, Place, Stage
from rapport.evidence.read.people.found_ill import half_with, names_illness, tells_of_the_ill
from rapport.evidence.read.people.whom import counted_at, found_at, group_of
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.numbers import number
from rapport.evidence.read.text.sentence import Sentence
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.people import people_rules

_AHEAD = 120
_BEHIND = 70
_LONGEST_SENTENCE = 4000
"""Bytes; a longer "sentence" is a table or a list that lost its lines, and says no size."""
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
            group=base.group if base else group_of(line.data[asked.at : came.at]),
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
    group, is_arm = counted_at(place)
    ill = found_at(place) if line.names_illness else None
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
    group = group_of(words)
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
            or data[max(0, start - 3) : start].endswith(_GLUED)
            or _is_compound(data[end : end + 2])
        ):
            continue
        before = data[max(0, start - _BEHIND) : start]
        yield Place(value, start, before, data[end : end + _AHEAD], data)


_GLUED = (b".", b"-", b"/", b"<", b">", b"~", b"$", b"+", *map(str.encode, "±≤≥≈"))


def _is_compound(behind: bytes) -> bool:
    """Whether the number is half of a word: "in this two-arm trial"."""
    return behind[:1] == b"-" and behind[1:].isalpha()


def _is_year(digits: bytes) -> bool:
    """Four digits without a separator from 1950 to 2049: taken for a year, not for a count."""
    return len(digits) == 4 and digits.isdigit() and b"1950" <= digits < b"2050"


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
def _stages() -> list[tuple[Stage, BytesPattern]]:
    return [(Stage(each.stage), BytesPattern(each.patterns)) for each in people_rules().stages]
