"""RE2 patterns over text: google-re2, which has no types, behind one typed border.

RE2 runs in time linear in the text whatever the pattern, so no text can make it hang. It has no
look-around: what a pattern must not stand in is a pattern of its own.
"""

import functools
from collections.abc import Iterable
from typing import Any

import re2

_RE2: Any = re2  # google-re2 has no types
_ANYWHERE: Any = _RE2._re2.RE2.Anchor.UNANCHORED
_MEMORY = 64 * 1024 * 1024
"""RE2's default of 8 MiB makes a large alternation fall back to its slow engine."""


class TextPattern:
    """One or several RE2 patterns as one alternation; of none, it is found nowhere."""

    def __init__(self, sources: Iterable[str], *, ignore_case: bool = False) -> None:
        joined = "|".join(f"(?:{source})" for source in sources)
        self._compiled: Any = _compile(joined, ignore_case=ignore_case) if joined else None

    def occurs_in(self, text: str) -> bool:
        """Whether any of the patterns is found in the text."""
        if self._compiled is None:
            return False
        return _occurs(self._compiled, text.encode("utf-8", "replace"))

    def places(self, text: str) -> list[tuple[int, int]]:
        """Start and end of every match, in characters, in order and without overlap."""
        if self._compiled is None:
            return []
        data = text.encode("utf-8", "replace")
        places = _places(self._compiled, data)
        return places if len(data) == len(text) else _in_characters(places, data)


class PatternFilter:
    """Tells texts in which none of many patterns can occur, by the words each pattern needs.

    Several times faster than looking for the patterns, and never wrong about a text it rules
    out: the words come from the patterns themselves (FilteredRE2).
    """

    def __init__(self, sources: Iterable[str]) -> None:
        listed = tuple(sources)
        self._filter: Any = _RE2.Filter()
        for source in listed:
            self._filter.Add(source)
        if listed:
            self._filter.Compile()
        always: list[int] = (self._filter.Match("\n", True) or []) if listed else []
        self._n_always = len(always)
        self._is_empty = not listed
        self.without_words = TextPattern(listed[index] for index in always)
        """The patterns that need no word in particular: they have to be looked for."""

    def words_occur_in(self, text: str) -> bool:
        """Whether the words of any pattern that needs some are in the text."""
        if self._is_empty:
            return False
        possible: list[int] = self._filter.Match(text, True) or []
        return len(possible) > self._n_always

    def occurs_in(self, text: str) -> bool:
        """Whether any of the patterns is found in the text: only those that can be are tried."""
        return not self._is_empty and bool(self._filter.Match(text))


class BytesPattern:
    """As TextPattern, over UTF-8 bytes: RE2 works on them, so places need no converting.

    Case is ignored; of the matches that begin at a place the longest counts; `^` and `$` are the
    ends of a line.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        joined = "|".join(f"(?m:{source})" for source in sources)
        self._compiled: Any = (
            _compile(joined, ignore_case=True, longest=True) if joined else None
        )

    def occurs_in(self, data: bytes) -> bool:
        """Whether any of the patterns is found in the bytes."""
        return self._compiled is not None and _occurs(self._compiled, data)

    def places(self, data: bytes) -> list[tuple[int, int]]:
        """Start and end of every match, in bytes, in order and without overlap."""
        return [] if self._compiled is None else _places(self._compiled, data)

    def is_whole(self, data: bytes) -> bool:
        """Whether one of the patterns fits the bytes from their start to their end."""
        return self._compiled is not None and self._compiled.fullmatch(data) is not None

    def length_at_start(self, data: bytes) -> int | None:
        """Bytes of the longest match that begins at the start; None if there is none."""
        match = self._compiled.match(data) if self._compiled is not None else None
        return None if match is None else match.end()


class PatternSet:
    """Many patterns asked at once which of them are found; case is ignored."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._set: Any = _RE2.Set.SearchSet(_options(ignore_case=True, longest=False))
        for source in sources:
            self._set.Add(source)
        self._set.Compile()

    def found_in(self, text: str) -> list[int]:
        """The positions, in the order in which they were given, of the patterns found."""
        return list(self._set.Match(text) or ())


@functools.lru_cache(maxsize=4096)
def fault(source: str) -> str | None:
    """What RE2 says against a pattern; None if it takes it."""
    try:
        _compile(source, ignore_case=False)
    except _RE2.error as error:
        said: bytes | str = error.args[0]
        return said.decode() if isinstance(said, bytes) else said
    return None


# The engine itself: the wrapper builds match objects that nobody looks at.
def _occurs(compiled: Any, data: bytes) -> bool:
    found: list[tuple[int, int]] = compiled._regexp.Match(_ANYWHERE, data, 0, len(data))
    return found[0][0] >= 0


def _places(compiled: Any, data: bytes) -> list[tuple[int, int]]:
    """Start and end of every match in bytes; after an empty one the search goes on a byte on."""
    search = compiled._regexp.Match
    places: list[tuple[int, int]] = []
    at, length = 0, len(data)
    while at <= length:
        start, end = search(_ANYWHERE, data, at, length)[0]
        if start < 0:
            break
        places.append((start, end))
        at = end if end > at else at + 1
    return places


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
