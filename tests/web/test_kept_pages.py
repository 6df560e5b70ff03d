"""Pages that are kept, here and by browsers."""

import re

from django.http import HttpResponse
from tests.web.test_pages import CARD, PAGES

from rapport.web.kept import Kept


def test_a_page_that_has_not_changed_is_not_sent_again(client):
    first = client.get(CARD)
    again = client.get(CARD, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_page_in_another_look_or_of_another_release_is_another_page(
    client, open_site, tmp_path, release_of
):
    first = client.get(CARD).headers["ETag"]
    client.cookies["look"] = "dim"
    assert client.get(CARD).headers["ETag"] != first
    del client.cookies["look"]
    open_site(release_of(tmp_path / "other", 1))
    assert client.get(CARD).headers["ETag"] != first


def test_the_style_sheet_may_be_kept_for_ever(client):
    address = re.search(rb'href="(/static/[^"]+)"', client.get("/").content)[1].decode()
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]


def test_a_page_that_is_kept_is_the_page_that_was_made(client):
    for address in (*PAGES, "/index.json", "/cards/pmid-90000001.bib"):
        made, kept = client.get(address), client.get(address)
        assert kept.content == made.content
        assert dict(kept.items()) == dict(made.items())


def test_pages_are_kept_by_look_and_only_so_many_and_never_a_refusal():
    pages = Kept(most=2)
    for mark in ("a", "b", "c"):
        pages.keep(mark, HttpResponse(mark))
    assert pages.page("a") is None
    assert [pages.page(mark).content for mark in ("b", "c")] == [b"b", b"c"]
    pages.keep("d", HttpResponse("x", status=404))
    pages.keep("e", HttpResponse("x" * 100_000))
    choosing = HttpResponse("x")
    choosing.set_cookie("look", "dim")
    pages.keep("f", choosing)
    assert [pages.page(mark) for mark in "def"] == [None, None, None]
