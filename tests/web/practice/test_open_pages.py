"""The practice wing without a store: nothing is kept, help is on every page, cards say both sides."""

import json
import re

import msgspec
import pytest
from tests.web.conftest import text_of

from rapport.core.ids import Identifiers
from rapport.knowledge.load_practice import own
from rapport.web.practice import held
from rapport.web.practice.open.cards import safety_of

SOLO = "/practice/solo/"
PAGES = [
    "/practice/",
    "/practice/cards/",
    *(f"/practice/cards/{number}/" for number in range(1, 7)),
    SOLO,
    "/practice/help",
    "/practice/red-flags",
]
ALL_EASE = {f"C{number}o": "4" for number in range(1, 7)}


def hidden(response):
    """The fields that a page sends on, whatever is pressed."""
    page = response.content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def pressed(client, response, go="next", **answers):
    """The page after a press on this one."""
    return client.post(SOLO, {**hidden(response), **answers, "go": go})


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole_and_light_and_sets_no_cookie(client, address):
    response = client.get(address)
    page = response.content.decode()
    style = client.get(re.search(r'href="(/static/[^"]+)"', page)[1]).content
    assert response.status_code == 200
    assert (page.count("<h1"), page.count("<main")) == (1, 1)
    assert "<script" not in page
    assert "Set-Cookie" not in response.headers
    assert len(response.content) + len(style) <= 50_000


@pytest.mark.parametrize(
    "address", ["/", "/search", "/cards/pmid-90000001/", "/nothing", *PAGES]
)
def test_help_is_one_press_away_on_every_page(client, address):
    page = client.get(address).content.decode()
    link = re.search(r'<a class="help" href="/practice/help"[^>]*>([^<]+)</a>', page)
    assert link[1] == "I need help now"


def test_the_page_of_help_names_writing_before_phoning_and_says_that_it_is_made_up(client):
    page = client.get("/practice/help").content.decode()
    said = text_of(client.get("/practice/help"))
    assert "These numbers are made up. This is a demo of a country that does not exist." in said
    assert said.index("DEMO-111 by text") < said.index("DEMO-112")
    assert "tel:" not in page
    assert "sms:" not in page


def test_a_pack_that_a_clinic_names_is_the_one_that_is_shown(client, settings_of, tmp_path):
    pack = own().countries["evenland"]
    fields = msgspec.to_builtins(
        msgspec.structs.replace(pack, id="lake", country="Lakeland", is_made_up=False)
    )
    text = "".join(_toml(fields))
    (tmp_path / "lake.toml").write_text(text)
    settings_of(RAPPORT_COUNTRY=str(tmp_path / "lake.toml"))
    held.pack.cache_clear()
    try:
        said = text_of(client.get("/practice/help"))
    finally:
        held.pack.cache_clear()
    assert "made up. This is a demo" not in said
    assert "Lakeland. Looked at on 2026-11-22." in said


def _toml(fields):
    """The fields of a pack as TOML: plain values first, then its tables."""
    for name, value in fields.items():
        if not isinstance(value, dict) and name != "crisis" and value is not None:
            yield f"{name} = {json.dumps(value)}\n"
    tables = [(name, [value]) for name, value in fields.items() if isinstance(value, dict)]
    for name, rows in (*tables, ("crisis", fields["crisis"])):
        for row in rows:
            yield f"[[{name}]]\n" if name == "crisis" else f"[{name}]\n"
            yield from (f"{k} = {json.dumps(v)}\n" for k, v in row.items() if v is not None)


def test_the_front_says_what_it_is_not_and_who_made_it(client):
    said = text_of(client.get("/practice/"))
    for words in (
        "It gives no diagnosis and no treatment advice.",
        "No study has tested the model, the questions or the cards.",
        "The authors have not seen them.",
        "No clinician has reviewed it yet.",
    ):
        assert words in said


