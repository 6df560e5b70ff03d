"""The PEM record of a document, and the decision of a stretch of text."""

import re
from collections.abc import Sequence

from rapport.cards.facts import DesignRecord, PemRecord
from rapport.core.vocabulary import ABOUT_OTHERS, Badge, Design
from rapport.evidence.read.badge.foremost import foremost
from rapport.evidence.read.badge.judgement import MOST_SPANS, Verdict
from rapport.evidence.read.badge.share import share_with_pem
from rapport.evidence.read.badge.unnamed import by_own_rule
from rapport.evidence.read.badge.verdict import (
    by_entry,
    is_weak,
    joined_definitions,
    of_participants,
)
from rapport.evidence.read.badge.why import why
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.decision import badge_of
from rapport.evidence.read.entry.entry_reader import EntryReader, Statement
from rapport.evidence.read.entry.inclusion_lists import opens_inclusion
from rapport.evidence.read.entry.own_rule import own_entry
from rapport.evidence.read.people.participation import absence
from rapport.evidence.read.people.population import Population, pattern_of, population
from rapport.evidence.read.text.cues import cues
from rapport.evidence.read.text.document import Document, SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.sections import main_kind
from rapport.knowledge.model import Decision, PemStatus

_OF_OWN_MATERIAL = frozenset(SectionKind) - {
    SectionKind.INTRODUCTION,
    SectionKind.DISCUSSION,
    SectionKind.CONCLUSION,
    SectionKind.REFERENCES,
}
_TELLS_METHODS = frozenset({SectionKind.METHODS, SectionKind.ABSTRACT, SectionKind.UNKNOWN})
_ARGUMENTS = frozenset({Design.NARRATIVE_REVIEW, Design.COMMENTARY, Design.MODELLING})
"""Designs that are guessed where no data are seen, and no word names the design."""
_NAMED_BY_A_TITLE = frozenset(
    {
        Design.SYSTEMATIC_REVIEW,
        Design.META_ANALYSIS,
        Design.SCOPING_REVIEW,
        Design.GUIDELINE,
    }
)


def pem(document: Document, design: DesignRecord, reader: EntryReader) -> PemRecord:
    """The PEM record of a document.

    Missing: `not_stated` where no usable entry rule was found; every asserted badge has the
    spans that decide it.
    """
    people = population(document)
    lookup = document.lookup
    verdict = _without_participants(document, design, people, lookup)
    if verdict is not None and "nobody_studied" in verdict.flags:
        verdict = None if _was_looked_for(document, people, reader, lookup) else verdict
    if verdict is None or _is_argument_by_guess(verdict, design, lookup):
        told = of_participants(document, people, reader, lookup)
        verdict = told if verdict is None or _admits(told) else verdict
    return _record(document, verdict, reader, lookup)


def _without_participants(
    document: Document, design: DesignRecord, people: Population, lookup: Lookup
) -> Verdict | None:
    """Not applicable: nobody took part of whom the badge could speak.

    A notice, a study of studies, animals or cells without patients, published data, texts; or
    people of whom nobody was studied as having the illness.
    """
    first = tuple(document.span(sentence) for sentence in document.sentences[:1])
    if people.is_notice:
        return Verdict(decision=Decision.NOT_APPLICABLE, rule="P099", spans=first)
    # A title alone can name a study of studies; that it sounds like a review says nothing.
    is_title = set(document.canonical.fields) == {"title"}
    reviews = design.value in (_NAMED_BY_A_TITLE if is_title else ABOUT_OTHERS)
    # What an introduction or a discussion tells of patients' blood was done by others.
    animals = design.value is Design.IN_VITRO_OR_ANIMAL and not lookup.within(
        _OF_OWN_MATERIAL
    ).has(pattern_of("human_material"))
    if reviews or animals:
        return Verdict(
            decision=Decision.NOT_APPLICABLE, rule="P099", spans=design.evidence[:1] or first
        )
    absent = absence(document, people, design.value)
    if absent is None:
        return None
    return Verdict(
        decision=Decision.NOT_APPLICABLE,
        rule="P099",
        flags=(absent.flag,) if absent.flag == "nobody_studied" else (),
        spans=(document.span(absent.sentence),),
    )


def _was_looked_for(
    document: Document, people: Population, reader: EntryReader, lookup: Lookup
) -> bool:
    """Whether people of a study of something else were told to meet a definition, or not to."""
    return lookup.has(pattern_of("illness")) and any(
        statement.role in (Role.ENTRY, Role.OUTCOME, Role.SUBGROUP)
        and statement.sentence.section in _TELLS_METHODS
        and any(
            which
            and reader.definitions[which].pem.status is not PemStatus.UNCLEAR
            and reader.definitions[which].scope != "comparator label"
            for which in statement.definitions
        )
        for statement in reader.statements(document, people, lookup)
    )


