"""What each page says: whole, safe, and every word of a card where it belongs."""

import json
import re

import msgspec
import pytest
from tests.web.conftest import text_of

from rapport.cards.study_card import StudyCard
from rapport.core.vocabulary import Badge

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


def test_a_release_without_cards_still_has_all_its_pages(
    open_site, client, tmp_path, release_of
):
    open_site(release_of(tmp_path / "empty", 0))
    for address in PAGES:
        expected = 404 if "/cards/" in address else 200
        assert client.get(address).status_code == expected


def test_the_data_of_a_card_is_the_card(client):
    card = msgspec.json.decode(client.get("/cards/pmid-90000001.json").content, type=StudyCard)
    assert card.id == "pmid-90000001"
