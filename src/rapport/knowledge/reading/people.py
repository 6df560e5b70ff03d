"""Rules for reading how many were studied: knowledge/data/reading/participants.

people.toml says who is counted and where; the files of _AROUND what the words around a number tell.
"""

from enum import StrEnum
from functools import cache

import msgspec

from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file

_AROUND = ("numbers", "found_ill", "added_up")


class GroupRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that say whom a count counts; `{name}` stands for a piece of `words`.

    `of_noun`: looked for up to the counted noun alone, not in what follows it.
    """

    group: str
    why: str
    of_noun: bool = False
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class ContextRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a sentence in which no number is the size of the study.

    They do not count in a sentence in which one of `unless` is found too; those taken in count
    all the same, unless `even_if_taken_in`.
    """

    id: str
    why: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    even_if_taken_in: bool = False
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class StageRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that say how far the counted people came: enrolled or analysed."""

    stage: str
    why: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class PeopleRules(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them; `places` weighs a count by the kind of section in which it stands."""

    words: dict[str, str]
    groups: tuple[GroupRule, ...]
    not_the_sample: tuple[ContextRule, ...]
    stages: tuple[StageRule, ...]
    places: dict[str, float]

    def filled(self, pattern: str) -> str:
        """The pattern with the pieces of `words` put in for their names."""
        for name, piece in self.words.items():
            pattern = pattern.replace("{" + name + "}", piece)
        return pattern


@cache
def people_rules() -> PeopleRules:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file("participants/people.toml", PeopleRules)


class Where(StrEnum):
    """Where a pattern is looked for: beside a number (or a noun), between two, or anywhere."""

    BEFORE = "before"
    BEHIND = "behind"
    BETWEEN = "between"
    ANYWHERE = "anywhere"


class AroundRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that tell what a number counts.

    `also`: rules of which the patterns are among its own. Examples mark with [ ] the number, or
    the noun, beside which the patterns are looked for.
    """

    id: str
    where: Where
    why: str
    also: tuple[str, ...] = ()
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class AroundRules(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of them; a piece of `words` may hold those before it."""

    words: dict[str, str]
    rules: tuple[AroundRule, ...]


@cache
def around_rules() -> tuple[AroundRules, ...]:
    """The packaged files, read once. Raises: InputError if one does not fit its type."""
    return tuple(rule_file(f"participants/{name}.toml", AroundRules) for name in _AROUND)
