"""In which part of a card a sentence belongs, typed: reading/statements/belongs.toml."""

from functools import cache

import msgspec

from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file


class BelongingExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence of our own: whether it asks, only reports, or announces what is to come."""

    text: str
    asks: bool
    only_reports: bool
    announces: bool


class Belonging(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Patterns (RE2, case ignored) of what asks, what tells of work that is done, what reports,
    what concludes and what announces. `words` are pieces of them, for which `{name}` stands."""

    asks: tuple[str, ...]
    done: tuple[str, ...]
    reports: tuple[str, ...]
    concludes: tuple[str, ...]
    announces: tuple[str, ...]
    words: dict[str, str]
    examples: tuple[BelongingExample, ...]


@cache
def belonging() -> Belonging:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    rules = rule_file("statements/belongs.toml", Belonging)

    def full(patterns: tuple[str, ...]) -> tuple[str, ...]:
        for name, piece in rules.words.items():
            patterns = tuple(each.replace("{" + name + "}", piece) for each in patterns)
        return patterns

    return msgspec.structs.replace(
        rules,
        asks=full(rules.asks),
        done=full(rules.done),
        reports=full(rules.reports),
        concludes=full(rules.concludes),
        announces=full(rules.announces),
    )
