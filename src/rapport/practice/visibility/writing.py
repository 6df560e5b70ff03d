"""Who may add, change and remove what. Every rule answers with its reasons; none means yes."""

from collections.abc import Callable

from rapport.practice.records.check_ins import CheckIn, Comment, Entered, HelpSeen, Result
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
from rapport.practice.records.kept import Kept, Record
from rapport.practice.records.people import (
    Consent,
    Profile,
    Respondent,
    Role,
    SafetyMark,
    Side,
    Supporter,
)
from rapport.practice.records.visits import (
    AfterVisit,
    Harm,
    Promise,
    Story,
    TwoDaysLater,
    Visit,
)
from rapport.practice.visibility.seen import sight
from rapport.practice.visibility.table import Sight
from rapport.practice.visibility.viewer import Facts, Viewer

_PATIENT = frozenset({Role.PATIENT})
_PRACTITIONER = frozenset({Role.PRACTITIONER})
_PAIR = _PATIENT | _PRACTITIONER
_HELPED = _PATIENT | {Role.SUPPORTER}
_ALL = _PAIR | _HELPED
_MEMBERS = _PAIR | {Role.COALITION_MEMBER}

WRITERS: dict[type[Record], frozenset[Role]] = {
    Profile: _PAIR,
    Supporter: _PAIR,
    Consent: _PAIR,
    SafetyMark: _PAIR,
    CheckIn: _ALL,
    Result: _ALL,
    HelpSeen: _PRACTITIONER,
    Comment: _PATIENT,
    Visit: _PAIR,
    AfterVisit: _ALL,
    TwoDaysLater: _HELPED,
    Harm: _ALL,
    Story: _PAIR,
    Promise: _PRACTITIONER,
    Need: _PAIR,
    DesiredResult: _PAIR,
    Match: _PAIR,
    Actor: _PAIR,
    Request: _MEMBERS,
    Action: _MEMBERS,
    ContactNote: _MEMBERS,
    Plan: _PAIR,
    Letter: _PAIR,
    Draft: _MEMBERS,
}
"""Who may add and change a kind of record."""

_REVIEW = frozenset({"review", "reviewed_on"})
"""What the practitioner adds to a line of the harm log, whoever wrote it."""
_AFTER_SENDING = frozenset(
    {"shares", "shared_from", "reveal", "own_side_released", "confirmed"}
)
_CONTACT = frozenset({"shown_as", "contact", "severe"})
"""What a practitioner may change of somebody who has not agreed: all that they see."""
_OF_PATIENT_ALONE: dict[type[Record], frozenset[str]] = {
    Story: frozenset({"approved_on"}),
    Letter: frozenset({"approved_on"}),
    CheckIn: frozenset({"confirmed"}),
    Supporter: frozenset({"sees", "until", "respondent"}),
    Request: frozenset({"attachments"}),
}
"""What nobody but the patient may change."""


def not_to_be_kept(
    record: Record, viewer: Viewer, facts: Facts, pair: str | None
) -> tuple[str, ...]:
    """Why a viewer may not add a record."""
    found: list[str] = []
    if viewer.role not in WRITERS[type(record)]:
        found.append("This is not yours to write.")
    if viewer.role is Role.PRACTITIONER and not facts.pairs:
        found.append("This person is not in your care.")
    if viewer.role is Role.PRACTITIONER and pair is not None and pair not in facts.pairs:
        found.append("This is the care of somebody else.")
    if viewer.role is Role.SUPPORTER and facts.supporter is None:
        found.append("You no longer help this person here.")
    if viewer.role is Role.COALITION_MEMBER and _need_of(record) not in facts.may_know:
        found.append("The person has not let you see this need.")
    if not _is_their_side(record, viewer):
        found.append("Each side speaks for itself.")
    if isinstance(record, Request) and record.attachments and viewer.role is not Role.PATIENT:
        found.append("Only the person can say what goes with it.")
    return tuple(found)


def not_to_be_changed(
    kept: Kept, after: Record, viewer: Viewer, facts: Facts
) -> tuple[str, ...]:
    """Why a viewer may not put a record into the place of one that is kept."""
    kind = type(kept.record)
    if type(after) is not kind:
        return ("A record stays what it is.",)
    found: list[str] = []
    changed = _changed(kept.record, after)
    how_much = sight(kept, viewer, facts)
    is_seen = how_much is Sight.ALL or (how_much is Sight.CONTACT and changed <= _CONTACT)
    if not is_seen or viewer.role not in WRITERS[kind]:
        found.append("This is not yours to change.")
    alone = _OF_PATIENT_ALONE.get(kind, frozenset())
    if viewer.role is not Role.PATIENT and changed & alone:
        found.append("Only the person can say this.")
    may_change = _FREE.get(kind)
    if may_change is not None:
        free = may_change(kept.record)
        if free is not None and changed - free:
            found.append("This was sent, and stays as it is.")
    is_review = kind is Harm and changed <= _REVIEW and viewer.role is Role.PRACTITIONER
    if not _is_their_side(kept.record, viewer) and not is_review:
        found.append("Each side speaks for itself.")
    return (*found, *_of_somebody_else(kept, viewer, facts))


