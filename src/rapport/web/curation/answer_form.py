"""The form of an answer to a question about a card: what was sent, and what it would decide.

Pure: fields in, a decision or what is wrong with the fields out.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

import msgspec

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

MOST_DEFINITIONS = 3
"""Studies that joined more than three definitions are not known."""
MOST_PATIENTS = 50_000_000
LONGEST_WORDS = 1_200
"""Characters; a definition with all its parts has 800."""

LONGEST_REASON = 1_000

Sent = Mapping[str, str]
E = TypeVar("E", bound=StrEnum)
_LATER = ""
"""Who and when are filled in when an answer is released."""


class FormError(ValueError):
    """What is wrong with a field, in words for the person."""


def decision_of(question: Question, sent: Sent) -> AnyDecision:
    """What the form would decide.

    Raises: FormError for fields that cannot be read.
    """
    lines = (" ".join(line.split()) for line in sent.get("words", "").splitlines())
    words = tuple(filter(None, lines))
    if sum(map(len, words)) > LONGEST_WORDS:
        raise FormError("The words are too long. Copy only those that say it.")
    return msgspec.structs.replace(_READ[question](sent), words=words, reason=reason_of(sent))


def reason_of(sent: Sent) -> str:
    """The reason, on one line. Raises: FormError for one that is too long."""
    reason = " ".join(sent.get("reason", "").split())
    if len(reason) > LONGEST_REASON:
        raise FormError(f"The reason is too long. Use up to {LONGEST_REASON:,} characters.")
    return reason


def fields_of(decision: AnyDecision) -> dict[str, str]:
    """The fields that would send this decision."""
    told = {"words": "\n".join(decision.words), "reason": decision.reason}
    match decision:
        case SetBadge():
            named = {f"definition_{n}": d for n, d in enumerate(decision.definitions, 1)}
            joined = decision.combination.value
            return {**told, "value": decision.badge.value, "combination": joined, **named}
        case SetDesign():
            return {**told, "value": decision.design.value}
        case SetPatients():
            count = "" if decision.n_cases is None else str(decision.n_cases)
            return {**told, "value": count}
        case Show() | Withhold():
            return {**told, "value": "show" if isinstance(decision, Show) else "withhold"}


def _badge(sent: Sent) -> AnyDecision:
    fields = [sent.get(f"definition_{n}", "") for n in range(1, MOST_DEFINITIONS + 1)]
    named = tuple(dict.fromkeys(filter(None, fields)))
    badge = _member(Badge, sent.get("value", ""), "Choose a badge.")
    joined = _joined(sent.get("combination", ""), len(named))
    return SetBadge(
        card=_LATER,
        by=_LATER,
        on=_LATER,
        reason=_LATER,
        badge=badge,
        definitions=tuple(sorted(named)),
        combination=joined,
    )


def _joined(sent: str, number: int) -> Combination:
    if number < 2:
        return Combination.SINGLE if number else Combination.NONE
    joined = _member(Combination, sent, "Say whether people had to meet all or any of them.")
    if joined not in (Combination.ALL, Combination.ANY):
        raise FormError("Say whether people had to meet all or any of them.")
    return joined


def _design(sent: Sent) -> AnyDecision:
    design = _member(Design, sent.get("value", ""), "Choose a design.")
    return SetDesign(card=_LATER, by=_LATER, on=_LATER, reason=_LATER, design=design)


def _patients(sent: Sent) -> AnyDecision:
    text = sent.get("value", "").strip().replace(",", "")
    if not text:
        return SetPatients(card=_LATER, by=_LATER, on=_LATER, reason=_LATER, n_cases=None)
    if not (text.isascii() and text.isdecimal()) or int(text) > MOST_PATIENTS:
        raise FormError("Write the number of patients in digits, or leave it empty.")
    return SetPatients(card=_LATER, by=_LATER, on=_LATER, reason=_LATER, n_cases=int(text))


def _shown(sent: Sent) -> AnyDecision:
    kinds = {"show": Show, "withhold": Withhold}
    kind = kinds.get(sent.get("value", ""))
    if kind is None:
        raise FormError("Choose whether the card is shown.")
    return kind(card=_LATER, by=_LATER, on=_LATER, reason=_LATER)


_READ: dict[Question, Callable[[Sent], AnyDecision]] = {
    Question.BADGE: _badge,
    Question.DESIGN: _design,
    Question.PATIENTS: _patients,
    Question.SHOWN: _shown,
}


def _member(kind: type[E], value: str, said: str) -> E:
    try:
        return kind(value)
    except ValueError as error:
        raise FormError(said) from error
