"""The end of a need: met, partly met, withdrawn, or honestly not to be had."""

import datetime

import msgspec

from rapport.practice.coalition.held import OPEN_NEEDS, Coalition, of_need, open_actions
from rapport.practice.records.coalition import Action, ActionState, Need, NeedState

ENDS = (NeedState.MET, NeedState.PARTLY, NeedState.UNMET, NeedState.WITHDRAWN)


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """What closing a need changes: the need, and its open actions, which are dropped."""

    need: Need
    dropped: dict[str, Action]


def refusals(coalition: Coalition, need: str, end: NeedState) -> tuple[str, ...]:
    """Why the need cannot be closed in this way; empty: it can."""
    found: list[str] = []
    if end not in ENDS:
        found.append("Choose how the need ended.")
    if need not in coalition.needs:
        return (*found, "There is no such need.")
    if coalition.needs[need].state not in OPEN_NEEDS:
        found.append("This need is closed already.")
    if end is NeedState.UNMET and not of_need(coalition.matches, need):
        found.append("Say first what was looked for: check one service, or say there is none.")
    return tuple(found)


def closed(coalition: Coalition, need: str, end: NeedState, on: datetime.date) -> Closing:
    """The need with its end, and its open actions dropped: nobody goes on for nothing.

    Raises: ValueError where `refusals` has a reason.
    """
    if reasons := refusals(coalition, need, end):
        raise ValueError(reasons[0])
    ended = msgspec.structs.replace(coalition.needs[need], state=end, closed_on=on)
    dropped = {
        key: msgspec.structs.replace(action, state=ActionState.DROPPED)
        for key, action in open_actions(of_need(coalition.actions, need)).items()
    }
    return Closing(need=ended, dropped=dropped)


def reopened(need: Need) -> Need:
    """The need, open again: what could not be had may be had one day."""
    return msgspec.structs.replace(need, state=NeedState.OPEN, closed_on=None)
