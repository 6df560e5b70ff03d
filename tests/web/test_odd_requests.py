"""No way of asking brings anything but a calm answer, and every route has its rule."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.web.routes import RULES, RULES_OF_PRACTICE, RULES_OF_THE_STORE, Access
from rapport.web.urls import urlpatterns

CARD = "/cards/pmid-90000001/"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing-here", 404),
        ("/cards/pmid-1/", 404),
        ("/cards/pmid-1.json", 404),
        ("/cards/pmid-90000001.csl.jso/", 404),
        ("/cards/pmid-90000001/parts/nonsense/", 404),
        ("/cards/pmid-90000001/parts/observed/?page=9", 404),
        ("/cards/pmid-90000001/parts/observed/?page=x", 404),
        ("/cards/%00/", 404),
        ("/cards/%ff%fe/", 404),
        ("/cards/..%2f..%2fetc%2fpasswd/", 404),
        ("/cards/'%22><script>/", 404),
        ("/definitions/nonsense/", 404),
        ("/definitions/nonsense.json", 404),
        ("/search?badge=nonsense", 400),
        ("/search?definition=nonsense", 400),
        ("/search?year_from=20", 400),
        ("/search?year_from=2019&year_to=2001", 400),
        ("/search?page=0", 400),
        ("/search?page=-1", 400),
        ("/search?page=999999", 404),
        ("/search?page=9999999999", 400),
        ("/search?q=" + "x" * 401, 400),
        ("/search?" + "a=1&" * 2000, 414),
        ("/search.json?badge=nonsense", 400),
        ("/search?q=%ff%00%F0%9F%98%80", 200),
        ("/search?q=" + "(" * 300, 200),
        ('/search?q="', 200),
        ("/search?q=-", 200),
        ("/search?q=title:", 200),
        ("/search?q=AND OR NOT *~^[] TO {}", 200),
        ("/search?unknown=1&q=rest", 200),
        ("/static/other.css", 404),
        ("/static/..%2fsettings.py", 404),
    ],
)
def test_odd_addresses_get_a_calm_answer_with_the_right_status(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert b"Traceback" not in response.content
    assert b"<script>" not in response.content
    if address.partition("?")[0].endswith(".json"):
        assert json.loads(response.content)["status"] == status


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_pages_can_only_be_read(client, method):
    for address in ("/", CARD, "/search", "/index.json", "/cards/pmid-90000001.json"):
        response = getattr(client, method)(address)
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"


def test_a_foreign_host_name_is_refused(client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/search/", "/search"),
        ("/search/?q=rest", "/search?q=rest"),
        ("/cards/pmid-90000001", CARD),
        ("/definitions", "/definitions/"),
    ],
)
def test_a_slash_too_many_or_too_few_leads_on(client, asked, address):
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, address)


def test_a_redirect_never_leads_to_another_site(client):
    for asked in ("//elsewhere.example/search/", "//elsewhere.example/cards/x"):
        response = client.get(asked)
        assert response.status_code in (301, 404)
        assert not response.headers.get("Location", "/").startswith("//")


def _names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern.url_patterns)
        else:
            yield pattern.name


def test_every_route_has_a_rule_and_every_rule_a_route():
    names = set(_names(urlpatterns))
    names -= {"api-root"}  # of the library; the home page stands before it
    names -= {*RULES_OF_THE_STORE, *RULES_OF_PRACTICE}
    assert names == set(RULES)
    assert all(rule.access is Access.PUBLIC for rule in RULES.values())


def test_a_route_without_a_rule_is_refused(client, monkeypatch):
    monkeypatch.delitem(RULES, "glossary")
    assert client.get("/glossary").status_code == 404


def test_a_fault_of_the_program_is_told_calmly_and_without_its_words(
    client, monkeypatch, caplog
):
    from rapport.web import urls

    def broken(request):
        raise RuntimeError("secret words")

    monkeypatch.setattr(urls.urlpatterns[0], "callback", broken)
    caplog.set_level("CRITICAL")
    response = client.get("/")
    assert response.status_code == 500
    assert b"secret" not in response.content
    assert b"not your fault" in response.content


def test_card_texts_cannot_break_out_of_the_page(open_site, client, tmp_path, release_of):
    hostile = "<script>alert(1)</script><img src=x onerror=y>\"'&"
    folder = release_of(tmp_path / "hostile", 1, title=hostile)
    open_site(folder)
    page = client.get(CARD).content.decode()
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@given(q=st.text(max_size=400))
def test_any_text_can_be_searched_for(site_of_session, q):
    assert site_of_session.get("/search", {"q": q}).status_code == 200


@given(path=st.text(max_size=60))
def test_any_path_gets_a_page(site_of_session, path):
    assert site_of_session.get("/" + path).status_code in (200, 204, 301, 400, 404)
