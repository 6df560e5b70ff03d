"""Entry rules: their numbers, decisions, and that placeholders keep what they promise."""

import re
from collections.abc import Iterator

from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.model import Decision, EntryRule, Knowledge

_NUMBER = re.compile(r"P(\d{3})")
_BY_DEFINITION = ("by_definition", "by_reference")


def rule_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """What is wrong with the entry rules, apart from ids they name and missing examples."""
    yield from _numbers(knowledge)
    for rule in knowledge.entry_rules.values():
        yield from _decision(rule)
        yield from _placeholders(rule, knowledge)


def _numbers(knowledge: Knowledge) -> Iterator[Problem]:
    numbers = {
        int(match.group(1))
        for name in knowledge.entry_rules
        if (match := _NUMBER.fullmatch(name))
    }
    for name in knowledge.entry_rules:
        if not _NUMBER.fullmatch(name):
            yield error(name, "an entry rule is called P and three digits", "rename it")
    for missing in sorted(set(range(1, max(numbers, default=0) + 1)) - numbers):
        yield error(
            f"P{missing:03d}", "this entry rule is missing", "numbers are kept: add it again"
        )


def _decision(rule: EntryRule) -> Iterator[Problem]:
    if rule.decision in _BY_DEFINITION:
        return
    if rule.decision not in {each.value for each in Decision}:
        yield error(
            rule.id,
            f"'{rule.decision}' is no decision",
            f"use one of {', '.join(Decision)}, {', '.join(_BY_DEFINITION)}",
        )
    elif rule.examples and all(e.decision.value != rule.decision for e in rule.examples):
        yield error(
            rule.id,
            f"none of its examples is decided as {rule.decision}",
            "add an example of what the rule decides",
        )


def _placeholders(rule: EntryRule, knowledge: Knowledge) -> Iterator[Problem]:
    for placeholder, ids in rule.placeholders.items():
        if "{" + placeholder + "}" not in rule.pattern:
            yield error(
                rule.id,
                f"its pattern has no {{{placeholder}}}",
                "correct the placeholder's name",
            )
        for name in ids:
            definition = knowledge.definitions.get(name)
            if definition is None:
                continue  # named by references
            requires = definition.pem.status.requires
            if (placeholder.startswith("A_req") and not requires) or (
                placeholder.startswith("B_not") and requires
            ):
                yield error(
                    rule.id,
                    f"{placeholder} lists {name}, whose PEM status is {definition.pem.status}",
                    "correct the list or the definition",
                )
