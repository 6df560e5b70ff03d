"""Labelled quotes and the sentences of a paper: which is which."""

import re
from collections.abc import Sequence

_SIGNS = re.compile(r"[^\w<>=%.]")
_FEWEST = 25
"""Signs that a piece must have to count as part of a sentence that was cut elsewhere."""

Placed = tuple[str, bool]
"""Words of a sentence, and whether it stands in the abstract."""


def matched(quotes: Sequence[Placed], sentences: Sequence[Placed]) -> list[int | None]:
    """For each quote the position of its sentence; None where the paper has no such sentence.

    White space and punctuation do not count. Of equal sentences the one in the same part of
    the paper is taken. Where sentences were cut elsewhere, the longest piece that lies in the
    quote, or holds it, is taken.
    """
    keys = [_SIGNS.sub("", text) for text, _ in sentences]
    whole: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        whole.setdefault(key, []).append(index)
    places = [in_abstract for _, in_abstract in sentences]
    return [_index(_SIGNS.sub("", text), there, keys, whole, places) for text, there in quotes]


def _index(
    quote: str,
    in_abstract: bool,
    keys: Sequence[str],
    whole: dict[str, list[int]],
    places: Sequence[bool],
) -> int | None:
    found = whole.get(quote)
    if found:
        return next((index for index in found if places[index] == in_abstract), found[0])
    pieces = [
        (min(len(key), len(quote)), -index)
        for index, key in enumerate(keys)
        if len(key) >= _FEWEST
        and places[index] == in_abstract
        and (key in quote or quote in key)
    ]
    return -max(pieces)[1] if pieces else None
