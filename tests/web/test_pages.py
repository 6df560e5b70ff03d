"""What each page says, and that no way of asking brings anything but a calm answer."""

import json
import re

import msgspec
import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.study_card import StudyCard
from rapport.core.encoding import to_pretty_json
from rapport.core.vocabulary import Badge
from rapport.evidence.evaluate.metrics import ValueScore, share
from rapport.evidence.evaluate.run import (
    EvaluationRun,
    FieldEvaluation,
    Scores,
    without_sentences,
)
from rapport.web.kept import Kept
from rapport.web.routes import RULES, RULES_OF_PRACTICE, RULES_OF_THE_STORE, Access
from rapport.web.site import site
from rapport.web.urls import urlpatterns

CARD = "/cards/pmid-90000001/"
PAGES = [
    "/",
    "/search",
    "/search?q=rest&badge=required&page=1",
    CARD,
    "/cards/pmid-90000001/parts/observed/",
    "/definitions/",
    "/definitions/fukuda_1994/",
    "/how-it-works",
    "/what-it-gets-wrong",
    "/glossary",
    "/changes",
    "/gate",
    "/gate?card=pmid-90000001",
    "/looks",
    "/api/",
]


def text_of(response):
    """The words of a page, as a person reads them."""
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole_and_says_its_language_and_look(client, address):
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.startswith('<!doctype html>\n<html lang="en-GB" data-look="device">')
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert 'href="#main"' in page
    assert "<script" not in page
    assert " style=" not in page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_its_style_sheet_weighs_less_than_fifty_kilobytes(client, address):
    page = client.get(address).content
    style = client.get(re.search(rb'href="(/static/[^"]+)"', page)[1].decode()).content
    assert len(page) + len(style) <= 50_000


@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_the_headers_that_keep_it_safe(client, address):
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'self';"
    )
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_the_first_screen_of_a_card_holds_title_badge_and_summary(client):
    said = text_of(client.get(CARD))
    first = said.partition("That was the short version.")[0]
    assert "Planned rest and bad weeks" in first
    assert "PEM required" in first
    assert "Everyone had to meet criteria that require PEM." in first
    assert "This survey asked 42 people with ME/CFS about rest." in first


def test_a_card_has_its_six_parts_in_their_order(client):
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", client.get(CARD).content.decode())
    assert [heading for heading in headings if heading != "On this card"] == [
        "Quick summary",
        "Why it matters",
        "Observed findings",
        "Inferred conclusions",
        "Remaining questions",
        "What this study does not prove",
        "Who was studied, and how",
        "What happened since",
        "Cite this study",
    ]


def test_a_card_says_of_each_value_where_it_stands(client):
    said = text_of(client.get(CARD))
    assert (
        "Quoted: abstract, Results, characters 120 to 185. It says: things go together." in said
    )
    assert "All 42 people met the Lakeside criteria" in said
    assert "Abstract, Methods, characters 120 to 203." in said


def test_a_card_names_the_study_first_and_our_reading_of_it_second(client):
    said = text_of(client.get(CARD))
    study = said.index("Lake A, Hill B, Wood C.")
    assert study < said.index("Rapport card pmid-90000001, release ")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "PEM required"),
        (2, "PEM not required"),
        (3, "PEM not stated"),
        (4, "PEM required for some"),
        (5, "No patients of its own"),
    ],
)
def test_every_badge_is_told_in_words_and_by_its_own_shape(client, number, words):
    page = client.get(f"/cards/pmid-9000000{number}/").content.decode()
    badge = re.search(r'<div class="badge.*?</div>\n</div>', page, re.S)[0]
    assert f"<strong>{words}</strong>" in badge
    assert "<svg" in badge


def test_no_two_badges_have_the_same_shape(client):
    shapes = set()
    for number in range(1, 6):
        page = client.get(f"/cards/pmid-9000000{number}/").content.decode()
        shapes.add(re.search(r'<div class="badge[^>]*>\n(<svg.*?</svg>)', page, re.S)[1])
    assert len(shapes) == len(Badge)


