"""Made-up publications and readings: a short way to write down a study and what was read of it."""

from collections.abc import Mapping

import pytest

from rapport.cards.facts import DesignRecord, Participants, PemRecord, ReadStatement
from rapport.cards.strength import Strength
from rapport.cards.study_card import Versions
from rapport.core.ids import Identifiers
from rapport.core.spans import Span, span_of
from rapport.core.vocabulary import Badge, Design, ReadScope, StatementKind, band_of
from rapport.evidence.canonical import canonical
from rapport.evidence.publication import AbstractPart, Origin, Publication
from rapport.evidence.read.reading import Reading
from rapport.evidence.read.statements.links import link_in
from rapport.knowledge.load import load

STRENGTH = Strength(load())


class MadeUp:
    """A publication with a reading put together by hand, each value found by its words."""

    def __init__(self, *abstract, **publication):
        publication.setdefault("title", "Sleep and pain in a small town")
        self.publication = Publication(
            origin=Origin(file="made-up.jsonl", position=1, format="jsonl"),
            abstract=tuple(AbstractPart(text=text) for text in abstract),
            **publication,
        )
        self.fields: Mapping[str, str] = canonical(self.publication).fields
        self.pem = PemRecord(badge=Badge.NOT_STATED)
        self.design = DesignRecord(value=Design.OTHER)
        self.participants = Participants()
        self.statements: list[ReadStatement] = []

    def span(self, words) -> Span:
        """Where the words stand first."""
        for name, text in self.fields.items():
            start = text.find(words)
            if start >= 0:
                return span_of(self.fields, name, start, start + len(words))
        raise AssertionError(f"not in the text: {words}")

    def entered(self, badge, words=None, **more):
        """The badge, with the words that decide it."""
        self.pem = PemRecord(badge=badge, evidence=self._evidence(words), **more)
        return self

    def designed(self, value, words=None, **more):
        """The design, with the words that state it."""
        self.design = DesignRecord(value=value, evidence=self._evidence(words), **more)
        return self

    def counted(self, words, **numbers):
        """The numbers of people, with the words that state them."""
        self.participants = Participants(evidence=self._evidence(words), **numbers)
        return self

    def says(self, kind, *sentences):
        """Sentences of one kind, with their strength where the kind has one."""
        for words in sentences:
            place = self.span(words)
            graded = kind in {StatementKind.OBSERVED, StatementKind.INFERRED}
            level = STRENGTH.level(words) if graded else None
            self.statements.append(
                ReadStatement(
                    kind=kind,
                    field=place.field,
                    start=place.start,
                    end=place.end,
                    quote=words,
                    strength=level,
                    band=None if level is None else band_of(level),
                    link=link_in(place) if graded else None,
                    claimed=STRENGTH.claimed(words) if graded else None,
                )
            )
        return self

    def reading(self) -> Reading:
        """All of it as a reading."""
        scope = ReadScope.ABSTRACT if self.publication.abstract else ReadScope.TITLE
        return Reading(
            id=self.publication.id,
            identifiers=self.publication.identifiers or Identifiers(),
            read=ReadScope.FULL_TEXT if self.publication.sections else scope,
            pem=self.pem,
            design=self.design,
            participants=self.participants,
            statements=tuple(self.statements),
            versions=Versions(reader="made up", knowledge="made up"),
        )

    def _evidence(self, words):
        return (self.span(words),) if words else ()


@pytest.fixture
def made_up():
    """The class, so that a test writes its own study."""
    return MadeUp
