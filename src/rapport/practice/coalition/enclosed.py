"""What can go with a request to a service: papers that the person has approved or agreed to."""

from rapport.core.dates import in_words
from rapport.practice.coalition.held import Coalition, of_need
from rapport.practice.coalition.plan import latest


def papers(coalition: Coalition, need: str) -> dict[str, str]:
    """Id of a record to its words: approved letters of the need, and the plan as it was agreed."""
    found = {
        key: f"The letter of {in_words(letter.on)}"
        for key, letter in of_need(coalition.letters, need).items()
        if letter.approved_on is not None
    }
    agreed = latest(coalition)
    if agreed is not None:
        key, plan = agreed
        found[key] = f"The plan on one page, version {plan.version}"
    return found


def enclosed(coalition: Coalition, request: str) -> tuple[str, ...]:
    """What goes with a request, in words, as far as whoever looks may see it."""
    found = coalition.requests[request]
    known = papers(coalition, found.need)
    older = {
        key: f"The plan on one page, version {p.version}" for key, p in coalition.plans.items()
    }
    return tuple(words for key in found.attachments if (words := (older | known).get(key)))
