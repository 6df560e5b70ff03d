"""Which pairs are looked at: only records that share a key, so never all pairs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapport.evidence.dedupe.entry import Entry
from rapport.evidence.dedupe.notices import Notice, bare_title

_WINDOW = 12
"""In a block of many records each is compared with this many neighbours by title."""
_SMALL_BLOCK = 40
_LETTERS = 20


def pairs(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Index pairs (smaller first, each once) of records that may be of the same work.

    Records meet if they share an identifier, the beginning or the end of the title, or first
    author, year (or the next) and volume or page. Every block is bounded, so the number of
    pairs grows with the number of records, not with its square.
    """
    seen: set[int] = set()
    for block in _blocks(entries):
        for one, other in _within(block, entries):
            low, high = (one, other) if one < other else (other, one)
            code = low * len(entries) + high
            if code not in seen:
                seen.add(code)
                yield low, high


def _blocks(entries: Sequence[Entry]) -> Iterator[list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for key in set(_keys(entry)):
            found[key].append(number)
    for block in found.values():
        if len(block) > 1:
            yield block


def _keys(entry: Entry) -> Iterator[str]:
    yield from (f"pmid {pmid}" for pmid in entry.pmids)
    yield from (f"pmcid {pmcid}" for pmcid in entry.pmcids)
    yield from (f"doi {doi}" for doi in entry.dois)
    if entry.title:
        title = entry.title if entry.notice is Notice.NONE else bare_title(entry.title)
        letters = title.replace(" ", "")
        yield f"begins {letters[:_LETTERS]}"
        yield f"ends {letters[-_LETTERS:]}"
    yield from _place_keys(entry)


def _place_keys(entry: Entry) -> Iterator[str]:
    if not entry.people or entry.year is None:
        return
    for year in (entry.year, entry.year + 1):
        if entry.volume and entry.page:
            yield f"place {entry.volume} {entry.page} {year}"
        yield f"people {entry.people[0]} {year}"


def _within(block: Sequence[int], entries: Sequence[Entry]) -> Iterable[tuple[int, int]]:
    if len(block) <= _SMALL_BLOCK:
        return _all(block)
    ordered = sorted(
        block, key=lambda number: (entries[number].title or "", entries[number].key)
    )
    return (
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 : place + 1 + _WINDOW]
    )


def _all(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((one, other) for place, one in enumerate(block) for other in block[place + 1 :])
