"""What the practice wing says, as data: consents, cards, evidence, safety rules, country packs.

Every wording is this project's own. Nothing here is computed; `rapport.practice` shows it.
"""

from enum import StrEnum

import msgspec

from rapport.core.vocabulary import Design, DesignKind
from rapport.knowledge.header import Entry

NOT_REVIEWED = "not yet reviewed by a clinician"


class Audience(StrEnum):
    """Whom a text is for; it decides how easy the words have to be."""

    PERSON = "person"
    PRACTITIONER = "practitioner"


class ConsentKind(StrEnum):
    """The five things that a person can agree to, each apart from the others."""

    RELATIONSHIP = "relationship"
    SUPPORTER = "supporter"
    COALITION_MEMBER = "coalition member"
    RESEARCH = "research"
    GAP_COUNTS = "gap counts"


class Consent(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question of consent. Its `version` is the version of the text that was agreed to.

    `asks` is the question, `says` what it means, one short paragraph each, `yes` and `no` the
    two answers. `ends` says how it is taken back, `stays` what cannot be erased: told before.
    `per` says what one consent is given for. Texts may hold {practitioner}, {supporter},
    {helper} and {need}.
    """

    kind: ConsentKind
    per: str
    asks: str
    says: tuple[str, ...]
    yes: str
    no: str
    ends: str
    stays: tuple[str, ...] = ()


class PracticeText(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Passages that screens say, by name, in their order; or a list of `lines` to choose from.

    A passage may hold {words} that whoever shows it fills in.
    """

    audience: Audience
    passages: dict[str, str] = msgspec.field(default_factory=dict)
    lines: dict[str, str] = msgspec.field(default_factory=dict)


class Challenge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the six: the heading of the model, and the words that people see."""

    number: int
    name: str
    """The challenge in the words of the model paper's abstract."""
    intervention: str
    """What answers it, in the words of the model paper's abstract."""
    label: str
    """For the person, as in the answers to PICK."""
    practitioner_label: str
    """For the practitioner, in few words."""


class Challenges(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The six challenges, and the answers beside them where one is picked."""

    challenges: tuple[Challenge, ...]
    something_else: str
    nothing_now: str
    none: str

    def challenge(self, number: int) -> Challenge:
        """The challenge of this number, 1 to 6. Raises: KeyError for another number."""
        for each in self.challenges:
            if each.number == number:
                return each
        raise KeyError(number)


class ThresholdSet(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From where something is spoken of. The id stands with each result.

    Units: strains and gaps 0 to 100, `t_sev` levels, `min_gap_days` and `resume_days` days,
    `k_anon` people. `basis` says of each key what it rests on.
    """

    t_person: float
    t_own: float
    t_gap: float
    t_sev: int
    min_items: int
    change_min: float
    max_cards: int
    min_gap_days: int
    resume_days: int
    k_anon: int
    meaning: dict[str, str]
    basis: dict[str, str]


class RegisterPem(StrEnum):
    """Whether the participants of a work had to have post-exertional malaise."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    MIXED = "mixed"
    UNCLEAR = "unclear"
    NOT_STATED = "not_stated"
    """Not stated in the part of the paper that was read."""
    NOT_ASKED = "not_asked"
    """The work is not about people with ME/CFS, or has no participants."""


class Work(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A publication of the register; identifiers only as far as they are known."""

    text: str
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None


class RegisterEntry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One finding of the evidence register, E01 to E50, with the works that carry it.

    `finding` is in our own words. `design` and `kinds` decide how strongly it may be worded
    (the strictest of its works). `to_check` names what is not verified yet; each of it is told
    wherever the finding is shown.
    """

    works: tuple[Work, ...]
    design: Design
    blinded: bool | None = None
    kinds: tuple[DesignKind, ...] = ()
    people: str | None = None
    finding: tuple[str, ...]
    pem: RegisterPem
    pem_note: str | None = None
    to_check: tuple[str, ...] = ()


class EvidenceDirection(StrEnum):
    """What a finding does to what a card proposes."""

    SUPPORTS = "supports"
    INDIRECT = "indirect"
    LIMITS = "limits"
    CONTRADICTS = "contradicts"


class CardEvidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finding on a card: what it says for or against it, and what it does not prove."""

    id: str
    direction: EvidenceDirection
    about: str
    does_not_prove: str


class PatientEffort(StrEnum):
    """What a card asks of the person."""

    NONE = "none"
    LOW = "low"
    SOME = "some"


class InterventionCard(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a practitioner can say and do about one challenge, and what is known of that.

    Units: `minutes` of a contact, an estimate. `in_short` are three steps for thirty seconds of
    reading, where the first two phrases stand beside them. `clinical_reviewer` is empty until
    there is one: the card then says "not yet reviewed by a clinician".
    """

    challenge: int
    purpose: str
    minutes: int
    effort: PatientEffort
    in_short: tuple[str, ...]
    steps: tuple[str, ...]
    phrases: tuple[str, ...]
    avoid: tuple[str, ...]
    works_if: tuple[str, ...]
    measures: tuple[str, ...]
    """Ids of items of the check-in that would show it."""
    summary: str
    evidence: tuple[CardEvidence, ...]
    does_not_prove: tuple[str, ...]
    safety: tuple[str, ...]
    clinical_reviewer: str = ""
    clinically_reviewed_on: str = ""

    @property
    def reviewed_words(self) -> str:
        """Which clinician reviewed the card, or that none has."""
        if not self.clinical_reviewer:
            return NOT_REVIEWED
        return f"reviewed by {self.clinical_reviewer} on {self.clinically_reviewed_on}"


class SafetyCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule does where every named fact has one of these values.

    `then` names what happens (rapport.practice.safety); `person` and `practitioner` are told
    these words.
    """

    when: dict[str, tuple[str, ...]] = {}
    then: tuple[str, ...]
    person: str = ""
    practitioner: str = ""


class SafetyExample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facts of a made-up moment, and what this rule makes happen then."""

    facts: dict[str, str]
    then: tuple[str, ...]


class BannedTerm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words (an RE2 pattern, case ignored) that no text of the wing may say, and why."""

    pattern: str
    why: str


class SafetyRule(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A safety rule, SR1 to SR12: when it applies, what happens, and what never does."""

    trigger: str
    happens: str
    never: tuple[str, ...]
    cases: tuple[SafetyCase, ...]
    banned: tuple[BannedTerm, ...] = ()
    reviewed_for: tuple[str, ...] = ()
    """Countries for which a clinician has reviewed the rule; none yet."""
    examples: tuple[SafetyExample, ...]


class RedFlags(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Signs that ask for a look at once, whatever else a person has; shown, never asked."""

    says: str
    signs: tuple[str, ...]
    to_check: tuple[str, ...]


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where help is: what it is called, how to reach it, and when. `text` stands before `phone`."""

    name: str
    about: str
    text: str | None = None
    """Number or address for written messages; many people cannot phone."""
    phone: str | None = None
    web: str | None = None
    hours: str | None = None


class CountryPack(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where help is in one country, for one clinic. A clinic writes its own in the same form.

    `is_made_up` is true for a pack that leads nowhere; every page that shows it says so first.
    """

    country: str
    is_made_up: bool = False
    emergency: Contact
    crisis: tuple[Contact, ...]
    out_of_hours: Contact
    clinic: Contact
    safeguarding_adults: Contact
    safeguarding_children: Contact
    inbox_is_watched: bool = False
    """Whether somebody looks at once at what people send; "no" unless the clinic says so."""
    help_words: tuple[str, ...] = ()
    """Words and phrases in what the person writes that lead to the page of help first, and to
    nothing else (SR5). They are not published."""


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """All that the practice wing says, by id."""

    consents: dict[str, Consent]
    challenges: Challenges
    texts: dict[str, PracticeText]
    thresholds: dict[str, ThresholdSet]
    register: dict[str, RegisterEntry]
    cards: dict[str, InterventionCard]
    safety_rules: dict[str, SafetyRule]
    red_flags: RedFlags
    countries: dict[str, CountryPack]

    def consent(self, kind: ConsentKind) -> Consent:
        """The consent text of this kind. Raises: KeyError if there is none."""
        for each in self.consents.values():
            if each.kind is kind:
                return each
        raise KeyError(kind)

    def card_of(self, challenge: int) -> InterventionCard:
        """The card for a challenge, 1 to 6. Raises: KeyError for another number."""
        for each in self.cards.values():
            if each.challenge == challenge:
                return each
        raise KeyError(challenge)
