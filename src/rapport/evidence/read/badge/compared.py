"""Studies of definitions: people who met one are a group there, unless told to have come in by it."""

from collections.abc import Iterable
from functools import cache

import msgspec

from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.people.population import pattern_of
from rapport.knowledge.patterns import TextPattern


def as_groups(statements: Iterable[Statement], title: str) -> tuple[Statement, ...]:
    """The statements; under a title that compares definitions, those of groups told as such."""
    if not pattern_of("definitions_compared").occurs_in(title):
        return tuple(statements)
    return tuple(
        msgspec.structs.replace(each, role=Role.SUBGROUP, cue="subgroup")
        if each.role is Role.ENTRY and each.cue == "entry" and not _came_in(each)
        else each
        for each in statements
    )


def _came_in(statement: Statement) -> bool:
    return statement.explicit or _taken_in().occurs_in(statement.sentence.text)


@cache
def _taken_in() -> TextPattern:
    """Words that say of people that they came in by a definition."""
    return TextPattern(
        [
            r"\b(?:recruit|enrol|includ|inclusion|eligib|invit|select)\w*",
            r"\b(?:had to|required to|were diagnosed|was diagnosed)\b",
        ],
        ignore_case=True,
    )
