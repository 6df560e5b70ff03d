"""Patterns: RE2 takes them, and the names of definitions are not found where they only seem to be."""

from collections.abc import Iterable, Iterator
from typing import cast

from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.entries import entries
from rapport.knowledge.model import CaseDefinition, Entry, Knowledge, Topic
from rapport.knowledge.names import Names
from rapport.knowledge.patterns import fault

_FIELDS = (
    "patterns",
    "ambiguous_patterns",
    "collision_patterns",
    "reference_patterns",
    "only_with",
    "unless",
)


def pattern_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Patterns that do not compile; if all of them do, names found in collision sentences."""
    broken = [
        error(
            entry.id,
            f"RE2 does not take the pattern {pattern}: {message}",
            "mend it; RE2 has no look-around and no back-references",
        )
        for _, entry in entries(knowledge)
        for pattern in patterns_of(entry)
        if (message := fault(pattern)) is not None
    ]
    yield from broken or _collisions(knowledge)


def patterns_of(entry: Entry) -> Iterator[str]:
    """Every RE2 pattern of the entry, whatever its kind."""
    for name in _FIELDS:
        yield from _flat(getattr(entry, name, ()))
    if isinstance(entry, Topic):
        for group in entry.classes:
            yield from (*group.any_of, *group.and_any_of)


def _flat(patterns: Iterable[object]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, str):
            yield pattern
        elif isinstance(pattern, tuple):
            yield from _flat(cast("tuple[object, ...]", pattern))  # groups of patterns


def _collisions(knowledge: Knowledge) -> Iterator[Problem]:
    if knowledge.collisions is None:
        yield error(
            "collisions", "there are no collision sentences", "add collisions.toml to the data"
        )
    names = Names(knowledge.definitions.values())
    for text, looks_like in _sentences(knowledge):
        found = {each for name in names.find(text) for each in name.definitions}
        for definition in sorted(found & set(looks_like)):
            yield error(
                definition,
                f"a pattern finds it in a sentence that does not name it: {text}",
                "ask for a word beside it in patterns, or add to collision_patterns",
            )


def _sentences(knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    for definition in knowledge.definitions.values():
        yield from _own(definition)
    if knowledge.collisions is not None:
        for sentence in knowledge.collisions.sentences:
            yield sentence.text, sentence.looks_like


def _own(definition: CaseDefinition) -> Iterator[tuple[str, tuple[str, ...]]]:
    for text in definition.collisions:
        yield text, (definition.id,)
