"""The kinds of knowledge entries, typed; the files are in `knowledge/data`, one thing per file.

Every entry carries the same header (`Entry`). `checked_by` is empty until a second person has
checked it, and is then shown as "not yet checked by a second person".
"""

from enum import StrEnum

import msgspec

from rapport.core.vocabulary import Badge, Design, DesignKind, Ground
from rapport.knowledge.criterion import Criterion as Criterion
from rapport.knowledge.header import Entry as Entry
from rapport.knowledge.header import KnowledgeSource as KnowledgeSource
from rapport.knowledge.header import Verification as Verification
from rapport.knowledge.instrument import Instrument
from rapport.knowledge.practice import Practice
from rapport.knowledge.topic import Collisions as Collisions
from rapport.knowledge.topic import CollisionSentence as CollisionSentence
from rapport.knowledge.topic import PlainNames as PlainNames
from rapport.knowledge.topic import Topic as Topic
from rapport.knowledge.topic import TopicClass as TopicClass
from rapport.knowledge.topic import TopicExample as TopicExample


class PemStatus(StrEnum):
    """What a case definition asks of post-exertional malaise."""

    REQUIRED = "required"
    REQUIRED_REWORDED = "required_reworded"
    OPTIONAL_K_OF_N = "optional_k_of_n"
    NOT_PART = "not_part"
    UNCLEAR = "unclear"

    @property
    def requires(self) -> bool:
        """Whether nobody meets the definition without it, whatever it is called there."""
        return self in (PemStatus.REQUIRED, PemStatus.REQUIRED_REWORDED)


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

    @property
    def requires(self) -> bool:
        """Whether everyone who entered had to have post-exertional malaise."""
        return self in (Decision.REQUIRED, Decision.REQUIRED_REWORDED)


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

    `patterns` are RE2 regular expressions, case as written, that find its mention for certain.
    `ambiguous_patterns` find names that several definitions share ("CDC criteria" is
    fukuda_1994 or iom_2015): each of those lists the pattern, and year, reference or
    neighbours decide. A match that overlaps with one of `collision_patterns` is no mention;
    `collisions` are sentences in which the words mean something else. `reference_patterns` find
    the publication that states it in a reference list. `aliases` are for people and for search;
    those that other definitions share stand in `ambiguous_aliases`. See rapport.knowledge.names.

    `logic` is a tree over feature names (see rapport.knowledge.logic), `features` says each in
    words; None where it is not known well enough, which `logic_known` then says.
    """

    name: str
    short_name: str
    year: int | None = None
    authors: str | None = None
    published: Work
    aliases: tuple[str, ...]
    ambiguous_aliases: tuple[str, ...] = ()
    patterns: tuple[str, ...]
    ambiguous_patterns: tuple[str, ...] = ()
    collision_patterns: tuple[str, ...] = ()
    reference_patterns: tuple[str, ...] = ()
    collisions: tuple[str, ...] = ()
    modified_of: tuple[str, ...] = ()
    """Ids of the definitions that this one changes, narrows or is built from."""
    replaced_by: str | None = None
    """The id of the edition by the same body that took its place: from then on a name that both
    share means the newer one."""
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
    features: dict[str, str] = msgspec.field(default_factory=dict)
    logic: Criterion | None = None
    people: tuple[PersonExample, ...] = ()
    examples: tuple[SentenceExample, ...]


class EntryRule(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule for reading how participants entered: P001 to P099."""

    category: str
    pattern: str
    """The shape of the sentence, in words, with {placeholders}."""
    decision: str
    """A Decision, or by_definition / by_reference where the named definition decides."""
    placeholders: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Placeholder of the pattern that stands for definitions, to their ids."""
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
    that of the included studies, and `level_if_not_stated` where their designs are not stated.
    `only_with` are RE2 patterns (case ignored) of which one must occur in the sentence for the
    level to hold; without it, nothing about patients may be said. `blinded` is None where
    the entry holds for both. Where a text says one of `doubtful_if` (RE2, case ignored) the
    level is not sure, and nothing in it is refused for that level alone: a review of trials may
    carry more. `retells` says that what such a study gives as results are the words of others.
    """

    designs: tuple[Design, ...] = ()
    kinds: tuple[DesignKind, ...] = ()
    names: tuple[str, ...]
    rank: int | None = None
    blinded: bool | None = None
    highest_level: int | None = None
    level_if_not_stated: int | None = None
    only_with: tuple[str, ...] = ()
    doubtful_if: tuple[str, ...] = ()
    retells: bool = False
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
    """Words that change what a sentence claims: `kind` is hedge, booster, negation or others.

    Those of `others` tell what other studies, or the people studied, say.
    """

    kind: str
    words: tuple[str, ...]
    patterns: tuple[str, ...]
    examples: tuple[SentenceExampleOfStrength, ...]


