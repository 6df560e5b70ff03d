"""How a card moves from draft to released: one table, from which the diagram is drawn too."""

import msgspec

from rapport.core.vocabulary import CardState


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """One move a card may make, and in words what must hold for it."""

    now: CardState
    to: CardState
    when: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        now=CardState.DRAFT,
        to=CardState.CHECKED,
        when="every rule of the gate was asked and its refusals are on the card",
    ),
    Transition(
        now=CardState.CHECKED,
        to=CardState.RELEASED,
        when="no rule refuses anything",
    ),
    Transition(
        now=CardState.CHECKED,
        to=CardState.REFUSED,
        when="a rule refuses; every reason is listed",
    ),
    Transition(
        now=CardState.REFUSED,
        to=CardState.DRAFT,
        when="the card is made anew from a corrected source, reading or rule",
    ),
)


def may_become(now: CardState, to: CardState) -> bool:
    """Whether the table has this move. A released card has none: only a new one replaces it."""
    return any(move.now is now and move.to is to for move in TRANSITIONS)


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {CardState.DRAFT.value}"]
    lines += [f"    {move.now.value} --> {move.to.value}: {move.when}" for move in TRANSITIONS]
    moved_from = {move.now for move in TRANSITIONS}
    ends = [state for state in CardState if state not in moved_from]
    lines += [f"    {state.value} --> [*]" for state in ends]
    return "\n".join(lines).replace(";", ",") + "\n"
