"""What the next sentence adds to a rule: who was let in by it, what is enough, or how long PEM."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from rapport.core.answers import Answer
from rapport.core.vocabulary import Combination
from rapport.evidence.read.entry.clauses import about_pem
from rapport.evidence.read.entry.context import Role, may_tell
from rapport.evidence.read.entry.decision import combined, decision_of
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.text.cues import cues
from rapport.evidence.read.text.document import SectionKind, Sentence
from rapport.knowledge.model import CaseDefinition, Decision

_FEWEST = 2
_OF_THE_DIAGNOSIS = re.compile(r"diagnos", re.I)
_ROLES = (Role.ENTRY, Role.SUBGROUP)


def with_sequels(
    statements: Sequence[Statement],
    sentences: Sequence[Sentence],
    definitions: Mapping[str, CaseDefinition],
) -> tuple[Statement, ...]:
    """The statements, each with what the sentence behind it says of its definitions.

    Clauses that tell nothing of their own (`Role.NONE`) are left out, unless it makes them a rule.
    """
    following = dict(pairwise(sentences))
    explicit = {s.sentence: s for s in statements if s.explicit and not s.definitions}
    found: list[Statement] = []
    before: dict[Sentence, Statement] = {}
    for statement in statements:
        following_one = following.get(statement.sentence)
        told = _said_of_the_same(statement, before)
        if following_one is not None and told.definitions:
            told = _letting_in(told, following_one)
        if told.definitions and told.role in _ROLES and following_one is not None:
            told = _any_of_these(told, following_one, definitions)
            told = _lasting(told, explicit.get(following_one), definitions)
            told = _all_items_asked(told, following_one)
            before[following_one] = told
        if told.role is not Role.NONE:
            found.append(told)
    return tuple(found)


def _letting_in(statement: Statement, after: Sentence) -> Statement:
    """Criteria that were looked at are the rule where those who met them are then let in."""
    open_role = statement.role is Role.NONE or statement.cue == "outcome"
    if not open_role or cues("connectors").first(after.text, prefix="next_let_in") is None:
        return statement
    if not may_tell("", after.section, after.titles) or after.section is SectionKind.TITLE:
        return statement
    return msgspec.structs.replace(statement, role=Role.ENTRY, cue="next_let_in", rule=None)


def _all_items_asked(statement: Statement, after: Sentence) -> Statement:
    """A list with PEM in it asks for PEM where all that it tells had to be there."""
    if statement.role is not Role.ENTRY or statement.answer is not Answer.NOT_STATED:
        return statement
    if not about_pem(statement.sentence.text):
        return statement
    if cues("connectors").first(after.text, prefix="next_all_items") is None:
        return statement
    return msgspec.structs.replace(
        statement, answer=Answer.YES, decision=Decision.REQUIRED, rule="P027", explicit=True
    )


def _any_of_these(
    statement: Statement, after: Sentence, definitions: Mapping[str, CaseDefinition]
) -> Statement:
    """Either is enough where the next sentence says: "One of these criteria had to be met"."""
    if len(statement.definitions) < _FEWEST or statement.joined is Combination.ANY:
        return statement
    if cues("connectors").first(after.text, prefix="next_any") is None:
        return statement
    answer = combined(statement.definitions, Combination.ANY, definitions)
    return msgspec.structs.replace(
        statement,
        joined=Combination.ANY,
        answer=answer,
        decision=decision_of(answer, statement.definitions, definitions),
    )


def _lasting(
    statement: Statement, after: Statement | None, definitions: Mapping[str, CaseDefinition]
) -> Statement:
    """A definition with the hours that the next sentence asks for is its published modification."""
    if after is None or after.hours is None:
        return statement
    modified = {
        each.modified_of[0]: each.id
        for each in definitions.values()
        if len(each.modified_of) == 1 and each.pem.minimum_hours == after.hours
    }
    ids = tuple(
        modified.get(which, which) if which else None for which in statement.definitions
    )
    return msgspec.structs.replace(statement, definitions=ids, hours=after.hours)


def _said_of_the_same(statement: Statement, before: Mapping[Sentence, Statement]) -> Statement:
    """What a diagnosis needed is asked of those whom the sentence before gave the diagnosis."""
    named = before.get(statement.sentence)
    if named is None or named.role is not Role.SUBGROUP or statement.definitions:
        return statement
    if not _OF_THE_DIAGNOSIS.search(statement.sentence.text):
        return statement
    return msgspec.structs.replace(statement, role=Role.SUBGROUP, cue=named.cue)
