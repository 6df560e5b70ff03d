"""Who the people of a study were, beside their number: what the text states of them.

The words are knowledge/data/reading/participants/described.toml.
"""

import re
from collections.abc import Sequence

import msgspec

from rapport.cards.facts import Participants
from rapport.cards.stated import Settings, Severity
from rapport.core.vocabulary import NOBODY, TRIALS_OR_PLANS, Design, IllnessSeverity, Setting
from rapport.evidence.read.age import age
from rapport.evidence.read.country import country
from rapport.evidence.read.document import SectionKind
from rapport.evidence.read.groups import groups
from rapport.evidence.read.numbers import WORDS
from rapport.evidence.read.planned import planned
from rapport.evidence.read.sex import sex
from rapport.evidence.read.values import Told, Value, spans, value_reader
from rapport.knowledge.value_rules import DESCRIBED

_COUNTED = re.compile(rf"\d|\b{WORDS}\b", re.I)


def with_description(record: Participants, design: Design, told: Told) -> Participants:
    """The record with what the text states of the people; of a protocol, whom it plans to study."""
    if design in NOBODY or (design is Design.IN_VITRO_OR_ANIMAL and record.n_cases is None):
        return record
    said = value_reader(DESCRIBED).read(told)
    is_plan = design is Design.PROTOCOL
    return msgspec.structs.replace(
        record,
        planned=planned(told) if is_plan else None,
        groups=None if is_plan else groups(told),
        age=age(told),
        sex=None if is_plan else sex(told),
        severity=severity(told, said),
        setting=setting(told, said, design),
        country=country(told),
    )


def severity(told: Told, said: Sequence[Value]) -> Severity | None:
    """How ill the people were, and who was kept out. Missing: None means not reported."""
    found = [value for value in said if value.field == "severity" and _is_of_people(value)]
    out = {id(value.sentence) for value in said if value.field == "left_out"}
    levels = {value.says for value in found if id(value.sentence) not in out}
    left_out = {value.says for value in found if id(value.sentence) in out}
    if not found:
        return None
    return Severity(
        levels=tuple(each for each in IllnessSeverity if each in levels),
        left_out=tuple(each for each in IllnessSeverity if each in left_out - levels),
        evidence=spans(told, (value.sentence for value in found)),
    )


def _is_of_people(value: Value) -> bool:
    """In the results only a sentence that counts tells of the people; others tell their stories."""
    is_result = value.sentence.section is SectionKind.RESULTS
    return not is_result or _COUNTED.search(value.sentence.text) is not None


def setting(told: Told, said: Sequence[Value], design: Design) -> Settings | None:
    """Where the people were found or seen. Missing: None where the text does not say.

    In a trial records are where outcomes come from, not where people were found.
    """
    found = [value for value in said if value.field == "setting"]
    if design in TRIALS_OR_PLANS:
        found = [value for value in found if value.says != Setting.RECORDS]
    words = {value.says for value in found}
    if not words:
        return None
    first = {value.says: value.sentence for value in reversed(found)}
    return Settings(
        values=tuple(each for each in Setting if each in words),
        evidence=spans(told, (first[each] for each in Setting if each in words), most=4),
    )
