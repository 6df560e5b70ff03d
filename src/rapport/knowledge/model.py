"""The kinds of knowledge entries, typed; the files are in `knowledge/data`, one thing per file.

Every entry carries the same header (`Entry`). `checked_by` is empty until a second person has
checked it, and is then shown as "not yet checked by a second person".
"""

from enum import StrEnum
from typing import Any

import msgspec

from rapport.core.vocabulary import Design, DesignKind


class Verification(StrEnum):
    """How sure an entry is: what it was checked against."""

    PRIMARY_READ = "primary_read"
    PRIMARY_READ_IN_PART = "primary_read_in_part"
    PRIMARY_USE_READ = "primary_use_read"
    SECONDARY_READ = "secondary_read"
    SECONDARY_READ_AGREEING = "secondary_read_agreeing"
    EXISTENCE_ONLY = "existence_only"
    UNVERIFIED = "unverified"
    PRINCIPLE = "principle"


class PemStatus(StrEnum):
    """What a case definition asks of post-exertional malaise."""

    REQUIRED = "required"
    REQUIRED_REWORDED = "required_reworded"
    OPTIONAL_K_OF_N = "optional_k_of_n"
    NOT_PART = "not_part"
    UNCLEAR = "unclear"


class Decision(StrEnum):
    """What a sentence decides about entry; architecture's table maps it to a badge."""

    REQUIRED = "required"
    REQUIRED_REWORDED = "required_reworded"
    OPTIONAL_ITEM = "optional_item"
    NOT_REQUIRED = "not_required"
    SUBGROUP_ONLY = "subgroup_only"
    NOT_STATED = "not_stated"
    NOT_APPLICABLE = "not_applicable"
    IGNORE = "ignore"
    UNCLEAR = "unclear"


class KnowledgeSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a fact comes from, and what part of that was read."""

    what: str
    url: str | None = None
    doi: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The header every entry has. Dates are ISO 8601; `version` counts up from 1."""

    id: str
    title: str
    version: int
    why: str
    verification: Verification
    sources: tuple[KnowledgeSource, ...]
    authored_by: str
    reviewed_on: str
    review_by: str
    checked_by: str = ""
    licence: str = "CC BY 4.0"
    notes: tuple[str, ...] = ()


class SentenceExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence of our own and what the rule makes of it; `section` is the heading above."""

    text: str
    decision: Decision
    definitions: tuple[str, ...] = ()
    section: str = "Methods > Participants"
    references: dict[str, str] = {}
    """Printed label of a cited work to its reference text, so that "[4]" resolves."""


class PersonExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A made-up person: which features they have, and whether the definition takes them in."""

    who: str
    features: dict[str, bool | float]
    """Missing: a feature that is not listed is not known."""
    fits: str
    """yes, no or not_stated (cannot be known from what is listed)."""


class PemFeature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the definition asks of PEM; `minimum_duration` is in the definition's own terms."""

    status: PemStatus
    feature_name: str | None = None
    minimum_duration: str | None = None
    minimum_hours: float | None = None
    note: str | None = None


class Work(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The publication that states a definition; identifiers only as far as they are checked."""

    text: str
    doi: str | None = None
    pmid: str | None = None
    identifier_status: str = "none given"


class CaseDefinition(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A published case definition, or an ascertainment that is used in the place of one.

    `patterns` are RE2 regular expressions that find its mention; `collisions` are sentences in
    which one of them looks as if it did. `logic` is a tree of all_of / any_of / at_least over
    feature names (see rapport.knowledge.logic); empty where it is not known well enough, which
    `logic_known` then says.
    """

    name: str
    short_name: str
    year: int | None = None
    authors: str | None = None
    published: Work
    aliases: tuple[str, ...]
    patterns: tuple[str, ...]
    collisions: tuple[str, ...] = ()
    category: str
    scope: str
    pem: PemFeature
    adult_months: float | None = None
    paediatric_months: float | None = None
    functional_impairment: str | None = None
    exclusions: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    logic_known: bool
    logic_in_words: tuple[str, ...] = ()
    logic: dict[str, Any] = {}
    people: tuple[PersonExample, ...] = ()
    examples: tuple[SentenceExample, ...]


class EntryRule(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule for reading how participants entered: P001 to P099."""

    category: str
    pattern: str
    """The shape of the sentence, in words, with {placeholders}."""
    decision: str
    """A Decision, or by_definition / by_reference where the named definition decides."""
    examples: tuple[SentenceExample, ...]


class SentenceExampleOfStrength(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A sentence of our own, its strength level, and the gate's verdict where it is given."""

    text: str
    level: int
    verdict: str | None = None


class DesignLimit(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a design cannot prove, and how strongly a sentence about it may be worded.

    `highest_level` is the strength level 0-8 that the design carries at most; None where it is
    that of the included studies. `only_with` must occur in the sentence for it to hold.
    """

    designs: tuple[Design, ...] = ()
    kinds: tuple[DesignKind, ...] = ()
    names: tuple[str, ...]
    rank: int | None = None
    highest_level: int | None = None
    only_with: tuple[str, ...] = ()
    cannot_prove: tuple[str, ...]
    wording_allowed: tuple[str, ...]
    wording_to_flag: tuple[str, ...]
    examples: tuple[SentenceExampleOfStrength, ...] = ()


class WordingLevel(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A level of strength 0-8 with the words that carry it (RE2 patterns, case ignored)."""

    level: int
    name: str
    words: tuple[str, ...]
    patterns: tuple[str, ...]
    examples: tuple[SentenceExampleOfStrength, ...]


class WordingGuard(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that change how strong a sentence is: hedge, booster or negation."""

    kind: str
    words: tuple[str, ...]
    patterns: tuple[str, ...]
    examples: tuple[SentenceExampleOfStrength, ...]


class TopicClass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One class of studies in a topic: in if any of `any_of` and, where given, any of `and_any_of`."""

    id: str
    name: str
    any_of: tuple[str, ...]
    and_any_of: tuple[str, ...] = ()


class TopicExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A title or sentence of our own and the class it falls in; None means off-topic."""

    text: str
    topic_class: str | None = None


class Topic(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an atlas is about; patterns are RE2, case ignored unless they say otherwise."""

    classes: tuple[TopicClass, ...]
    examples: tuple[TopicExample, ...]


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, by id, and the hash over the files as `version`."""

    definitions: dict[str, CaseDefinition]
    entry_rules: dict[str, EntryRule]
    designs: dict[str, DesignLimit]
    wording_levels: dict[int, WordingLevel]
    wording_guards: dict[str, WordingGuard]
    topics: dict[str, Topic]
    version: str
