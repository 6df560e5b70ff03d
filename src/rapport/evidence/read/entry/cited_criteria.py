"""Sentences that name criteria by a citation alone: "met the criteria [4]"."""

from rapport.evidence.read.text.document import Document, SectionKind
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.patterns import TextPattern

_OF_OTHER_PAPERS = frozenset(
    {
        SectionKind.INTRODUCTION,
        SectionKind.DISCUSSION,
        SectionKind.CONCLUSION,
        SectionKind.LIMITATIONS,
        SectionKind.BACK,
    }
)
"""Where papers are discussed: a citation beside "criteria" is no rule of this study there."""
_CITES = TextPattern(
    [
        r"(?:criteri|definition|diagnos(?:ed|is)|(?:as )?(?:defined|described)\b)"
        r"[^.;\n]{0,60}(?:[\[(]\d{1,3}|[a-z)\]][.,]?\d{1,2}\b)"
    ],
    ignore_case=True,
)


def cites_criteria(document: Document, lookup: Lookup) -> frozenset[int]:
    """Sentences in which a citation stands beside criteria, where that can be a rule."""
    if not document.references:
        return frozenset()
    return frozenset(
        index
        for index in lookup.indices(_CITES)
        if document.sentences[index].section not in _OF_OTHER_PAPERS
    )
