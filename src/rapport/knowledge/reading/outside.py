"""What a sentence may not bring in from outside its record, typed: reading/outside/entities.toml."""

from functools import cache

import msgspec

from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file


class OutsideExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A made-up record, a sentence about it, and the words that are not from the record."""

    record: str
    sentence: str
    outside: tuple[str, ...]


class OutsideRules(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Things that have names without a capital letter, and how numbers are written.

    `things` are groups of patterns (RE2, case ignored) by kind: the patterns of a group name the
    same thing, so a sentence may use one where the record uses another. `endings` are patterns
    of words that are names by their form, such as drugs. `units` are groups of patterns of a
    unit by its name; `about` are words that allow a rounded number; `ordinary` are words that
    begin sentences and name nothing, or have capitals by custom.
    """

    things: dict[str, tuple[tuple[str, ...], ...]]
    endings: tuple[str, ...]
    units: dict[str, tuple[str, ...]]
    about: tuple[str, ...]
    ordinary: tuple[str, ...]
    examples: tuple[OutsideExample, ...]


@cache
def outside_rules() -> OutsideRules:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file("outside/entities.toml", OutsideRules)
