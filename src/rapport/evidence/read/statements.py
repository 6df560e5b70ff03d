"""What each sentence of a publication does, and how strongly it words a link."""

from rapport.cards.facts import ReadStatement
from rapport.cards.strength import Strength
from rapport.evidence.read.document import Document


def statements(document: Document, strength: Strength) -> tuple[ReadStatement, ...]:
    """The sentences of the abstract and those of the body that carry findings, in order."""
    del document, strength
    return ()