def _is_argument_by_guess(verdict: Verdict, design: DesignRecord, lookup: Lookup) -> bool:
    """Whether all that speaks against people is a guess that a text with methods is an argument.

    An extract that tells how people were taken in, and no more, shows no data of its own.
    """
    return (
        verdict.spans[:1] == design.evidence[:1]
        and design.value in _ARGUMENTS
        and not design.is_certain
        and all(span.field != "title" for span in design.evidence)
        and any(_tells_methods(sentence) for sentence in lookup.sentences)
    )


def _tells_methods(sentence: Sentence) -> bool:
    if sentence.section is SectionKind.METHODS:
        return True
    return any(
        main_kind(title) is SectionKind.METHODS or opens_inclusion(title)
        for title in sentence.titles
    )


def _admits(verdict: Verdict) -> bool:
    """Whether a verdict rests on sentences of the methods that say how people entered."""
    return badge_of(verdict.decision) in (Badge.REQUIRED, Badge.NOT_REQUIRED) and any(
        s.role is Role.ENTRY and s.definitions and _tells_methods(s.sentence)
        for s in verdict.statements
    )


def _record(
    document: Document,
    verdict: Verdict,
    reader: EntryReader,
    lookup: Lookup,
) -> PemRecord:
    badge = badge_of(verdict.decision) or Badge.NOT_STATED
    sentences = list(dict.fromkeys(s.sentence for s in verdict.statements))
    spans = (*(document.span(sentence) for sentence in sentences), *verdict.spans)
    hours = [s.hours for s in verdict.statements if s.hours is not None]
    used = [s.instrument for s in verdict.statements if s.instrument is not None]
    asserted = badge in (Badge.REQUIRED, Badge.MIXED)
    return PemRecord(
        badge=badge,
        definitions=verdict.definitions,
        combination=verdict.joined,
        minimum_hours=max(hours, default=None) if asserted else None,
        share_with_pem=None if badge is Badge.NOT_APPLICABLE else share_with_pem(lookup),
        instrument=next(iter(used), None),
        rule=verdict.rule,
        why=why(
            verdict.decision,
            verdict.definitions,
            verdict.joined,
            verdict.flags,
            reader.definitions,
            reader.plain_names,
        ),
        flags=verdict.flags,
        evidence=spans[:MOST_SPANS],
    )


def decided(document: Document, reader: EntryReader) -> tuple[Decision, tuple[str, ...]]:
    """The decision of a stretch of text on its own, with the definitions it rests on."""
    lookup = document.lookup
    statements = reader.statements(document, population(document), lookup)
    entries = [s for s in statements if s.role is Role.ENTRY]
    named = [s for s in entries if not is_weak(s, reader.definitions)]
    if named:
        verdict = by_entry(foremost(named), statements, _NOBODY, reader.definitions)
        unclear = verdict.decision is Decision.UNCLEAR and not verdict.definitions
        candidates = tuple(dict.fromkeys(c for s in named for c in s.candidates))
        return verdict.decision, candidates if unclear else verdict.definitions
    if any(s.role is Role.SUBGROUP for s in statements):
        groups = [s for s in statements if s.role is Role.SUBGROUP]
        return Decision.SUBGROUP_ONLY, tuple(joined_definitions(groups)[0])
    others = [s for s in statements if s.role is Role.OTHER_GROUP]
    if any(_WERE_TAKEN_IN.search(s.sentence.text) for s in others):
        return Decision.NOT_REQUIRED, tuple(joined_definitions(others)[0])
    if any(s.role is not Role.ENTRY for s in statements):
        return Decision.IGNORE, ()
    return _told_otherwise(document, lookup, entries, reader)


_WERE_TAKEN_IN = re.compile(r"\b(?:were|was) (?:enrolled|included|recruited|studied)\b", re.I)
_NOBODY = Population(
    me_cfs=0, long_covid=0, studied_as_me_cfs=0, found_afterwards=0, is_notice=False
)


def _told_otherwise(
    document: Document, lookup: Lookup, entries: Sequence[Statement], reader: EntryReader
) -> tuple[Decision, tuple[str, ...]]:
    cue = next(
        (
            c
            for s in document.sentences
            if (c := cues("entry_without_definition").first(s.text))
        ),
        None,
    )
    if cue is not None and cue.says == "not_applicable":
        return Decision.NOT_APPLICABLE, ()
    verdict = by_own_rule(document, own_entry(lookup, _NOBODY, reader), entries, reader)
    if verdict.decision is Decision.NOT_STATED and not verdict.definitions and cue is None:
        return Decision.IGNORE, ()
    return verdict.decision, verdict.definitions
