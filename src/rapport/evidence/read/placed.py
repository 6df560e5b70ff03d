"""Where a sentence counts as standing: a short text is an abstract, whatever its headings."""

import msgspec

from rapport.evidence.read.document import Document, SectionKind, Sentence

_LONGEST_ABSTRACT = 6000
"""Characters; structured abstracts with author lists and a trial's numbers come near it."""


def placed(document: Document) -> list[Sentence]:
    """The sentences of the document, those of a text as short as an abstract as an abstract's.

    The headings of a short text ("Methods:") divide its abstract; they open no sections.
    """
    fields = document.canonical.fields
    if "body" in fields or len(fields.get("text", "")) >= _LONGEST_ABSTRACT:
        return list(document.sentences)
    return [_in_abstract(sentence) for sentence in document.sentences]


def _in_abstract(sentence: Sentence) -> Sentence:
    if sentence.section in {SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.BACK}:
        return sentence
    return msgspec.structs.replace(sentence, section=SectionKind.ABSTRACT)
