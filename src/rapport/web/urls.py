"""The addresses of the site. The rule of access of each route stands in `routes`.

The data, the gate and the pages of those who sign in bring libraries that no reader of a card
needs. They are loaded when they are first asked for, so that a server starts without them.
"""

import re

from django.conf import settings
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern

from rapport.web.routes import FROM_THE_STORE, OPEN_PRACTICE
from rapport.web.views import (
    card,
    changes,
    cohort,
    definitions,
    files,
    gets_wrong,
    home,
    looks,
    search,
    texts,
)

handler400 = "rapport.web.views.errors.bad_request"
handler403 = "rapport.web.views.errors.forbidden"
handler404 = "rapport.web.views.errors.not_found"
handler500 = "rapport.web.views.errors.broken"


def _later(addresses: str, module: str) -> URLResolver:
    """The `urlpatterns` of a module that is imported when an address of its own is asked for."""
    return URLResolver(RegexPattern(rf"^(?={addresses})"), module)


_STORE = "|".join(re.escape(address[1:]) for address in FROM_THE_STORE)
_OF_THE_STORE = [_later(_STORE, "rapport.web.curation.urls")] if settings.HAS_STORE else []

_PRACTICE = [
    _later(rf"practice/(?:\Z|{OPEN_PRACTICE})", "rapport.web.practice.open.urls"),
    *(
        [_later(rf"practice/(?!{OPEN_PRACTICE}).", "rapport.web.practice.urls")]
        if settings.HAS_STORE
        else []
    ),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("cards/<path:card_id>/parts/<str:part_id>/", card.card_part, name="card-part"),
    path("cards/<path:card_id>/", card.card, name="card"),
    path("cards/<path:card_id>.txt", card.card_plain, name="card-text"),
    path("cards/<path:card_id>.bib", card.bibtex, name="card-bibtex"),
    path("cards/<path:card_id>.ris", card.ris, name="card-ris"),
    path("cards/<path:card_id>.csl.json", card.csl_json, name="card-csl"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("definitions/<str:definition_id>/", definitions.definition, name="definition"),
    path("how-it-works", texts.how_it_works, name="how-it-works"),
    path("what-it-gets-wrong", gets_wrong.what_it_gets_wrong, name="what-it-gets-wrong"),
    path("changes", changes.changes, name="changes"),
    path("cohort", cohort.report, name="cohort"),
    path("cohort.json", cohort.results, name="cohort-data"),
    path("glossary", texts.glossary, name="glossary"),
    _later(r"gate\Z", "rapport.web.views.gate"),
    path("looks", looks.looks, name="looks"),
    path("static/<str:name>", files.style, name="style"),
    path("favicon.ico", files.icon, name="icon"),
    path("robots.txt", files.robots, name="robots"),
    *_OF_THE_STORE,
    *(_PRACTICE if settings.HAS_PRACTICE else []),
    _later(r"api/|.*\.json\Z", "rapport.web.api"),
]
