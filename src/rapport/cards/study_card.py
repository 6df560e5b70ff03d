"""The study card: what a paper found, who was studied, and what it does not prove."""

import msgspec

from rapport.cards.afterwards import Event
from rapport.cards.facts import DesignRecord, Participants, PemRecord, Statement
from rapport.cards.stated import Harms
from rapport.core.ids import Identifiers
from rapport.core.vocabulary import CardState, ReadScope


class Citation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is needed to cite the work; `text` is the plain citation shown on the card."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    """Each as "Family, Given", or the name of a group."""
    journal: str | None = None
    year: int | None = None
    date: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    url: str | None = None
    """Address of a work that has no identifier; None where the source gives none."""


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the text came from and what may be shown of it.

    `text_origin` is `source` or `digest` (written by this project, not the abstract).
    `licence` is the licence as stated; None means that none is stated, so quotes stay short.
    """

    file: str
    position: int
    format: str
    text_origin: str = "source"
    licence: str | None = None
    language: str | None = None


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """The six parts every card has; a part that says nothing is empty."""

    quick_summary: tuple[Statement, ...] = ()
    why_it_matters: tuple[Statement, ...] = ()
    observed: tuple[Statement, ...] = ()
    inferred: tuple[Statement, ...] = ()
    remaining_questions: tuple[Statement, ...] = ()
    does_not_prove: tuple[Statement, ...] = ()


class RelatedWork(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another work that belongs to this one: `card` is its id in the release, if it has one."""

    kind: str
    identifiers: Identifiers = Identifiers()
    card: str | None = None
    note: str | None = None


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """One reason to refuse a card: the rule, the reason for a person, and the place."""

    rule: str
    reason: str
    where: str


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """What made the card: the reader's and the knowledge base's versions."""

    reader: str
    knowledge: str


class StudyCard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A card, as `rapport atlas card` prints it, a line a record.

    `missing` says in plain words what could not be read and why nothing is said there. `events`
    are what happened to the work since it was published. `cohort` is the id of the first card of
    those on the same people, None where there is no other. `title_note` is said
    beside a title that says more than the study can show, or than its results on the card.
    """

    id: str
    identifiers: Identifiers
    citation: Citation
    read: ReadScope
    badge: PemRecord
    design: DesignRecord
    participants: Participants
    parts: Parts
    source: Source
    versions: Versions
    state: CardState = CardState.DRAFT
    refusals: tuple[Refusal, ...] = ()
    retracted: bool = False
    relations: tuple[RelatedWork, ...] = ()
    missing: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    cohort: str | None = None
    harms: Harms | None = None
    title_note: str | None = None