def test_the_first_page_of_the_site_leads_to_the_wing(client):
    page = client.get("/").content.decode()
    assert 'href="/practice/"' in page
    assert f'href="{SOLO}"' in page


@pytest.mark.parametrize("number", range(1, 7))
def test_a_card_shows_its_thirty_seconds_first(client, number):
    card = own().card_of(number)
    short = text_of(client.get(f"/practice/cards/{number}/")).partition("You can stop here.")[0]
    assert card.purpose in short
    assert all(step in short for step in card.in_short)
    assert card.phrases[1] in short
    assert card.phrases[2] not in short
    assert safety_of(held.ready_card(number))[0] in short
    assert "Not the authors' text." in short.replace("&#39;", "'")
    assert "Not yet reviewed by a clinician." in short


@pytest.mark.parametrize("number", range(1, 7))
def test_each_finding_on_a_card_says_its_direction_its_badge_and_what_it_does_not_prove(
    client, number
):
    page = client.get(f"/practice/cards/{number}/").content.decode()
    items = re.findall(
        r'<li class="(?:supports|indirect|limits|contradicts)">.*?</details>', page, re.S
    )
    assert len(items) == len(own().card_of(number).evidence)
    for item in items:
        assert "Does not prove:" in item
        assert 'class="chip badge-' in item
        assert ": what was found</summary>" in item


def test_the_card_on_hope_tells_to_ask_directly_before_all_else(client):
    short = text_of(client.get("/practice/cards/3/")).partition("You can stop here.")[0]
    assert "Ask about suicide directly and in person, apart from mood." in short


def test_what_is_still_to_be_checked_is_said_where_it_is_shown(client):
    said = text_of(client.get("/practice/cards/6/"))
    assert "To be checked: what the fourth theme holds." in said


def test_a_study_that_the_release_holds_is_linked(
    client, open_site, tmp_path, release_of, monkeypatch
):
    doi = own().register["E30"].works[0].doi
    folder = release_of(tmp_path / "with", 1, identifiers=Identifiers(doi=doi))
    open_site(folder)
    page = client.get("/practice/cards/5/").content.decode()
    assert (
        '<a class="tap" href="/cards/pmid-90000001/" rel="noreferrer">Its card in this atlas'
        in page
    )
    data = json.loads(client.get("/practice/cards/5.json").content)
    (held_,) = (each["cards"] for each in data["evidence"] if each["finding"]["id"] == "E30")
    assert held_ == ["pmid-90000001"]


@pytest.mark.parametrize(
    "address", ["/practice/cards/0/", "/practice/cards/7/", "/practice/cards/x/"]
)
def test_there_is_no_seventh_card(client, address):
    assert client.get(address).status_code == 404


def test_a_card_that_says_more_than_its_evidence_is_not_shown(client, monkeypatch):
    monkeypatch.setattr("rapport.web.practice.held.ready_cards", dict)
    response = client.get("/practice/cards/1/")
    assert response.status_code == 404
    assert "It is not shown." in text_of(response)


def test_seven_presses_lead_to_the_challenge_and_its_card(client):
    page = client.get(SOLO)
    for item in ("C1o", "C2o", "C3o", "C4o", "C5o", "C6o"):
        answer = {"C5o": "0", "C2o": "1"}.get(item, "4")
        page = pressed(client, page, **{item: answer})
    assert "7 of 7" in text_of(page)
    page = pressed(client, page)
    said = text_of(page)
    assert "The person does not feel heard" in said
    assert "Your answers point here most." in said
    assert own().card_of(5).phrases[0] in said
    assert f"You may also want {own().card_of(2).title}" in said
    assert "scc-0.1-default" in said


def test_back_keeps_the_answers_and_shows_the_one_that_was_chosen(client):
    page = pressed(client, client.get(SOLO), C1o="2")
    page = pressed(client, page, "back", C2o="3")
    assert re.search(r'name="C1o" value="2" checked', page.content.decode())
    assert hidden(page)["C2o"] == "3"
    page = pressed(client, page, C1o="2")
    assert re.search(r'name="C2o" value="3" checked', page.content.decode())


