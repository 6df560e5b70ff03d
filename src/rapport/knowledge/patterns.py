"""RE2 patterns over text: google-re2, which has no types, behind one typed border.

RE2 runs in time linear in the text whatever the pattern, so no text can make it hang. It has no
look-around: what a pattern must not stand in is a pattern of its own.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import re2

from rapport.knowledge.needed_words import needed_words
from rapport.knowledge.watched_words import WATCHED

_RE2: Any = re2  # google-re2 has no types
_ANYWHERE: Any = _RE2._re2.RE2.Anchor.UNANCHORED
_NOWHERE = r"[^\x00-\x{10FFFF}]"
"""A pattern that is found in no text."""
_SKIPS = re.compile(r"\\w[+*]|\.\*|\[\^|\{")
"""What in a pattern may stand for words of any kind."""
_MEMORY = 256 * 1024 * 1024
"""A limit, not what is used: where less is allowed (8 MiB by default), RE2 falls back to its slow
engine for a large alternation. All names in one pattern took ten times as long at 64 MiB."""


class Pattern:
    """One or several RE2 patterns as one; of none, it is found nowhere. Compiled at first use."""

    _options = "(?:"

    def __init__(
        self, sources: Iterable[str], *, ignore_case: bool, longest: bool = False
    ) -> None:
        self.sources = tuple(sources)
        self._ignore_case = ignore_case
        self._longest = longest

    @cached_property
    def bit(self) -> int:
        """Its bit among the watched patterns, set by the words of which it needs one."""
        return WATCHED.watch(self.needs)

    @cached_property
    def needs(self) -> list[frozenset[str]]:
        """Of each of its patterns that needs a word: the pieces of words of which it needs one."""
        return [needed for each in self.sources if (needed := needed_words(each))]

    @cached_property
    def needs_words(self) -> bool:
        """Whether it is found only where one of its words stands."""
        return len(self.needs) == len(self.sources)

    def is_in(self, data: bytes) -> bool:
        """Whether any of the patterns is found in the UTF-8 bytes."""
        return self._search(_ANYWHERE, data, 0, len(data))[0][0] >= 0

    def found_among(self, texts: Sequence[bytes], indices: Iterable[int]) -> tuple[int, ...]:
        """Those of the indices at whose text any of the patterns is found."""
        search = self._search
        return tuple(
            [i for i in indices if search(_ANYWHERE, texts[i], 0, len(texts[i]))[0][0] >= 0]
        )

    @cached_property
    def _compiled(self) -> Any:
        joined = "|".join(f"{self._options}{source})" for source in self.sources)
        source = joined or _NOWHERE
        return _compile(source, ignore_case=self._ignore_case, longest=self._longest)

    @cached_property
    def _search(self) -> Any:
        """The engine itself: its wrapper builds match objects that nobody looks at."""
        return self._compiled._regexp.Match

    def spans(self, data: bytes) -> list[tuple[int, int]]:
        """Start and end of every match in bytes; after an empty one it goes on a byte later."""
        search, places = self._search, list[tuple[int, int]]()
        at, length = 0, len(data)
        while at <= length:
            start, end = search(_ANYWHERE, data, at, length)[0]
            if start < 0:
                break
            places.append((start, end))
            at = end if end > at else at + 1
        return places


class TextPattern(Pattern):
    """Patterns over text; of the matches that begin at a place the first listed counts."""

    def __init__(self, sources: Iterable[str], *, ignore_case: bool = False) -> None:
        super().__init__(sources, ignore_case=ignore_case)

    def occurs_in(self, text: str) -> bool:
        """Whether any of the patterns is found in the text."""
        return self.is_in(text.encode("utf-8", "replace"))

    def places(self, text: str) -> list[tuple[int, int]]:
        """Start and end of every match, in characters, in order and without overlap."""
        data = text.encode("utf-8", "replace")
        places = self.spans(data)
        return places if len(data) == len(text) else _in_characters(places, data)


class BytesPattern(Pattern):
    """Patterns over UTF-8 bytes: RE2 works on them, so places need no converting.

    Case is ignored; of the matches that begin at a place the longest counts; `^` and `$` are the
    ends of a line.
    """

    _options = "(?m:"

    def __init__(self, sources: Iterable[str]) -> None:
        super().__init__(sources, ignore_case=True, longest=True)

    def occurs_in(self, data: bytes) -> bool:
        """Whether any of the patterns is found in the bytes."""
        return self.is_in(data)

    def places(self, data: bytes) -> list[tuple[int, int]]:
        """Start and end of every match, in bytes, in order and without overlap."""
        return self.spans(data)

    def is_whole(self, data: bytes) -> bool:
        """Whether one of the patterns fits the bytes from their start to their end."""
        return self._compiled.fullmatch(data) is not None

    def length_at_start(self, data: bytes) -> int | None:
        """Bytes of the longest match that begins at the start; None if there is none."""
        match = self._compiled.match(data)
        return None if match is None else match.end()


class Together:
    """Patterns that are asked together: which of them can be in a text, told by its bits."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        listed = tuple(patterns)
        self._number = {pattern.bit: number for number, pattern in enumerate(listed)}
        self._all = sum(self._number)
        self._always = sum([pattern.bit for pattern in listed if not pattern.needs_words])
        self.count = self._all.bit_length()
        """How many patterns must have been watched for the bits to tell."""

    def possible(self, bits: int) -> list[int]:
        """The numbers of the patterns that can be in a text with these bits, in order."""
        numbers: list[int] = []
        left = (bits | self._always) & self._all
        while left:
            lowest = left & -left
            numbers.append(self._number[lowest])
            left ^= lowest
        return numbers


