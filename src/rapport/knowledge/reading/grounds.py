"""What a refusal rests on, typed: knowledge/data/reading/strength/grounds.toml."""

from functools import cache

import msgspec

from rapport.core.vocabulary import Ground, Own
from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file


class GroundExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence of our own, and whether it concludes in so many words."""

    text: str
    concludes: bool


class DoubtExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence of our own, and whether its methods may reach further than their design."""

    text: str
    is_doubtful: bool


class NewsExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence of our own, and whether it announces what a study found."""

    text: str
    announces: bool


class RefusalGrounds(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words for the grounds, held and missing; `concludes`, `announces` and `doubtful_if` are
    patterns (RE2, case ignored).

    `direct` is the level from which on words claim a cause straight out, `short` the number of
    sentences below which all of a text is claim. `own` says why a sentence is the text's own
    claim, and stands for {own} in `held`.
    """

    short: int
    direct: int
    concludes: tuple[str, ...]
    announces: tuple[str, ...]
    doubtful_if: tuple[str, ...]
    own: dict[Own, str]
    held: dict[Ground, str]
    missing: dict[Ground, str]
    examples: tuple[GroundExample, ...]
    doubts: tuple[DoubtExample, ...]
    news: tuple[NewsExample, ...]


@cache
def refusal_grounds() -> RefusalGrounds:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file("strength/grounds.toml", RefusalGrounds)
