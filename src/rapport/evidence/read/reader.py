"""The reader: one publication in, one reading out."""

from collections.abc import Mapping

from rapport.cards.strength import Strength
from rapport.cards.study_card import Versions
from rapport.core.vocabulary import ReadScope
from rapport.evidence.publication import Origin, Publication, Reference, Section
from rapport.evidence.read.badge.pem import decided, pem
from rapport.evidence.read.design.conduct import with_conduct
from rapport.evidence.read.design.design import design
from rapport.evidence.read.design.harms import harms
from rapport.evidence.read.entry.entry_reader import EntryReader
from rapport.evidence.read.people.described import with_description
from rapport.evidence.read.people.participants import participants
from rapport.evidence.read.people.population import population
from rapport.evidence.read.reading import READER_VERSION, Reading
from rapport.evidence.read.set_aside import SetAside, set_aside
from rapport.evidence.read.statements.statements import statements
from rapport.evidence.read.text.document import Document, document
from rapport.evidence.read.text.values import Told
from rapport.knowledge.model import Decision, Knowledge

_ABSTRACT_AT_MOST = 6_000
"""Characters; a plain text that is no longer and cites nothing is an abstract."""


class Reader:
    """Reads publications; compiled once from the knowledge base, then pure."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entry = EntryReader(knowledge)
        self._strength = Strength(knowledge)
        self._versions = Versions(reader=READER_VERSION, knowledge=knowledge.version)

    def read(self, publication: Publication) -> Reading:
        """The reading of one publication; every value with the spans that carry it."""
        return self._read(publication, document(publication))

    def explain(self, publication: Publication) -> tuple[Reading, tuple[SetAside, ...]]:
        """The reading, and the clauses on criteria or PEM that are in none of its deciding spans."""
        text = document(publication)
        reading = self._read(publication, text)
        statements = self._entry.statements(text, population(text), text.lookup)
        return reading, set_aside(text, statements, reading.pem.evidence)

    def _read(self, publication: Publication, text: Document) -> Reading:
        told = Told(text)
        found = design(text)
        return Reading(
            id=publication.id,
            identifiers=publication.identifiers,
            read=scope(publication),
            pem=pem(text, found, self._entry),
            design=with_conduct(found, told),
            participants=with_description(participants(text, found), found.value, told),
            statements=statements(text, self._strength),
            versions=self._versions,
            harms=harms(found.value, told),
        )

    def decide(
        self, text: str, *, section: str, references: Mapping[str, str] | None = None
    ) -> tuple[Decision, tuple[str, ...]]:
        """What sentences under a heading decide, and the definitions they name for it.

        The same steps as for a publication, on a section alone: this is how the examples of the
        knowledge base are run.
        """
        return decided(_as_document(text, section, references or {}), self._entry)


def scope(publication: Publication) -> ReadScope:
    """What of a publication there was to read; a text beside an abstract is more than one."""
    text = publication.text or ""
    if publication.sections or len(text) > _ABSTRACT_AT_MOST or (text and publication.abstract):
        return ReadScope.FULL_TEXT
    return ReadScope.ABSTRACT if publication.abstract or publication.text else ReadScope.TITLE


def _as_document(text: str, section: str, references: Mapping[str, str]) -> Document:
    titles = [title.strip() for title in section.split(">")]
    listed = tuple(
        Section(title=title, depth=depth, paragraphs=(text,) if depth == len(titles) else ())
        for depth, title in enumerate(titles, start=1)
    )
    cited = tuple(Reference(label=label, text=words) for label, words in references.items())
    return document(
        Publication(
            origin=Origin(file="example", position=1, format="example"),
            sections=listed,
            references=cited,
        )
    )
