"""What somebody sees of one record: the record, a part of it, or nothing."""

from collections.abc import Callable
from typing import cast

import msgspec

from rapport.practice.records.check_ins import Band, CheckIn, Result, Share
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
    Allowed,
    Consent,
    ConsentKind,
    Profile,
    Respondent,
    Role,
    Side,
    Supporter,
)
from rapport.practice.records.visits import AfterVisit, Harm, Story
from rapport.practice.visibility.states import state_of
from rapport.practice.visibility.table import MATRIX, Sight
from rapport.practice.visibility.viewer import Facts, Viewer
from rapport.scoring.check_in import CHALLENGES, Thresholds, ranking, status, strain

HELP = "S0"
_PREDICTED = "_pred"
_OF_A_NEED = (DesiredResult, Match, Request, Action, ContactNote, Letter, Draft)
_PLAN = (Need, Actor, Plan, *_OF_A_NEED)


def sight(kept: Kept, viewer: Viewer, facts: Facts) -> Sight:
    """How much of a record a viewer sees."""
    is_anothers = isinstance(kept.record, Draft) and kept.author.id != viewer.id
    if (
        is_anothers
        or kept.clinic != viewer.clinic
        or not _STANDING[viewer.role](kept, viewer, facts)
    ):
        return Sight.NOTHING
    return MATRIX[type(kept.record)][state_of(kept, facts)].of(viewer.role)


def seen(kept: Kept, viewer: Viewer, facts: Facts) -> Record | None:
    """The record as a viewer sees it; None where they see nothing of it."""
    how = sight(kept, viewer, facts)
    return _bands(kept.record, facts) if how is Sight.BANDS else _SHOWN[how](kept.record)


def _of_patient(kept: Kept, viewer: Viewer, _facts: Facts) -> bool:
    return viewer.patient == kept.patient == viewer.id


def _of_supporter(kept: Kept, viewer: Viewer, facts: Facts) -> bool:
    """What they help with, what is about them, and what the patient allows them."""
    entry, own = kept.record, facts.supporter
    if own is None or viewer.patient != kept.patient:
        return False
    if isinstance(entry, CheckIn):
        helps = entry.supporter == viewer.id or kept.author.id == viewer.id
        is_readable = entry.respondent is not Respondent.SELF or entry.sent_at is not None
        return helps or (Allowed.CHECK_INS in own.sees and is_readable)
    if isinstance(entry, Profile):
        return True
    if isinstance(entry, Supporter):
        return kept.id == viewer.id
    if isinstance(entry, Consent):
        return entry.about == viewer.id or entry.consent is ConsentKind.RELATIONSHIP
    if isinstance(entry, Story):
        return Allowed.STORY in own.sees
    if isinstance(entry, _PLAN):
        return Allowed.PLAN in own.sees
    return Allowed.CHECK_INS in own.sees


def _of_practitioner(kept: Kept, viewer: Viewer, facts: Facts) -> bool:
    """What is of their own pair, or of the patient and of no pair.

    Without the patient's consent: the name, who helps (whose access they may have to end), and
    what they themselves wrote.
    """
    is_own = kept.author.id == viewer.id and not isinstance(kept.record, Result)
    own = (
        facts.pairs
        if is_own or isinstance(kept.record, Profile | Supporter)
        else facts.pairs & facts.agreed
    )
    return kept.pair in own if kept.pair is not None else bool(own)


def _of_member(kept: Kept, _viewer: Viewer, facts: Facts) -> bool:
    """What is of a need that they are on with consent."""
    entry = kept.record
    if isinstance(entry, Need | Story):
        return kept.id in facts.may_know
    if isinstance(entry, _OF_A_NEED):
        return entry.need in facts.may_know
    if isinstance(entry, Consent):
        return entry.about in facts.actors
    if isinstance(entry, Profile | Actor):
        return bool(facts.may_know) or kept.id in facts.actors
    return False


def _of_researcher(kept: Kept, _viewer: Viewer, facts: Facts) -> bool:
    """Of patients who agreed to this; the practitioner's side only where they give it too."""
    entry = kept.record
    sided = isinstance(entry, CheckIn | AfterVisit | Harm)
    is_theirs = sided and entry.side is Side.PRACTITIONER
    agreed = facts.research if isinstance(entry, CheckIn) else facts.research_on_visits
    return agreed and (not is_theirs or kept.pair in facts.research_pairs)


def _of_nobody(_kept: Kept, _viewer: Viewer, _facts: Facts) -> bool:
    return False


_STANDING: dict[Role, Callable[[Kept, Viewer, Facts], bool]] = {
    Role.PATIENT: _of_patient,
    Role.SUPPORTER: _of_supporter,
    Role.PRACTITIONER: _of_practitioner,
    Role.COALITION_MEMBER: _of_member,
    Role.SERVICE_EDITOR: _of_nobody,
    Role.ADMIN: _of_nobody,
    Role.RESEARCHER: _of_researcher,
    Role.AUDITOR: _of_nobody,
}


