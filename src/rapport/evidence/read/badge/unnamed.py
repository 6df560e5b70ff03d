"""The verdict where no definition of ME/CFS let people in: a rule of their own, or a diagnosis."""

import re
from collections.abc import Mapping, Sequence

from rapport.core.answers import Answer
from rapport.core.vocabulary import Combination
from rapport.evidence.read.badge.judgement import MOST_SPANS, Verdict
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.entry_reader import EntryReader
from rapport.evidence.read.entry.own_rule import OwnEntry
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.people.population import Population, pattern_of
from rapport.evidence.read.text.document import Document
from rapport.evidence.read.text.sections import SectionKind
from rapport.knowledge.model import CaseDefinition, Decision

_DEFINES = re.compile(r"criteri|defin|according|accordance|diagnos|guideline|consensus", re.I)
"""What is said of a body's definition, and not of its forms and scales."""
_LOOKED_FOR_IN = (SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.UNKNOWN)


def by_other_names(
    statements: Sequence[Statement],
    people: Population,
    definitions: Mapping[str, CaseDefinition],
) -> Verdict | None:
    """Not required, by a definition that is no rule of entry for ME/CFS; None if there is none.

    People entered as having long COVID by a published definition; or, among people of another
    kind, ME/CFS was looked for by definitions that do not ask for PEM.
    """
    entered = [
        s
        for s in statements
        if s.role is Role.ENTRY
        and s.answer is Answer.NO
        and people.is_covid_cohort
        and _DEFINES.search(s.sentence.text)
        and not pattern_of("me_cfs").occurs_in(s.sentence.text)
        and any(definitions[w].category == "long COVID" for w in s.definitions if w)
    ]
    told = entered or _looked_for(statements, people)
    ids = tuple(dict.fromkeys(which for s in told for which in s.definitions if which))
    if not ids:
        return None
    return Verdict(
        decision=Decision.NOT_REQUIRED,
        statements=tuple(told[:MOST_SPANS]),
        definitions=ids,
        joined=Combination.SINGLE if len(ids) == 1 else Combination.ANY,
        rule="P076" if entered else "P075",
        flags=() if entered else ("classified_after_entry",),
    )


def _looked_for(statements: Sequence[Statement], people: Population) -> list[Statement]:
    """What ME/CFS was looked for by, where nobody entered as having it and no PEM was asked."""
    if people.studied_as_me_cfs and not people.found_afterwards:
        return []
    looked = [
        s
        for s in statements
        if s.definitions
        and (s.role is Role.OUTCOME or (s.role is Role.SUBGROUP and s.cue == "share"))
        and s.sentence.section in _LOOKED_FOR_IN
    ]
    return looked if all(s.answer is Answer.NO for s in looked) else []


def by_own_rule(
    document: Document, own: OwnEntry, entries: Sequence[Statement], reader: EntryReader
) -> Verdict:
    """The verdict where no definition decides: a rule of its own, a diagnosis, or nothing."""
    spans = tuple(document.span(sentence) for sentence in own.sentences[:MOST_SPANS])
    if own.is_rule:
        return Verdict(
            decision=Decision.NOT_REQUIRED,
            definitions=own.definitions,
            joined=Combination.SINGLE if own.definitions else Combination.NONE,
            rule=own.rule,
            flags=("own_rule",),
            spans=spans,
        )
    if own.ascertained:
        return Verdict(
            decision=Decision.NOT_STATED,
            definitions=own.definitions,
            joined=Combination.SINGLE,
            rule=own.rule,
            spans=spans,
        )
    names_illness = pattern_of("me_cfs")
    weak = [s for s in entries if s.definitions and names_illness.occurs_in(s.sentence.text)]
    ids = tuple(dict.fromkeys(w for s in weak for w in s.definitions if w))
    dx = tuple(w for w in ids if reader.definitions[w].category == "none")
    return Verdict(
        decision=Decision.NOT_STATED,
        statements=tuple(s for s in weak if set(s.definitions) & set(dx)),
        definitions=dx,
        joined=Combination.SINGLE if dx else Combination.NONE,
        rule="P047" if dx else None,
        spans=() if dx else spans,
    )