class PatternGroups:
    """Groups of patterns, case ignored: which of them a text holds, told in two passes.

    A pass costs about as much as the search for one pattern. All in one pass would be the least
    work, but RE2 keeps a state for every combination of patterns that are half read: those that
    skip words are looked for apart, else its states take twice the memory.
    """

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        plain: list[tuple[int, str]] = []
        skipping: list[tuple[int, str]] = []
        for number, sources in enumerate(groups):
            for source in sources:
                listed = skipping if _SKIPS.search(source) else plain
                listed.append((number, source))
        self._passes = [_pass_of(each) for each in (plain, skipping) if each]

    def found(self, texts: Sequence[bytes]) -> list[list[int]]:
        """For each text in UTF-8 the numbers of the groups of which a pattern is in it, in order.

        A pass goes through all texts before the next one begins: what it needs stays at hand.
        """
        numbers = [set[int]() for _ in texts]
        for match, of in self._passes:
            for data, found in zip(texts, numbers, strict=True):
                places: list[int] = match(data)
                found.update([of[at] for at in places])
        return [sorted(each) for each in numbers]


def _pass_of(listed: list[tuple[int, str]]) -> tuple[Any, list[int]]:
    """What tells the places of the patterns that are found, and of each place its group."""
    compiled = _RE2.Set.SearchSet(_options(ignore_case=True, longest=False))
    for _, source in listed:
        compiled.Add(source)
    compiled.Compile()
    return compiled._set.Match, [number for number, _ in listed]


@lru_cache(maxsize=4096)
def fault(source: str) -> str | None:
    """What RE2 says against a pattern; None if it takes it."""
    try:
        _compile(source, ignore_case=False)
    except _RE2.error as error:
        said: bytes | str = error.args[0]
        return said.decode() if isinstance(said, bytes) else said
    return None


def _in_characters(places: list[tuple[int, int]], data: bytes) -> list[tuple[int, int]]:
    """The places, which are in order, counted in characters."""
    moved: list[tuple[int, int]] = []
    at_byte = at_character = 0
    for start, end in places:
        first = at_character + len(data[at_byte:start].decode())
        at_character, at_byte = first + len(data[start:end].decode()), end
        moved.append((first, at_character))
    return moved


def _compile(source: str, *, ignore_case: bool, longest: bool = False) -> Any:
    return _RE2.compile(source, _options(ignore_case=ignore_case, longest=longest))


def _options(*, ignore_case: bool, longest: bool) -> Any:
    options = _RE2.Options()
    options.case_sensitive = not ignore_case
    options.never_capture = True
    options.longest_match = longest
    options.log_errors = False
    options.max_mem = _MEMORY
    return options
