"""Who the people of a study were, beside their number: what the text states of them.

The words are knowledge/data/reading/participants/described.toml.
"""

from collections.abc import Sequence

import msgspec

from rapport.cards.facts import Participants
from rapport.cards.stated import Settings
from rapport.core.vocabulary import NOBODY, TRIALS_OR_PLANS, Design, Setting
from rapport.evidence.read.people.age import age
from rapport.evidence.read.people.country import country
from rapport.evidence.read.people.groups import groups
from rapport.evidence.read.people.planned import planned
from rapport.evidence.read.people.severity import severity
from rapport.evidence.read.people.sex import sex
from rapport.evidence.read.text.values import Told, Value, spans, value_reader
from rapport.knowledge.reading.values import DESCRIBED

_PLACES = {*Setting} - {Setting.ONLINE, Setting.PATIENT_ORGANISATION}
"""Where people were, and not only how they were reached."""


def with_description(record: Participants, design: Design, told: Told) -> Participants:
    """The record with what the text states of the people; of a protocol, whom it plans to study."""
    if design in NOBODY or (design is Design.IN_VITRO_OR_ANIMAL and record.n_cases is None):
        return record
    reader = value_reader(DESCRIBED)
    said = reader.read(told)
    is_plan = design is Design.PROTOCOL
    return msgspec.structs.replace(
        record,
        planned=planned(told) if is_plan else None,
        groups=None if is_plan else groups(told),
        age=age(told),
        sex=None if is_plan else sex(told),
        severity=severity(told, said, reader),
        setting=setting(told, said, design),
        country=country(told),
    )


def setting(told: Told, said: Sequence[Value], design: Design) -> Settings | None:
    """Where the people were found or seen. Missing: None where the text does not say.

    What is said in passing (a form on the internet, who referred people) counts only where no
    place is named. In a trial records are where outcomes come from, not where people were found.
    """
    found = [value for value in said if value.field == "setting"]
    if not any(value.says in _PLACES for value in found):
        found += [value for value in said if value.field == "setting_in_passing"]
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
