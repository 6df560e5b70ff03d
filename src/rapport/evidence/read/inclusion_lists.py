"""Items of a list of inclusion criteria, which are read as if those words stood before them."""

import re
from collections.abc import Iterable, Sequence

from rapport.evidence.read.document import Sentence
from rapport.evidence.read.lookup import Lookup
from rapport.knowledge.patterns import TextPattern

_INCLUSION = re.compile(
    r"\W*(?:[\d.]+ )?(?:key |main |study )?(?:inclusion|eligibility|entry|selection)"
    r"(?: (?:and exclusion )?(?:criteri(?:a|on)|requirements))?\W*",
    re.I,
)
_OPENS_A_LIST = TextPattern(
    [r"\b(?:inclu(?:sion|ded)|eligib\w+|criteria|required)\b[^.;]{0,80}:\s*$"], ignore_case=True
)
_SHUTS_OUT = re.compile(r"exclu|ineligib|not eligible", re.I)
_NO_ITEM = re.compile(
    r"\b(?:(?:assess|measur|evaluat|rated|record|monitor)\w*|is|are|includes?|these symptoms)\b",
    re.I,
)
"""What stands in a whole sentence about a symptom, and not in an item that asks for it."""
_LONGEST_LIST = 8


def in_lists(lookup: Lookup) -> set[int]:
    """Sentences under a heading of inclusion criteria, or in a list that such words open."""
    sentences = lookup.sentences
    found = {
        index
        for index, sentence in enumerate(sentences)
        if sentence.titles and _INCLUSION.fullmatch(sentence.titles[-1])
    }
    for opening in lookup.indices(_OPENS_A_LIST):
        if not _SHUTS_OUT.search(sentences[opening].text):
            found.update(_list_from(opening + 1, sentences))
    return {index for index in found if not _SHUTS_OUT.search(sentences[index].text)}


def _list_from(first: int, sentences: Sequence[Sentence]) -> Iterable[int]:
    """The items of a list: what follows in the same section, until others are shut out."""
    for index in range(first, min(first + _LONGEST_LIST, len(sentences))):
        same = sentences[index].titles == sentences[first - 1].titles
        if not same or _SHUTS_OUT.search(sentences[index].text):
            return
        yield index


def as_item(words: str, *, is_item: bool) -> str:
    """An item of a list of inclusion criteria, as if those words stood before it."""
    return f"Inclusion criteria: {words}" if is_item and not _NO_ITEM.search(words) else words
