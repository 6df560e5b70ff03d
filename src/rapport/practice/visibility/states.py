"""The state of a record, as far as it matters for who sees it."""

from collections.abc import Callable
from enum import StrEnum
from typing import cast

from rapport.practice.check_in.sending import until
from rapport.practice.records.check_ins import CheckIn, Result, Reveal
from rapport.practice.records.coalition import Letter
from rapport.practice.records.drafts import Draft
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import (
    Consent,
    ConsentKind,
    Profile,
    Role,
    SafetyMark,
    Side,
)
from rapport.practice.records.visits import Story
from rapport.practice.visibility.viewer import Facts, Placed

CONCERN = "SR8"
"""The safety rule of a concern about harm by others: not shown where they may be looking on."""


class State(StrEnum):
    """What a record has come to. Most kinds have one state: kept."""

    KEPT = "kept"
    AGREED = "the patient agreed to the care here"
    NOT_AGREED = "the patient has not agreed, or not any more"
    DRAFT = "the patient's, not sent"
    PAPER_DRAFT = "the patient's on paper, being copied"
    WAITING = "the patient's, sent, to be shown later"
    SENT = "the patient's, sent"
    OTHER_DRAFT = "the practitioner's, not sent"
    OTHER_SENT = "the practitioner's, sent"
    RELEASED = "the practitioner's, own side released"
    REVEALED = "the practitioner's, both agreed to reveal"
    RELEASED_AND_REVEALED = "the practitioner's, released and revealed"
    OF_PATIENT = "of the patient's answers"
    OF_PATIENT_WAITING = "of the patient's answers, to be shown later"
    OF_PRACTITIONER = "of the practitioner's own side"
    OF_PRACTITIONER_RELEASED = "of the practitioner's own side, released"
    OF_BOTH = "of both"
    OF_BOTH_WAITING = "of both, to be shown later"
    OF_BOTH_REVEALED = "of both, both agreed to reveal"
    OF_BOTH_RELEASED = "of both, revealed, the practitioner's own side released"
    RESEARCH = "for research"
    ANY_OTHER = "for anything else"
    NOT_APPROVED = "not approved by the patient"
    APPROVED = "approved by the patient"
    MARKED = "any rule but SR8, or marked by the patient"
    UNSAVED = "begun and not saved: its author's alone"
    CONCERN = "SR8, marked by the practitioner, open or settled"


def state_of(kept: Kept, facts: Facts) -> State:
    """The state of a record."""
    rule = _RULES.get(type(kept.record))
    return State.KEPT if rule is None else rule(kept, facts)


def may_show(check_in: CheckIn, pair: str | None, facts: Facts) -> bool:
    """Whether a sent check-in of the patient is to be shown now.

    Not before the day the patient chose, and not while the practitioner is still answering how
    they expect it to be: expectations must not be fitted to the answers. A draft that can no
    longer be gone on with holds nothing back.
    """
    if check_in.shared_from is not None and check_in.shared_from > facts.today:
        return False
    return not any(
        other.pair == pair
        and other.check_in.side is Side.PRACTITIONER
        and other.check_in.sent_at is None
        and facts.today <= until(other.check_in).date()
        for other in facts.check_ins.values()
    )


def _check_in(kept: Kept, facts: Facts) -> State:
    entry = cast("CheckIn", kept.record)
    if entry.side is Side.PATIENT:
        if entry.sent_at is None:
            is_copied = kept.author.role is Role.PRACTITIONER
            return State.PAPER_DRAFT if is_copied else State.DRAFT
        return State.SENT if may_show(entry, kept.pair, facts) else State.WAITING
    if entry.sent_at is None:
        return State.OTHER_DRAFT
    is_revealed = any(
        _agree(entry, other.check_in) for other in _partners(kept.id, kept.pair, facts)
    )
    if entry.own_side_released:
        return State.RELEASED_AND_REVEALED if is_revealed else State.RELEASED
    return State.REVEALED if is_revealed else State.OTHER_SENT


def _partners(own: str, pair: str | None, facts: Facts) -> list[Placed]:
    """The patient's check-ins that the practitioner's stands beside.

    Those that a result puts together; without one, the last that was sent in the pair.
    """
    named = {
        each.patient
        for each in facts.results
        if each.practitioner == own and each.patient is not None
    }
    if named:
        return [facts.check_ins[name] for name in named if name in facts.check_ins]
    sent = [
        each
        for each in facts.check_ins.values()
        if each.pair == pair
        and each.check_in.side is Side.PATIENT
        and each.check_in.sent_at is not None
    ]
    return sorted(sent, key=lambda each: str(each.check_in.sent_at))[-1:]


def _agree(one: CheckIn, other: CheckIn) -> bool:
    return all(
        each.sent_at is not None and each.reveal is Reveal.AGREED for each in (one, other)
    )


def _result(kept: Kept, facts: Facts) -> State:
    entry = cast("Result", kept.record)
    own = facts.check_ins.get(entry.patient or "")
    other = facts.check_ins.get(entry.practitioner or "")
    if entry.patient is None:
        is_released = other is not None and other.check_in.own_side_released
        return State.OF_PRACTITIONER_RELEASED if is_released else State.OF_PRACTITIONER
    is_shown = own is not None and may_show(own.check_in, kept.pair, facts)
    if entry.practitioner is None:
        return State.OF_PATIENT if is_shown else State.OF_PATIENT_WAITING
    if not is_shown:
        return State.OF_BOTH_WAITING
    if own is None or other is None or not _agree(own.check_in, other.check_in):
        return State.OF_BOTH
    is_released = other.check_in.own_side_released
    return State.OF_BOTH_RELEASED if is_released else State.OF_BOTH_REVEALED


def _consent(kept: Kept, _facts: Facts) -> State:
    entry = cast("Consent", kept.record)
    return State.RESEARCH if entry.consent is ConsentKind.RESEARCH else State.ANY_OTHER


def _approved(kept: Kept, _facts: Facts) -> State:
    entry = cast("Story | Letter", kept.record)
    return State.NOT_APPROVED if entry.approved_on is None else State.APPROVED


def _mark(kept: Kept, _facts: Facts) -> State:
    entry = cast("SafetyMark", kept.record)
    is_concern = entry.rule == CONCERN and entry.by is Side.PRACTITIONER
    return State.CONCERN if is_concern else State.MARKED


def _draft(_kept: Kept, _facts: Facts) -> State:
    return State.UNSAVED


def _profile(_kept: Kept, facts: Facts) -> State:
    is_unagreed = facts.pairs and not facts.pairs & facts.agreed
    return State.NOT_AGREED if is_unagreed else State.AGREED


_RULES: dict[type[Record], Callable[[Kept, Facts], State]] = {
    Profile: _profile,
    CheckIn: _check_in,
    Result: _result,
    Consent: _consent,
    Story: _approved,
    Letter: _approved,
    Draft: _draft,
    SafetyMark: _mark,
}
