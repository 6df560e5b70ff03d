"""Decisions laid over a reading: used where they still fit, and said where they do not."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from rapport.cards.facts import Decided, Participants, PemRecord
from rapport.cards.study_card import Refusal
from rapport.core.spans import Span, span_of
from rapport.core.vocabulary import Badge
from rapport.evidence.curate.answers import of_rules
from rapport.evidence.curate.decision import (
    AnyDecision,
    SetBadge,
    SetDesign,
    SetPatients,
    Withhold,
    about,
    in_force,
)
from rapport.evidence.read.badge.why import why
from rapport.evidence.read.reading import Reading
from rapport.knowledge.model import Decision as EntryDecision
from rapport.knowledge.model import Knowledge

Fields = Mapping[str, str]

WITHHELD = "withheld-by-review"
"""The rule of a card's refusal that people decided."""

_SAYS = {
    Badge.REQUIRED: EntryDecision.REQUIRED,
    Badge.NOT_REQUIRED: EntryDecision.NOT_REQUIRED,
    Badge.MIXED: EntryDecision.SUBGROUP_ONLY,
    Badge.NOT_STATED: EntryDecision.NOT_STATED,
    Badge.NOT_APPLICABLE: EntryDecision.NOT_APPLICABLE,
}


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """A reading with the decisions that fit it.

    `refusals` holds the decision not to show the card, if that is in force. `flags` are
    sentences about decisions that no longer fit, for the people who decide.
    """

    reading: Reading
    refusals: tuple[Refusal, ...] = ()
    flags: tuple[str, ...] = ()


def applied(
    reading: Reading, decisions: Iterable[AnyDecision], fields: Fields, knowledge: Knowledge
) -> Applied:
    """The reading with the decisions in force, all about its card, laid over it.

    A decision whose words are no longer in the text is not used: a value without its words
    would be a guess. One that the rules have moved under is used, since people outrank rules.
    Both are flagged, and none is dropped from the log.
    """
    told, refusals, flags = reading, list[Refusal](), list[str]()
    for decision in in_force(decisions):
        if isinstance(decision, Withhold):
            refusals.append(_withheld(decision))
            continue
        if not _is_known(decision, knowledge):
            flags.append(
                _no_longer(decision, "it names a definition that is not known", "not ")
            )
            continue
        spans = _placed(decision.words, fields)
        if spans is None:
            flags.append(
                _no_longer(
                    decision, "its words do not stand in the text, or in two places", "not "
                )
            )
            continue
        read = of_rules(reading.pem, reading.design, reading.participants, decision.question)
        if decision.against not in (None, read):
            flags.append(_no_longer(decision, "the rules read it otherwise now", ""))
        told = _with(told, decision, spans, _told(decision, read), knowledge)
    return Applied(reading=told, refusals=tuple(refusals), flags=tuple(flags))


def _withheld(decision: Withhold) -> Refusal:
    return Refusal(
        rule=WITHHELD,
        reason=f"{decision.by} decided on {decision.on}: {decision.reason}",
        where="card",
    )


def _no_longer(decision: AnyDecision, cause: str, not_: str) -> str:
    return f"{about(decision)} has to be looked at again: {cause}; it was {not_}used"


def _is_known(decision: AnyDecision, knowledge: Knowledge) -> bool:
    named = decision.definitions if isinstance(decision, SetBadge) else ()
    return all(name in knowledge.definitions for name in named)


def _placed(words: tuple[str, ...], fields: Fields) -> tuple[Span, ...] | None:
    """Where the words stand; None if some stand nowhere, or in more than one place."""
    found = [_places(each, fields) for each in words]
    return tuple(places[0] for places in found) if all(len(p) == 1 for p in found) else None


def _places(words: str, fields: Fields) -> tuple[Span, ...]:
    """Every place of the words, whatever white space divides them: it is lost in copying."""
    parts = r"\s+".join(map(re.escape, words.split()))
    if not parts:
        return ()
    pattern = re.compile(f"(?=({parts}))")  # places may overlap
    return tuple(
        span_of(fields, field, found.start(1), found.end(1))
        for field, text in fields.items()
        for found in pattern.finditer(text)
    )


def _with(
    reading: Reading,
    decision: AnyDecision,
    spans: tuple[Span, ...],
    told: Decided,
    knowledge: Knowledge,
) -> Reading:
    put = msgspec.structs.replace
    if isinstance(decision, SetBadge):
        return put(reading, pem=_pem(reading.pem, decision, spans, told, knowledge))
    if isinstance(decision, SetDesign):
        design = put(
            reading.design, value=decision.design, evidence=spans, basis=None, decided=told
        )
        return put(reading, design=design)
    if isinstance(decision, SetPatients):
        others = _others(reading.participants)
        counted = put(
            reading.participants,
            n_cases=decision.n_cases,
            evidence=(*spans, *others),
            decided=told,
        )
        return put(reading, participants=counted)
    return reading


def _told(decision: AnyDecision, read: str) -> Decided:
    return Decided(by=decision.by, on=decision.on, reason=decision.reason, rules_read=read)


def _others(read: Participants) -> tuple[Span, ...]:
    """The words that carry the numbers people did not decide; the rules do not keep them apart."""
    is_needed = read.n_enrolled is not None or read.n_controls is not None
    return read.evidence if is_needed else ()


def _pem(
    read: PemRecord,
    decision: SetBadge,
    spans: tuple[Span, ...],
    told: Decided,
    knowledge: Knowledge,
) -> PemRecord:
    """The record people decided; of the rules' own only the share with PEM is left."""
    sentence = why(
        _SAYS[decision.badge],
        decision.definitions,
        decision.combination,
        (),
        knowledge.definitions,
        {name: knowledge.plain_name(name) for name in decision.definitions},
    )
    return PemRecord(
        badge=decision.badge,
        definitions=decision.definitions,
        combination=decision.combination,
        share_with_pem=read.share_with_pem,
        why=sentence,
        evidence=spans,
        decided=told,
    )
