"""A sentence of a publication, with its place."""

import msgspec

from rapport.evidence.read.text.sections import SectionKind


class Sentence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One sentence: `text` is even (one space, line ends joined), the same words as the field.

    Units: `start` and `end` count characters of the canonical field; `paragraph` counts the
    paragraphs of the document from 0. It can be part of no cycle, so no collector looks at it.
    """

    field: str
    start: int
    end: int
    text: str
    section: SectionKind
    titles: tuple[str, ...]
    paragraph: int
