"""Rules for reading, typed: the files are in `knowledge/data/reading`, one kind of rule a file."""

import re
from functools import cache

import msgspec

from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file

_WORD = re.compile(r"\{([a-z_]+)\}")


class HeadingKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of section, by the patterns of its main headings and its sub-headings."""

    kind: str
    main: tuple[str, ...] = ()
    sub: tuple[str, ...] = ()


class HeadingLabels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels that open a part of an abstract inside its paragraph.

    `notices` are headings of short notices after which the section before goes on.
    """

    words: tuple[str, ...]
    notices: tuple[str, ...]


class Headings(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What headings say about the section below them (headings.toml)."""

    kinds: tuple[HeadingKind, ...]
    labels: HeadingLabels


class ReadingRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule: what a text says if a pattern is found in it and none of `unless` is.

    Each pattern of `also` has to be found as well, wherever it stands: what may come in any order
    need not be written in every order. Patterns are RE2, case ignored; {words} stand for the lists of their file. `sections` limits
    the rule to kinds of sections; empty means all. `rule` is the entry rule (P001 to P099) it
    carries out. `hits` and `misses` are example sentences of our own, run as tests.
    """

    id: str
    says: str
    why: str
    patterns: tuple[str, ...]
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    rule: str | None = None
    hits: tuple[str, ...]
    misses: tuple[str, ...]


class NamesOfPem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What post-exertional malaise is called."""

    patterns: tuple[str, ...]


class ReadingRules(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of rules, in the order in which they are tried.

    `of_people` (roles of entry) are patterns that say of people that they met a definition,
    `of_title` those that do so in a title, where the illness may stand for those who have it,
    `of_entry` those that say that people were taken in by one.
    """

    words: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    names: NamesOfPem | None = None
    of_people: tuple[str, ...] = ()
    of_title: tuple[str, ...] = ()
    of_entry: tuple[str, ...] = ()
    rules: tuple[ReadingRule, ...]


RULE_FILES = (
    "told_of_others",
    "entry_roles",
    "pem_clauses",
    "entry_without_definition",
    "connectors",
    "populations",
    "instruments",
    "without_participants",
)


@cache
def reading_rules(name: str) -> ReadingRules:
    """The rules of one file, their {words} filled in. Raises: InputError as `headings`."""
    return rule_file(f"{name}.toml", ReadingRules)


def filled(pattern: str, words: dict[str, str]) -> str:
    """The pattern with every {word} replaced by its list; {1,3} stays what it is."""
    return _WORD.sub(lambda match: words[match.group(1)], pattern)


@cache
def headings() -> Headings:
    """The rules for headings. Raises: InputError if the file does not fit its type."""
    return rule_file("headings.toml", Headings)