def test_nothing_has_to_be_answered(client):
    page = client.get(SOLO)
    for _ in range(7):
        page = pressed(client, page)
    assert "You answered nothing, so there is nothing to show." in text_of(page)


def test_without_strain_no_challenge_is_made_up(client):
    page = client.post(SOLO, {**ALL_EASE, "PICKo": "0", "at": "7", "go": "next"})
    assert "Your answers name no strain." in text_of(page)
    assert "challenge at hand" not in text_of(page)


def test_what_was_picked_comes_first(client):
    page = client.post(SOLO, {**ALL_EASE, "C1o": "0", "PICKo": "6", "at": "7", "go": "next"})
    said = text_of(page)
    assert "You said that this is the hardest now." in said
    assert said.index(own().card_of(6).title) < said.index(own().card_of(1).title)


@pytest.mark.parametrize("at", range(1, 8))
def test_every_screen_can_be_stopped_and_deleted(client, at):
    page = client.post(
        SOLO, {"at": str(at - 1) if at > 1 else "1", "go": "next" if at > 1 else "back"}
    )
    assert f"{at} of 7" in text_of(page)
    assert 'value="stop">Stop and delete this</button>' in page.content.decode()
    gone = pressed(client, page, "stop", C1o="0")
    assert "Nothing was stored." in text_of(gone)
    assert hidden(gone) == {}


def test_enter_means_next(client):
    """The first button of a form is the one that Enter presses."""
    page = pressed(client, client.get(SOLO)).content.decode()
    assert re.findall(r'<button[^>]*value="([^"]+)"', page)[0] == "next"


@pytest.mark.parametrize(
    "sent",
    [
        {"at": "1", "C1o": "9"},
        {"at": "1", "C2o": "5"},
        {"at": "0"},
        {"at": "8"},
        {"at": "1' OR 1"},
        {},
    ],
)
def test_what_is_no_answer_is_refused_calmly(client, sent):
    response = client.post(SOLO, {**sent, "go": "next"})
    assert response.status_code == 400
    assert "Begin again: nothing was kept." in text_of(response)


def test_answers_stand_in_no_address_and_in_no_cookie(client):
    page = client.post(SOLO, {**ALL_EASE, "C3o": "0", "at": "7", "go": "next"})
    assert page.status_code == 200
    assert "Location" not in page.headers
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"
    links = re.findall(r'(?:href|action)="([^"]+)"', page.content.decode())
    assert not any("C3o" in link or "?C" in link for link in links)


def test_answers_given_in_an_address_are_not_looked_at(client):
    page = client.get(f"{SOLO}?C1o=0&at=7&go=next")
    assert "1 of 7" in text_of(page)
    assert "checked" not in page.content.decode()


def test_a_form_from_another_site_is_refused(client):
    response = client.post(SOLO, {"at": "1"}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


def test_solo_mode_answers_programs_too(client):
    asked = json.dumps({"answers": {"C3o": 1, "PICKo": 3}})
    answer = client.post("/practice/solo.json", asked, content_type="application/json")
    found = json.loads(answer.content)
    assert (found["result"]["challenge"], found["result"]["why"]) == (3, "picked")
    assert [row["number"] for row in found["cards"]] == [3]


@pytest.mark.parametrize(
    "asked", ["", "[]", '{"answers": {"C3o": 9}}', '{"answers": {"S0": 2}}']
)
def test_data_that_are_no_answers_are_refused_with_what_can_be_sent(client, asked):
    answer = client.post("/practice/solo.json", asked, content_type="application/json")
    assert answer.status_code == 400
    assert "PICKo" in json.loads(answer.content)["fix"][0]


def test_the_text_of_a_card_can_be_pasted(client):
    response = client.get("/practice/cards/5.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Speaks against it. PEM not required." in response.content.decode()
