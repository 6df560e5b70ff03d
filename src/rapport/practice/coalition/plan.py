"""The plan on one page, and its versions: each stays as it was agreed."""

import datetime
from collections.abc import Mapping

from rapport.core.dates import in_words
from rapport.practice.coalition.held import Coalition, of_need, open_actions, open_needs
from rapport.practice.records.coalition import Plan, Service


def version_of(
    coalition: Coalition,
    services: dict[str, Service],
    *,
    agreed_by: tuple[str, ...],
    on: datetime.date,
    review_on: datetime.date,
) -> Plan:
    """The next version of the plan, from the needs and actions that are open now.

    `agreed_by` are ids of actors. Raises: ValueError where nobody agreed, or where the review
    is not later than the day of the plan.
    """
    if not set(agreed_by) & coalition.actors.keys():
        raise ValueError("Say who agreed.")
    if review_on <= on:
        raise ValueError("Choose a later day to look at the plan again.")
    needs = open_needs(coalition)
    parts = [key for need in needs for key in (need, *_parts(coalition, need))]
    return Plan(
        version=max((plan.version for plan in coalition.plans.values()), default=0) + 1,
        agreed_on=on,
        agreed_by=agreed_by,
        review_on=review_on,
        parts=tuple(parts),
        text=text_of(coalition, services),
    )


def latest(coalition: Coalition) -> tuple[str, Plan] | None:
    """The newest version with its id; None before the first."""
    return max(coalition.plans.items(), key=lambda each: each[1].version, default=None)


def text_of(coalition: Coalition, services: dict[str, Service]) -> str:
    """The plan in plain lines: each open need, what would be better, who does what until when."""
    lines: list[str] = []
    for number, (key, need) in enumerate(open_needs(coalition).items(), 1):
        lines += [f"{number}. {need.label}", *_lines(coalition, key, services), ""]
    return "\n".join(lines).rstrip()


def _lines(coalition: Coalition, need: str, services: dict[str, Service]) -> list[str]:
    wanted = of_need(coalition.results, need).values()
    found = [f"   Better would be: {each.what}" for each in wanted]
    for request in of_need(coalition.requests, need).values():
        if request.sent_on is not None and request.answered_on is None:
            by = f", answer due {in_words(request.due)}" if request.due else ""
            found.append(f"   Asked: {_called(request.service, services)}{by}")
    for action in open_actions(of_need(coalition.actions, need)).values():
        owner = coalition.actors.get(action.owner)
        who = owner.shown_as if owner else "somebody who has left"
        found.append(f"   {who}: {action.what}, by {in_words(action.due)}")
    return found


def _called(service: str, services: dict[str, Service]) -> str:
    known = services.get(service)
    return known.provider if known else "a service that is no longer in the map"


def _parts(coalition: Coalition, need: str) -> tuple[str, ...]:
    kinds: tuple[Mapping[str, object], ...] = (
        coalition.results,
        coalition.matches,
        coalition.requests,
        coalition.actions,
    )
    return tuple(key for records in kinds for key in of_need(records, need))
