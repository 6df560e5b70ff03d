"""Which of the people counted are the patients: those who have the illness that is studied."""

from collections.abc import Iterable, Sequence

import msgspec

from rapport.evidence.read.people.counted import ILL, Count, Group
from rapport.evidence.read.people.found_ill import (
    is_about_long_covid,
    is_of_a_population,
    times_named,
    was_searched,
)
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.sections import SectionKind
from rapport.evidence.read.text.sentence import Sentence

_FRONT = (SectionKind.TITLE, SectionKind.ABSTRACT)
_OFTEN = 2
_BOTH_ARMS = 2
_BESIDE = (Group.CONTROLS, Group.BESIDE)
_NOT_BESIDE = (*ILL, Group.OTHER, Group.EXPOSED)


def patients(found: Sequence[Count], *, front: Lookup, treated: bool) -> list[Count]:
    """The counts that may be those of the patients; none where nobody counted is known to be ill.

    People said to have ME/CFS, else those said to have long COVID, with people of whom nothing is
    said beside them; else those in whom the illness was found; else people of whom nothing is said,
    unless title and abstract (`front`) tell that it was looked for among them. In a trial all arms
    count.
    """
    wholes = _with_controls(found) | {
        each.value for each in found if each.group is Group.BESIDE
    }
    counted = [
        each for each in found if each.group not in _BESIDE and not _is_in_passing(each, front)
    ]
    named = [each for each in counted if each.group is Group.CASES and not each.is_found]
    people = [] if _asks_others(found) else _of(counted, Group.PEOPLE, but=wholes)
    if treated:
        # The controls of a trial are ill too: who stands beside them are no more than an arm.
        everyone = [
            msgspec.structs.replace(each, is_against=False)
            for each in [*_of(counted, *_NOT_BESIDE, but=wholes), *people]
        ]
        return [each for each in everyone if not each.is_arm] or _arms_together(everyone, found)
    after_covid = _of(counted, Group.LONG_COVID, but=wholes)
    ill = named or after_covid
    if ill:
        alone = _of(counted, Group.OTHER) or any(each.is_found for each in ill)
        return ill if alone else [*ill, *people]
    if is_of_a_population(front):
        people = []
    exposed = _of(counted, Group.EXPOSED, but=wholes)
    found_ill = [each for each in counted if each.is_found]
    if found_ill and not (people and is_about_long_covid(front)):
        return found_ill
    return [] if was_searched(front) else [*people, *exposed]


def _is_in_passing(count: Count, front: Lookup) -> bool:
    """Whether they have an illness that the study is not about, by its title and abstract.

    That somebody was found to have it counts outside of them only where they name it twice.
    """
    if count.group not in ILL or not len(front):
        return False
    named = times_named(front, count.group)
    other = ILL[1 - ILL.index(count.group)]
    if count.is_found and count.sentence.section not in _FRONT:
        return named < _OFTEN
    return named == 0 < times_named(front, other)


def _asks_others(found: Sequence[Count]) -> bool:
    """Whether title and abstract count those who treat or care for the ill, and nobody else."""
    groups = {each.group for each in found if each.sentence.section in _FRONT}
    return Group.BESIDE in groups and groups <= {*_BESIDE, Group.POPULACE}


def _arms_together(everyone: Sequence[Count], found: Sequence[Count]) -> list[Count]:
    """All arms of a trial together, by the first sentence that gives their numbers."""
    if not everyone:
        return []
    arms = [each for each in found if each.is_arm and each.sentence == everyone[0].sentence]
    value, largest = sum(each.value for each in arms), max(each.value for each in arms)
    # "Participants (n = 112) were given a drug (n = 56) or placebo (n = 56)" names the whole.
    others = value - largest
    is_told = largest >= 2 * others or (len(arms) > _BOTH_ARMS and largest == others)
    whole = largest if is_told else value
    return [msgspec.structs.replace(arms[0], value=whole, is_whole=True)]


def _of(counted: Iterable[Count], *groups: Group, but: Iterable[int] = ()) -> list[Count]:
    return [each for each in counted if each.group in groups and each.value not in but]


def _with_controls(found: Sequence[Count]) -> set[int]:
    """Numbers of patients and of those beside them that a sentence tells apart, added up."""
    by_sentence: dict[Sentence, list[Count]] = {}
    for count in found:
        by_sentence.setdefault(count.sentence, []).append(count)
    return {
        one.value + other.value
        for counted in by_sentence.values()
        for one in counted
        for other in counted
        if one.group in _NOT_BESIDE and other.group in _BESIDE
    }
