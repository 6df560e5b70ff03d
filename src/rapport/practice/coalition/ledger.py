"""The energy ledger: what pursuing each need costs the person, beside what it brought."""

import msgspec

from rapport.practice.coalition.held import OPEN_ACTIONS, OPEN_NEEDS, Coalition, of_need
from rapport.practice.records.coalition import ActionState, Cost, NeedState

_EFFORT = (Cost.LOW, Cost.MIDDLE, Cost.HIGH)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One need. `spent` and `ahead` count actions by what they cost the person; there is no sum:
    three small efforts are not one large one.

    `cost` is what pursuing the need costs as a whole, None where nobody has said. `benefits` are
    what came of it, in words. `ask`: it costs something and nothing has come of it so far.
    """

    need: str
    label: str
    state: NeedState
    cost: Cost | None
    spent: dict[Cost, int]
    ahead: dict[Cost, int]
    of_person: int
    benefits: tuple[str, ...]
    ask: bool


def ledger(coalition: Coalition) -> tuple[Line, ...]:
    """A line for each need that was not withdrawn."""
    return tuple(
        _line(coalition, key)
        for key, need in coalition.needs.items()
        if need.state is not NeedState.WITHDRAWN
    )


def _line(coalition: Coalition, key: str) -> Line:
    need = coalition.needs[key]
    actions = list(of_need(coalition.actions, key).values())
    dropped = ActionState.DROPPED
    done = [a.burden for a in actions if a.state not in OPEN_ACTIONS and a.state is not dropped]
    ahead = [action.burden for action in actions if action.state in OPEN_ACTIONS]
    own = [a for a in actions if (o := coalition.actors.get(a.owner)) and o.is_patient]
    benefits = tuple(action.benefit for action in actions if action.benefit)
    costs = need.cost in _EFFORT or any(burden in _EFFORT for burden in done)
    return Line(
        need=key,
        label=need.label,
        state=need.state,
        cost=need.cost,
        spent=_counted(done),
        ahead=_counted(ahead),
        of_person=sum(action.state in OPEN_ACTIONS for action in own),
        benefits=benefits,
        ask=costs and not benefits and need.state in OPEN_NEEDS,
    )


def _counted(burdens: list[Cost]) -> dict[Cost, int]:
    """How many of each effort; what costs nothing is left out."""
    return {cost: burdens.count(cost) for cost in _EFFORT if cost in burdens}
