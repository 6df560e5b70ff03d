"""What the next sentence adds to a rule: that one of its definitions is enough, or how long PEM."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from rapport.core.vocabulary import Combination
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.decision import combined, decision_of
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.text.cues import cues
from rapport.evidence.read.text.document import Sentence
from rapport.knowledge.model import CaseDefinition

_FEWEST = 2
_OF_THE_DIAGNOSIS = re.compile(r"diagnos", re.I)
_ROLES = (Role.ENTRY, Role.SUBGROUP)


def with_sequels(
    statements: Sequence[Statement],
    sentences: Sequence[Sentence],
    definitions: Mapping[str, CaseDefinition],
) -> tuple[Statement, ...]:
    """The statements, each with what the sentence behind it says of its definitions."""
    following = dict(pairwise(sentences))
    explicit = {s.sentence: s for s in statements if s.explicit and not s.definitions}
    found: list[Statement] = []
    before: dict[Sentence, Statement] = {}
    for statement in statements:
        following_one = following.get(statement.sentence)
        told = _said_of_the_same(statement, before)
        if told.definitions and told.role in _ROLES and following_one is not None:
            told = _any_of_these(told, following_one, definitions)
            told = _lasting(told, explicit.get(following_one), definitions)
            before[following_one] = told
        found.append(told)
    return tuple(found)


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
