"""Where a sentence counts as standing: a short text without a methods section is an abstract."""

from collections.abc import Mapping

import msgspec

from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.sections import SectionKind
from rapport.evidence.read.text.sentence import Sentence

_LONGEST_ABSTRACT = 6000
"""Characters; structured abstracts with author lists and a trial's numbers come near it."""
_STAY = {SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.BACK}


def placed(lookup: Lookup, fields: Mapping[str, str]) -> Lookup:
    """The sentences of a document, those of a text as short as an abstract as an abstract's.

    The labels of a short text ("Methods:") divide its abstract; headings open sections.
    """
    if "body" in fields or len(fields.get("text", "")) >= _LONGEST_ABSTRACT:
        return lookup
    sections = {sentence.section for sentence in lookup.sentences}
    if SectionKind.METHODS in sections or sections <= _STAY:
        return lookup
    return lookup.as_if([_in_abstract(sentence) for sentence in lookup.sentences])


def _in_abstract(sentence: Sentence) -> Sentence:
    if sentence.section in _STAY:
        return sentence
    return msgspec.structs.replace(sentence, section=SectionKind.ABSTRACT)
