"""The addresses of the site. The rule of access of each route stands in `routes`."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from rapport.web.api import api, openapi, programs
from rapport.web.views import (
    card,
    changes,
    definitions,
    files,
    gate,
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

_OF_THE_STORE: list[URLPattern | URLResolver] = (
    [path("", include("rapport.web.curation.urls"))] if settings.HAS_STORE else []
)

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
    path("glossary", texts.glossary, name="glossary"),
    path("gate", gate.gate, name="gate"),
    path("looks", looks.looks, name="looks"),
    path("api/", programs, name="api"),
    path("api/openapi.json", openapi, name="openapi"),
    path("static/<str:name>", files.style, name="style"),
    path("favicon.ico", files.icon, name="icon"),
    path("robots.txt", files.robots, name="robots"),
    *_OF_THE_STORE,
    path("", api.urls),
]
