"""The data of every page, and a description that says what they are."""

import json
import re

import pytest

from rapport.core.vocabulary import Badge, Design
from rapport.web.search_page import FACETS

PAGES = {
    "/index.json": "Index",
    "/search.json?q=rest&badge=required": "Found",
    "/cards/pmid-90000001.json": "StudyCard",
    "/definitions.json": "DefinitionList",
    "/definitions/fukuda_1994.json": "DefinitionData",
    "/how-it-works.json": "Passages",
    "/what-it-gets-wrong.json": "GetsWrong",
    "/glossary.json": "Glossary",
    "/changes.json": "Changes",
    "/gate.json": "GateChoices",
    "/looks.json": "LookList",
    "/practice.json": "Wing",
    "/practice/cards.json": "CardList",
    "/practice/cards/5.json": "CardData",
    "/practice/solo.json": "SoloScreens",
    "/practice/help.json": "HelpData",
    "/practice/red-flags.json": "WarningSigns",
}


@pytest.fixture
def description(client):
    return json.loads(client.get("/api/openapi.json").content)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_its_data(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(response.content)


@pytest.mark.parametrize(
    "path", ["/", "/search?q=rest", "/cards/pmid-90000001/", "/definitions/"]
)
def test_a_page_names_the_address_of_its_data(client, path):
    page = client.get(path).content.decode()
    address = re.search(r'rel="alternate" type="application/json" href="([^"]+)"', page)[1]
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_the_description_names_every_address_and_no_other(description):
    paths = {re.sub(r"\{[^}]+\}", "*", path) for path in description["paths"]}
    pages = {address.partition("?")[0] for address in PAGES}
    pages = {
        re.sub(r"pmid-90000001|fukuda_1994|5(?=\.json)", "*", address) for address in pages
    }
    assert paths == pages


def test_every_reference_in_the_description_leads_somewhere(description):
    schemas = description["components"]["schemas"]
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(description)))
    assert references <= set(schemas)
    assert description["openapi"].startswith("3.1")


@pytest.mark.parametrize(("address", "shape"), PAGES.items())
def test_the_data_have_the_shape_that_is_described(client, description, address, shape):
    value = json.loads(client.get(address).content)
    schemas = description["components"]["schemas"]
    assert problems(value, {"$ref": f"#/components/schemas/{shape}"}, schemas) == []


def problems(value, schema, schemas, place="$"):
    """Where a value does not fit a schema; as much of JSON Schema as is in use here."""
    if "$ref" in schema:
        return problems(value, schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, place)
    if "anyOf" in schema:
        tried = [problems(value, option, schemas, place) for option in schema["anyOf"]]
        return [] if [] in tried else [f"{place}: none of the options"]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: {value!r}"]
    return _by_type(value, schema, schemas, place)


KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def _by_type(value, schema, schemas, place):
    kind = schema.get("type")
    if kind and not isinstance(value, KINDS[kind]):
        return [f"{place}: not {kind}"]
    found = []
    if kind == "object":
        known = schema.get("properties", {})
        found += [
            f"{place}: no {key}" for key in schema.get("required", []) if key not in value
        ]
        for key, one in value.items():
            inner = known.get(key, schema.get("additionalProperties"))
            if isinstance(inner, dict):
                found += problems(one, inner, schemas, f"{place}.{key}")
            elif known:
                found.append(f"{place}.{key}: not described")
    if kind == "array" and isinstance(schema.get("items"), dict):
        for n, one in enumerate(value):
            found += problems(one, schema["items"], schemas, f"{place}[{n}]")
    return found


def test_a_search_is_described_with_its_values(description):
    parameters = {
        p["name"]: p for p in description["paths"]["/search.json"]["get"]["parameters"]
    }
    assert set(parameters) == {"q", "year_from", "year_to", "page", *FACETS}
    assert parameters["badge"]["schema"]["items"]["enum"] == [b.value for b in Badge]
    assert parameters["design"]["schema"]["items"]["enum"] == [d.value for d in Design]


def test_search_data_say_where_each_card_is(client):
    found = json.loads(client.get("/search.json?q=rest&page=2").content)
    assert (found["total"], found["page"], found["pages"]) == (30, 2, 3)
    for hit in found["hits"]:
        assert client.get(hit["page"]).status_code == 200
        assert client.get(hit["data"]).status_code == 200


def test_the_home_data_give_the_ledger_and_the_share_of_not_stated(client):
    index = json.loads(client.get("/index.json").content)
    assert index["cards"] == sum(index["badges"].values()) == 30
    assert index["not_stated_share"] == pytest.approx(24 / 29)


@pytest.mark.parametrize(
    ("ending", "kind", "starts"),
    [
        ("bib", "application/x-bibtex", "@"),
        ("ris", "application/x-research-info-systems", "TY  - "),
        ("csl.json", "application/vnd.citationstyles.csl+json", "["),
        ("txt", "text/plain", "Planned rest"),
    ],
)
def test_a_card_comes_in_other_forms(client, ending, kind, starts):
    response = client.get(f"/cards/pmid-90000001.{ending}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert response.content.decode().startswith(starts)


def test_a_download_is_named_after_its_card(client):
    response = client.get("/cards/pmid-90000001.bib")
    named = response.headers["Content-Disposition"]
    assert named == 'attachment; filename="pmid-90000001.bib"'
