"""Items of a list of inclusion criteria, which are read as if those words stood before them."""

import re
from collections.abc import Iterable, Sequence

from rapport.evidence.read.text.document import Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.patterns import TextPattern

_INCLUSION = re.compile(
    r"\W*(?:(?:box|table|panel) \w{1,3}\W+)?(?:[\d.]+ )?(?:the )?"
    r"(?:(?:key|main|study|trial|additional|further|general|specific|major|participants?|patients?|subjects?) ){0,2}"
    r"(?:inclusion|eligibility|entry|selection)(?: (?:and exclusion )?(?:criteri(?:a|on)|requirements))?"
    r"(?: (?:of|for) (?:the |this |all |our )?(?:study|trial|sample|cohort|adults|people|patients|participants|subjects|cases)"
    r"(?: with [^.;:]{2,40})?)?\W*",
    re.I,
)
_OPENS_A_LIST = TextPattern(
    [
        r"\b(?:inclu(?:sion|ded)|eligib\w+|criteria|required)\b[^.;]{0,80}:\s*$",
        # What is pasted from a register has its first item behind the words, and more follow.
        r"\binclusion(?: criteria)?\s*:\s*(?:[*\x{2022}\x{b7}\x{25aa}\x{25ba}-]|\(?(?:1|i|a)[.)])(?:\s|$)",
    ],
    ignore_case=True,
)
_SHUTS_OUT = re.compile(r"exclu|ineligib|not eligible", re.I)
_NO_ITEM = re.compile(
    r"\b(?:(?:assess|measur|evaluat|rated|record|monitor)\w*|is|are|includes?|these symptoms)\b",
    re.I,
)
"""What stands in a whole sentence about a symptom, and not in an item that asks for it."""
_BRACKETED = re.compile(r"\([^()]*\)")
"""What is said in passing of an item, such as how it was assessed."""
_SOME_OF = re.compile(
    r"(?:\b(?:at least|or more|any|some|either|one|two|three|four)\b|[\u2265>]).*:\s*$", re.I
)
"""An item that opens a list of its own, of which some are enough."""
_LONGEST_LIST = 8
_LIST_IN_A_SENTENCE = re.compile(
    r"\b(?:inclusion|eligib\w+|entry|included|required)\b[^.;:]{0,80}:\s", re.I
)
_ITEM = re.compile(
    r"(?:^|[;,.\s])\s*\(?(?:\d{1,2}|[a-h]|i{1,3}|iv|v|vi{0,3})[.)]\s+|;\s+|\s[\u2022\u00b7\u25aa\u2013-]\s+",
    re.I,
)


def in_lists(lookup: Lookup) -> set[int]:
    """Sentences under a heading of inclusion criteria, or in a list that such words open."""
    sentences = lookup.sentences
    found = {
        index
        for index, sentence in enumerate(sentences)
        if sentence.titles and opens_inclusion(sentence.titles[-1])
    }
    for opening in lookup.indices(_OPENS_A_LIST):
        if not _SHUTS_OUT.search(sentences[opening].text):
            found.update(_list_from(opening + 1, sentences))
    for opening in tuple(found):
        if _SOME_OF.search(sentences[opening].text):
            found.difference_update(_list_from(opening + 1, sentences))
    return {index for index in found if not _SHUTS_OUT.search(sentences[index].text)}


def opens_inclusion(heading: str) -> bool:
    """Whether a heading opens a list of inclusion criteria."""
    return _INCLUSION.fullmatch(heading) is not None


def _list_from(first: int, sentences: Sequence[Sentence]) -> Iterable[int]:
    """The items of a list: what follows in the same section, until others are shut out."""
    for index in range(first, min(first + _LONGEST_LIST, len(sentences))):
        same = sentences[index].titles == sentences[first - 1].titles
        if not same or _SHUTS_OUT.search(sentences[index].text):
            return
        yield index


def as_item(words: str, *, is_item: bool) -> str:
    """An item of a list of inclusion criteria, as if those words stood before it."""
    told = _BRACKETED.sub("", words)
    return f"Inclusion criteria: {words}" if is_item and not _NO_ITEM.search(told) else words


def listed_in(text: str, start: int) -> bool:
    """Whether the clause that starts there is an item of a list opened earlier in its sentence."""
    opening = _LIST_IN_A_SENTENCE.search(text, 0, start)
    return opening is not None and not _SHUTS_OUT.search(text, 0, start)


def items(words: str) -> list[str]:
    """The items of a list of inclusion criteria inside one sentence; empty where it has none."""
    opening = _LIST_IN_A_SENTENCE.search(words)
    if opening is None:
        return []
    listed = _SHUTS_OUT.split(words[opening.end() :], maxsplit=1)[0]
    found = [item.strip() for item in _ITEM.split(listed)]
    return [item for item in found if item] if len(found) > 1 else []
