"""Adds drafted sentences to a card: those that pass every check, and no others."""

from collections.abc import Callable, Mapping

import msgspec

from rapport.cards.facts import Statement
from rapport.cards.gate import Gate
from rapport.cards.outside import OutsideKnowledge
from rapport.cards.study_card import StudyCard
from rapport.evidence.draft.answer import PARTS, Candidate, candidates, parsed
from rapport.evidence.draft.asking import NoAnswerError
from rapport.evidence.draft.prompt import addresses_a_model, messages, sentences

Ask = Callable[[list[dict[str, str]]], str]
"""Gives a model's answer to messages. Raises: NoAnswerError."""


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """The card, with what was drafted for it, and why the rest is not shown."""

    card: StudyCard
    not_shown: tuple[str, ...] = ()


class Drafter:
    """Drafts for cards with one model."""

    def __init__(self, gate: Gate, ask: Ask, model: str) -> None:
        self._gate = gate
        self._ask = ask
        self._model = model
        self._outside = OutsideKnowledge()

    def drafted(self, card: StudyCard, fields: Mapping[str, str]) -> Drafted:
        """The draft of a card with the drafted sentences that every check lets through.

        Whatever the model says or fails to say, the card is no worse than without it.
        """
        spans = sentences(fields)
        if not any(span.field != "title" for span in spans):
            return Drafted(card=card, not_shown=("there is no abstract to draft from",))
        if addresses_a_model(spans):
            return Drafted(card=card, not_shown=("the record speaks to a model",))
        try:
            answer = parsed(self._ask(messages(spans)))
        except NoAnswerError as reason:
            return Drafted(card=card, not_shown=(str(reason),))
        if answer is None:
            return Drafted(
                card=card, not_shown=("the answer does not have the shape asked for",)
            )
        return self._checked(card, fields, list(candidates(answer, spans, self._model)))

    def _checked(
        self, card: StudyCard, fields: Mapping[str, str], drafted: list[Candidate]
    ) -> Drafted:
        kept: dict[str, list[Statement]] = {part: [] for part in PARTS}
        not_shown: list[str] = []
        for each in drafted:
            reasons = [*each.problems, *self._refusals(each, card, fields)]
            if reasons:
                not_shown.append(f"{each.part}: {'; '.join(dict.fromkeys(reasons))}")
            else:
                kept[each.part].append(each.statement)
        parts = msgspec.structs.replace(
            card.parts,
            **{part: (*getattr(card.parts, part), *kept[part]) for part in PARTS},
        )
        return Drafted(
            card=msgspec.structs.replace(card, parts=parts), not_shown=tuple(not_shown)
        )

    def _refusals(
        self, each: Candidate, card: StudyCard, fields: Mapping[str, str]
    ) -> list[str]:
        """What the gate says, and what the named sentences do not carry."""
        where = f"parts.{each.part}"
        refused = self._gate.refusals_of(each.statement, where, card, fields)
        named = [span.quote for span in each.statement.spans]
        beyond = self._outside.found(each.statement.text, named)
        return [
            *(refusal.reason for refusal in refused),
            *(f"the sentences it names do not say: {found.words}" for found in beyond),
        ]
