"""Rules for reading the design of a study, typed: knowledge/data/reading/design/designs.toml."""

from functools import cache

import msgspec

from rapport.core.vocabulary import Design, DesignKind
from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file


class Cue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Patterns (RE2, case ignored), the places where they count, and sentences of our own.

    A match does not count in a sentence in which one of `unless` is found too. Each of
    `examples` fires the cue in the first of its places, none of `counter_examples` does.
    """

    id: str
    why: str
    where: tuple[str, ...] = ()
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


class DesignRule(Cue, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cue for a design, and how many points it gives it, also by the type of publication.

    `own_data`: it counts only in a text that tells of data of its own (true), or only in one
    that does not (false). `is_named`: the words are the authors' own for the design, or tell
    the deed that makes it one; other cues only hint at it. `of_itself`: the sentence speaks of
    this very publication, so it counts in full wherever it stands. `labels`: patterns of whole
    labels of an abstract's parts that speak for the design, as its words in the abstract would.
    """

    design: Design
    points: float
    is_named: bool = False
    publication_types: tuple[str, ...] = ()
    own_data: bool | None = None
    of_itself: bool = False
    labels: tuple[str, ...] = ()


class KindRule(Cue, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cue for what else a study is."""

    kind: DesignKind


class BlindingRule(Cue, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cue for blinding of those who were treated, or the lack of it."""

    blinded: bool


class RulesOut(Cue, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cue that rules designs out.

    `in_all`: in the whole text, else only in the sentence in which it stands. What a title says,
    or a rule that is `of_itself`, is not ruled out: it speaks of this very publication.
    """

    designs: tuple[Design, ...]
    in_all: bool = False


class DesignRules(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them; `places` weighs a point by the kind of section in which it was found."""

    places: dict[str, float]
    rules: tuple[DesignRule, ...]
    kinds: tuple[KindRule, ...]
    blinding: tuple[BlindingRule, ...]
    own_data: tuple[Cue, ...]
    ruled_out: tuple[RulesOut, ...]


@cache
def design_rules() -> DesignRules:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file("design/designs.toml", DesignRules)
