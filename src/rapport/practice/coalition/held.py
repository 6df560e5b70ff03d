"""One patient's coalition: its records by id, as far as the one who asks may see them."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from rapport.practice.records.coalition import (
    Action,
    ActionState,
    Actor,
    ContactNote,
    DesiredResult,
    Letter,
    Match,
    Need,
    NeedState,
    Plan,
    Request,
)
from rapport.practice.records.kept import Kept

_R = TypeVar("_R")

OPEN_NEEDS = frozenset({NeedState.OPEN, NeedState.ACTIVE})
OPEN_ACTIONS = frozenset({ActionState.TO_DO, ActionState.DOING, ActionState.WAITING})


class Coalition(msgspec.Struct, frozen=True, kw_only=True):
    """Records by id, each kind in the order in which it was kept."""

    needs: dict[str, Need] = {}
    results: dict[str, DesiredResult] = {}
    matches: dict[str, Match] = {}
    actors: dict[str, Actor] = {}
    requests: dict[str, Request] = {}
    actions: dict[str, Action] = {}
    notes: dict[str, ContactNote] = {}
    plans: dict[str, Plan] = {}
    letters: dict[str, Letter] = {}


def coalition_of(kept: Iterable[Kept]) -> Coalition:
    """The coalition among these records; records of other kinds are passed over."""
    found = list(kept)
    return Coalition(
        needs=_of(found, Need),
        results=_of(found, DesiredResult),
        matches=_of(found, Match),
        actors=_of(found, Actor),
        requests=_of(found, Request),
        actions=_of(found, Action),
        notes=_of(found, ContactNote),
        plans=_of(found, Plan),
        letters=_of(found, Letter),
    )


def of_need(records: Mapping[str, _R], need: str) -> dict[str, _R]:
    """Those of the records that belong to a need."""
    return {key: each for key, each in records.items() if getattr(each, "need", None) == need}


def open_needs(coalition: Coalition) -> dict[str, Need]:
    """Needs that nobody has closed, the patient's first one first; without a rank they come last."""
    found = [(key, need) for key, need in coalition.needs.items() if need.state in OPEN_NEEDS]
    return dict(
        sorted(found, key=lambda each: (each[1].priority is None, each[1].priority or 0))
    )


def open_actions(actions: dict[str, Action]) -> dict[str, Action]:
    """Actions that are not at an end, the earliest due first."""
    found = [(key, each) for key, each in actions.items() if each.state in OPEN_ACTIONS]
    return dict(sorted(found, key=lambda each: each[1].due))


def _of(kept: list[Kept], kind: type[_R]) -> dict[str, _R]:
    return {each.id: each.record for each in kept if isinstance(each.record, kind)}
