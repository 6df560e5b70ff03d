"""The statements of the part of a text that tells entry in full."""

from collections.abc import Sequence

from rapport.evidence.read.entry.context import is_background
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.text.sections import SectionKind

RANKS: dict[SectionKind, int] = {
    SectionKind.METHODS: 0,
    SectionKind.UNKNOWN: 1,
    SectionKind.ABSTRACT: 1,
    SectionKind.TITLE: 2,
    SectionKind.TABLE: 2,
    SectionKind.CAPTION: 2,
    SectionKind.RESULTS: 2,
}
"""Where a rule is told in full comes before where it is told in short."""
_LAST = 3


def foremost(statements: Sequence[Statement]) -> list[Statement]:
    """The statements of the section that tells entry in full."""
    best = min(map(_rank, statements))
    return [s for s in statements if _rank(s) == best]


def _rank(statement: Statement) -> int:
    """What a short text says under the heading of a discussion comes last."""
    section, titles = statement.sentence.section, statement.sentence.titles
    if section is SectionKind.ABSTRACT and is_background(titles):
        return _LAST
    return RANKS.get(section, _LAST)
