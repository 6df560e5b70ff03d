"""Ids that entries name: each must be the id of a definition."""

from collections.abc import Iterator

from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.logic import feature_names
from rapport.knowledge.model import CaseDefinition, EntryRule, Knowledge

MEETS = "meets_"
"""A feature `meets_<id>` stands for meeting another definition."""


def reference_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Every id that an entry names and that no definition has."""
    for entry, place, name in _named(knowledge):
        if name not in knowledge.definitions:
            yield error(
                entry,
                f"{place} names {name}, and there is no such definition",
                "correct the id, or add the definition",
            )


def _named(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    for definition in knowledge.definitions.values():
        yield from _by_definition(definition)
    for rule in knowledge.entry_rules.values():
        yield from _by_rule(rule)
    if knowledge.collisions is not None:
        for sentence in knowledge.collisions.sentences:
            for name in sentence.looks_like:
                yield knowledge.collisions.id, "a sentence", name
    if knowledge.plain_names is not None:
        for name in knowledge.plain_names.names:
            yield knowledge.plain_names.id, "names", name


def _by_definition(definition: CaseDefinition) -> Iterator[tuple[str, str, str]]:
    for name in definition.modified_of:
        yield definition.id, "modified_of", name
    if definition.replaced_by is not None:
        yield definition.id, "replaced_by", definition.replaced_by
    for example in definition.examples:
        for name in example.definitions:
            yield definition.id, "an example", name
    for feature in feature_names(definition.logic) if definition.logic else ():
        if feature.startswith(MEETS):
            yield definition.id, "its logic", feature.removeprefix(MEETS).split("_apart_")[0]


def _by_rule(rule: EntryRule) -> Iterator[tuple[str, str, str]]:
    for placeholder, ids in rule.placeholders.items():
        for name in ids:
            yield rule.id, f"the placeholder {placeholder}", name
    for example in rule.examples:
        for name in example.definitions:
            yield rule.id, "an example", name
