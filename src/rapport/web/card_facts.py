"""The facts of a card as its page lists them: entry rule, design, people; each with its place.

Pure. What is not known is said to be not stated, and never left out.
"""

from collections.abc import Iterable, Iterator

import msgspec

from rapport.cards.facts import Decided, DesignRecord, PemRecord
from rapport.cards.study_card import StudyCard
from rapport.core.spans import Span
from rapport.core.vocabulary import ABOUT_OTHERS, Badge, Combination
from rapport.knowledge.model import CaseDefinition
from rapport.web import addresses, words
from rapport.web.card_page import Fields, Place, cut, field_words, places, read_words
from rapport.web.stated_facts import (
    conduct_lines,
    evidence_of,
    harms_evidence,
    harms_lines,
    not_found_of,
    people_lines,
)

NOT_STATED = "Not stated in the text we read."
NO_PEOPLE = "It studied no people of its own."
MOST_DEFINITIONS = 8
MOST_PLACES = 2
DECIDED_BYTES = 500
MOST_PLACES_OF_ROW = 4
MOST_PLACES_OF_PEOPLE = 5
LINE_BYTES = 240
ROW_QUOTE_BYTES = 230

Definitions = dict[str, CaseDefinition]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link with a few words behind it."""

    text: str
    address: str
    note: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One row: a label, short lines, links, and where it says so."""

    label: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    places: tuple[Place, ...] = ()
    more_places: int = 0


def facts_of(card: StudyCard, definitions: Definitions) -> tuple[Fact, ...]:
    """Every row of "Who was studied, and how"."""
    fields = field_words(card)
    return (
        _entry(card.badge, definitions, fields),
        *_pem(card.badge),
        _design(card.design, fields),
        _people(card, fields),
        *_harms(card, fields),
        Fact(label="What we read", lines=(_sentence(read_words(card)),)),
    )


def _entry(badge: PemRecord, definitions: Definitions, fields: Fields) -> Fact:
    """How people were chosen: the definitions and how they were combined."""
    lines = [cut(badge.why, 400)] if badge.why else []
    lines += _combination(badge)
    lines += [words.flag(flag) for flag in badge.flags]
    lines += _decided(badge.decided)
    return Fact(
        label="How people were chosen",
        lines=tuple(lines),
        links=tuple(
            definition_link(name, definitions) for name in badge.definitions[:MOST_DEFINITIONS]
        ),
        places=places(badge.evidence, fields, most=MOST_PLACES),
        more_places=max(0, len(badge.evidence) - MOST_PLACES),
    )


def _combination(badge: PemRecord) -> Iterator[str]:
    if badge.badge is Badge.NOT_APPLICABLE and not badge.definitions:
        yield "This work took in no patients of its own."
    elif len(badge.definitions) > 1 or badge.combination is not Combination.NONE:
        yield words.COMBINATIONS[badge.combination]
    elif not badge.definitions:
        yield words.COMBINATIONS[Combination.NONE]


def definition_link(name: str, definitions: Definitions) -> Link:
    """A link to a definition's page, with what it asks of PEM."""
    known = definitions.get(name)
    if known is None:
        return Link(text=name.replace("_", " "), address=addresses.definition(name))
    return Link(
        text=known.short_name,
        address=addresses.definition(name),
        note=f"{known.name}. {words.PEM_STATUS_SHORT[known.pem.status]}",
    )


def _decided(told: Decided | None) -> Iterator[str]:
    """That people decided this, and not the rules: who, when and why."""
    if told is not None:
        reason = f"{told.reason.rstrip('.')}." if told.reason else "No reason was given."
        yield cut(f"People decided this: {told.by}, on {told.on}. {reason}", DECIDED_BYTES)


def _pem(badge: PemRecord) -> Iterator[Fact]:
    """What else is said about PEM; rows without a value are left out, for most have none."""
    if badge.minimum_hours is not None:
        hours = f"At least {badge.minimum_hours:g} hours."
        yield Fact(label="How long PEM had to last", lines=(hours,))
    if badge.share_with_pem is not None:
        share = f"{badge.share_with_pem:.0%} of the people."
        yield Fact(label="How many had PEM", lines=(share,))
    if badge.instrument:
        yield Fact(label="How PEM was measured", lines=(cut(badge.instrument, 200),))


def _design(design: DesignRecord, fields: Fields) -> Fact:
    lines = [_sentence(words.DESIGNS[design.value]), *conduct_lines(design)]
    if design.kinds:
        lines.append("It " + "; it ".join(words.KINDS[kind] for kind in design.kinds) + ".")
    stated = (design.control, design.blinding, design.randomisation, design.follow_up)
    evidence = evidence_of(design, *stated)
    return _row("Kind of study", lines, evidence, fields, design.decided)


def _people(card: StudyCard, fields: Fields) -> Fact:
    people = card.participants
    lines = list(people_lines(people))
    if lines and card.badge.badge is not Badge.NOT_APPLICABLE:
        lines += not_found_of(people)
    silent = NO_PEOPLE if card.design.value in ABOUT_OTHERS else NOT_STATED
    stated = (
        people.planned,
        people.severity,
        people.age,
        people.sex,
        people.setting,
        people.country,
        people.groups,
    )
    evidence = evidence_of(people, *stated)
    return _row(
        "Who was studied",
        lines or [silent],
        evidence,
        fields,
        people.decided,
        most=MOST_PLACES_OF_PEOPLE,
    )


def _harms(card: StudyCard, fields: Fields) -> Iterator[Fact]:
    """What is said of harms and of those who left; no row where there is nothing to tell."""
    lines = harms_lines(card.harms, card.design.value)
    if lines:
        evidence = harms_evidence(card.harms, card.design.value)
        yield _row("Harms, and who left", lines, evidence, fields)


def _row(
    label: str,
    lines: Iterable[str],
    evidence: tuple[Span, ...],
    fields: Fields,
    decided: Decided | None = None,
    most: int = MOST_PLACES_OF_ROW,
) -> Fact:
    """A row of several values, each of which has places of its own; the places are cut short."""
    return Fact(
        label=label,
        lines=(*(cut(line, LINE_BYTES) for line in lines), *_decided(decided)),
        places=places(evidence, fields, most=most, quote_bytes=ROW_QUOTE_BYTES),
        more_places=max(0, len(evidence) - most),
    )


def _sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:] + "."
