"""Who sees what: one row for each kind of record and each state it can be in.

A row says what each role sees of a record that is theirs to look at all: a patient's own; of a
supporter's patient, what they help with or were allowed; of a practitioner's own pairs; of a
coalition member, what is of a need they are on with consent; of a researcher's clinic, patients
who agreed to research. Everything else is nothing, whatever stands here.
"""

from enum import StrEnum

import msgspec

from rapport.practice.records.check_ins import CheckIn, Comment, HelpSeen, Result
from rapport.practice.records.coalition import (
    Action,
    Actor,
    ContactNote,
    DesiredResult,
    Letter,
    Match,
    Need,
    Plan,
    Request,
)
from rapport.practice.records.drafts import Draft
from rapport.practice.records.kept import Record
from rapport.practice.records.people import Consent, Profile, Role, SafetyMark, Supporter
from rapport.practice.records.visits import (
    AfterVisit,
    Harm,
    Promise,
    Story,
    TwoDaysLater,
    Visit,
)
from rapport.practice.visibility.states import State


class Sight(StrEnum):
    """How much of a record is seen."""

    NOTHING = "nothing"
    NAME = "the name alone"
    CONTACT = "the name, the contact and whether severely ill"
    HELP = "the wish for help alone"
    BANDS = "bands, or answers where the patient says so"
    PREDICTIONS = "what was expected of the patient's answers"
    OWN_SIDE = "the practitioner's own side"
    WITHOUT_OWN_SIDE = "all but the practitioner's own side"
    NUMBERS = "answers under a made-up name, no text"
    ALL = "all"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What each role sees, one field a role."""

    patient: Sight = Sight.ALL
    supporter: Sight = Sight.NOTHING
    practitioner: Sight = Sight.ALL
    coalition_member: Sight = Sight.NOTHING
    service_editor: Sight = Sight.NOTHING
    admin: Sight = Sight.NOTHING
    researcher: Sight = Sight.NOTHING
    auditor: Sight = Sight.NOTHING

    def of(self, role: Role) -> Sight:
        """What a role sees."""
        return getattr(self, role.name.lower())


_BOTH = {State.KEPT: Row()}
_ALLOWED = {State.KEPT: Row(supporter=Sight.ALL)}
_OF_A_NEED = {State.KEPT: Row(supporter=Sight.ALL, coalition_member=Sight.ALL)}
_NUMBERS = {State.KEPT: Row(researcher=Sight.NUMBERS)}

MATRIX: dict[type[Record], dict[State, Row]] = {
    Profile: {
        State.AGREED: Row(supporter=Sight.NAME, coalition_member=Sight.NAME),
        State.NOT_AGREED: Row(
            supporter=Sight.NAME, practitioner=Sight.CONTACT, coalition_member=Sight.NAME
        ),
    },
    Supporter: {State.KEPT: Row(supporter=Sight.ALL)},
    Consent: {
        State.RESEARCH: Row(practitioner=Sight.NOTHING),
        State.ANY_OTHER: Row(supporter=Sight.ALL, coalition_member=Sight.ALL),
    },
    SafetyMark: {
        State.MARKED: Row(),
        State.CONCERN: Row(patient=Sight.NOTHING),
    },
    CheckIn: {
        State.DRAFT: Row(supporter=Sight.ALL, practitioner=Sight.NOTHING),
        State.PAPER_DRAFT: Row(),
        State.WAITING: Row(
            supporter=Sight.ALL, practitioner=Sight.HELP, researcher=Sight.NUMBERS
        ),
        State.SENT: Row(
            supporter=Sight.ALL, practitioner=Sight.BANDS, researcher=Sight.NUMBERS
        ),
        State.OTHER_DRAFT: Row(patient=Sight.NOTHING),
        State.OTHER_SENT: Row(patient=Sight.NOTHING, researcher=Sight.NUMBERS),
        State.RELEASED: Row(patient=Sight.OWN_SIDE, researcher=Sight.NUMBERS),
        State.REVEALED: Row(patient=Sight.PREDICTIONS, researcher=Sight.NUMBERS),
        State.RELEASED_AND_REVEALED: Row(researcher=Sight.NUMBERS),
    },
    Result: {
        State.OF_PATIENT: Row(supporter=Sight.ALL, practitioner=Sight.BANDS),
        State.OF_PATIENT_WAITING: Row(supporter=Sight.ALL, practitioner=Sight.NOTHING),
        State.OF_PRACTITIONER: Row(patient=Sight.NOTHING),
        State.OF_PRACTITIONER_RELEASED: Row(),
        State.OF_BOTH: Row(patient=Sight.NOTHING, practitioner=Sight.BANDS),
        State.OF_BOTH_WAITING: Row(patient=Sight.NOTHING, practitioner=Sight.NOTHING),
        State.OF_BOTH_REVEALED: Row(patient=Sight.WITHOUT_OWN_SIDE, practitioner=Sight.BANDS),
        State.OF_BOTH_RELEASED: Row(practitioner=Sight.BANDS),
    },
    HelpSeen: _ALLOWED,
    Comment: _BOTH,
    Visit: _NUMBERS,
    AfterVisit: _NUMBERS,
    TwoDaysLater: _NUMBERS,
    Harm: _NUMBERS,
    Story: {
        State.NOT_APPROVED: Row(),
        State.APPROVED: Row(supporter=Sight.ALL, coalition_member=Sight.ALL),
    },
    Promise: _BOTH,
    Need: _OF_A_NEED,
    DesiredResult: _OF_A_NEED,
    Match: _OF_A_NEED,
    Actor: {State.KEPT: Row(supporter=Sight.NAME, coalition_member=Sight.NAME)},
    Request: _OF_A_NEED,
    Action: _OF_A_NEED,
    ContactNote: _OF_A_NEED,
    Plan: {State.KEPT: Row(supporter=Sight.ALL)},
    Letter: {
        State.NOT_APPROVED: Row(),
        State.APPROVED: Row(supporter=Sight.ALL, coalition_member=Sight.ALL),
    },
    Draft: {State.UNSAVED: Row(coalition_member=Sight.ALL)},
}
"""A result goes to no researcher: it is computed again from what they are given."""


def page() -> str:
    """The table as a Markdown page."""
    roles = tuple(Role)
    head = ["kind", "state", *(role.value for role in roles)]
    lines = [
        "| "
        + " | ".join([kind.__name__, state.value, *(row.of(r).value for r in roles)])
        + " |"
        for kind, states in MATRIX.items()
        for state, row in states.items()
    ]
    return "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines])