def _nothing(_record: Record) -> None:
    return None


def _all(record: Record) -> Record:
    return record


def _name(record: Record) -> Record:
    if isinstance(record, Actor):
        return Actor(shown_as=record.shown_as, role=record.role, is_patient=record.is_patient)
    entry = cast("Profile", record)
    return Profile(shown_as=entry.shown_as, language=entry.language)


def _contact(record: Record) -> Record:
    entry = cast("Profile", record)
    return Profile(
        shown_as=entry.shown_as,
        contact=entry.contact,
        language=entry.language,
        severe=entry.severe,
    )


def _help(record: Record) -> Record | None:
    """A check-in with nothing but a wish for help; None if there is none."""
    entry = cast("CheckIn", record)
    if not entry.answers.get(HELP):
        return None
    bare = _without_answers(entry)
    return msgspec.structs.replace(bare, answers={HELP: entry.answers[HELP]})


def _bands(record: Record, facts: Facts) -> Record:
    """A check-in or a result with bands in the place of what the patient keeps back."""
    if isinstance(record, Result):
        partner = facts.check_ins.get(record.patient or "")
        return _result_bands(record, partner.check_in.shares if partner else {})
    entry = cast("CheckIn", record)
    hidden = [k for k in CHALLENGES if entry.shares.get(k) is not Share.ANSWERS]
    items = {f"C{k}{side}" for k in hidden for side in "abx"}
    kept = {name: value for name, value in entry.answers.items() if name not in items}
    bands = {k: band for k in hidden if (band := band_of(entry.answers, k)) is not None}
    return msgspec.structs.replace(
        entry,
        answers=kept,
        bands=bands,
        cannot_say=tuple(name for name in entry.cannot_say if name not in items),
        seconds={},
    )


def band_of(answers: dict[str, int], k: int) -> Band | None:
    """The band of a challenge; None where nothing was answered."""
    limits = Thresholds()
    found = strain({name: float(value) for name, value in answers.items()}, k, limits.min_items)
    if found is None:
        return None
    return Band.STRAIN if found >= limits.t_person else Band.EASE


def _result_bands(entry: Result, shares: dict[int, Share]) -> Result:
    """The result without the numbers of challenges whose answers are kept back."""
    replace = msgspec.structs.replace
    challenges = tuple(
        each
        if shares.get(each.number) is Share.ANSWERS
        else replace(each, strain=None, gap=None, different_answers=None)
        for each in entry.scored.challenges
    )
    severity = entry.scored.severity_gap if shares.get(1) is Share.ANSWERS else None
    scored = replace(entry.scored, challenges=challenges, severity_gap=severity)
    return replace(entry, scored=scored)


def _predictions(record: Record) -> Record:
    return _only(cast("CheckIn", record), predicted=True)


def _without_own_side(record: Record) -> Record:
    """A result as it would be had the practitioner not answered for themselves."""
    entry = cast("Result", record)
    replace, used = msgspec.structs.replace, entry.scored.thresholds
    challenges = tuple(
        replace(each, own_strain=None, status=status(each.strain, None, each.gap, used))
        for each in entry.scored.challenges
    )
    first = ranking(challenges, entry.scored.picked)
    cards = first[: used.max_cards]
    scored = replace(entry.scored, challenges=challenges, first=first, cards=cards)
    return replace(entry, scored=scored)


def _own_side(record: Record) -> Record:
    return _only(cast("CheckIn", record), predicted=False)


def _only(entry: CheckIn, *, predicted: bool) -> CheckIn:
    """A practitioner's check-in with the one or the other part of it."""

    def is_kept(name: str) -> bool:
        return (name.endswith(_PREDICTED) or name == "C1x_c") == predicted

    return msgspec.structs.replace(
        _without_answers(entry),
        answers={name: value for name, value in entry.answers.items() if is_kept(name)},
        cannot_say=tuple(filter(is_kept, entry.cannot_say)),
    )


def _numbers(record: Record) -> Record:
    if isinstance(record, Harm):
        return msgspec.structs.replace(record, what="", review="")
    if isinstance(record, CheckIn):
        return msgspec.structs.replace(record, note="", supporter=None)
    return record


def _without_answers(entry: CheckIn) -> CheckIn:
    return msgspec.structs.replace(
        entry, answers={}, cannot_say=(), note="", seconds={}, confirmed=(), shares={}
    )


_SHOWN: dict[Sight, Callable[[Record], Record | None]] = {
    Sight.NOTHING: _nothing,
    Sight.NAME: _name,
    Sight.CONTACT: _contact,
    Sight.HELP: _help,
    Sight.PREDICTIONS: _predictions,
    Sight.OWN_SIDE: _own_side,
    Sight.WITHOUT_OWN_SIDE: _without_own_side,
    Sight.NUMBERS: _numbers,
    Sight.ALL: _all,
}