def test_a_retracted_study_keeps_its_page_with_a_banner(client):
    response = client.get("/cards/pmid-90000002/")
    assert response.status_code == 200
    assert "This paper was retracted." in text_of(response)
    assert "This paper was retracted." not in text_of(client.get(CARD))


def test_a_record_without_an_abstract_has_no_summary_and_says_why(client):
    said = text_of(client.get("/cards/pmid-90000003/"))
    assert "There is no summary. The record has no abstract and no text." in said


def test_a_digest_is_marked_as_ours(client):
    assert "Digest by Rapport, not the abstract." in text_of(
        client.get("/cards/pmid-90000006/")
    )
    assert "Digest by Rapport" not in text_of(client.get(CARD))


def test_a_list_of_studies_marks_digests_as_ours(client):
    items = client.get("/search?q=rest&page=1").content.decode().split("<li>")
    items += client.get("/search?q=rest&page=2").content.decode().split("<li>")
    items += client.get("/search?q=rest&page=3").content.decode().split("<li>")
    (digest,) = (one for one in items if "/cards/pmid-90000006/" in one)
    assert "We read" not in digest
    assert "Digest by Rapport, not the abstract." in digest
    assert sum("Digest by Rapport" in one for one in items) == 1


def test_a_quote_from_a_digest_is_never_said_to_be_from_the_abstract(client):
    said = text_of(client.get("/cards/pmid-90000006/"))
    assert "Our digest, Methods, characters" in said
    assert "Abstract, Methods" not in said


def test_works_that_belong_together_are_linked(client):
    page = client.get("/cards/pmid-90000006/").content.decode()
    assert "Later published as" in page
    assert 'href="/cards/pmid-90000001/"' in page
    assert 'href="https://doi.org/10.9999/else"' in page


@pytest.mark.parametrize("name", ["90000001", "10.9999/made.up(1)", "PMID:%2090000001"])
def test_another_name_of_the_work_leads_to_its_card(client, name):
    response = client.get(f"/cards/{name}/")
    assert (response.status_code, response.headers["Location"]) == (301, CARD)


def test_the_home_page_gives_the_share_of_not_stated(client):
    said = text_of(client.get("/"))
    assert "24 of 29 cards about patients do not state if PEM was required." in said


def test_what_it_gets_wrong_gives_each_field_with_its_interval(
    client, open_site, release_folder, tmp_path
):
    stored = {
        "measured_on": "12 made-up papers.",
        "date": "2026-01-02",
        "reader": "0",
        "knowledge": "abc123",
        "fields": [{"field": "badge", "right": 11, "of": 12, "low": 0.65, "high": 0.985}],
        "errors": [],
        "notes": ["Papers were made up."],
    }
    (tmp_path / "run.json").write_text(json.dumps(stored))
    open_site(release_folder, tmp_path / "run.json")
    said = text_of(client.get("/what-it-gets-wrong"))
    assert "PEM badge Right in 11 of 12. Likely range: 65 to 98%." in said
    assert "made by another version" in said
    assert "Not measured yet" not in said
    data = json.loads(client.get("/what-it-gets-wrong.json").content)
    assert data["accuracy"][0]["fields"][0]["right"] == 11


def stored_run(**changes):
    """A run as `rapport atlas evaluate --out` stores it, by the types that it is made of."""
    field = FieldEvaluation(
        field="definitions", right=7, of=9, low=0.4, high=0.9,
        strict=Scores(
            right=share(7, 9),
            values=tuple(
                ValueScore(
                    value=name, expected=expected, read=1,
                    precision=share(1, 1), recall=share(expected, 1), f1=None,
                )
                for name, expected in (("fukuda_1994", 1), ("oxford_1991", 0))
            ),
        ),
        lenient=Scores(right=share(8, 9)),
        by_text_kind={"abstract": share(3, 4), "letters_home": share(4, 5)},
        further={"recall": share(6, 7), "verbatim": share(9, 9)},
    )  # fmt: skip
    run = EvaluationRun(
        measured_on="9 made-up papers.", date="2026-01-02", reader="1", knowledge="abc123",
        seed=1, draws=10, fields=(field,), errors=(), labels="1" * 64, program="0",
    )  # fmt: skip
    return msgspec.structs.replace(run, **changes)


