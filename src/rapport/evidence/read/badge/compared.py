"""Where definitions sort people, those who met one are a group, unless they came in by it."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

import msgspec

from rapport.core.answers import Answer
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.entry.told_apart import BY_PEM, TOLD_APART
from rapport.evidence.read.people.population import pattern_of
from rapport.knowledge.patterns import TextPattern

FORMING = ("subgroup", "diagnosed_among_them", TOLD_APART, BY_PEM)
"""Rules for words that tell groups apart."""
TELLS_GROUPS = re.compile(
    r"\b(?:sub)?(?:divided|split|separated|grouped|classified|sorted|assigned)\b"
    r"|\b(?:sub-?)?groups?\b|\bthe (?:rest|others?|remainder|remaining)\b",
    re.I,
)
"""Words of a sentence that sorts people into groups."""
_OF_ALL = re.compile(r"\b(?:all|every|everyone|each|both groups)\b|diagnos(?:ed|is)\b", re.I)
"""Words by which a rule is that of all, or of a diagnosis, and not of a group named before."""

_FEWEST_APART = 2


def as_groups(statements: Sequence[Statement], title: str) -> tuple[Statement, ...]:
    """The statements; those of groups told as such, where a definition sorted people.

    That is so under a title that compares definitions, and behind the account of the groups. Two
    definitions of one rule that tell people apart anywhere were not both asked of all.
    """
    compares = pattern_of("definitions_compared").occurs_in(title)
    apart = {which for s in statements if _tells_apart(s) for which in s.definitions}
    formed: set[str | None] = set()
    found: list[Statement] = []
    for each in statements:
        told = each
        if each.role is Role.ENTRY and each.cue == "entry" and not _came_in(each):
            if compares or _is_of_group(each, formed, apart):
                told = msgspec.structs.replace(each, role=Role.SUBGROUP, cue="subgroup")
        elif _forms_groups(each):
            formed.update(each.definitions)
        found.append(told)
    return tuple(found)


def _is_of_group(
    entry: Statement, formed: AbstractSet[str | None], apart: AbstractSet[str | None]
) -> bool:
    """Whether a rule is that of groups told of before, or of some who are told apart."""
    named = set(entry.definitions)
    if not named or _OF_ALL.search(entry.sentence.text):
        return False
    return named <= formed or len(named & apart) >= min(len(named), _FEWEST_APART)


def _tells_apart(statement: Statement) -> bool:
    return statement.cue == TOLD_APART and statement.role is Role.SUBGROUP


def _forms_groups(statement: Statement) -> bool:
    """Whether a definition that asks for PEM told some of the people from others who stayed."""
    return (
        statement.role is Role.SUBGROUP
        and statement.cue in FORMING
        and statement.answer is Answer.YES
        and TELLS_GROUPS.search(statement.sentence.text) is not None
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
