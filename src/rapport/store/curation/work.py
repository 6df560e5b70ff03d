"""Work on a question about a card: what a person sees of it, and what a move does.

The rules of who may do what are in `evidence.curate.workflow`; here they meet the database.
"""

import datetime
from collections.abc import Iterator, Sequence

import msgspec
from django.db.models import F

from rapport.core.errors import UserError
from rapport.evidence.curate import answers
from rapport.evidence.curate.decision import AnyDecision, Question
from rapport.evidence.curate.workflow import (
    Answer,
    Move,
    Request,
    Role,
    State,
    hindrances,
    moved,
    moves_from,
    refusals,
    role_of,
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


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question about a card, and what the rules read, as the release of today has it."""

    card: str
    question: Question
    rules_read: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a person read, or decided as a third: under the name they are shown by."""

    name: str
    value: str
    reason: str
    is_decision: bool


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """A question as one person may see it.

    `mine` is what the person said in this round. While a second reading is missing, who may
    give it sees neither `others` nor `rules_read`: readings are independent. `hindered` are the
    moves from here that this person has the role for and may not make, each with the reason.
    `has_moved`: the rules read it otherwise now than when people began.
    """

    question: Question
    state: State = State.OPEN
    version: int = 0
    rules_read: str | None
    mine: Said | None = None
    others: tuple[Said, ...] = ()
    why_open: str = ""
    has_moved: bool = False
    moves: tuple[Move, ...] = ()
    hindered: tuple[tuple[Move, str], ...] = ()


def looked_at(asked: Asked, person: Person) -> Looked:
    """The question about a card, whether or not anybody has worked on it."""
    row = Item.objects.filter(card=asked.card, question=asked.question).first()
    row = row or Item(
        question=asked.question.value, state=State.OPEN.value, rules_read=asked.rules_read
    )
    settling = _settling(row)
    said = [(one.person.pk, _shown(one)) for one in _readings(row)]
    may, hindered = _moves(settling, person)
    is_reader = Move.READ in may
    return Looked(
        question=asked.question,
        state=settling.state,
        version=row.version,
        rules_read=None if is_reader else row.rules_read,
        mine=next((one for key, one in said if key == person.pk), None),
        others=() if is_reader else tuple(one for key, one in said if key != person.pk),
        why_open=row.why_open,
        has_moved=row.rules_read != asked.rules_read,
        moves=may,
        hindered=hindered,
    )


def act(
    asked: Asked,
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
    they looked at. The roles are those the person has at this moment.
    Raises: RefusedError with every reason; nothing is written then.
    """
    entry = Act(
        act=f"question: {move.value}",
        about=f"{asked.card} {asked.question.value}",
        at=at,
        person=person.name,
        detail={"seen": seen},
    )
    with recording(entry):
        person.refresh_from_db()
        row = _row(asked)
        after = _allowed(
            _settling(row),
            Request(
                move=move,
                person=person.name,
                roles=_roles(person),
                seen=seen,
                reason=reason,
                answer=_answer(decision),
            ),
        )
        _keep(row, move, person, at, reason, decision)
        if move is Move.RELEASE:
            _log(row, at)
        row.state, row.version = after.state.value, after.version
        if move is Move.REOPEN:
            row.round, row.why_open, row.rules_read = row.round + 1, reason, asked.rules_read
        row.save()
        return row


def _allowed(settling: Settling, request: Request) -> Settling:
    """The question after what is asked for; RefusedError with every reason against it."""
    told = refusals(settling, request)
    if told:
        raise RefusedError(told)
    return moved(settling, request)


def waiting(state: State) -> Iterator[Item]:
    """The questions in a state, the longest waiting first."""
    yield from Item.objects.filter(state=state.value).order_by("pk")


def log_lines() -> Iterator[str]:
    """The log of decisions, line by line, as a build reads it."""
    yield from LogLine.objects.order_by("number").values_list("line", flat=True).iterator()


def released() -> Iterator[tuple[Item, AnyDecision]]:
    """The questions whose answer is in force, each with the decision as it was logged."""
    for row in Item.objects.filter(state=State.RELEASED.value).order_by("pk"):
        last = LogLine.objects.filter(item=row).order_by("number").last()
        if last is not None:
            yield row, msgspec.json.decode(last.line, type=AnyDecision)


def _row(asked: Asked) -> Item:
    """The row; made if this is the first move. While nobody has read, the rules may read anew."""
    row = Item.objects.filter(card=asked.card, question=asked.question.value).first()
    if row is None:
        row = Item(card=asked.card, question=asked.question.value, state=State.OPEN.value)
    if row.pk is None or (row.state == State.OPEN and not any(_readings(row))):
        row.rules_read = asked.rules_read
    return row


def _readings(row: Item) -> Iterator[Reading]:
    """What people said in this round, a decision last."""
    if row.pk is not None:
        said = Reading.objects.filter(item=row, round=row.round).select_related("person")
        yield from said.order_by(F("is_decision").asc(), "pk")


def _settling(row: Item) -> Settling:
    """The question as the workflow sees it. Rules that are silent are not a reader."""
    said = list(_readings(row))
    decided = [_said(one) for one in said if one.is_decision]
    rules = Answer(value=row.rules_read, needs_words=False)
    is_silent = answers.is_silent(Question(row.question), row.rules_read)
    return Settling(
        state=State(row.state),
        version=row.version,
        readings=(
            *(() if is_silent else (rules,)),
            *(_said(one) for one in said if not one.is_decision),
        ),
        decision=decided[0] if decided else None,
    )


def _moves(
    settling: Settling, person: Person
) -> tuple[tuple[Move, ...], tuple[tuple[Move, str], ...]]:
    """The moves the person may make, and those their role has and they may not, with reasons."""
    roles = _roles(person)
    may: list[Move] = []
    hindered: list[tuple[Move, str]] = []
    for move in moves_from(settling.state):
        if role_of(move) in roles:
            told = hindrances(settling, move, person.name, roles)
            hindered += [(move, " ".join(told))] if told else []
            may += [] if told else [move]
    return tuple(may), tuple(hindered)


def _roles(person: Person) -> frozenset[Role]:
    return person.role_set if person.is_active else frozenset()


def _said(reading: Reading) -> Answer:
    return Answer(value=reading.value, person=reading.person.name, has_words=True)


def _shown(reading: Reading) -> Said:
    return Said(
        name=reading.person.shown_as,
        value=reading.value,
        reason=reading.reason,
        is_decision=reading.is_decision,
    )


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
    row.save()  # a reading needs the row it belongs to
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