def test_what_it_gets_wrong_reads_runs_as_they_are_stored_today(
    client, open_site, release_folder, tmp_path
):
    (tmp_path / "run.json").write_bytes(to_pretty_json(without_sentences(stored_run())))
    open_site(release_folder, tmp_path / "run.json")
    said = text_of(client.get("/what-it-gets-wrong"))
    assert "Case definitions Right in 7 of 9. Likely range: 40 to 90%." in said
    assert "If we also count other answers that fit: 8 of 9." in said
    assert "Of the definitions we should have named: right in 6 of 7." in said
    assert "In abstracts: 3 of 4. In letters home: 4 of 5." in said
    assert "verbatim" not in said  # a share for developers stays in the data
    assert "another version" not in said
    data = json.loads(client.get("/what-it-gets-wrong.json").content)
    assert data["accuracy"][0]["labels"] == "1" * 64
    assert data["accuracy"][0]["fields"][0]["further"]["verbatim"]["of"] == 9


def test_a_run_of_another_program_is_said_to_be_one(
    client, open_site, release_folder, tmp_path
):
    (tmp_path / "run.json").write_bytes(to_pretty_json(stored_run(program="other")))
    open_site(release_folder, tmp_path / "run.json")
    assert "made by another version" in text_of(client.get("/what-it-gets-wrong"))


def test_definitions_without_a_test_case_are_named_until_there_is_one(
    client, open_site, release_folder, tmp_path
):
    (tmp_path / "run.json").write_bytes(to_pretty_json(stored_run()))
    open_site(release_folder, tmp_path / "run.json")
    data = json.loads(client.get("/what-it-gets-wrong.json").content)
    assert "oxford_1991" in data["untested_definitions"]
    assert "fukuda_1994" not in data["untested_definitions"]
    said = text_of(client.get("/what-it-gets-wrong"))
    assert f"no test case for {len(data['untested_definitions'])} definitions" in said
    assert "Oxford" in said.split("no test case for")[1]


def test_what_it_gets_wrong_says_when_nothing_was_measured(client, monkeypatch, tmp_path):
    monkeypatch.setattr("rapport.web.accuracy.BUNDLED", tmp_path)
    site.cache_clear()
    said = text_of(client.get("/what-it-gets-wrong"))
    assert "Not measured yet." in said
    assert "Whether PEM was required 24 of 29 cards, 83%." in said


def test_a_definition_says_whether_it_requires_pem_and_who_has_checked_it(client):
    said = text_of(client.get("/definitions/fukuda_1994/"))
    assert "Does it require PEM? No." in said
    assert "Not yet checked by a second person." in said
    assert "2 cards name it" in said


def test_every_definition_has_a_page(client):
    rows = json.loads(client.get("/definitions.json").content)["definitions"]
    assert rows
    for row in rows:
        assert client.get(row["page"]).status_code == 200
        assert client.get(row["data"]).status_code == 200


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


def test_a_release_without_cards_still_has_all_its_pages(
    open_site, client, tmp_path, release_of
):
    open_site(release_of(tmp_path / "empty", 0))
    for address in PAGES:
        expected = 404 if "/cards/" in address else 200
        assert client.get(address).status_code == expected


@given(q=st.text(max_size=400))
def test_any_text_can_be_searched_for(site_of_session, q):
    assert site_of_session.get("/search", {"q": q}).status_code == 200


@given(path=st.text(max_size=60))
def test_any_path_gets_a_page(site_of_session, path):
    assert site_of_session.get("/" + path).status_code in (200, 204, 301, 400, 404)


def test_the_data_of_a_card_is_the_card(client):
    card = msgspec.json.decode(client.get("/cards/pmid-90000001.json").content, type=StudyCard)
    assert card.id == "pmid-90000001"


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
