"""Made-up publications for tests of reading."""

from rapport.evidence.publication import AbstractPart, Origin, Publication, Section
from rapport.evidence.read.text.document import document

ORIGIN = Origin(file="made-up", position=1, format="test")


def paper(title="Sleep in long illness", abstract="", sections=None, **other):
    """The document of a made-up paper; `sections` maps headings to paragraphs."""
    parts = (AbstractPart(text=abstract),) if abstract else ()
    body = tuple(
        Section(title=heading, paragraphs=(text,)) for heading, text in (sections or {}).items()
    )
    return document(
        Publication(origin=ORIGIN, title=title, abstract=parts, sections=body, **other)
    )


def plain(text, title="Sleep in long illness"):
    """The document of a made-up plain text."""
    return document(Publication(origin=ORIGIN, title=title, text=text))
