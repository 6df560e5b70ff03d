"""What an answer about self-harm asks of people: listed at once, and never as a level of risk (SR4)."""

from collections.abc import Iterable

from rapport.knowledge.load_practice import own
from rapport.practice.safety.effects import Effect
from rapport.practice.safety.rules import moment


def listed(lines: Iterable[str]) -> list[str]:
    """The lines that need a person's attention now, as far as the rules list them."""
    found = list(lines)
    if not found:
        return []
    facts = {"place": "research", "self_harm_answer": "above_zero"}
    is_listed = moment(facts, own().safety_rules).has(Effect.LIST_FOR_ATTENTION)
    return found if is_listed else []
