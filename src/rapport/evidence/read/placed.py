"""Where a sentence counts as standing: a short text without a methods section is an abstract."""

import msgspec

from rapport.evidence.read.document import Document, SectionKind, Sentence

_LONGEST_ABSTRACT = 6000
"""Characters; structured abstracts with author lists and a trial's numbers come near it."""


def placed(document: Document) -> list[Sentence]:
    """The sentences of the document, those of a text as short as an abstract as an abstract's.

    The labels of a short text ("Methods:") divide its abstract; headings open sections.
    """
    fields = document.canonical.fields
    is_headed = any(sentence.section is SectionKind.METHODS for sentence in document.sentences)
    if is_headed or "body" in fields or len(fields.get("text", "")) >= _LONGEST_ABSTRACT:
        return list(document.sentences)
    return [_in_abstract(sentence) for sentence in document.sentences]


def _in_abstract(sentence: Sentence) -> Sentence:
    if sentence.section in {SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.BACK}:
        return sentence
    return msgspec.structs.replace(sentence, section=SectionKind.ABSTRACT)
