"""Search: words and facets in, a page of hits with the counts of every facet out."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import msgspec
import tantivy

from rapport.core.vocabulary import Badge, Design, ReadScope
from rapport.evidence.search.index import EVERYTHING, FACETS, IndexedCard, SearchIndex
from rapport.evidence.search.words import Clause, Field, clauses

MAX_SIZE = 100
MAX_DEEP = 10_000
"""Hits beyond this many cannot be paged to: nobody reads them, and each costs time."""

_FIELD = {
    Field.ALL: EVERYTHING,
    Field.TITLE: "title",
    Field.AUTHOR: "author",
    Field.JOURNAL: "journal",
    Field.DEFINITION: "definition_words",
}
_MOST_VALUES = 60_000
"""More different values than any facet has; the engine stops at 65,000."""
_AGGREGATION = {
    facet: {"terms": {"field": facet, "size": _MOST_VALUES}} for facet in (*FACETS, "year")
}


class Query(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is looked for. Several values of one facet widen it, several facets narrow.

    `page` counts from 1; values out of range are brought into it. A value of a facet that does
    not exist finds nothing.
    """

    text: str = ""
    badge: tuple[str, ...] = ()
    definition: tuple[str, ...] = ()
    design: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    read: tuple[str, ...] = ()
    topic_class: tuple[str, ...] = ()
    page: int = 1
    size: int = 20


class Hit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One card in the list of results; `text_origin` is that of the card's source."""

    id: str
    title: str
    citation: str
    badge: Badge
    design: Design
    read: ReadScope
    year: int | None = None
    retracted: bool = False
    n_cases: int | None = None
    text_origin: str = "source"


Facets = dict[str, dict[str, int]]
"""Facet -> value -> number of cards."""


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """A page of hits. `facets`: facet -> value -> number of cards among all `total`.

    The facet `year` has years as text; cards without a year are left out of it.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Facets


def search(index: SearchIndex, query: Query) -> Results:
    """The cards that fit, best first; without words, the newest first, then by id.

    Never raises for what a person can type: signs that mean nothing are read as words.
    """
    wanted = _combined(index, query)
    size = min(max(query.size, 1), MAX_SIZE)
    offset = min((max(query.page, 1) - 1) * size, MAX_DEEP)
    counting = _counting(index, query, wanted)
    found = index.searcher.search(
        wanted,
        limit=size,
        count=False,
        offset=offset,
        order_by_field=None if clauses(query.text) else "year",
    )
    facets = counting()
    return Results(
        # Every card has exactly one badge, so the badges count the cards.
        total=sum(facets["badge"].values()),
        hits=tuple(_hit(index, address) for _, address in found.hits),
        facets=facets,
    )


def _hit(index: SearchIndex, address: tantivy.DocAddress) -> Hit:
    stored: bytes | None = index.searcher.doc(address).get_first("card")
    card = msgspec.json.decode(bytes(stored or b""), type=IndexedCard)
    return msgspec.convert(card, Hit, from_attributes=True)


def _combined(index: SearchIndex, query: Query) -> tantivy.Query:
    parts = [*_words(index, query.text), *_filters(index, query)]
    if not any(occur is not tantivy.Occur.MustNot for occur, _ in parts):
        parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
    if len(parts) == 1:
        return parts[0][1]  # a single list of cards is walked faster than a union of one
    return tantivy.Query.boolean_query(parts)


def _words(index: SearchIndex, text: str) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
    for clause in clauses(text):
        terms = index.analyser.analyze(clause.text)
        if terms:
            occur = tantivy.Occur.MustNot if clause.excluded else tantivy.Occur.Must
            yield occur, _clause(index.schema, clause, terms)


def _clause(schema: tantivy.Schema, clause: Clause, terms: list[str]) -> tantivy.Query:
    field = _FIELD[clause.field]
    if len(terms) == 1:
        return tantivy.Query.term_query(schema, field, terms[0], index_option="freq")
    return tantivy.Query.phrase_query(schema, field, list(terms))


def _filters(index: SearchIndex, query: Query) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
    for facet in FACETS:
        values: tuple[str, ...] = getattr(query, facet)
        if values:
            yield tantivy.Occur.Must, _any_value(index.schema, facet, values)
    if query.year_from is not None or query.year_to is not None:
        low = max(query.year_from or 1, 1)
        high = min(query.year_to if query.year_to is not None else 9999, 9999)
        years = (
            tantivy.Query.range_query(
                index.schema, "year", tantivy.FieldType.Unsigned, low, high
            )
            if low <= high
            else tantivy.Query.empty_query()
        )
        yield tantivy.Occur.Must, tantivy.Query.const_score_query(years, 0.0)


def _any_value(schema: tantivy.Schema, facet: str, values: tuple[str, ...]) -> tantivy.Query:
    if len(values) == 1:
        query = tantivy.Query.term_query(schema, facet, values[0], index_option="basic")
    else:
        query = tantivy.Query.term_set_query(schema, facet, list(values))
    return tantivy.Query.const_score_query(query, 0.0)


def _counting(index: SearchIndex, query: Query, wanted: tantivy.Query) -> Callable[[], Facets]:
    """The counts, when asked for: kept from before, or taken beside the search for hits."""
    asked = msgspec.structs.replace(query, page=1, size=1)
    kept = index.counted.get(asked)
    if kept is not None:
        return lambda: kept
    if index.beside is None:
        return lambda: index.counted.put(asked, _facets(index, wanted))
    counts = index.beside.submit(_facets, index, wanted)
    return lambda: index.counted.put(asked, counts.result())


def _facets(index: SearchIndex, wanted: tantivy.Query) -> Facets:
    answer = index.searcher.aggregate(wanted, _AGGREGATION)  # pyright: ignore  # a bare dict
    found = cast("dict[str, Any]", answer)
    return {facet: _counts(found[facet]["buckets"]) for facet in (*FACETS, "year")}


def _counts(buckets: list[dict[str, Any]]) -> dict[str, int]:
    """Value to count, most frequent first, then by name; the year 0 stands for no year."""
    counts = {_value(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
    counts.pop("0", None)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _value(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)
