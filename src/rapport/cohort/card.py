"""The cohort's own study card, put to the same gate as a paper's."""

from collections.abc import Sequence

from rapport.cards.card_facts import Fact, Facts, joined, study_facts
from rapport.cards.facts import DesignRecord, Participants, PemRecord, Statement
from rapport.cards.gate import Gate
from rapport.cards.said_by_rule import said_by_rule
from rapport.cards.study_card import Citation, Parts, Source, StudyCard, Versions
from rapport.cohort.account import Account, Sentence, account, title
from rapport.cohort.analysis.results import Results
from rapport.cohort.plan.model import Plan
from rapport.core.ids import Identifiers
from rapport.core.spans import Span
from rapport.core.vocabulary import (
    COMPARED,
    Badge,
    Combination,
    Origin,
    ReadScope,
    StatementKind,
    band_of,
)
from rapport.knowledge.model import Knowledge

_ASSOCIATION = 2
"""Strength of "went together with" on the scale of 0 to 8."""

_OPEN_LICENCE = "CC BY 4.0"


def card(results: Results, knowledge: Knowledge) -> tuple[StudyCard, Account]:
    """The card, released or refused with its reasons, and the account that its spans count in."""
    record = account(results, knowledge)
    draft = _draft(results, record, knowledge)
    judged = Gate(knowledge).release(draft, record.fields)
    return (judged if isinstance(judged, StudyCard) else judged.card), record


def _draft(results: Results, record: Account, knowledge: Knowledge) -> StudyCard:
    plan = results.plan
    pem = _pem(results, record)
    design = DesignRecord(value=plan.design, evidence=_spans(record, "method/design"))
    participants = Participants(
        n_cases=results.prediction.about.n if results.prediction else results.data.people,
        n_enrolled=results.data.people,
        evidence=_spans(record, "method/people"),
    )
    facts: Facts = {
        **study_facts(pem, design, participants, knowledge),
        **_topic(plan),
        "read": Fact(value=ReadScope.FULL_TEXT.value),
    }
    return StudyCard(
        id=plan.id,
        identifiers=Identifiers(),
        citation=Citation(text=title(plan), title=title(plan)),
        read=ReadScope.FULL_TEXT,
        badge=pem,
        design=design,
        participants=participants,
        parts=Parts(
            quick_summary=said_by_rule("quick_summary", facts, knowledge),
            why_it_matters=said_by_rule("why_it_matters", facts, knowledge),
            observed=_statements(record.of("observed"), StatementKind.OBSERVED),
            inferred=_statements(record.of("inferred"), StatementKind.INFERRED),
            remaining_questions=said_by_rule("remaining_questions", facts, knowledge),
            does_not_prove=said_by_rule("does_not_prove", facts, knowledge),
        ),
        source=Source(file="results.json", position=1, format="cohort", licence=_OPEN_LICENCE),
        versions=Versions(reader=results.versions.rapport, knowledge=knowledge.version),
    )


def _pem(results: Results, record: Account) -> PemRecord:
    plan = results.plan
    one = Combination.SINGLE if len(plan.entry_rule) == 1 else Combination.NONE
    return PemRecord(
        badge=results.badge,
        definitions=plan.entry_rule,
        combination=plan.entry_combination or one,
        rule="entry_rule",
        evidence=() if results.badge is Badge.NOT_STATED else _spans(record, "method/entry"),
    )


def _topic(plan: Plan) -> dict[str, Fact]:
    """What the plan set against what: relation against outcome, beside the process variables."""
    found = {
        "exposure": Fact(value=plan.relation_words),
        "outcome": Fact(value=plan.label(plan.outcome)),
        "cofactors": Fact(value=joined([plan.label(name) for name in plan.process], "and")),
        "self_report": Fact(value="yes"),
    }
    if plan.rated_by_others:
        del found["self_report"]
    if plan.therapy:
        found["therapy"] = Fact(value=plan.therapy)
    if plan.design not in COMPARED:
        found["controls"] = Fact(value="no")
    return found


def _statements(sentences: Sequence[Sentence], kind: StatementKind) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            text=each.text,
            kind=kind.value,
            origin=Origin.RULE,
            rule=f"cohort/{each.rule}",
            spans=(each.span,),
            strength=_ASSOCIATION,
            band=band_of(_ASSOCIATION),
        )
        for each in sentences
    )


def _spans(record: Account, rule: str) -> tuple[Span, ...]:
    return tuple(each.span for each in record.of(rule))
