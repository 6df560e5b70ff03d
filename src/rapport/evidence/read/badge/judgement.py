"""The decision of a whole document, and what it rests on."""

import msgspec

from rapport.core.spans import Span
from rapport.core.vocabulary import Combination
from rapport.evidence.read.entry.statement import Statement
from rapport.knowledge.model import Decision

MOST_SPANS = 4
"""Sentences that are shown for one decision."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The decision of a whole document and what it rests on."""

    decision: Decision
    statements: tuple[Statement, ...] = ()
    definitions: tuple[str, ...] = ()
    joined: Combination = Combination.NONE
    rule: str | None = None
    flags: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
