"""How a question about a card is settled: one table, from which the diagram is drawn too.

Two readers read independently: the rules and a person, or two people. Where they agree, that is
the answer; where they differ, a third decides. Nobody releases what they alone changed. A move
that is not allowed is refused with all its reasons at once.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What a person may do; one person may have several."""

    READER = "reader"
    CURATOR = "curator"
    RELEASER = "releaser"


class State(StrEnum):
    """How far a question has come."""

    OPEN = "open"
    AGREED = "agreed"
    DISPUTED = "disputed"
    DECIDED = "decided"
    RELEASED = "released"


class Move(StrEnum):
    """What a person can do with a question."""

    READ = "read"
    DECIDE = "decide"
    RELEASE = "release"
    REOPEN = "reopen"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one reader read. `value` is worded as `answers` words it, so that two compare.

    `person` is None for the rules. `has_words` says whether words of the source carry it;
    `needs_words` whether the value asserts something, and so has to have them.
    """

    value: str
    person: str | None = None
    has_words: bool = False
    needs_words: bool = True


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One question about one card. `version` counts its changes, so that none is overwritten.

    `readings` are independent: the rules' first, if they read it; where the rules are silent,
    two people read. `decision` is a third person's. `needs` is how many readings there have to be.
    """

    state: State = State.OPEN
    version: int = 0
    readings: tuple[Answer, ...] = ()
    decision: Answer | None = None
    needs: int = 2

    @property
    def settled(self) -> Answer | None:
        """The answer that stands; None while it is open or disputed."""
        if self.decision is not None:
            return self.decision
        values = {reading.value for reading in self.readings}
        return self.readings[-1] if len(values) == 1 and self._are_enough() else None

    @property
    def people(self) -> frozenset[str]:
        """Who has read or decided."""
        answers = (*self.readings, *filter(None, (self.decision,)))
        return frozenset(one.person for one in answers if one.person is not None)

    @property
    def changed_by(self) -> frozenset[str]:
        """Who made the answer what it is: the decider, or the people who read."""
        if self.decision is not None and self.decision.person is not None:
            return frozenset({self.decision.person})
        return self.people

    def _are_enough(self) -> bool:
        return len(self.readings) >= self.needs


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wants to do: the move, the version they saw, and what they would say."""

    move: Move
    person: str
    roles: frozenset[Role]
    seen: int
    reason: str = ""
    answer: Answer | None = None


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """One row: from where, by which move, to where, by whom, and in words what must hold."""

    now: State
    move: Move
    to: State
    role: Role
    when: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        now=State.OPEN,
        move=Move.READ,
        to=State.OPEN,
        role=Role.READER,
        when="a person has read it, and a second reading is still missing",
    ),
    Transition(
        now=State.OPEN,
        move=Move.READ,
        to=State.AGREED,
        role=Role.READER,
        when="two independent readings say the same",
    ),
    Transition(
        now=State.OPEN,
        move=Move.READ,
        to=State.DISPUTED,
        role=Role.READER,
        when="two independent readings differ",
    ),
    Transition(
        now=State.DISPUTED,
        move=Move.DECIDE,
        to=State.DECIDED,
        role=Role.CURATOR,
        when="a third person decides, with a reason",
    ),
    Transition(
        now=State.AGREED,
        move=Move.RELEASE,
        to=State.RELEASED,
        role=Role.RELEASER,
        when="someone releases it who did not make the answer alone",
    ),
    Transition(
        now=State.DECIDED,
        move=Move.RELEASE,
        to=State.RELEASED,
        role=Role.RELEASER,
        when="someone other than the one who decided releases it",
    ),
    Transition(
        now=State.RELEASED,
        move=Move.REOPEN,
        to=State.OPEN,
        role=Role.CURATOR,
        when="the text or a rule has changed, or someone reports an error; a reason is given",
    ),
    Transition(
        now=State.AGREED,
        move=Move.REOPEN,
        to=State.OPEN,
        role=Role.CURATOR,
        when="there is doubt about what two readers agreed on; a reason is given",
    ),
    Transition(
        now=State.DECIDED,
        move=Move.REOPEN,
        to=State.OPEN,
        role=Role.CURATOR,
        when="there is doubt about the decision; a reason is given",
    ),
)


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves the table has from a state, in its order, each once."""
    return tuple(dict.fromkeys(row.move for row in TRANSITIONS if row.now is state))


def role_of(move: Move) -> Role:
    """The role that a move belongs to."""
    return next(row.role for row in TRANSITIONS if row.move is move)


