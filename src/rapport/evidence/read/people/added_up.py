"""Groups of the same people that a sentence tells apart, added up: "12 mild and 20 severe cases"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from rapport.evidence.read.people.around import around
from rapport.evidence.read.people.counted import ILL, Count, Group, Place, Stage

_BOTH = 2
_TWO_PAIRS = 4
_REMARKS = re.compile(rb" ?\([^()]*\)| who (?:met|fulfil+ed|satisfied)\b", re.I)
"""What is told of a group of a list without ending the list."""


def added_up(found: list[Count], data: bytes) -> list[Count]:
    """The counts of a sentence with the sums of groups that nobody adds up there.

    The groups of a sum are parts from then on.
    """
    if len(found) < _BOTH:
        return found
    for run in _runs(found, data):
        whole = _sum(run)
        if _is_explained(whole, run, found):
            parts = [msgspec.structs.replace(each, is_part=True) for each in run]
            others = [each for each in found if each not in run]
            return [*others, *parts, whole]
    return [*found, *_of_both(found, data), *_all_found(found)]


def _all_found(found: Sequence[Count]) -> list[Count]:
    """All of those counted, where the illness was found in every part of them.

    "Of 52 patients, 28 met both definitions and 24 only one."
    """
    ill = [each for each in found if each.is_found]
    total = sum(each.value for each in ill)
    told = any(each.value == total and each.group is Group.PEOPLE for each in found)
    if len(ill) < _BOTH or len({each.group for each in ill}) > 1 or not told:
        return []
    return [_sum(ill)]


def as_far_as(found: list[Count], data: bytes) -> list[Count]:
    """The counts of a sentence, where one tells of those who were left of the one before it.

    "84 patients were enrolled and 71 were analysed": the first entered, the second are whole.
    """
    told = _with_shared_verbs(found, data)
    apart = (Group.CONTROLS, Group.BESIDE)
    places = [at for at, each in enumerate(told) if each.group not in apart]
    for at, next_at in pairwise(places):
        one, other = told[at], told[next_at]
        if not _is_what_is_left(one, other, data):
            continue
        is_plain = other.is_bare or other.group is Group.PEOPLE
        group = one.group if is_plain else other.group
        told[at] = msgspec.structs.replace(one, stage=Stage.ENROLLED)
        told[next_at] = msgspec.structs.replace(other, group=group, is_whole=True)
    return told


def came_of(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Those looked at with those of them who came in: "of 97 women invited, 45 took part".

    People who were randomised are the patients of a trial, whoever of them came further.
    """
    for one, other in pairwise(places):
        between = one.data[one.at : other.at]
        is_of_them = around("of_them").length_at_start(other.after) is not None
        if other.value >= one.value or not (
            is_of_them or around("out_of").occurs_in(one.before)
        ):
            continue
        if around("clause_end").occurs_in(between) or around("randomised").occurs_in(between):
            continue
        if _has_come(one, other, between):
            yield one, other


def _has_come(one: Place, other: Place, between: bytes) -> bool:
    """Whether the second are those of the first who came in or turned out to be ill."""
    if around("qualified").length_at_start(other.after) is not None:
        return around("suspected").occurs_in(between)
    if around("came_of_them").length_at_start(other.after) is None:
        return False
    if around("picked").length_at_start(other.after) is not None:
        return False
    return around("looked_at").occurs_in(between) or other.value * 2 >= one.value


def against_controls(found: list[Count], data: bytes) -> list[Count]:
    """The counts, where people of whom nothing is said stand in a list with controls.

    "38 patients and 33 controls": the patients are those who are ill.
    """
    told = list(found)
    if around("of_a_trial").occurs_in(data):
        return told
    for at, (one, other) in enumerate(pairwise(found)):
        if one.group is not Group.PEOPLE or other.group is not Group.CONTROLS:
            continue
        between = _REMARKS.sub(b"", data[one.at : other.at])
        joined = around("joined_arms" if one.is_arm and other.is_arm else "joined")
        if joined.occurs_in(between) and not around("inclusion").occurs_in(between):
            told[at] = msgspec.structs.replace(one, is_against=True)
    return told


def _with_shared_verbs(found: Sequence[Count], data: bytes) -> list[Count]:
    """The counts, where one that stands in a list shares the verb behind the next."""
    told = list(found)
    for at in range(len(told) - 2, -1, -1):
        one, other = told[at], told[at + 1]
        between = _REMARKS.sub(b"", data[one.at : other.at])
        is_list = around("joined").occurs_in(between) and not around("not_a_list").occurs_in(
            between
        )
        if is_list and other.is_told and not one.is_told:
            told[at] = msgspec.structs.replace(one, stage=other.stage, is_told=True)
    return told


def _is_what_is_left(one: Count, other: Count, data: bytes) -> bool:
    """Whether the second count is of those of the first who came further, and of most of them."""
    if other.stage is not Stage.ANALYSED or not other.is_told or other.is_found:
        return False
    if one.is_told and one.stage is Stage.ANALYSED:
        return False
    if not around("went_on").occurs_in(data[other.at :]):
        return False
    is_same = other.is_bare or other.group in (one.group, Group.PEOPLE)
    is_most = one.value > other.value >= one.value / 2
    return (
        is_same and is_most and not (one.is_arm or other.is_arm or _goes_on(one, other, data))
    )


