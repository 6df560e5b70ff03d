"""Who owns what: exactly one owner for each action, and not the person where it can be helped."""

import datetime

import msgspec

from rapport.core.dates import in_words
from rapport.practice.coalition.held import Coalition, open_actions
from rapport.practice.coalition.rules import Rules
from rapport.practice.records.coalition import Action, Actor


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Open actions, and how many of them the person owns. `hint`: more than they should."""

    open: int
    of_person: int
    hint: bool


class Overdue(msgspec.Struct, frozen=True, kw_only=True):
    """An open action whose day has passed. `days` since then."""

    action: str
    days: int


def default_owner(actors: dict[str, Actor], asker: str | None) -> str | None:
    """Who a new action falls to: the one who writes it down, else another helper.

    `asker` is the actor's id of whoever writes it. It is never the person; None where nobody
    else is in the coalition.
    """
    helpers = [key for key, actor in actors.items() if not actor.is_patient]
    return asker if asker in helpers else next(iter(helpers), None)


def problems(action: Action, coalition: Coalition) -> tuple[str, ...]:
    """Why the action cannot be kept as it is, in words for the one who writes it; empty: it can."""
    found: list[str] = []
    if not action.what.strip():
        found.append("Say what is to be done: a verb and what it is about.")
    if action.owner not in coalition.actors:
        found.append("Choose the one person who does it.")
    if action.need not in coalition.needs:
        found.append("Choose the need it is for.")
    return tuple(found)


def share(coalition: Coalition, rules: Rules) -> Share:
    """How much of what is to be done lies with the person."""
    owners = [
        coalition.actors.get(action.owner)
        for action in open_actions(coalition.actions).values()
    ]
    own = sum(owner is not None and owner.is_patient for owner in owners)
    return Share(
        open=len(owners),
        of_person=own,
        hint=bool(owners) and own / len(owners) > rules.owner_hint_above,
    )


def overdue(coalition: Coalition, owner: str, today: datetime.date) -> tuple[Overdue, ...]:
    """The owner's own overdue actions, the oldest first; nobody sees those of others.

    For the person there are none, whatever they own: see `weekly_line`.
    """
    actor = coalition.actors.get(owner)
    if actor is None or actor.is_patient:
        return ()
    return tuple(
        Overdue(action=key, days=(today - action.due).days)
        for key, action in open_actions(coalition.actions).items()
        if action.owner == owner and action.due < today
    )


def weekly_line(coalition: Coalition, *, wanted: bool, today: datetime.date) -> str | None:
    """One calm line for the person, the same for a whole week; None unless they want it.

    It counts what others were to do on the Monday of the week, and never says that anything is
    late.
    """
    if not wanted:
        return None
    monday = today - datetime.timedelta(days=today.weekday())
    with_others = [
        action
        for action in open_actions(coalition.actions).values()
        if (actor := coalition.actors.get(action.owner)) is not None and not actor.is_patient
    ]
    if not with_others:
        return None
    things = "one thing" if len(with_others) == 1 else f"{len(with_others)} things"
    return f"Week of {in_words(monday)}: others do {things} for you. You need do nothing."
