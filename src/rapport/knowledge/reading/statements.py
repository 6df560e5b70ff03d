"""Cues and weights for what a sentence does: knowledge/data/reading/statements/*.toml."""

from functools import cache

import msgspec

from rapport.core.vocabulary import StatementKind
from rapport.knowledge.model import Entry
from rapport.knowledge.reading.files import rule_file


class StatementCue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words (RE2, case ignored) by which a sentence shows what it does."""

    id: str
    why: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class Retold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a sentence of the body is after all, though its weights say observed or inferred.

    It shows one of `cues` and none of `unless`, and stands in one of `sections`.
    """

    kind: StatementKind
    why: str
    cues: tuple[str, ...]
    unless: tuple[str, ...]
    sections: tuple[str, ...]
    example: str
    counter_example: str


class StatementCues(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All cues, with the header of every knowledge entry (cues.toml)."""

    retold: tuple[Retold, ...]
    cues: tuple[StatementCue, ...]


class StatementWeights(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much each feature of a sentence speaks for each kind (weights.toml).

    `weights[feature]` has one number for each of `kinds`, in that order; the kind with the
    highest sum is taken. A feature is `cue:` and a cue's id, `section:`, `place:` or `label:`
    and where the sentence stands, or `word:` and a single word. `measured` says how often that
    was right on sentences of papers that were not used to fit it.
    """

    kinds: tuple[StatementKind, ...]
    measured: dict[str, str]
    weights: dict[str, tuple[float, ...]]


@cache
def statement_cues() -> StatementCues:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file("statements/cues.toml", StatementCues)


@cache
def statement_weights() -> StatementWeights:
    """The packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file("statements/weights.toml", StatementWeights)