def _sum(run: Sequence[Count]) -> Count:
    value = sum(each.value for each in run)
    return msgspec.structs.replace(run[0], value=value, is_arm=False, is_whole=True)


def _is_explained(whole: Count, run: Sequence[Count], found: Sequence[Count]) -> bool:
    """Whether no larger number of the sentence may hold the sum, but for those told beside it."""
    beside = (Group.CONTROLS, Group.BESIDE)
    others = [each.value for each in found if each not in run and each.group not in beside]
    total = whole.value + sum(each for each in others if each < whole.value)
    return all(each in (whole.value, total) for each in others if each >= whole.value)


def _runs(found: Sequence[Count], data: bytes) -> Iterator[list[Count]]:
    """Counts of the same group that stand in a list, one after the other."""
    run = _alternating(found, data)
    if run:
        yield run
        return
    for count in found:
        if run and not _goes_on(run[-1], count, data):
            yield from _if_sum(run)
            run = []
        run.append(count)
    yield from _if_sum(run)


def _alternating(found: Sequence[Count], data: bytes) -> list[Count]:
    """The patients where two pairs of patients and controls are told, one after the other."""
    is_named = any(each.group in ILL for each in found)
    groups = ILL if is_named else (Group.PEOPLE,)
    told = [each for each in found if each.group in (*groups, Group.CONTROLS)]
    ill = [each for each in told if each.group in groups]
    is_in_turn = all((a.group in groups) is not (b.group in groups) for a, b in pairwise(told))
    is_one_kind = len({(each.group, each.is_arm, each.is_found) for each in ill}) == 1
    if len(told) < _TWO_PAIRS or len(told) % _BOTH or not is_in_turn or not is_one_kind:
        return []
    if not around("apart").occurs_in(data):
        return []
    between = _REMARKS.sub(b"", data[told[0].at : told[-1].at])
    return [] if around("inclusion").occurs_in(between) else ill


def _if_sum(run: list[Count]) -> Iterator[list[Count]]:
    if len(run) >= _BOTH:
        yield run


def _goes_on(one: Count, other: Count, data: bytes) -> bool:
    """Whether the second count stands beside the first in a list of groups of one kind."""
    if one.group is not other.group or one.is_arm is not other.is_arm:
        return False
    if one.is_found or other.is_found or other.at <= one.at:
        return False
    between = _REMARKS.sub(b"", data[one.at : other.at])
    if one.group not in ILL and (one.is_arm or not _is_of_patients(one, other, data)):
        return False
    joined = around("joined_arms" if one.is_arm else "joined")
    return joined.occurs_in(between) and not around("not_a_list").occurs_in(between)


def _is_of_patients(one: Count, other: Count, data: bytes) -> bool:
    """Whether two groups of whom nothing is said are patients: by severity, or beside controls."""
    severity = around("severity")
    between = _REMARKS.sub(b"", data[one.at : other.at])
    if severity.occurs_in(between) and severity.occurs_in(data[other.at : other.at + 40]):
        return True
    if one.group is not Group.PEOPLE or around("of_a_trial").occurs_in(data):
        return False
    patients = around("patients_told")
    are_told = patients.occurs_in(data[one.at :]) and patients.occurs_in(data[other.at :])
    return are_told and around("controls_told").occurs_in(data[other.at :])


def _of_both(found: Sequence[Count], data: bytes) -> list[Count]:
    """Women and men, or children and adults, told apart: together they are the group."""
    halves = [each for each in found if not each.is_arm and _is_half(each, data)]
    halves = _of_one_group(halves, data)
    ill = [count for count in halves if count.group is Group.CASES]
    counted = ill if len(ill) > 1 else halves
    groups = {count.group for count in counted} - {Group.PEOPLE}
    if len(counted) != _BOTH or len(groups) > 1 or Group.CONTROLS in groups:
        return []
    group = next(iter(groups), Group.PEOPLE)
    value = sum(count.value for count in counted)
    return [msgspec.structs.replace(counted[0], value=value, group=group, is_whole=True)]


def _of_one_group(halves: list[Count], data: bytes) -> list[Count]:
    """The halves, those without a group being of the one they are joined to.

    "23 women and 22 men with ME/CFS": the women have it too.
    """
    told = list(halves)
    for at, (one, other) in enumerate(pairwise(halves)):
        is_joined = around("joined").occurs_in(_REMARKS.sub(b"", data[one.at : other.at]))
        if one.group is Group.PEOPLE and other.group in ILL and is_joined:
            told[at] = msgspec.structs.replace(one, group=other.group)
    return told


def _is_half(count: Count, data: bytes) -> bool:
    behind = around("number_first").length_at_start(data[count.at :])
    if behind is None:
        return False
    return around("half").length_at_start(data[count.at + behind :]) is not None
