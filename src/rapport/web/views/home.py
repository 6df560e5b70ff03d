"""The first page: what this is, what is in it, and what to try."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rapport.cards.badge_words import BADGES
from rapport.core.vocabulary import Badge
from rapport.evidence.search.query import Query
from rapport.web import addresses
from rapport.web.render import page
from rapport.web.shapes import Index
from rapport.web.site import site

ADDRESSES = {
    "search": addresses.data_of(addresses.SEARCH),
    "definitions": addresses.data_of(addresses.DEFINITIONS),
    "how it works": addresses.data_of(addresses.HOW_IT_WORKS),
    "what it gets wrong": addresses.data_of(addresses.WHAT_IT_GETS_WRONG),
    "what changed": addresses.data_of(addresses.CHANGES),
    "glossary": addresses.data_of(addresses.GLOSSARY),
    "gate (POST a text)": addresses.data_of(addresses.GATE),
    "looks": addresses.data_of(addresses.LOOKS),
    "when a relationship is stuck: the practice wing": addresses.data_of(addresses.PRACTICE),
    "description of all addresses (OpenAPI)": addresses.OPENAPI,
}


def home(request: HttpRequest) -> HttpResponse:
    """The home page."""
    counts = badge_counts()
    asked = sum(count for badge, count in counts.items() if badge != Badge.NOT_APPLICABLE)
    return page(
        request,
        "home.html",
        total=len(site().atlas),
        studies=site().atlas.manifest.counts.studies,
        counts=[(badge, BADGES[Badge(badge)], counts[badge]) for badge in counts],
        silent=counts[Badge.NOT_STATED],
        asked=asked,
        example=_example(),
        cohort=bool(settings.RAPPORT_COHORT),
        is_demo=settings.IS_DEMO,
    )


def index() -> Index:
    """The same as data."""
    manifest, counts = site().atlas.manifest, badge_counts()
    asked = sum(count for badge, count in counts.items() if badge != Badge.NOT_APPLICABLE)
    return Index(
        release=manifest.release,
        as_of=manifest.as_of,
        software=site().software,
        reader=manifest.makers.reader,
        knowledge=manifest.makers.knowledge,
        cards=len(site().atlas),
        badges=counts,
        not_stated_share=counts[Badge.NOT_STATED] / asked if asked else None,
        records=manifest.counts,
        addresses=ADDRESSES,
    )


def badge_counts() -> dict[str, int]:
    """The number of cards with each badge, in the order of the vocabulary."""
    overview = site().atlas.overview
    return {badge.value: overview.count("badge", badge.value) for badge in Badge}


def _example() -> str | None:
    """A card worth opening first: one with an asserted badge, if there is any."""
    for badges in ((Badge.REQUIRED,), (Badge.NOT_REQUIRED,), ()):
        found = site().atlas.search(Query(badge=tuple(badges), size=1))
        if found.hits:
            return found.hits[0].id
    return None
