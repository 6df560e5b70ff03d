"""Who was studied and how many, read from the sentences that say so.

The words are data: knowledge/data/reading/participants.
"""

from collections.abc import Iterable, Mapping, Sequence

from rapport.cards.facts import DesignRecord, Participants
from rapport.core.vocabulary import ABOUT_OTHERS, TRIALS_OR_PLANS, Design
from rapport.evidence.read.design.design import design as read_design
from rapport.evidence.read.people.around import around
from rapport.evidence.read.people.counted import Count, Group, Stage
from rapport.evidence.read.people.counts import counts
from rapport.evidence.read.people.patients import patients
from rapport.evidence.read.people.population import population
from rapport.evidence.read.text.document import Document, SectionKind, Sentence
from rapport.knowledge.reading.people import people_rules

_FRONT = (SectionKind.TITLE, SectionKind.ABSTRACT)
_MOST = {SectionKind.RESULTS: 60}
"""Sentences of the results that are read."""
_STAGE_WEIGHT = {Stage.ANALYSED: 1.0, Stage.STATED: 0.8, Stage.ENROLLED: 0.8}
_NOT_FIRST = 0.8
_PART = 0.5
_GENERIC = 0.6
_FURTHER = 0.1
_MOST_FURTHER = 4


def participants(document: Document, design: DesignRecord | None = None) -> Participants:
    """Numbers of patients and controls with the sentences that state them.

    Missing: None where the text states no number, and for reviews, comments and notices, which
    have no participants of their own. `n_cases` are those analysed where stated, else enrolled.
    """
    record = design or read_design(document)
    if record.value in ABOUT_OTHERS or population(document).is_notice:
        return Participants()
    if record.value is Design.CASE_REPORT:
        return Participants(n_cases=1, evidence=record.evidence[:1])
    front = document.placed.within(_FRONT)
    found = counts(document.placed.within(people_rules().places, at_most=_MOST))
    ill = patients(found, front=front, treated=record.value in TRIALS_OR_PLANS)
    if record.value is Design.PROTOCOL:
        # How many shall be studied is `planned`; those who entered already are people.
        ill = [count for count in ill if count.stage is Stage.ENROLLED]
    cases = _best(ill)
    analysed = _best([count for count in ill if _is_analysed(count, cases)])
    controls = _controls(found, cases)
    enrolled = _best([count for count in ill if count.stage is Stage.ENROLLED])
    chosen = [count for count in (cases, controls) if count is not None]
    return Participants(
        n_cases=cases.value if cases else None,
        n_enrolled=enrolled.value if enrolled else None,
        n_controls=controls.value if controls else None,
        n_analysed=analysed.value if analysed else None,
        evidence=tuple(document.span(s) for s in _once(c.sentence for c in chosen)),
    )


def _controls(found: Sequence[Count], cases: Count | None) -> Count | None:
    """The controls of the sentence that tells the patients, else those that are told best.

    Fewer may stand elsewhere: those of whom one sample was looked at.
    """
    controls = [count for count in found if count.group is Group.CONTROLS]
    beside = [
        each
        for each in controls
        if cases and each.sentence == cases.sentence and not each.is_arm
    ]
    return _best(beside or controls)


def _is_analysed(count: Count, cases: Count | None) -> bool:
    """Whether a result rests on those counted; fewer than half of the patients are a subgroup."""
    is_most = cases is None or 2 * count.value >= cases.value
    return is_most and around("resulted").is_in(count.sentence.text.encode(errors="replace"))


def _best(found: Sequence[Count]) -> Count | None:
    """The count of the number that is said most weightily, where it is said best.

    Where that number and another of its sentence add up to a third, the third is the whole.
    """
    mentions: dict[int, list[Count]] = {}
    for count in found:
        mentions.setdefault(count.value, []).append(count)
    if not mentions:
        return None
    value = max(mentions, key=lambda each: (_said(mentions[each]), each))
    return max(mentions[_whole(value, mentions)], key=_weight)


def _said(mentions: Sequence[Count]) -> float:
    """How weightily a number is said: its best mention, and a little for each further one."""
    further = min(len(mentions) - 1, _MOST_FURTHER)
    return max(_weight(count) for count in mentions) * (1 + _FURTHER * further)


def _whole(value: int, mentions: Mapping[int, Sequence[Count]]) -> int:
    """The sum of `value` and another count beside it, if that sum is stated too."""
    beside = {
        other
        for other, counted in mentions.items()
        if other != value and any(_beside(a, b) for a in counted for b in mentions[value])
    }
    return next((value + other for other in sorted(beside) if value + other in mentions), value)


def _beside(one: Count, other: Count) -> bool:
    return one.group is other.group and one.sentence == other.sentence


def _weight(count: Count) -> float:
    weight = people_rules().places[count.sentence.section.value] * _STAGE_WEIGHT[count.stage]
    if count.group in (Group.PEOPLE, Group.EXPOSED) and not count.is_against:
        weight *= _GENERIC
    if count.is_part:
        weight *= _PART
    return weight if count.is_whole else weight * _NOT_FIRST


def _once(sentences: Iterable[Sentence]) -> Sequence[Sentence]:
    return list({(each.field, each.start): each for each in sentences}.values())
