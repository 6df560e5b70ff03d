"""How a study was done: who was blinded, what it was compared with, whether chance decided.

The words are knowledge/data/reading/design/conduct.toml.
"""

from collections.abc import Sequence

import msgspec

from rapport.cards.facts import DesignRecord
from rapport.cards.stated import Blinding, Comparison, Randomisation
from rapport.core.vocabulary import (
    COMPARED,
    TRIALS_OR_PLANS,
    BlindLevel,
    BlindParty,
    Control,
    Design,
)
from rapport.evidence.read.design.follow_up import follow_up
from rapport.evidence.read.text.values import Told, Value, spans, value_reader
from rapport.knowledge.reading.values import CONDUCT

_COMPARED = COMPARED | {Design.PROTOCOL}
_FOLLOWED = {
    *TRIALS_OR_PLANS,
    Design.COHORT_PROSPECTIVE,
    Design.COHORT_RETROSPECTIVE,
    Design.CASE_SERIES,
}


def with_conduct(record: DesignRecord, told: Told) -> DesignRecord:
    """The record with what the text states of how the study was done, as far as it fits its design.

    Nobody is blinded or randomised in a study that treats nobody; a study of a single arm
    has no control by its design.
    """
    said = value_reader(CONDUCT).read(told) if record.value in TRIALS_OR_PLANS else []
    compared = record.value in _COMPARED
    return msgspec.structs.replace(
        record,
        blinding=blinding(told, said),
        control=control(told, said) if compared else _uncontrolled(record),
        randomisation=randomisation(told, said) if compared else None,
        follow_up=follow_up(told, is_planned=record.value is Design.PROTOCOL)
        if record.value in _FOLLOWED
        else None,
    )


def _uncontrolled(record: DesignRecord) -> Comparison | None:
    if record.value is not Design.SINGLE_ARM_TRIAL or not record.evidence:
        return None
    return Comparison(kinds=(Control.NONE,), evidence=record.evidence)


def blinding(told: Told, said: Sequence[Value]) -> Blinding | None:
    """Who was blinded. Missing: None where the text says nothing of it.

    A study that is called open may still have blinded those who measured; one that is called
    double-blind is not open, whatever is said of a later part of it.
    """
    found = _of("blinding", said)
    words = {value.says for value in found}
    parties = tuple(party for party in BlindParty if party in words)
    level = next((each for each in reversed(BlindLevel) if each in words), None)
    if BlindParty.PARTICIPANTS in parties and level is BlindLevel.OPEN:
        level = None
    if not parties and level is None:
        return None
    used = {*parties, level}
    evidence = spans(told, (value.sentence for value in found if value.says in used))
    return Blinding(parties=parties, level=level, evidence=evidence)


def control(told: Told, said: Sequence[Value]) -> Comparison | None:
    """What the treatment was compared with. Missing: None where the text does not say."""
    found = _of("control", said)
    words = {value.says for value in found}
    kinds = tuple(kind for kind in Control if kind in words)
    if not kinds:
        return None
    return Comparison(
        kinds=kinds, evidence=spans(told, (value.sentence for value in found), most=4)
    )


def randomisation(told: Told, said: Sequence[Value]) -> Randomisation | None:
    """Whether chance decided. Missing: None where the text does not say."""
    found = _of("randomisation", said)
    words = {value.says for value in found}
    if not words & {"yes", "no", "clusters"}:
        return None
    denied = "no" in words and not words & {"clusters", "concealed"} and _first(found) == "no"
    used = {"no"} if denied else {"yes", "clusters", "concealed"}
    return Randomisation(
        is_randomised=not denied,
        by_cluster=not denied and "clusters" in words,
        concealed=True if "concealed" in words else None,
        evidence=spans(told, (value.sentence for value in found if value.says in used)),
    )


def _first(found: Sequence[Value]) -> str:
    """Which of yes and no the text says first."""
    told = [value for value in found if value.says in {"yes", "no"}]
    return min(told, key=lambda value: (value.sentence.paragraph, value.sentence.start)).says


def _of(field: str, said: Sequence[Value]) -> list[Value]:
    return [value for value in said if value.field == field]
