"""The sentences that name criteria or PEM and do not decide the badge, each with the reason."""

from collections.abc import Iterable, Sequence

import msgspec

from rapport.core.spans import Span
from rapport.evidence.read.entry.context import Role
from rapport.evidence.read.entry.statement import Statement
from rapport.evidence.read.text.document import Document
from rapport.evidence.read.text.sections import SectionKind

ROLE_WORDS = {
    Role.ENTRY: "tells who could take part, but other sentences decide",
    Role.SUBGROUP: "tells it of a part of the people",
    Role.OUTCOME: "tells what was found out later",
    Role.CONTROL: "tells it of controls",
    Role.OTHER_GROUP: "tells it of another group",
    Role.EXCLUSION: "tells who was left out",
    Role.MEASURE: "tells what was measured",
    Role.BACKGROUND: "tells of the matter in general",
    Role.OTHER_STUDY: "tells of another study",
    Role.RECOMMENDATION: "tells what others should do",
    Role.BELIEF: "tells what somebody thinks",
    Role.NONE: "does not say who could take part",
}
"""Why a clause does not decide, as a person reads it after "this sentence"."""


class SetAside(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A clause that names a case definition or PEM and does not decide the badge.

    `definitions` has None for a name that could mean several; it is empty where only PEM is
    named. `rule` is the entry rule that the clause follows, where it follows one.
    """

    span: Span
    section: SectionKind
    role: Role
    definitions: tuple[str | None, ...] = ()
    rule: str | None = None


def set_aside(
    document: Document, statements: Iterable[Statement], evidence: Sequence[Span]
) -> tuple[SetAside, ...]:
    """The clauses that are in none of the deciding spans, in the order of the text, each once."""
    found = (_set_aside(document, each) for each in statements)
    return tuple(dict.fromkeys(each for each in found if each.span not in evidence))


def _set_aside(document: Document, statement: Statement) -> SetAside:
    return SetAside(
        span=document.span(statement.sentence),
        section=statement.sentence.section,
        role=statement.role,
        definitions=statement.definitions,
        rule=statement.rule,
    )