def refusals(item: Item, request: Request) -> tuple[str, ...]:
    """Every reason why the move may not be made, in words for the person; empty: it may."""
    found = [*hindrances(item, request.move, request.person, request.roles)]
    if request.seen != item.version:
        found.append("Somebody else changed it since you opened it. Look at it again.")
    return (*found, *_WHY_NOT_SAID[request.move](request))


def hindrances(item: Item, move: Move, person: str, roles: frozenset[Role]) -> tuple[str, ...]:
    """Every reason why a person may not make the move, whatever they would say."""
    rows = [r for r in TRANSITIONS if r.now is item.state and r.move is move]
    found = [] if rows else [f"A question that is {item.state} has no move {move}."]
    role = role_of(move)
    if role not in roles:
        found.append(f"This needs the role {role}.")
    return (*found, *_WHY_NOT_THEY[move](item, person))


def moved(item: Item, request: Request) -> Item:
    """The question after the move.

    Raises: ValueError if the move is refused; ask `refusals` first.
    """
    reasons = refusals(item, request)
    if reasons:
        raise ValueError(" ".join(reasons))
    after = _AFTER[request.move](item, request)
    to = _state(after) if request.move is not Move.RELEASE else State.RELEASED
    if not any(
        row.now is item.state and row.move is request.move and row.to is to
        for row in TRANSITIONS
    ):
        raise RuntimeError(f"the table has no {request.move} from {item.state} to {to}")
    return msgspec.structs.replace(after, state=to, version=item.version + 1)


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.OPEN.value}"]
    lines += [
        f"    {row.now.value} --> {row.to.value}: {row.move.value} ({row.role.value})"
        for row in TRANSITIONS
    ]
    return "\n".join(lines) + "\n"


def _state(item: Item) -> State:
    if item.decision is not None:
        return State.DECIDED
    if len(item.readings) < item.needs:
        return State.OPEN
    return State.AGREED if item.settled is not None else State.DISPUTED


def _why_not_a_reader(item: Item, person: str) -> Iterator[str]:
    if person in item.people:
        yield "You have read it before; the second reading has to be another person's."


def _why_not_a_third(item: Item, person: str) -> Iterator[str]:
    if person in item.people:
        yield "You are one of its readers; a third person has to decide."


def _why_not_another(item: Item, person: str) -> Iterator[str]:
    if item.changed_by == frozenset({person}):
        yield "You alone made this answer. Another person has to release it."


def _anybody(_: Item, __: str) -> Iterator[str]:
    yield from ()


_WHY_NOT_THEY: dict[Move, Callable[[Item, str], Iterator[str]]] = {
    Move.READ: _why_not_a_reader,
    Move.DECIDE: _why_not_a_third,
    Move.RELEASE: _why_not_another,
    Move.REOPEN: _anybody,
}


def _why_no_answer(request: Request) -> Iterator[str]:
    answer = request.answer
    if answer is None:
        yield "No answer was given."
    elif answer.needs_words and not answer.has_words:
        yield "The answer asserts something. Mark the words of the study that say so."


def _why_no_reason(request: Request) -> Iterator[str]:
    if not request.reason.strip():
        yield "Say why, in a sentence."


def _why_no_decision(request: Request) -> Iterator[str]:
    yield from _why_no_answer(request)
    yield from _why_no_reason(request)


def _nothing(_: Request) -> Iterator[str]:
    yield from ()


_WHY_NOT_SAID: dict[Move, Callable[[Request], Iterator[str]]] = {
    Move.READ: _why_no_answer,
    Move.DECIDE: _why_no_decision,
    Move.RELEASE: _nothing,
    Move.REOPEN: _why_no_reason,
}


def _read(item: Item, request: Request) -> Item:
    return msgspec.structs.replace(item, readings=(*item.readings, _own(request)))


def _decide(item: Item, request: Request) -> Item:
    return msgspec.structs.replace(item, decision=_own(request))


def _own(request: Request) -> Answer:
    """The answer under the name of the person who gives it, whatever name it came with."""
    if request.answer is None:
        raise ValueError("No answer was given.")
    return msgspec.structs.replace(request.answer, person=request.person)


def _release(item: Item, _: Request) -> Item:
    return item


def _reopen(item: Item, _: Request) -> Item:
    """The rules' reading is made anew by the next build; people read anew as well."""
    rules = tuple(reading for reading in item.readings if reading.person is None)
    return msgspec.structs.replace(item, readings=rules, decision=None)


_AFTER: dict[Move, Callable[[Item, Request], Item]] = {
    Move.READ: _read,
    Move.DECIDE: _decide,
    Move.RELEASE: _release,
    Move.REOPEN: _reopen,
}
