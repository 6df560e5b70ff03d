"""Pages of plain text: how it works, the words explained, and the page for programs."""

from django.http import HttpRequest, HttpResponse

from rapport.cards.badge_words import BADGES
from rapport.web import content
from rapport.web.render import page
from rapport.web.shapes import Glossary, Passages


def how_it_works(request: HttpRequest) -> HttpResponse:
    """How this atlas is made and what the badge means."""
    return page(request, "how_it_works.html", passages=content.HOW_IT_WORKS, badges=BADGES)


def how_it_works_passages() -> Passages:
    """The same as data."""
    return Passages(passages=content.HOW_IT_WORKS)


def glossary(request: HttpRequest) -> HttpResponse:
    """The words that are used in a special sense."""
    return page(request, "glossary.html", terms=content.GLOSSARY)


def glossary_terms() -> Glossary:
    """The same as data."""
    return Glossary(terms=content.GLOSSARY)
