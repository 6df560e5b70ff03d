"""An intervention card ready to be shown, or every reason why it is not."""

from collections.abc import Iterator

import msgspec

from rapport.cards.facts import DesignRecord
from rapport.cards.gate import Gate
from rapport.cards.study_card import Refusal
from rapport.cards.verdicts import Verdict
from rapport.cards.wording import Wording
from rapport.core.vocabulary import Design
from rapport.knowledge.entries import verification_words
from rapport.knowledge.model import Knowledge
from rapport.knowledge.practice import (
    Challenge,
    EvidenceDirection,
    InterventionCard,
    Practice,
    RegisterEntry,
)
from rapport.practice.cards.evidence import PEM_WORDS, record
from rapport.practice.plain.lint import lint_of
from rapport.practice.plain.texts import of_card

OF_THE_CARD = DesignRecord(value=Design.CROSS_SECTIONAL)
"""Under what the card says of all its evidence together: an association at most."""

DIRECTION_WORDS = {
    EvidenceDirection.SUPPORTS: "Speaks for it",
    EvidenceDirection.INDIRECT: "Speaks for it indirectly",
    EvidenceDirection.LIMITS: "Sets it limits",
    EvidenceDirection.CONTRADICTS: "Speaks against it",
}


class EvidenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as a card shows it: for or against, and what it does not prove."""

    entry: RegisterEntry
    direction: EvidenceDirection
    about: str
    does_not_prove: str

    @property
    def direction_words(self) -> str:
        """Whether it speaks for the card or against it, in words."""
        return DIRECTION_WORDS[self.direction]

    @property
    def pem_words(self) -> str:
        """Whether its participants had to have PEM, in words."""
        return PEM_WORDS[self.entry.pem]

    @property
    def verified_words(self) -> str:
        """How far the finding was verified, in words."""
        return verification_words(self.entry)


class ReadyCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card of which every statement on evidence has passed the gate; `evidence` for it first."""

    card: InterventionCard
    challenge: Challenge
    header: str
    evidence: tuple[EvidenceLine, ...]
    for_every_talk: tuple[str, ...]


class RefusedCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card that is not shown, with every reason."""

    card: InterventionCard
    refusals: tuple[Refusal, ...]


class Cards:
    """Makes cards ready; the gate is compiled once."""

    def __init__(self, knowledge: Knowledge, practice: Practice) -> None:
        self._practice = practice
        self._gate = Gate(knowledge)
        self._wording = Wording(knowledge)
        self._lint = lint_of(practice.safety_rules)

    def ready(self, card: InterventionCard) -> ReadyCard | RefusedCard:
        """The card with its evidence, or the card refused: nothing is shown in part."""
        refusals = tuple(self.refusals(card))
        if refusals:
            return RefusedCard(card=card, refusals=refusals)
        frame = self._practice.texts["card_frame"]
        order = list(EvidenceDirection)
        lines = (
            EvidenceLine(
                entry=self._practice.register[each.id],
                direction=each.direction,
                about=each.about,
                does_not_prove=each.does_not_prove,
            )
            for each in card.evidence
        )
        return ReadyCard(
            card=card,
            challenge=self._practice.challenges.challenge(card.challenge),
            header=frame.passages["header"],
            evidence=tuple(sorted(lines, key=lambda line: order.index(line.direction))),
            for_every_talk=tuple(frame.lines.values()),
        )

    def refusals(self, card: InterventionCard) -> Iterator[Refusal]:
        """Everything said of evidence that is stronger than the evidence, or not in its record;
        and every term that the safety rules ban (SR10)."""
        for text in of_card(card):
            for found in self._lint.terms(text):
                yield Refusal(rule="banned-term", reason=found.message, where="text")
        for each in card.evidence:
            entry = self._practice.register.get(each.id)
            if entry is None:
                yield Refusal(
                    rule="not-in-register",
                    reason=f"{each.id} is not in the evidence register.",
                    where=f"evidence.{each.id}",
                )
                continue
            made = record(entry, each)
            for found in self._gate.refusals(made.card, made.fields):
                where = f"evidence.{each.id}.{found.where}"
                yield msgspec.structs.replace(found, where=where)
        for where, text in (
            ("summary", card.summary),
            *(("does_not_prove", each) for each in card.does_not_prove),
        ):
            yield from self._too_strong(text, where)

    def _too_strong(self, text: str, where: str) -> Iterator[Refusal]:
        found = self._wording.findings(text, design=OF_THE_CARD, badge=None, is_ours=True)
        for one in found:
            if one.verdict is Verdict.REFUSAL:
                reason = f"{one.reason} The words: {one.clause}"
                yield Refusal(rule=f"wording/{one.rule}", reason=reason, where=where)
