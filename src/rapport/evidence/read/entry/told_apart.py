"""Definitions, or PEM, that tell people apart who are already in: groups, and no rule of entry."""

from collections.abc import Sequence

from rapport.core.answers import Answer
from rapport.core.vocabulary import Combination
from rapport.evidence.read.entry.clauses import PEM
from rapport.evidence.read.entry.context import Role, Told, about_controls, told_of_pem
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.text.cues import cues
from rapport.evidence.read.text.sections import SectionKind
from rapport.evidence.read.text.sentence import Sentence
from rapport.knowledge.model import Decision

TOLD_APART = "told_apart"
"""The rule for people who are set against each other by the definition they met."""
BY_PEM = "groups_by_pem"
_PLACES = (SectionKind.ABSTRACT, SectionKind.METHODS, SectionKind.UNKNOWN)


def as_rule_of_all(told: Told, answers: Sequence[Answer]) -> Told:
    """Its role, but that of entry where all who are told apart had a rule that answers alike."""
    alike = len(answers) > 1 and len(set(answers)) == 1
    if told.cue != TOLD_APART or not alike or Answer.NOT_STATED in answers:
        return told
    return Told(role=Role.ENTRY, rule=None, cue=told.cue)


def sorted_by_pem(sentence: Sentence, words: str) -> Statement | None:
    """The statement of a clause that sorts people by whether they have PEM; None of any other."""
    if PEM not in words or sentence.section not in _PLACES:
        return None
    cue = cues("pem_clauses").first(words, prefix=BY_PEM)
    if cue is None or about_controls(words, PEM):
        return None
    if told_of_pem(words, sentence.section, sentence.titles).role not in _OWN:
        return None
    return Statement(
        sentence=sentence,
        role=Role.SUBGROUP,
        answer=Answer.YES,
        decision=Decision.REQUIRED,
        joined=Combination.NONE,
        rule=cue.rule,
        cue=cue.id,
    )


_OWN = frozenset({Role.ENTRY, Role.SUBGROUP})
"""Roles of what is told of this study's own people."""
