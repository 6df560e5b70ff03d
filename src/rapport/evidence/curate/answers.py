"""Answers to a question about a card, in one line, so that two can be compared and shown."""

from collections.abc import Iterable

import msgspec

from rapport.cards.facts import DesignRecord, Participants, PemRecord
from rapport.cards.gate import ASSERTING_BADGES
from rapport.core.vocabulary import Badge, Combination, Design
from rapport.evidence.curate.decision import (
    AnyDecision,
    Question,
    SetBadge,
    SetDesign,
    SetPatients,
    Show,
    Withhold,
)

SHOW = "show"
_NOT_STATED = "not stated"


def of_rules(
    pem: PemRecord, design: DesignRecord, participants: Participants, question: Question
) -> str:
    """What the rules read. They show every card that the gate lets through."""
    match question:
        case Question.BADGE:
            return _badge(pem.badge, pem.combination, pem.definitions)
        case Question.DESIGN:
            return design.value.value
        case Question.PATIENTS:
            return _count(participants.n_cases)
        case Question.SHOWN:
            return SHOW


def of_decision(decision: AnyDecision) -> str:
    """What people decided."""
    match decision:
        case SetBadge():
            return _badge(decision.badge, decision.combination, decision.definitions)
        case SetDesign():
            return decision.design.value
        case SetPatients():
            return _count(decision.n_cases)
        case Withhold():
            return "withhold"
        case Show():
            return SHOW


def is_silent(question: Question, answer: str) -> bool:
    """Whether an answer says that the text does not tell. Rules that are silent have not read."""
    match question:
        case Question.BADGE:
            return answer == Badge.NOT_STATED
        case Question.DESIGN:
            return answer == Design.OTHER
        case Question.PATIENTS:
            return answer == _NOT_STATED
        case Question.SHOWN:
            return False


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An answer taken apart: the value, and for a badge the definitions and how they combine."""

    value: str
    combination: Combination = Combination.NONE
    definitions: tuple[str, ...] = ()


def taken_apart(answer: str) -> Named:
    """The parts of an answer as the functions above word it."""
    value, mark, rest = answer.removesuffix(")").partition(" (")
    if not mark:
        return Named(value=answer)
    joined, _, named = rest.partition(": ")
    return Named(
        value=value, combination=Combination(joined), definitions=tuple(named.split(", "))
    )


def asserts(decision: AnyDecision) -> bool:
    """Whether the value says something of the study, and so needs words that carry it."""
    match decision:
        case SetBadge():
            return decision.badge in ASSERTING_BADGES
        case SetDesign():
            return decision.design is not Design.OTHER
        case SetPatients():
            return decision.n_cases is not None
        case Withhold() | Show():
            return False


def _badge(badge: Badge, joined: Combination, definitions: Iterable[str]) -> str:
    named = ", ".join(definitions)
    return f"{badge.value} ({joined.value}: {named})" if named else badge.value


def _count(number: int | None) -> str:
    return _NOT_STATED if number is None else str(number)
