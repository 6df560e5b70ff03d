"""Labelled sentences and the sentences of a paper: which is which."""

import re
from collections.abc import Mapping, Sequence

from rapport.evidence.read.document import SectionKind, Sentence

_SIGNS = re.compile(r"[^\w<>=%.]")
_FEWEST = 25
"""Signs that a piece must have to count as part of a sentence that was cut elsewhere."""


def matched(
    labelled: Sequence[Mapping[str, object]], sentences: Sequence[Sentence]
) -> list[tuple[Mapping[str, object], int | None]]:
    """For each label the position of its sentence; None where the paper has no such sentence.

    Labels without `section` are looked for in the abstract first, others in the body. White
    space and punctuation do not count. Where sentences were cut elsewhere, the longest piece
    that lies in the label's quote, or holds it, is taken.
    """
    keys = [_key(each.text) for each in sentences]
    whole: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        whole.setdefault(key, []).append(index)
    return [(label, _index(label, keys, whole, sentences)) for label in labelled]


def _index(
    label: Mapping[str, object],
    keys: Sequence[str],
    whole: Mapping[str, list[int]],
    sentences: Sequence[Sentence],
) -> int | None:
    in_abstract = "section" not in label
    quote = _key(str(label["quote"]))
    found = whole.get(quote)
    if found:
        return next((i for i in found if _is_there(sentences[i], in_abstract)), found[0])
    pieces = [
        (min(len(key), len(quote)), -index)
        for index, key in enumerate(keys)
        if len(key) >= _FEWEST
        and _is_there(sentences[index], in_abstract)
        and (key in quote or quote in key)
    ]
    return -max(pieces)[1] if pieces else None


def _is_there(sentence: Sentence, in_abstract: bool) -> bool:
    return (sentence.section is SectionKind.ABSTRACT) == in_abstract


def _key(text: str) -> str:
    return _SIGNS.sub("", text)