class CardSentenceExample(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Facts of a made-up study, and the sentence its card says; None: it does not say it."""

    facts: dict[str, str]
    text: str | None = None


class CardSentence(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence that a card says by rule, and the facts of a study under which it says it.

    `when` names facts (rapport.cards.card_facts) and the values of which each must have one;
    the value `known` stands for any. `text` may hold {facts}, which must then be known too.
    Within one part sentences stand by `rank`, lowest first. `instead_of` names sentences that
    are left out where this one is said.
    """

    part: str
    kind: str
    rank: int
    when: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    text: str
    instead_of: tuple[str, ...] = ()
    examples: tuple[CardSentenceExample, ...]


class Swap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words (an RE2 pattern, case ignored) and the weaker words that are offered for them.

    Only words that hold a link above the limit are swapped, and none with `not_after` right
    after them or `not_before` right before.
    """

    words: str
    weaker: str
    not_before: str | None = None
    not_after: str | None = None


class WordingExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text of our own, the study it is said about, and whether the rule speaks up (a verdict)."""

    text: str
    design: Design
    badge: Badge | None = None
    blinded: bool | None = None
    people: int | None = None
    verdict: str | None = None


class Beside(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said beside a quotation: where its words are refused, warned of, hedged, or only
    a shade above the limit. Where one is empty it is that of `warned`."""

    refused: str = ""
    warned: str = ""
    hedged: str = ""
    shade: str = ""


class WordingRule(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way of saying more than a study carries: where it speaks up, and in which words.

    It speaks up for a clause if each group of `patterns` (RE2, case ignored) is found in it and
    none of `unless` is, the design and badge are among those listed (none listed: any), the
    clause is worded at `lowest_level` or above, the design carries `highest_limit` at most, and,
    with `above_limit`, the clause is worded more strongly than the study carries.
    With `whole_sentence` the patterns may be spread over the clause's sentence; those of the
    last group, the claim itself, stand in the clause. `hedged` is the
    verdict where the clause has a hedge, `within_band` the one where it is worded in the band
    that the study carries, a difference that readers do not tell. A refusal of a text of others
    stands only on all the grounds in `rests_on`; where one is missing it is a warning. The
    verdict `ok` means that
    the clause claims nothing, and silences the others. `beside` is what is said beside a quotation of
    such words: where they are `refused`, `warned` of, `hedged`, or only a `shade` above the
    limit (the last two are those of `warned` where they are not given); with `noted_by_badge`
    the badge of the card says it for all of them. Beside a note of this rule those of the rules
    that it `covers` are left out. `reason` and `beside` may hold {level}, {band},
    {limit}, {limit_band}, {limit_reason}, {badge}, {result}.

    Some things are seen only in the whole text. With `parts` (title, results, conclusion) the
    rule looks at these alone; `above_results` asks for a clause that words a cause where no
    result does. `elsewhere` are patterns looked for in all of the text: where one is found, the
    verdict is `elsewhere_verdict`, but only in a study of at least `enough_people`; without an
    `elsewhere_verdict` the rule speaks up only where one is found. `softened_by` are words in the clause that
    make the verdict that of a hedge, as do those of the guard `others`; so does a place in one of `softened_parts`, such as results that only report, unless a link is claimed there
    in the present tense or a word of `general` stands there: so things are, not were. So is
    what looks like a method without being labelled so. `to_the_letter`
    are words of what people felt or were told to feel: in a trial that is known not to be
    blinded a claim with one of them is held to the level itself, not to its band. `if_few` is
    the verdict where the study is known to have fewer than `enough_people`; the designs in
    `pooled` put the people of many studies together and never count as having few. In `plain_parts` a
    link that is only named says nothing too strong: there the rule speaks up of a claim or a
    guess alone.
    """

    verdict: str
    hedged: str | None = None
    within_band: str | None = None
    rests_on: tuple[Ground, ...] = ()
    beside: Beside = Beside()
    noted_by_badge: bool = False
    covers: tuple[str, ...] = ()
    patterns: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()
    whole_sentence: bool = False
    above_limit: bool = False
    designs: tuple[Design, ...] = ()
    badges: tuple[Badge, ...] = ()
    unblinded_only: bool = False
    lowest_level: int | None = None
    highest_limit: int | None = None
    parts: tuple[str, ...] = ()
    above_results: bool = False
    elsewhere: tuple[str, ...] = ()
    elsewhere_verdict: str | None = None
    enough_people: int | None = None
    softened_by: tuple[str, ...] = ()
    softened_parts: tuple[str, ...] = ()
    plain_parts: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    to_the_letter: tuple[str, ...] = ()
    if_few: str | None = None
    pooled: tuple[Design, ...] = ()
    reason: str
    swaps: tuple[Swap, ...] = ()
    examples: tuple[WordingExample, ...]


class RuleFile(Entry, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """The header of a file of rules for reading; its rules have types of their own.

    `file` is its path below the data, by which the reader that owns the types finds it.
    """

    file: str = ""


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, by id, and the hash over the files as `version`."""

    definitions: dict[str, CaseDefinition]
    entry_rules: dict[str, EntryRule]
    designs: dict[str, DesignLimit]
    wording_levels: dict[int, WordingLevel]
    """By level, 0 to 8; every other kind is by id."""
    wording_guards: dict[str, WordingGuard]
    topics: dict[str, Topic]
    collisions: Collisions | None = None
    plain_names: PlainNames | None = None
    card_sentences: dict[str, CardSentence] = {}
    wording_rules: dict[str, WordingRule] = {}
    rule_files: dict[str, RuleFile] = {}
    instruments: dict[str, Instrument] = {}
    practice: Practice | None = None
    """What the practice wing says; only there where it was asked for."""
    version: str

    def plain_name(self, definition: str) -> str:
        """A case definition as people say it: "the Canadian criteria of 2003"."""
        told = self.plain_names.names if self.plain_names else {}
        return told.get(definition, self.definitions[definition].short_name)
