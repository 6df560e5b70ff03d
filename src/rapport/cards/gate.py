"""The gate: what a card must be before anyone reads it. Only it makes released cards."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from rapport.cards import licences
from rapport.cards.facts import DesignRecord, Statement
from rapport.cards.notes import noted
from rapport.cards.outside import OutsideKnowledge
from rapport.cards.released import ReleasedCard
from rapport.cards.strength import DESCRIBED
from rapport.cards.study_card import Refusal, StudyCard
from rapport.cards.transitions import may_become
from rapport.cards.wording import ABOVE_LIMIT, Finding, Verdict, Wording
from rapport.core.spans import Span, is_verbatim
from rapport.core.vocabulary import Badge, CardState, Design, DesignKind, Origin
from rapport.knowledge.model import Knowledge

ASSERTING_BADGES = (Badge.REQUIRED, Badge.NOT_REQUIRED, Badge.MIXED)
"""Badges that say something about how participants entered; the others say that nothing can be."""

_REMEMBERED = 8192
ENOUGH_TO_CALL_SAFE = 100
"""People from which on a study can see more than the commonest harms: section 7.3 of the case
definitions' lint rules."""


class _Study(NamedTuple):
    """What of a study decides about words: few values, so that sentences can be remembered."""

    value: Design
    blinded: bool | None
    kinds: tuple[DesignKind, ...]
    badge: Badge
    has_many: bool


Fields = Mapping[str, str]
"""The fields of a publication's canonical text, which every span counts in."""


class Gate:
    """Checks cards against their sources; compiled once for a knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._wording = Wording(knowledge)
        self._outside = OutsideKnowledge()
        self._refused_words = lru_cache(maxsize=_REMEMBERED)(self._read_words)

    def refusals(self, card: StudyCard, fields: Fields) -> tuple[Refusal, ...]:
        """Every reason to refuse the card, in the order of its parts; empty: none."""
        return (
            *_citation(card),
            *_values(card, fields),
            *_silence(card, fields),
            *(
                found
                for at, each in statements(card)
                for found in self.refusals_of(each, at, card, fields)
            ),
            *_too_long(card),
        )

    def refusals_of(
        self, statement: Statement, where: str, card: StudyCard, fields: Fields
    ) -> tuple[Refusal, ...]:
        """Every reason to refuse a sentence on this card, whether it stands there yet or not.

        What is quoted is the source's own; all other sentences are judged by their words and
        may say only what the record says.
        """
        found = tuple(_statement(statement, where, fields))
        if statement.origin is Origin.QUOTED:
            return found
        return (
            *found,
            *self._too_strong(statement, where, card),
            *self._from_outside(statement, where, card, fields),
        )

    def checked(self, card: StudyCard, fields: Fields) -> StudyCard:
        """The draft as a checked card, with every refusal on it.

        Raises: ValueError for a card that is not a draft.
        """
        _demand(card, CardState.CHECKED)
        return msgspec.structs.replace(
            noted(card, self._wording),
            state=CardState.CHECKED,
            refusals=self.refusals(card, fields),
        )

    def release(self, card: StudyCard, fields: Fields) -> ReleasedCard | StudyCard:
        """The card released, or the same card refused with all reasons.

        A draft goes the whole way: checked, then released or refused, with a note beside what it
        quotes that says more than the study can show. The rules are asked here,
        once, so what the card says of its own refusals cannot open the gate.
        Raises: ValueError for a card that is released or refused already.
        """
        way = [CardState.CHECKED] if card.state is CardState.DRAFT else []
        found = self.refusals(card, fields)
        moved = noted(card, self._wording) if way else card
        for state in (*way, CardState.REFUSED if found else CardState.RELEASED):
            _demand(moved, state)
            moved = msgspec.structs.replace(moved, state=state, refusals=found)
        return moved if found else ReleasedCard(card=moved)

    def _too_strong(
        self, statement: Statement, where: str, card: StudyCard
    ) -> Iterator[Refusal]:
        for finding in self._refused_words(statement.text, _study(card)):
            reason = f"{finding.reason} The words: {finding.clause}"
            yield Refusal(rule=f"wording/{finding.rule}", reason=reason, where=where)

    def _from_outside(
        self, statement: Statement, where: str, card: StudyCard, fields: Fields
    ) -> Iterator[Refusal]:
        """What the sentence says, and the record does not."""
        record = (
            *fields.values(),
            *self._names_of_definitions(card),
            *self._vouched(statement),
        )
        for each in self._outside.found(statement.text, record):
            yield Refusal(
                rule="outside-knowledge",
                reason=f"The record does not say this {each.kind.value}: {each.words}",
                where=where,
            )

    def _names_of_definitions(self, card: StudyCard) -> tuple[str, ...]:
        """What the definitions that were read are called, since a paper may use another name."""
        plain = self._knowledge.plain_names
        return (
            tuple(plain.names[each] for each in card.badge.definitions if each in plain.names)
            if plain
            else ()
        )

    def _vouched(self, statement: Statement) -> tuple[str, ...]:
        """The words of a rule's sentence that are the knowledge base's, not the study's."""
        sentence = self._knowledge.card_sentences.get(statement.rule or "")
        return (sentence.text,) if sentence and statement.origin is Origin.RULE else ()

    def _read_words(self, text: str, study: _Study) -> tuple[Finding, ...]:
        """The findings that refuse; remembered, since cards say the same sentences."""
        design = DesignRecord(value=study.value, blinded=study.blinded, kinds=study.kinds)
        found = self._wording.findings(
            text,
            design=design,
            badge=study.badge,
            people=ENOUGH_TO_CALL_SAFE if study.has_many else None,
            is_ours=True,
        )
        return tuple(finding for finding in found if _is_refused(finding))


