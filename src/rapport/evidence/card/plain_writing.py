"""Phrases of a study in plain writing: short forms written out, the capitals of headlines small."""

import re
from collections.abc import Iterable, Iterator

_SHORT_FORM = re.compile(r"\s\((?P<short>(?=\w*[A-Z][\w-]*[A-Z])[A-Za-z][\w-]{1,9}?)s?\)")
_KNOWN = frozenset({"ME", "CFS", "PEM", "COVID-19", "SARS-CoV-2", "DNA", "RNA", "MRI", "CI"})
"""Short forms that readers know better than the long ones."""
_IN_SENTENCE = re.compile(r"(?<=[a-z0-9,;)]\s)[A-Z][a-z]+\b")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}\b")
_HEADLINE = 0.6
"""Share of a title's longer words that begin with a capital from which on it is a headline."""
_MOST_LETTERS = 200
_WORD = re.compile(r"[\w-]*[^\W_]")


class PlainWriting:
    """How one study writes its short forms and its names, for its phrases to be told to people."""

    def __init__(self, title: str | None, texts: Iterable[str]) -> None:
        listed = list(texts)
        self._long_forms = dict(pair for text in listed for pair in long_forms(text))
        self._is_headline = is_headline(title or "")
        self._names = {name for text in listed for name in _IN_SENTENCE.findall(text)}

    def of(self, phrase: str, *, is_of_title: bool) -> str:
        """The phrase with its short forms written out, a headline's capitals made small."""
        if is_of_title and self._is_headline:
            phrase = _CAPITALISED.sub(self._small, phrase)
        return _WORD.sub(lambda match: self._written_out(match.group()), phrase)

    def _small(self, match: re.Match[str]) -> str:
        return match.group() if match.group() in self._names else match.group().lower()

    def _written_out(self, word: str) -> str:
        return self._long_forms.get(word) or self._long_forms.get(word.removesuffix("s"), word)


def is_headline(title: str) -> bool:
    """Whether a title writes most of its words with a capital."""
    words = _LONG_WORD.findall(title)
    return sum(word[0].isupper() for word in words) > _HEADLINE * len(words)


def long_forms(text: str) -> Iterator[tuple[str, str]]:
    """Each short form that the text explains in brackets, with its long form."""
    for match in _SHORT_FORM.finditer(text):
        short = match["short"]
        before = text[max(0, match.start() - _MOST_LETTERS) : match.start()]
        found = None if short in _KNOWN else long_form(short, before)
        if found:
            yield short, found


def long_form(short: str, before: str) -> str | None:
    """The words at the end of `before` of which `short` is short.

    Missing: None where its letters do not stand there in order, the first at the head of a word.
    Source: the algorithm of Schwartz and Hearst (Pac Symp Biocomput 2003: 451-62).
    """
    letters = [letter for letter in short.lower() if letter.isalnum()]
    text, at = before.lower(), len(before)
    for number, letter in reversed(list(enumerate(letters))):
        at = text.rfind(letter, 0, at)
        while number == 0 and at > 0 and text[at - 1].isalnum():
            at = text.rfind(letter, 0, at)
        if at < 0:
            return None
    words = before[at:].split()
    fits = 1 < len(words) <= min(len(letters) + 5, 2 * len(letters))
    return " ".join(words) if fits and not re.search(r"[.;:()]", before[at:]) else None
