"""Records to works: which records are joined, and which works belong together."""

from collections.abc import Iterable, Sequence

import msgspec

from rapport.evidence.dedupe.blocks import pairs
from rapport.evidence.dedupe.entry import Entry
from rapport.evidence.dedupe.match import (
    BY_IDENTIFIER,
    BY_PLACE,
    Bond,
    Verdict,
    different,
    verdict,
)

_MAX_PASSES = 8


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Two works that belong together, by the keys of their best records, and by which rule."""

    one: str
    other: str
    rule: str


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """One work: its records, best first, their keys, and what is known of all of them."""

    keys: tuple[str, ...]
    entry: Entry
    records: tuple[Entry, ...]


class Works(msgspec.Struct, frozen=True, kw_only=True):
    """All works, in the order of their keys, and the links between them."""

    works: tuple[Joined, ...]
    links: tuple[Link, ...]


def works(entries: Iterable[Entry]) -> Works:
    """The works that the records are of; the same for every order of the records.

    Joined records are compared again as one, until nothing more joins, so that deduplicating
    the result changes nothing.
    """
    joined = [
        Joined(keys=(entry.key,), entry=entry, records=(entry,))
        for entry in sorted(entries, key=lambda entry: entry.key)
    ]
    changed: set[str] | None = None
    links: dict[tuple[str, str], Link] = {}
    for _ in range(_MAX_PASSES):
        verdicts = _verdicts([one.entry for one in joined], changed)
        links = _links(links, verdicts)
        after = _unite(joined, [pair for pair in verdicts if pair[2].bond is Bond.SAME])
        before = {one.entry.key: len(one.keys) for one in joined}
        changed = {one.entry.key for one in after if before[one.entry.key] != len(one.keys)}
        joined = after
        if not changed:
            break
    return Works(works=tuple(joined), links=_between(joined, links.values()))


_Pair = tuple[Entry, Entry, Verdict]


def _verdicts(entries: Sequence[Entry], changed: set[str] | None) -> list[_Pair]:
    """The verdicts that join or relate; after the first pass only on what changed."""
    found: list[_Pair] = []
    for low, high in pairs(entries):
        a, b = entries[low], entries[high]
        if changed is None or a.key in changed or b.key in changed:
            decided = verdict(a, b)
            if decided.bond is not Bond.APART:
                found.append((a, b, decided))
    return found


def _links(
    known: dict[tuple[str, str], Link], verdicts: Iterable[_Pair]
) -> dict[tuple[str, str], Link]:
    found = {
        (a.key, b.key): Link(one=a.key, other=b.key, rule=decided.rule)
        for a, b, decided in verdicts
        if decided.bond is Bond.RELATED
    }
    return known | found


def _unite(joined: Sequence[Joined], same: Iterable[_Pair]) -> list[Joined]:
    """Join along the pairs, those with an equal identifier first, unless identifiers forbid it."""
    clusters = _Clusters(joined)
    for a, b, decided in sorted(same, key=_strongest_first):
        clusters.join(a.key, b.key, rule=decided.rule)
    return clusters.works()


def _strongest_first(pair: _Pair) -> tuple[bool, str, str]:
    a, b, decided = pair
    return (decided.rule != BY_IDENTIFIER, a.key, b.key)


class _Clusters:
    """Disjoint sets of works that grow by joining."""

    def __init__(self, joined: Sequence[Joined]) -> None:
        self._root = {one.entry.key: one.entry.key for one in joined}
        self._members = {one.entry.key: [one] for one in joined}

    def find(self, key: str) -> str:
        """The key that stands for the set that `key` is in."""
        while self._root[key] != key:
            self._root[key] = self._root[self._root[key]]
            key = self._root[key]
        return key

    def join(self, a: str, b: str, *, rule: str) -> None:
        """Make one set of two, unless a chain of pairs would join works with other numbers."""
        one, other = sorted((self.find(a), self.find(b)))
        if one == other or not (rule == BY_IDENTIFIER or self._may_join(one, other, rule)):
            return
        self._root[other] = one
        self._members[one] += self._members.pop(other)

    def _may_join(self, one: str, other: str, rule: str) -> bool:
        """PMIDs must not differ; DOIs may where the place is the same: one is mistyped."""
        mine = [member.entry for member in self._members[one]]
        theirs = [member.entry for member in self._members[other]]
        if different(_all(e.pmids for e in mine), _all(e.pmids for e in theirs)):
            return False
        dois = (_all(e.dois for e in mine), _all(e.dois for e in theirs))
        return rule == BY_PLACE or not different(*dois)

    def works(self) -> list[Joined]:
        """The sets as works, in the order of their keys."""
        found = [_one_work(members) for members in self._members.values()]
        return sorted(found, key=lambda one: one.entry.key)


def _one_work(members: Sequence[Joined]) -> Joined:
    if len(members) == 1:
        return members[0]
    ordered = sorted(members, key=lambda one: preference(one.entry))
    keys = tuple(key for one in ordered for key in one.keys)
    records = tuple(record for one in ordered for record in one.records)
    return Joined(keys=keys, entry=merged([one.entry for one in ordered]), records=records)


def preference(entry: Entry) -> tuple[int, int, str]:
    """Sorts the record that says most to the front: full text, abstract, title; then length."""
    return (-int(entry.amount[0]), -entry.richness, entry.key)


def merged(ordered: Sequence[Entry]) -> Entry:
    """One entry of several, best first: its gaps are filled, its identifiers united."""
    best = ordered[0]
    return msgspec.structs.replace(
        best,
        pmids=_all(entry.pmids for entry in ordered),
        pmcids=_all(entry.pmcids for entry in ordered),
        dois=_all(entry.dois for entry in ordered),
        title=_first(entry.title for entry in ordered),
        people=next((entry.people for entry in ordered if entry.people), ()),
        date=_first(entry.date for entry in ordered),
        is_retracted=any(entry.is_retracted for entry in ordered),
        year=next((entry.year for entry in ordered if entry.year is not None), None),
        journal=_first(entry.journal for entry in ordered),
        volume=_first(entry.volume for entry in ordered),
        page=_first(entry.page for entry in ordered),
        registrations=_all(entry.registrations for entry in ordered),
        relations=tuple(
            dict.fromkeys(relation for entry in ordered for relation in entry.relations)
        ),
    )


def _all(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for group in values for value in group))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _between(joined: Sequence[Joined], links: Iterable[Link]) -> tuple[Link, ...]:
    """The links between works that stayed apart, each pair once, by the keys of the works."""
    work_of = {key: one.entry.key for one in joined for key in one.keys}
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        one, other = sorted((work_of[link.one], work_of[link.other]))
        if one != other:
            known = found.get((one, other))
            if known is None or link.rule < known.rule:
                found[one, other] = Link(one=one, other=other, rule=link.rule)
    return tuple(found[pair] for pair in sorted(found))