def _study(card: StudyCard) -> _Study:
    design, people = card.design, card.participants.most
    has_many = people is not None and people >= ENOUGH_TO_CALL_SAFE
    return _Study(design.value, design.blinded, design.kinds, card.badge.badge, has_many)


def _is_refused(finding: Finding) -> bool:
    """Whether a sentence of the card itself says too much.

    It may always describe, even of a plan that has no results: "Patients had to meet ...".
    """
    describes = finding.rule == ABOVE_LIMIT and finding.level <= DESCRIBED
    return finding.verdict is Verdict.REFUSAL and not describes


def statements(card: StudyCard) -> Iterator[tuple[str, Statement]]:
    """Every sentence of the six parts with its place, such as `parts.observed[0]`."""
    for part in msgspec.structs.fields(card.parts):
        for number, statement in enumerate(getattr(card.parts, part.name)):
            yield f"parts.{part.name}[{number}]", statement


def _demand(card: StudyCard, to: CardState) -> None:
    if not may_become(card.state, to):
        raise ValueError(f"a card that is {card.state.value} cannot become {to.value}")


def _citation(card: StudyCard) -> Iterator[Refusal]:
    if not card.citation.title:
        yield Refusal(
            rule="title-missing",
            reason="The source gives no title, so nobody can tell which work this is.",
            where="citation.title",
        )


def _values(card: StudyCard, fields: Fields) -> Iterator[Refusal]:
    """What is asserted about the study needs words of the source that carry it."""
    counted = card.participants
    numbers = (counted.n_cases, counted.n_enrolled, counted.n_controls)
    asserted = (
        ("badge", card.badge.badge in ASSERTING_BADGES, card.badge.evidence),
        ("design", _asserts_design(card), card.design.evidence),
        ("participants", any(n is not None for n in numbers), counted.evidence),
    )
    for where, is_asserted, evidence in asserted:
        if is_asserted and not evidence:
            yield Refusal(
                rule=f"{where}-without-evidence",
                reason="A value is asserted, and no words of the source carry it.",
                where=where,
            )
        yield from _spans(evidence, f"{where}.evidence", fields)


def _asserts_design(card: StudyCard) -> bool:
    """A design that was taken from the publication types is the source's word, not a reading."""
    return card.design.value is not Design.OTHER and card.design.basis is None


def _silence(card: StudyCard, fields: Fields) -> Iterator[Refusal]:
    """Where only a title was read, nothing is summed up."""
    if any(text.strip() for name, text in fields.items() if name != "title"):
        return
    for name in ("quick_summary", "why_it_matters"):
        if getattr(card.parts, name):
            yield Refusal(
                rule="silence",
                reason="There is no abstract and no text, so there is nothing to sum up.",
                where=f"parts.{name}",
            )


def _statement(statement: Statement, where: str, fields: Fields) -> Iterator[Refusal]:
    if statement.origin is Origin.QUOTED:
        yield from _quotation(statement, where)
    elif not statement.rule:
        yield Refusal(
            rule="rule-missing",
            reason="The sentence is not quoted and names no rule that made it.",
            where=where,
        )
    elif not statement.facts and not statement.spans:
        yield Refusal(
            rule="facts-missing",
            reason="The sentence names neither the facts it used nor words of the source.",
            where=where,
        )
    if statement.origin is Origin.MODEL:
        yield from _model(statement, where)
    yield from _spans(statement.spans, f"{where}.spans", fields)


def _model(statement: Statement, where: str) -> Iterator[Refusal]:
    if not statement.spans:
        yield Refusal(
            rule="span-missing",
            reason="A sentence that a model drafted does not name the words it rests on.",
            where=where,
        )
    if not all(statement.facts.get(name) for name in ("model", "prompt")):
        yield Refusal(
            rule="model-missing",
            reason="A sentence that a model drafted does not say by which model and prompt.",
            where=where,
        )


def _quotation(statement: Statement, where: str) -> Iterator[Refusal]:
    if not statement.spans:
        yield Refusal(
            rule="span-missing",
            reason="A quoted sentence does not say where it stands in the source.",
            where=where,
        )
    elif statement.text != " ".join(span.quote for span in statement.spans):
        yield Refusal(
            rule="quote-changed",
            reason="A quoted sentence differs from the words at its place.",
            where=where,
        )


def _spans(spans: tuple[Span, ...], where: str, fields: Fields) -> Iterator[Refusal]:
    for number, span in enumerate(spans):
        if not is_verbatim(span, fields):
            yield Refusal(
                rule="span-not-verbatim",
                reason=f"These words do not stand there in the source: {span.quote[:80]}",
                where=f"{where}[{number}]",
            )


def _too_long(card: StudyCard) -> Iterator[Refusal]:
    """Quotes from records without an open licence stay short. A digest is this project's own."""
    if card.source.text_origin == "digest" or licences.is_open(card.source.licence):
        return
    quoted = {
        statement.text: at
        for at, statement in statements(card)
        if statement.origin is Origin.QUOTED
    }
    for text, at in quoted.items():
        if licences.word_count(text) > licences.MAX_WORDS_A_QUOTE:
            yield Refusal(
                rule="quote-too-long",
                reason="Without an open licence a quotation has at most "
                f"{licences.MAX_WORDS_A_QUOTE} words.",
                where=at,
            )
    if sum(map(licences.word_count, quoted)) > licences.MAX_WORDS_A_CARD:
        yield Refusal(
            rule="too-much-quoted",
            reason="Without an open licence a card quotes at most "
            f"{licences.MAX_WORDS_A_CARD} words in all.",
            where="parts",
        )
