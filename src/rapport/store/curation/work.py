"""Work on a question about a card: what a person sees of it, and what a move does.

The rules of who may do what are in `evidence.curate.workflow`; here they meet the database.
"""

import datetime
from collections.abc import Iterator, Sequence

import msgspec
from django.db.models import F

from rapport.cards.study_card import StudyCard
from rapport.core.errors import UserError
from rapport.evidence.curate import answers
from rapport.evidence.curate.decision import AnyDecision, Question
from rapport.evidence.curate.workflow import (
    Answer,
    Move,
    Request,
    State,
    moved,
    refusals,
)
from rapport.evidence.curate.workflow import Item as Settling
from rapport.store.audit.recording import Act, recording
from rapport.store.curation.models import Item, LogLine, Reading
from rapport.store.people.models import Person


class RefusedError(UserError):
    """A move that may not be made; `reasons` are all of them."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons), where="this question", fix="see the reasons")
        self.reasons = tuple(reasons)


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """A question as one person may see it.

    `mine` is what the person said in this round. Until they have said it, `others` is empty:
    readings are independent.
    """

    question: Question
    state: State
    version: int
    rules_read: str
    mine: str | None = None
    others: tuple[tuple[str, str, str], ...] = ()
    """Name, value, reason."""
    why_open: str = ""
    has_moved: bool = False
    """Whether the rules read it otherwise now than when people began."""


def looked_at(card: StudyCard, question: Question, person: Person) -> Looked:
    """The question about a card, whether or not anybody has worked on it."""
    row = Item.objects.filter(card=card.id, question=question).first()
    now = rules_read(card, question)
    if row is None:
        return Looked(question=question, state=State.OPEN, version=0, rules_read=now)
    said = list(_readings(row))
    mine = next((one.value for one in said if one.person.pk == person.pk), None)
    is_free = mine is not None or row.state != State.OPEN
    return Looked(
        question=question,
        state=State(row.state),
        version=row.version,
        rules_read=row.rules_read,
        mine=mine,
        others=tuple(
            (one.person.shown_as, one.value, one.reason)
            for one in said
            if is_free and one.person.pk != person.pk
        ),
        why_open=row.why_open,
        has_moved=row.rules_read != now,
    )


def rules_read(card: StudyCard, question: Question) -> str:
    """What the rules read, as it stands on the card."""
    return answers.of_rules(card.badge, card.design, card.participants, question)


def act(
    card: StudyCard,
    question: Question,
    person: Person,
    move: Move,
    *,
    seen: int,
    at: datetime.datetime,
    reason: str = "",
    decision: AnyDecision | None = None,
) -> Item:
    """The question after the move, kept together with its entry in the audit.

    `decision` is what the person would have, for a reading or a decision. `seen` is the version
    they looked at.
    Raises: RefusedError with every reason; nothing is written then.
    """
    entry = Act(
        act=f"question: {move.value}",
        about=f"{card.id} {question.value}",
        at=at,
        person=person.name,
        detail={"seen": seen},
    )
    with recording(entry):
        row = _row(card, question)
        settling = _settling(row)
        request = Request(
            move=move,
            person=person.name,
            roles=person.role_set,
            seen=seen,
            reason=reason,
            answer=_answer(decision),
        )
        told = refusals(settling, request)
        if told:
            raise RefusedError(told)
        after = moved(settling, request)
        _keep(row, move, person, at, reason, decision)
        if move is Move.RELEASE:
            _log(row, at)
        row.state, row.version = after.state.value, after.version
        if move is Move.REOPEN:
            row.round, row.why_open = row.round + 1, reason
            row.rules_read = rules_read(card, question)
        row.save()
        return row


def waiting(state: State) -> Iterator[Item]:
    """The questions in a state, the longest waiting first."""
    yield from Item.objects.filter(state=state.value).order_by("pk")


def log_lines() -> Iterator[str]:
    """The log of decisions, line by line, as a build reads it."""
    yield from LogLine.objects.order_by("number").values_list("line", flat=True).iterator()


def _row(card: StudyCard, question: Question) -> Item:
    """The row, locked until the end of the recording; made if this is the first move."""
    row, _ = Item.objects.select_for_update().get_or_create(
        card=card.id,
        question=question.value,
        defaults={"state": State.OPEN.value, "rules_read": rules_read(card, question)},
    )
    if (
        row.state == State.OPEN
        and not Reading.objects.filter(item=row, round=row.round).exists()
    ):
        row.rules_read = rules_read(card, question)
    return row


def _readings(row: Item) -> Iterator[Reading]:
    said = Reading.objects.filter(item=row, round=row.round).select_related("person")
    yield from said.order_by(F("is_decision").asc(), "pk")


def _settling(row: Item) -> Settling:
    """The question as the workflow sees it."""
    said = list(_readings(row))
    decided = [_said(one) for one in said if one.is_decision]
    rules = Answer(value=row.rules_read, needs_words=False)
    return Settling(
        state=State(row.state),
        version=row.version,
        readings=(rules, *(_said(one) for one in said if not one.is_decision)),
        decision=decided[0] if decided else None,
    )


def _said(reading: Reading) -> Answer:
    return Answer(value=reading.value, person=reading.person.name, has_words=True)


def _answer(decision: AnyDecision | None) -> Answer | None:
    if decision is None:
        return None
    return Answer(
        value=answers.of_decision(decision),
        has_words=any(words.strip() for words in decision.words),
        needs_words=answers.asserts(decision),
    )


def _keep(
    row: Item,
    move: Move,
    person: Person,
    at: datetime.datetime,
    reason: str,
    decision: AnyDecision | None,
) -> None:
    if move not in (Move.READ, Move.DECIDE) or decision is None:
        return
    row.save()
    Reading(
        item=row,
        round=row.round,
        person=person,
        at=at,
        value=answers.of_decision(decision),
        given=msgspec.to_builtins(decision),
        words=list(decision.words),
        reason=reason,
        is_decision=move is Move.DECIDE,
    ).save()


def _log(row: Item, at: datetime.datetime) -> None:
    """What stands now, as a line of the log: the decision, or what the readers agreed on."""
    said = list(_readings(row))
    last = said[-1]
    given = msgspec.convert(last.given, AnyDecision)
    line = msgspec.structs.replace(
        given,
        card=row.card,
        by=last.person.shown_as,
        on=last.at.date().isoformat(),
        reason=last.reason or given.reason,
        readers=tuple(one.person.shown_as for one in said if not one.is_decision),
        against=row.rules_read,
    )
    LogLine(at=at, item=row, line=msgspec.json.encode(line).decode()).save()