def not_to_be_removed(kept: Kept, viewer: Viewer, facts: Facts) -> tuple[str, ...]:
    """Why a viewer may not take a record away.

    A patient may take away what they or their supporters wrote; everybody else a draft of their
    own.
    """
    if sight(kept, viewer, facts) is Sight.NOTHING:
        return ("This is not yours to remove.",)
    if viewer.role is Role.PATIENT and kept.author.role in _HELPED:
        return ()
    is_draft = _is_draft(kept.record)
    if is_draft and kept.author.id == viewer.id:
        return ()
    return ("Only what you wrote and have not sent can be removed.",)


def _of_somebody_else(kept: Kept, viewer: Viewer, facts: Facts) -> tuple[str, ...]:
    """Why a record is for another of the same role."""
    entry = kept.record
    if isinstance(entry, CheckIn) and not _is_theirs_to_answer(kept, entry, viewer):
        return ("Somebody else answers this one.",)
    is_member = viewer.role is Role.COALITION_MEMBER
    if isinstance(entry, Action) and is_member and entry.owner not in facts.actors:
        return ("Somebody else does this.",)
    return ()


def _is_theirs_to_answer(kept: Kept, entry: CheckIn, viewer: Viewer) -> bool:
    """Whether a check-in is one that a viewer answers, sends and shares.

    A supporter: those they help with, never the person's own or another's. What a practitioner
    copies from paper is theirs alone until it is sent.
    """
    is_author = kept.author.id == viewer.id
    if viewer.role is Role.SUPPORTER:
        return is_author or entry.supporter == viewer.id
    return is_author or entry.sent_at is not None or kept.author.role is not Role.PRACTITIONER


def _need_of(record: Record) -> str | None:
    return record.need if isinstance(record, Request | Action | ContactNote | Draft) else None


def _is_their_side(record: Record, viewer: Viewer) -> bool:
    """Whether the side a record speaks for is that of the one who writes it."""
    is_practitioner = viewer.role is Role.PRACTITIONER
    if isinstance(record, CheckIn):
        if record.side is Side.PRACTITIONER:
            return is_practitioner and record.respondent is Respondent.PRACTITIONER
        return not is_practitioner or record.entered is Entered.PAPER
    if isinstance(record, AfterVisit | Harm):
        return (record.side is Side.PRACTITIONER) == is_practitioner
    if isinstance(record, SafetyMark):
        return (record.by is Side.PRACTITIONER) == is_practitioner
    return True


def _changed(before: Record, after: Record) -> frozenset[str]:
    """The names of the fields that differ; a day or time that is taken back differs too."""
    return frozenset(
        name
        for name in before.__struct_fields__
        if getattr(before, name) != getattr(after, name)
    )


def _is_draft(record: Record) -> bool:
    if isinstance(record, CheckIn):
        return record.sent_at is None
    return isinstance(record, Draft) or (
        isinstance(record, Story | Letter) and record.approved_on is None
    )


def _nothing(_record: Record) -> frozenset[str]:
    return frozenset()


def _of_check_in(record: Record) -> frozenset[str] | None:
    return None if _is_draft(record) else _AFTER_SENDING


def _of_text(record: Record) -> frozenset[str] | None:
    return None if _is_draft(record) else frozenset()


def _of_consent(_record: Record) -> frozenset[str]:
    return frozenset({"withdrawn_at"})


_FREE: dict[type[Record], Callable[[Record], frozenset[str] | None]] = {
    CheckIn: _of_check_in,
    Result: _nothing,
    HelpSeen: _nothing,
    Comment: _nothing,
    Story: _of_text,
    Letter: _of_text,
    Consent: _of_consent,
}
"""Of kinds that come to rest: the fields that may still change; None while all may."""


def slot(record: Record, patient: str, pair: str | None) -> str | None:
    """What there is one of: a draft of each who answers and each form. None for all that is no draft."""
    if not isinstance(record, CheckIn) or record.sent_at is not None:
        return None
    helper = record.supporter or ""
    return "/".join((patient, pair or "", record.side.value, record.entered.value, helper))
