"""Search: words and facets in, a page of hits with the counts of every facet out."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import msgspec
import tantivy

from rapport.evidence.search.index import (
    COLUMNS,
    EVERYTHING,
    FACETS,
    LACKS,
    Hit,
    SearchIndex,
    values_in,
)
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
    column: {"terms": {"field": column, "size": _MOST_VALUES}} for column in (*COLUMNS, "year")
}
_FEW_YEARS = 3
"""Looking through the cards of so few years costs less than through all that fit."""


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
    """The cards that fit, best first. A common word is wanted but says nothing about the order.

    Without a word that is not common, the newest come first, then by id.
    Never raises for what a person can type: signs that mean nothing are read as words.
    """
    wanted, ranks = _combined(index, query)
    size = min(max(query.size, 1), MAX_SIZE)
    offset = min((max(query.page, 1) - 1) * size, MAX_DEEP)
    counting = _counting(index, query, wanted, beside=ranks)
    if ranks:
        found = index.searcher.search(wanted, limit=size, count=False, offset=offset)
        facets = counting()
    else:
        facets = counting()
        found = _newest(index, wanted, facets["year"], offset, size)
    return Results(
        # Every card has exactly one badge, so the badges count the cards.
        total=sum(facets["badge"].values()),
        hits=tuple(_hit(index, address) for _, address in found.hits),
        facets=facets,
    )


def _newest(
    index: SearchIndex,
    wanted: tantivy.Query,
    counts: dict[str, int],
    offset: int,
    size: int,
) -> tantivy.SearchResult:
    """The hits by year. `counts` tell in which years they are, so others need no look."""
    years, before = years_of_page(counts, offset, size)
    if 0 < len(years) <= _FEW_YEARS:
        only = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "year", year))
                for year in years
            ]
        )
        wanted = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, only)]
        )
        offset -= before
    return index.searcher.search(
        wanted, limit=size, count=False, offset=offset, order_by_field="year"
    )


def years_of_page(
    counts: Mapping[str, int], offset: int, size: int
) -> tuple[tuple[int, ...], int]:
    """The years of the cards on a page of the newest first, and the number of newer cards.

    `counts`: year to number of cards. No years where the page reaches beyond the last of them,
    to cards without a year.
    """
    years: list[int] = []
    newer = passed = 0
    for year in sorted(map(int, counts), reverse=True):
        passed += counts[str(year)]
        if passed <= offset:
            newer = passed
            continue
        years.append(year)
        if passed >= offset + size:
            return tuple(years), newer
    return (), 0


def _hit(index: SearchIndex, address: tantivy.DocAddress) -> Hit:
    stored: bytes | None = index.searcher.doc(address).get_first("card")
    return msgspec.json.decode(bytes(stored or b""), type=Hit)


def _combined(index: SearchIndex, query: Query) -> tuple[tantivy.Query, bool]:
    """What is looked for, and whether a word in it says which cards fit better."""
    found = list(_terms(index, query.text))
    common = [index.is_common(_FIELD[one.field], words) for one, words in found]
    ranks = not all(
        one.excluded or is_common for (one, _), is_common in zip(found, common, strict=True)
    )
    parts = list(_filters(index, query))
    for (clause, terms), is_common in zip(found, common, strict=True):
        lacks = _lacks(index, clause, terms) if ranks and is_common else None
        wanted = lacks or _clause(index.schema, clause, terms)
        without = clause.excluded if lacks is None else not clause.excluded
        parts.append((tantivy.Occur.MustNot if without else tantivy.Occur.Must, wanted))
    if not any(occur is not tantivy.Occur.MustNot for occur, _ in parts):
        parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
    if len(parts) == 1:
        return parts[0][1], ranks  # a single list is walked faster than a union of one
    return tantivy.Query.boolean_query(parts), ranks


def _terms(index: SearchIndex, text: str) -> Iterator[tuple[Clause, list[str]]]:
    """The clauses of a text with their words as analysed; those without any are left out."""
    for clause in clauses(text):
        terms = index.analyser.analyze(clause.text)
        if terms:
            yield clause, terms


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


def _counting(
    index: SearchIndex, query: Query, wanted: tantivy.Query, *, beside: bool
) -> Callable[[], Facets]:
    """The counts, when asked for: kept from before, or taken `beside` the search for hits."""
    asked = msgspec.structs.replace(query, page=1, size=1)
    kept = index.counted.get(asked)
    if kept is not None:
        return lambda: kept
    if index.beside is None or not beside:
        return lambda: index.counted.put(asked, _counted(index, asked, wanted))
    counts = index.beside.submit(_facets, index, wanted)
    return lambda: index.counted.put(asked, counts.result())


def _counted(index: SearchIndex, query: Query, wanted: tantivy.Query) -> Facets:
    """The counts. Of common words: all that the facets leave, but the few that lack one."""
    lacking = _lacking(index, query.text)
    if not lacking:
        return _facets(index, wanted)
    of_all = msgspec.structs.replace(query, text="")
    counts = _counting(index, of_all, _combined(index, of_all)[0], beside=False)()
    few = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in lacking])
    less = _facets(
        index, tantivy.Query.boolean_query([*_filters(index, query), (tantivy.Occur.Must, few)])
    )
    return {facet: _difference(counts[facet], less[facet]) for facet in counts}


def _lacking(index: SearchIndex, text: str) -> list[tantivy.Query]:
    """What finds the cards that lack a word of the text; empty where not all are known."""
    found: list[tantivy.Query] = []
    for clause, terms in _terms(index, text):
        lacks = None if clause.excluded else _lacks(index, clause, terms)
        if lacks is None:
            return []
        found.append(lacks)
    return found


def _lacks(index: SearchIndex, clause: Clause, terms: list[str]) -> tantivy.Query | None:
    """What finds the cards that lack the word of a clause; None where the index does not know."""
    if clause.field is not Field.ALL or len(terms) > 1 or terms[0] not in index.lacked:
        return None
    return tantivy.Query.term_query(index.schema, LACKS, terms[0], index_option="basic")


def _difference(counts: Mapping[str, int], less: Mapping[str, int]) -> dict[str, int]:
    left = {value: count - less.get(value, 0) for value, count in counts.items()}
    return _most_first({value: count for value, count in left.items() if count})


def _facets(index: SearchIndex, wanted: tantivy.Query) -> Facets:
    answer = index.searcher.aggregate(wanted, _AGGREGATION)  # pyright: ignore  # a bare dict
    found = cast("dict[str, Any]", answer)
    counts: Facets = {facet: {} for facet in FACETS}
    for column in COLUMNS:
        for bucket in found[column]["buckets"]:
            for facet, value in values_in(column, bucket["key"]):
                counted = counts[facet]
                counted[value] = counted.get(value, 0) + int(bucket["doc_count"])
    counts["year"] = {
        str(int(bucket["key"])): int(bucket["doc_count"])
        for bucket in found["year"]["buckets"]
        if bucket["key"]  # 0 stands for no year
    }
    return {facet: _most_first(counted) for facet, counted in counts.items()}


def _most_first(counts: dict[str, int]) -> dict[str, int]:
    """Value to count, most frequent first, then by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
