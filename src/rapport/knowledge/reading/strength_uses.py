"""How linking words are used, typed: the file is knowledge/data/reading/strength/uses.toml."""

from functools import cache

import msgspec

from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file


class AlsoLinks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Linking words beside those of the wording levels; `patterns` are RE2, case ignored."""

    level: int
    why: str
    patterns: tuple[str, ...]


class Use(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A use of a link that gives it another level.

    `words` must be the whole link. `before` and `after` are looked for in the characters beside
    it; each that is given must be found, `not_before` and `not_after` must not.
    """

    id: str
    why: str
    words: str
    before: str | None = None
    not_before: str | None = None
    after: str | None = None
    not_after: str | None = None
    level: int
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class Scope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that say how the links of their clause are meant."""

    kind: str
    why: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class StrengthUses(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them, with the header of every knowledge entry.

    `words` are pieces of patterns; `{name}` in the pattern of a use stands for the piece.
    `claims` are the uses that put a link beyond doubt: as a finite verb with what does it and
    what it is done to, or as a plain "is the cause of". Their level is what is then claimed.
    `past` is found in a link, or just before it, that is told as something that happened, and
    `present` is not: "is caused by" tells what is so.
    """

    past: str
    present: str
    words: dict[str, str]
    also: tuple[AlsoLinks, ...]
    uses: tuple[Use, ...]
    claims: tuple[Use, ...]
    scopes: tuple[Scope, ...]


@cache
def strength_uses() -> StrengthUses:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return with_words(rule_file("strength/uses.toml", StrengthUses))


def with_words(rules: StrengthUses) -> StrengthUses:
    """The rules with the pieces put in for their names in the patterns of the uses."""

    def full(pattern: str) -> str:
        for name, piece in rules.words.items():
            pattern = pattern.replace("{" + name + "}", piece)
        return pattern

    def filled(use: Use) -> Use:
        return msgspec.structs.replace(
            use,
            words=full(use.words),
            before=use.before and full(use.before),
            not_before=use.not_before and full(use.not_before),
            after=use.after and full(use.after),
            not_after=use.not_after and full(use.not_after),
        )

    return msgspec.structs.replace(
        rules,
        uses=tuple(filled(use) for use in rules.uses),
        claims=tuple(filled(use) for use in rules.claims),
    )
