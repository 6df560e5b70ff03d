"""What the practice wing says: complete, and naming nothing that is not there."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.header import Entry
from rapport.knowledge.instrument import Instrument
from rapport.knowledge.model import Knowledge
from rapport.knowledge.practice import (
    ConsentKind,
    InterventionCard,
    Practice,
    ThresholdSet,
)

CHALLENGES = range(1, 7)
SAFETY_RULES = tuple(f"SR{number}" for number in range(1, 13))
SHORT_STEPS = 3
SHORT_PHRASES = 2
_FILLED = ("steps", "avoid", "works_if", "evidence", "does_not_prove", "safety")


def practice_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """What is wrong with the texts, cards and rules of the practice wing; nothing without one."""
    found = knowledge.practice
    if found is None:
        return
    yield from _complete(found)
    for card in found.cards.values():
        yield from _card(card, found, knowledge.instruments)
    for thresholds in found.thresholds.values():
        yield from _thresholds(thresholds)
    for pack in found.countries.values():
        if not pack.crisis or pack.crisis[0].text is None:
            yield error(
                pack.id,
                "its first crisis line has no way to write",
                "put a line that takes written messages first: many people cannot phone",
            )


def _complete(found: Practice) -> Iterator[Problem]:
    """Each of the closed lists is there once: consents, challenges, cards, safety rules."""
    wanted: tuple[tuple[str, list[object], list[object]], ...] = (
        ("consent text", list(ConsentKind), [each.kind for each in found.consents.values()]),
        ("challenge", list(CHALLENGES), [c.number for c in found.challenges.challenges]),
        ("card for challenge", list(CHALLENGES), [c.challenge for c in found.cards.values()]),
        ("safety rule", list(SAFETY_RULES), list(found.safety_rules)),
    )
    for name, expected, there in wanted:
        counts = Counter(there)
        for each in dict.fromkeys([*expected, *there]):
            if counts[each] != (each in expected):
                yield error(
                    f"{name} {each}",
                    f"it is there {counts[each]} times",
                    "each of the closed list has one file, and there is no other",
                )


def _card(
    card: InterventionCard, found: Practice, instruments: dict[str, Instrument]
) -> Iterator[Problem]:
    for name in _FILLED:
        if not getattr(card, name):
            yield error(card.id, f"it has no {name}", f"fill in {name}")
    if len(card.in_short) != SHORT_STEPS or len(card.phrases) < SHORT_PHRASES:
        yield error(
            card.id,
            "its short view is not three steps and two phrases",
            "write three steps under in_short, and at least two phrases",
        )
    yield from _evidence(card, found)
    asked = {item for key in instruments.values() for item in key.answer_ids()}
    for measure in card.measures:
        if asked and measure not in asked:
            yield error(card.id, f"it measures {measure}", "name an item of a questionnaire")
    if bool(card.clinical_reviewer) != bool(card.clinically_reviewed_on):
        yield error(card.id, "a clinical review lacks its name or its day", "give both or none")


def _evidence(card: InterventionCard, found: Practice) -> Iterator[Problem]:
    for evidence in card.evidence:
        if evidence.id not in found.register:
            yield error(card.id, f"it names {evidence.id}", "name an entry of the register")
        if not evidence.does_not_prove:
            yield error(
                card.id, f"{evidence.id} does not say what it does not prove", "say it there"
            )


def _thresholds(found: ThresholdSet) -> Iterator[Problem]:
    header = {field.name for field in msgspec.structs.fields(Entry)}
    own = {field.name for field in msgspec.structs.fields(ThresholdSet)} - header
    keys = own - {"meaning", "basis"}
    for name, told in (("meaning", found.meaning), ("basis", found.basis)):
        if set(told) != keys:
            yield error(
                found.id,
                f"{name} does not tell of each threshold, and of nothing else",
                f"tell of {', '.join(sorted(keys.symmetric_difference(told)))}",
            )
