"""A clinic's own list of words that lead to the page of help (SR5): it adds a page, and no more.

A word that is found proves nothing, and one that is not found reassures nobody. Pure.
"""

import re
from collections.abc import Iterable


def holds_a_word(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands in one of the texts, whole and in any case."""
    parts = [re.escape(" ".join(word.casefold().split())) for word in words if word.strip()]
    if not parts:
        return False
    listed = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
    return any(listed.search(" ".join(text.casefold().split())) for text in texts)
