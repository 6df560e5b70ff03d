"""A publication and its reading put together as a card: facts first, then the six parts."""

import re

import msgspec

from rapport.cards.card_facts import Fact, Facts, study_facts
from rapport.cards.facts import PemRecord, Statement
from rapport.cards.licences import word_count
from rapport.cards.limits import limit
from rapport.cards.said_by_rule import said_by_rule
from rapport.cards.study_card import Parts, StudyCard
from rapport.core.vocabulary import TRIALS, Design, ReadScope
from rapport.evidence.card.citation import citation
from rapport.evidence.card.known import (
    is_retracted,
    publication_facts,
    related,
    rights,
    source,
    with_basis,
)
from rapport.evidence.card.missing import missing
from rapport.evidence.card.quotes import Quotes, quotes
from rapport.evidence.card.topic import topic_facts
from rapport.evidence.publication import Publication
from rapport.evidence.read.reading import Reading
from rapport.knowledge.model import Knowledge

SUMMARY_WORDS = 60
"""Words of the quick summary at most: one calm screen (design/accessibility)."""

BADGE = "badge"
_TREATMENT = re.compile(
    r"\b(?:therap(?:y|ies)|treatments?|rehabilitation|training|program(?:me)?s?|interventions?|courses?"
    r"|exercises?|counselling|supplement\w*|diets?|infusions?|vaccin\w+|depletion|stimulation|support)\b"
)


def study_card(
    publication: Publication,
    reading: Reading,
    knowledge: Knowledge,
    *,
    topic_class: str | None = None,
) -> StudyCard:
    """The draft of a card; the gate has not seen it.

    Missing: without an abstract and a text the card has no summary, no "why it matters" and no
    quotes; `missing` says what could not be read.
    """
    is_silent = _is_silent(publication)
    facts = _facts(publication, reading, knowledge)
    summary = said_by_rule("quick_summary", facts, knowledge)
    found = quotes(
        reading.statements,
        limit=limit(
            reading.design.value, reading.design.blinded, reading.design.kinds, knowledge
        ),
        rights=rights(publication),
        main_words=SUMMARY_WORDS - sum(word_count(each.text) for each in summary),
        title=publication.title,
        told=(*reading.participants.evidence, *reading.design.evidence, *reading.pem.evidence),
        has_results=reading.design.value is not Design.PROTOCOL,
    )
    return StudyCard(
        id=reading.id,
        identifiers=reading.identifiers,
        citation=citation(publication),
        read=reading.read,
        badge=_explained(reading.pem, summary),
        design=with_basis(reading.design, publication),
        participants=reading.participants,
        parts=_silent_parts(facts, knowledge)
        if is_silent
        else _parts(facts, knowledge, summary, found),
        source=source(publication),
        versions=reading.versions,
        retracted=is_retracted(publication),
        relations=related(publication),
        missing=missing(publication, reading, left_out=found.left_out, is_silent=is_silent),
        topics=(topic_class,) if topic_class else (),
        harms=reading.harms,
    )


def _is_silent(publication: Publication) -> bool:
    has_text = (
        any(part.text.strip() for part in publication.abstract)
        or any(
            paragraph.strip() for each in publication.sections for paragraph in each.paragraphs
        )
        or bool((publication.text or "").strip())
    )
    return not has_text


def _facts(publication: Publication, reading: Reading, knowledge: Knowledge) -> Facts:
    """All that is known, what was read of the study before what its wording hints at."""
    return {
        **_topic(publication, reading),
        **study_facts(reading.pem, reading.design, reading.participants, knowledge),
        **publication_facts(publication),
        "read": Fact(value=reading.read.value),
    }


def _topic(publication: Publication, reading: Reading) -> dict[str, Fact]:
    """What the study is about; what a trial set against an outcome is the treatment it tried."""
    found = topic_facts(publication.title, reading.statements)
    tried = found.get("exposure")
    if reading.design.value in TRIALS and tried and _TREATMENT.search(tried.value):
        found.setdefault("therapy", tried)
    return found


def _parts(
    facts: Facts, knowledge: Knowledge, summary: tuple[Statement, ...], found: Quotes
) -> Parts:
    return Parts(
        quick_summary=summary if found.main is None else (*summary, found.main),
        why_it_matters=said_by_rule("why_it_matters", facts, knowledge),
        observed=found.observed,
        inferred=found.inferred,
        remaining_questions=(
            *found.open,
            *said_by_rule("remaining_questions", facts, knowledge),
        ),
        does_not_prove=said_by_rule("does_not_prove", facts, knowledge),
    )


def _silent_parts(facts: Facts, knowledge: Knowledge) -> Parts:
    """Of a title alone nothing is summed up: only that it shows nothing."""
    known = {name: facts[name] for name in ("retracted", "notice") if name in facts}
    known["read"] = Fact(value=ReadScope.TITLE.value)
    return Parts(does_not_prove=said_by_rule("does_not_prove", known, knowledge))


def _explained(pem: PemRecord, summary: tuple[Statement, ...]) -> PemRecord:
    """The badge with its reason in one sentence, where the reading gives none."""
    said = next((each.text for each in summary if each.kind == BADGE), None)
    return pem if pem.why or said is None else msgspec.structs.replace(pem, why=said)
