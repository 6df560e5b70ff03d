"""Answers to a question about a card, in one line, so that two can be compared and shown."""

from collections.abc import Iterable

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

_SHOW = "show"


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
            return _SHOW


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
            return _SHOW


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
    return "not stated" if number is None else str(number)
