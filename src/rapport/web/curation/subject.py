"""What questions are asked about: a card, or one that people decided not to show."""

from collections.abc import Mapping

import msgspec

from rapport.cards.facts import Decided
from rapport.cards.study_card import StudyCard
from rapport.core.spans import Span
from rapport.evidence.curate import answers
from rapport.evidence.curate.applied import WITHHELD
from rapport.evidence.curate.decision import Question
from rapport.store.curation.work import Asked
from rapport.web.atlas import Atlas

Spans = tuple[Span, ...]


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A work, what the rules read of it, and on which words the card rests each answer.

    A card that is withheld has one question left, and no page.
    """

    card: str
    title: str
    rules: Mapping[Question, str]
    evidence: Mapping[Question, Spans]
    is_shown: bool = True

    def asks(self, question: Question) -> Asked | None:
        """The question about this card; None if it is not asked of it."""
        read = self.rules.get(question)
        return (
            None if read is None else Asked(card=self.card, question=question, rules_read=read)
        )


def subject(atlas: Atlas, card_id: str) -> Subject | None:
    """What has this id in the release, shown or withheld; None if nothing has."""
    card = atlas.card(card_id)
    return _withheld(atlas, card_id) if card is None else _of_card(card)


def _of_card(card: StudyCard) -> Subject:
    found = {
        Question.BADGE: (card.badge.decided, card.badge.evidence),
        Question.DESIGN: (card.design.decided, card.design.evidence),
        Question.PATIENTS: (card.participants.decided, card.participants.evidence),
        Question.SHOWN: (None, ()),
    }
    return Subject(
        card=card.id,
        title=card.citation.title or card.id,
        rules={asked: _rules_read(card, asked, told) for asked, (told, _) in found.items()},
        evidence={asked: spans for asked, (_, spans) in found.items()},
    )


def _rules_read(card: StudyCard, question: Question, told: Decided | None) -> str:
    """What the rules read, also where people have decided otherwise."""
    if told is not None and told.rules_read is not None:
        return told.rules_read
    return answers.of_rules(card.badge, card.design, card.participants, question)


def _withheld(atlas: Atlas, card_id: str) -> Subject | None:
    for refused in atlas.release.refused():
        if refused.id == card_id and any(why.rule == WITHHELD for why in refused.refusals):
            return Subject(
                card=card_id,
                title=refused.citation,
                rules={Question.SHOWN: answers.SHOW},
                evidence={},
                is_shown=False,
            )
    return None
