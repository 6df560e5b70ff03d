"""Where the paragraphs of a JATS article cite, resolved against its reference list."""

import re
from collections.abc import Iterable, Sequence

from rapport.evidence.publication import Citation
from rapport.evidence.sources.jats.tree import CitedWords, MarkedText

_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")


class ReferenceOrder:
    """The ids of the entries of the reference list, in its order."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(dict.fromkeys(keys))
        self._place = {key: place for place, key in enumerate(self._keys)}

    def known(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of `keys` that are in the list."""
        return tuple(key for key in keys if key in self._place)

    def after(self, first: str, last: str) -> tuple[str, ...]:
        """The entries after `first` up to and with `last`; only `last` if it stands before."""
        found = self._keys[self._place[first] + 1 : self._place[last] + 1]
        return found or (last,)


def citations(paragraphs: Sequence[MarkedText], order: ReferenceOrder) -> tuple[Citation, ...]:
    """The citations of a section's paragraphs that point into its reference list, in order.

    Of a printed range ("1-4") the file often tags only the ends: the end of such a range gets
    the keys of all that are meant between.
    """
    found: list[Citation] = []
    for number, paragraph in enumerate(paragraphs):
        before: CitedWords | None = None
        for cited in paragraph.citations:
            keys = _meant(paragraph.text, before, cited, order)
            if keys:
                found.append(
                    Citation(paragraph=number, start=cited.start, end=cited.end, keys=keys)
                )
            before = cited
    return tuple(found)


def _meant(
    text: str, before: CitedWords | None, cited: CitedWords, order: ReferenceOrder
) -> tuple[str, ...]:
    keys = order.known(cited.keys)
    if before is None or not keys or not _DASH.fullmatch(text, before.end, cited.start):
        return keys
    first = order.known(before.keys)
    return order.after(first[-1], keys[0]) + keys[1:] if first else keys
