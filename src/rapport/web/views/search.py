"""The search: a form and links, which need nothing but an address."""

from collections.abc import Mapping

import msgspec
from django.http import HttpRequest, HttpResponse

from rapport.cards.badge_words import BADGES
from rapport.evidence.search.index import Hit
from rapport.evidence.search.query import MAX_DEEP, Results
from rapport.web import addresses, words
from rapport.web.errors import not_found
from rapport.web.render import page
from rapport.web.search_page import (
    FACETS,
    PAGE_SIZE,
    Asked,
    asked,
    chosen,
    facets,
    periods,
    valid,
)
from rapport.web.site import site

ENGINE_NAMES = {facet: "topic_class" if facet == "topic" else facet for facet in FACETS}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page of results as data. `facets`: facet -> value -> cards, of all `total`."""

    search: Asked
    total: int
    page: int
    pages: int
    hits: tuple["FoundCard", ...]
    facets: dict[str, dict[str, int]]


class FoundCard(msgspec.Struct, frozen=True, kw_only=True):
    """One card in the results, with the addresses of its page and of its data."""

    card: Hit
    page: str
    data: str


def search(request: HttpRequest) -> HttpResponse:
    """The results of the search that stands in the address."""
    known = valid(site().knowledge)
    wanted = asked(dict(request.GET.lists()), known)
    results = _results(wanted)
    last = _last(results)
    counts = _counts(wanted, results)
    return page(
        request,
        "search.html",
        search=wanted,
        total=results.total,
        everything=len(site().atlas),
        hits=results.hits,
        last=last,
        before=wanted.address(wanted.page - 1) if wanted.page > 1 else None,
        after=wanted.address(wanted.page + 1) if wanted.page < last else None,
        start=(wanted.page - 1) * PAGE_SIZE + 1,
        chosen=chosen(wanted, known),
        facets=facets(wanted, counts, known),
        periods=periods(wanted, results.facets.get("year", {})),
        badges=BADGES,
        designs=words.DESIGNS,
        data_address=addresses.data_of(wanted.address(wanted.page)),
    )


def found(params: Mapping[str, list[str]]) -> Found:
    """The same as data."""
    wanted = asked(params, valid(site().knowledge))
    results = _results(wanted)
    return Found(
        search=wanted,
        total=results.total,
        page=wanted.page,
        pages=_last(results),
        hits=tuple(
            FoundCard(
                card=hit,
                page=addresses.card(hit.id),
                data=addresses.card_as(hit.id, "json"),
            )
            for hit in results.hits
        ),
        facets={
            **{facet: dict(results.facets.get(ENGINE_NAMES[facet], {})) for facet in FACETS},
            "year": dict(results.facets.get("year", {})),
        },
    )


def _results(wanted: Asked) -> Results:
    """The page of results.

    Raises: PageError (404) for a page after the last one.
    """
    results = site().atlas.search(wanted.query())
    last = _last(results)
    if wanted.page > last:
        raise not_found(
            f"This search has {last} {'page' if last == 1 else 'pages'}.",
            "Go back to the first page of it.",
        )
    return results


def _last(results: Results) -> int:
    reached = min(results.total, MAX_DEEP)
    return max(1, -(-reached // PAGE_SIZE))


def _counts(wanted: Asked, results: Results) -> dict[str, Mapping[str, int]]:
    """Counts by facet. Those of a facet in use are counted without it, so that it can widen."""
    counts: dict[str, Mapping[str, int]] = {}
    for facet, engine_name in ENGINE_NAMES.items():
        source = results
        if getattr(wanted, facet):
            without = msgspec.structs.replace(wanted, page=1, **{facet: ()})
            source = site().atlas.search(without.query(size=1))
        counts[facet] = source.facets.get(engine_name, {})
    return counts
