"""Where a text names case definitions: certain names, shared names, and words that only look so.

RE2 has no look-around, so what a name must not stand in is written as patterns of its own
(`collision_patterns`): a match that overlaps with one of them is not a mention.
"""

from collections.abc import Iterable, Iterator

import msgspec

from rapport.knowledge.model import CaseDefinition
from rapport.knowledge.patterns import TextPattern


class Name(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A place in a text that names a definition: `[start, end)` in characters.

    `definitions` has one id where the name is certain; where it is shared it has all of those
    that it may mean, and year, reference or neighbours must decide.
    """

    start: int
    end: int
    definitions: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """Whether the name alone settles which definition is meant."""
        return len(self.definitions) == 1


class Names:
    """Finds names of definitions; compiled once, then linear in the length of the text."""

    def __init__(self, definitions: Iterable[CaseDefinition]) -> None:
        listed = tuple(definitions)
        self._modified_of = {each.id: frozenset(each.modified_of) for each in listed}
        self.any = TextPattern(
            pattern for each in listed for pattern in (*each.patterns, *each.ambiguous_patterns)
        )
        self._certain = [
            (each.id, TextPattern(each.patterns)) for each in listed if each.patterns
        ]
        self._shared = [
            (each.id, TextPattern(each.ambiguous_patterns))
            for each in listed
            if each.ambiguous_patterns
        ]
        self._not_meant = {
            each.id: TextPattern(each.collision_patterns)
            for each in listed
            if each.collision_patterns
        }

    def find(self, text: str) -> tuple[Name, ...]:
        """Every mention in order.

        A shared name inside a certain one is left out, and so is the name of a definition
        inside that of a modification of it ("CCC" in "CCC with PEM of at least 14 h"). Other
        mentions may overlap where the text names several definitions at once.
        """
        if not self.any.occurs_in(text):
            return ()
        certain = self._without_modified(
            [
                Name(start=start, end=end, definitions=(which,))
                for which, pattern in self._certain
                for start, end in self._meant(which, pattern, text)
            ]
        )
        shared = [
            name
            for name in self._shared_names(text)
            if not any(_overlap((name.start, name.end), (c.start, c.end)) for c in certain)
        ]
        return tuple(sorted(certain + shared))

    def _without_modified(self, names: list[Name]) -> list[Name]:
        return [
            name
            for name in names
            if not any(
                other.start <= name.start
                and name.end <= other.end
                and name.definitions[0] in self._modified_of[other.definitions[0]]
                for other in names
            )
        ]

    def _shared_names(self, text: str) -> Iterator[Name]:
        places: dict[tuple[int, int], list[str]] = {}
        for which, pattern in self._shared:
            for place in self._meant(which, pattern, text):
                places.setdefault(place, []).append(which)
        for (start, end), ids in places.items():
            yield Name(start=start, end=end, definitions=tuple(sorted(ids)))

    def _meant(self, which: str, pattern: TextPattern, text: str) -> Iterator[tuple[int, int]]:
        found = pattern.places(text)
        not_meant = self._not_meant.get(which)
        if not found or not_meant is None:
            yield from found
            return
        taken = not_meant.places(text)
        yield from (place for place in found if not any(_overlap(place, t) for t in taken))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
