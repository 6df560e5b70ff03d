"""Who was studied and how many, read from the text."""

from rapport.cards.facts import Participants
from rapport.evidence.read.document import Document


def participants(document: Document) -> Participants:
    """Numbers of patients and controls with their spans; None where not stated."""
    del document
    return Participants()
