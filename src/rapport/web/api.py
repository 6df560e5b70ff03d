"""The data of every page, at the page's own address with `.json`, and its description.

The description (OpenAPI) is made from the same types that the data are written from, so the two
cannot drift apart.
"""

from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI

from rapport import __version__
from rapport.cards.study_card import StudyCard
from rapport.web.api_answers import SCHEMA, answers, content
from rapport.web.gate_page import GateAnswer, GateAsked
from rapport.web.practice.open import data as practice_data
from rapport.web.render import data, page
from rapport.web.search_page import FACETS, NAMES, valid
from rapport.web.shapes import (
    Changes,
    DefinitionData,
    DefinitionList,
    GateChoices,
    GetsWrong,
    Glossary,
    Index,
    LookList,
    Passages,
    Problem,
)
from rapport.web.since import FATES
from rapport.web.site import site
from rapport.web.views import (
    card,
    changes,
    definitions,
    gate,
    gets_wrong,
    home,
    looks,
    search,
    texts,
)

SHAPES = (
    Index,
    search.Found,
    StudyCard,
    DefinitionList,
    DefinitionData,
    Passages,
    GetsWrong,
    Glossary,
    Changes,
    LookList,
    GateChoices,
    GateAsked,
    GateAnswer,
    Problem,
)

api = NinjaAPI(
    title="Rapport",
    version=__version__,
    description="Study cards for ME/CFS, from a fixed release. All is public; nothing is stored.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="data",
)
if settings.HAS_PRACTICE:
    api.add_router("", practice_data.router)


def _search_parameters() -> list[dict[str, Any]]:
    """The parameters of a search, with the values of the closed vocabularies."""
    plain = [
        ("q", "string", "Words, “phrases”, author:name, -word."),
        ("year_from", "integer", "First year."),
        ("year_to", "integer", "Last year."),
        ("page", "integer", "Page, from 1."),
    ]
    found: list[dict[str, Any]] = [
        {"name": name, "in": "query", "description": about, "schema": {"type": kind}}
        for name, kind, about in plain
    ]
    for facet in FACETS:
        items: dict[str, Any] = {"type": "string"}
        if facet in ("badge", "design", "read"):
            items["enum"] = list(valid(site().knowledge).labels[facet])
        schema = {"type": "array", "items": items}
        about = f"{NAMES[facet]}; may be given several times."
        found.append({"name": facet, "in": "query", "description": about, "schema": schema})
    return found


@api.get("/index.json", url_name="home-data", openapi_extra=answers(Index))
def index_data(request: HttpRequest) -> HttpResponse:
    """The release: versions, counts by badge, the ledger of records, and other addresses."""
    return data(home.index())


@api.get("/search.json", url_name="search-data", openapi_extra=answers(search.Found))
def search_data(request: HttpRequest) -> HttpResponse:
    """A page of search results with the counts of every facet."""
    return data(search.found(dict(request.GET.lists())))


@api.get("/cards/{path:card_id}.json", url_name="card-data", openapi_extra=answers(StudyCard))
def card_data(request: HttpRequest, card_id: str) -> HttpResponse:
    """A study card; a PMID, PMCID or DOI is understood too."""
    return card.card_data(card_id)


@api.get(
    "/definitions.json", url_name="definitions-data", openapi_extra=answers(DefinitionList)
)
def definitions_data(request: HttpRequest) -> HttpResponse:
    """Every case definition and how many cards name it."""
    return data(definitions.listed())


@api.get(
    "/definitions/{definition_id}.json",
    url_name="definition-data",
    openapi_extra=answers(DefinitionData),
)
def definition_data(request: HttpRequest, definition_id: str) -> HttpResponse:
    """One case definition, and its use in this release."""
    return data(definitions.described(definition_id))


@api.get("/how-it-works.json", url_name="how-it-works-data", openapi_extra=answers(Passages))
def how_it_works_data(request: HttpRequest) -> HttpResponse:
    """How this atlas is made."""
    return data(texts.how_it_works_passages())


@api.get(
    "/what-it-gets-wrong.json",
    url_name="what-it-gets-wrong-data",
    openapi_extra=answers(GetsWrong),
)
def gets_wrong_data(request: HttpRequest) -> HttpResponse:
    """Measured accuracy by field, how often cards say "not stated", and weak spots."""
    return data(gets_wrong.measured())


@api.get(
    "/changes.json",
    url_name="changes-data",
    openapi_extra={
        **answers(Changes),
        "parameters": [
            {
                "name": "what",
                "in": "query",
                "description": "What became of the cards; those that changed, without it.",
                "schema": {"type": "string", "enum": list(FATES)},
            },
            {
                "name": "page",
                "in": "query",
                "description": "Page, from 1.",
                "schema": {"type": "integer"},
            },
        ],
    },
)
def changes_data(request: HttpRequest) -> HttpResponse:
    """What changed since the release before, card by card, and why."""
    return data(changes.changed(request.GET.get("what"), request.GET.get("page")))


@api.get("/glossary.json", url_name="glossary-data", openapi_extra=answers(Glossary))
def glossary_data(request: HttpRequest) -> HttpResponse:
    """Words and what they mean here."""
    return data(texts.glossary_terms())


@api.get("/looks.json", url_name="looks-data", openapi_extra=answers(LookList))
def looks_data(request: HttpRequest) -> HttpResponse:
    """The looks a reader can choose."""
    return data(looks.look_list())


@api.get("/gate.json", url_name="gate-data", openapi_extra=answers(GateChoices))
def gate_choices(request: HttpRequest) -> HttpResponse:
    """What can be sent here to be judged."""
    return data(gate.gate_choices())


@api.post(
    "/gate.json",
    url_name="gate-data",
    openapi_extra={
        **answers(GateAnswer),
        "requestBody": {"required": True, **content(GateAsked, "A text and its study.")},
    },
)
def gate_data(request: HttpRequest) -> HttpResponse:
    """A text, judged clause by clause against what its study can carry. Nothing is kept."""
    return data(gate.judged_data(request))


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of all of the above, OpenAPI 3.1."""
    return data(description())


def description() -> dict[str, Any]:
    """The OpenAPI description, with the shapes of the answers."""
    described: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=""))
    shapes = (*SHAPES, *(practice_data.SHAPES if settings.HAS_PRACTICE else ()))
    _, schemas = msgspec.json.schema_components(
        shapes, schema_hook=_any_value, ref_template=SCHEMA
    )
    described["components"] = {"schemas": schemas}
    described["paths"]["/search.json"]["get"]["parameters"] = _search_parameters()
    return msgspec.to_builtins(described, str_keys=True)


def _any_value(kind: type) -> dict[str, Any]:
    """The schema of a value of a card before or after: any JSON. msgspec asks for no other."""
    if kind is not object:
        raise NotImplementedError
    return {"description": "Any value of a card."}


def programs(request: HttpRequest) -> HttpResponse:
    """The page for people who write programs."""
    paths = description()["paths"]
    rows = [
        (path, " ".join(_about(operation) for operation in operations.values()))
        for path, operations in paths.items()
    ]
    return page(request, "programs.html", rows=rows)


def _about(operation: dict[str, Any]) -> str:
    return str(operation.get("description") or operation.get("summary") or "")


urlpatterns = [
    path("api/", programs, name="api"),
    path("api/openapi.json", openapi, name="openapi"),
    path("", api.urls),
]
