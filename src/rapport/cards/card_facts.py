"""The facts that sentences made by rule may depend on: their names, their values, their spans."""

from collections.abc import Iterable, Mapping

import msgspec

from rapport.cards.facts import DesignRecord, Participants, PemRecord
from rapport.core.answers import Answer
from rapport.core.spans import Span
from rapport.core.vocabulary import Badge, Combination, Design, DesignKind, ReadScope
from rapport.knowledge.model import CaseDefinition, Knowledge

SMALL_GROUP = 50
"""Patients below which a study is called small: a convention of this project. With 50 in each of
two groups, a test at 5 % finds a medium difference (d = 0.5) in about 7 of 10 studies."""

YES, NO, NOT_STATED = Answer.YES.value, Answer.NO.value, Answer.NOT_STATED.value
KNOWN = "known"
"""In a condition: whatever the value is."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A value in words, and the places of the source that carry it (none for what is derived)."""

    value: str
    spans: tuple[Span, ...] = ()


Facts = Mapping[str, Fact]

WORDS = None
VOCABULARY: dict[str, frozenset[str] | None] = {
    "badge": frozenset(Badge),
    "entry": frozenset({"none", "one", "all", "any"}),
    "definitions": WORDS,
    "reworded": frozenset({YES}),
    "ambiguous": frozenset({YES}),
    "nobody_studied": frozenset({YES}),
    "design": frozenset(Design),
    "blinded": frozenset({YES, NO, NOT_STATED}),
    **{kind.value: frozenset({YES}) for kind in DesignKind},
    "n": WORDS,
    "n_controls": WORDS,
    "controls": frozenset({YES, NO}),
    "small": frozenset({YES}),
    "read": frozenset(ReadScope),
    "origin": frozenset({"source", "digest"}),
    "retracted": frozenset({YES}),
    "concern": frozenset({YES}),
    "notice": frozenset({"retraction", "correction", "concern"}),
    "exposure": WORDS,
    "outcome": WORDS,
    "cofactors": WORDS,
    "measure": WORDS,
    "therapy": WORDS,
    "illness": WORDS,
    "self_report": frozenset({YES}),
    "inactive_controls": frozenset({YES}),
}
"""Every fact by name with the values it may have; WORDS for facts that are words of the study.
A fact that is not known is absent."""


def study_facts(
    pem: PemRecord, design: DesignRecord, participants: Participants, knowledge: Knowledge
) -> dict[str, Fact]:
    """What the records of a study say, as facts."""
    return {
        **_entry(pem, knowledge),
        **_design(design),
        **_participants(participants, design),
    }


def _entry(pem: PemRecord, knowledge: Knowledge) -> dict[str, Fact]:
    found = {"badge": Fact(value=pem.badge.value, spans=pem.evidence)}
    named = [
        knowledge.definitions[each] for each in pem.definitions if each in knowledge.definitions
    ]
    found["entry"] = Fact(value=_how_entered(pem, named))
    if named:
        either = pem.combination is Combination.ANY
        words = joined(
            [criteria_words(each, knowledge) for each in named], "or" if either else "and"
        )
        found["definitions"] = Fact(value=words, spans=pem.evidence)
    if "reworded" in pem.flags:
        found["reworded"] = Fact(value=YES)
    if "ambiguous_definition" in pem.flags:
        found["ambiguous"] = Fact(value=YES)
    if "nobody_studied" in pem.flags:
        found["nobody_studied"] = Fact(value=YES)
    return found


def _how_entered(pem: PemRecord, named: list[CaseDefinition]) -> str:
    """none, one, all or any: by how many definitions patients entered, and how combined.

    Where the badge does not follow from the definitions alone (a clause of the study's own
    added the feature, or waived it), naming them as the reason would be wrong: `none`.
    """
    requiring = [each.pem.status.requires for each in named]
    either = pem.combination is Combination.ANY
    if not named or not _follows(pem.badge, requiring, either=either):
        return "none"
    if len(named) == 1:
        return "one"
    return "any" if either and any(requiring) else "all"


def _follows(badge: Badge, requiring: list[bool], *, either: bool) -> bool:
    """Whether the definitions alone give the badge."""
    if badge is Badge.REQUIRED:
        return all(requiring) if either else any(requiring)
    if badge is Badge.NOT_REQUIRED:
        return not all(requiring) if either else not any(requiring)
    return True


def criteria_words(definition: CaseDefinition, knowledge: Knowledge) -> str:
    """The definition in a sentence for a patient: "the Fukuda criteria of 1994"."""
    plain = knowledge.plain_names
    known = plain.names.get(definition.id) if plain else None
    return known or f"the {definition.short_name} criteria"


def joined(words: Iterable[str], connector: str) -> str:
    """ "a, b and c"."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {connector} {listed[-1]}"


def _design(design: DesignRecord) -> dict[str, Fact]:
    blinded = {True: YES, False: NO, None: NOT_STATED}[design.blinded]
    found = {
        "design": Fact(value=design.value.value, spans=design.evidence),
        "blinded": Fact(value=blinded),
    }
    return found | {kind.value: Fact(value=YES) for kind in design.kinds}


def _participants(counted: Participants, design: DesignRecord) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    number = counted.n_cases if counted.n_cases is not None else counted.n_enrolled
    if number is not None:
        found["n"] = Fact(value=f"{number:,}", spans=counted.evidence)
        if number < SMALL_GROUP:
            found["small"] = Fact(value=YES, spans=counted.evidence)
    if counted.n_controls:
        found["n_controls"] = Fact(value=f"{counted.n_controls:,}", spans=counted.evidence)
    if counted.n_controls or design.value is Design.CASE_CONTROL:
        found["controls"] = Fact(value=YES, spans=counted.evidence or design.evidence)
    elif design.value is Design.SINGLE_ARM_TRIAL:
        found["controls"] = Fact(value=NO, spans=design.evidence)
    return found
