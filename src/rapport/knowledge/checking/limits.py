"""Designs with their limits, and the levels of wording: complete, and inside the scale."""

from collections.abc import Iterator

from rapport.core.vocabulary import Design, DesignKind
from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.model import DesignLimit, Knowledge

LEVELS = range(9)
"""The scale of strength: 0, no link, to 8, proof or cure."""


def limit_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """What is wrong with designs and wording levels, or is missing of them."""
    yield from _complete(knowledge)
    for limit in knowledge.designs.values():
        yield from _levels_of(limit)
    for level in LEVELS:
        if level not in knowledge.wording_levels:
            yield error(f"level {level}", "this wording level is missing", "add it")
    for level in knowledge.wording_levels.values():
        if level.level not in LEVELS:
            yield error(
                level.id, f"its level {level.level} is not on the scale 0-8", "correct it"
            )


def _complete(knowledge: Knowledge) -> Iterator[Problem]:
    limits = knowledge.designs.values()
    designs = {design for limit in limits for design in limit.designs}
    kinds = {kind for limit in limits for kind in limit.kinds}
    for missing in (*(set(Design) - designs), *(set(DesignKind) - kinds)):
        yield error(
            missing.value,
            "the contract has this design or kind, and no entry limits it",
            "list it under designs or kinds of an entry in designs/",
        )


def _levels_of(limit: DesignLimit) -> Iterator[Problem]:
    stated = {
        "highest_level": limit.highest_level,
        "level_if_not_stated": limit.level_if_not_stated,
    }
    for name, level in stated.items():
        if level is not None and level not in LEVELS:
            yield error(limit.id, f"its {name} {level} is outside 0-8", "correct it")
    if all(level is None for level in stated.values()):
        yield error(limit.id, "it has no highest level", "say highest_level, 0 to 8")
    if not limit.designs and not limit.kinds:
        yield error(limit.id, "no design and no kind has it", "fill in designs or kinds")
    for example in limit.examples:
        if example.level not in LEVELS:
            yield error(
                limit.id, f"an example's level {example.level} is outside 0-8", "correct it"
            )
