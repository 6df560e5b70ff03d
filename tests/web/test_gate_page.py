"""A reader's own text, marked where it says more than a study can carry; nothing is kept."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.cards.facts import DesignRecord
from rapport.cards.wording import Verdict, Wording
from rapport.core.vocabulary import Badge, Design
from rapport.knowledge.load import load
from rapport.web import gate_page
from rapport.web.gate_page import MOST_CHARACTERS, Form, faults, form_of, pieces, rows

CLAIM = "Gentle stretching cures fatigue."
SAFE = "People who stretched were asked how they slept."
TEXT = f"{SAFE} {CLAIM}"
WORDING = Wording(load())


def judged(text, design=Design.CROSS_SECTIONAL, badge=None):
    return WORDING.findings(text, design=DesignRecord(value=design), badge=badge)


def sent(client, text=TEXT, design="cross_sectional", **fields):
    return client.post("/gate", {"text": text, "design": design, **fields})


def test_a_claim_that_goes_too_far_is_marked_with_reason_limit_and_weaker_words(client):
    response = sent(client)
    page = response.content.decode()
    assert response.status_code == 200
    assert '<mark class="refusal">Gentle stretching cures fatigue. <b>[1]</b></mark>' in page
    assert "1 part says too much." in page
    assert "Says too much." in page
    assert "level 8 of 8" in page
    assert "A study of this kind carries level 2 of 8 at most: association." in page
    assert "You could say:" in page


def test_a_text_that_keeps_within_its_study_is_not_called_right(client):
    page = sent(client, text=SAFE).content.decode()
    assert "<mark" not in page
    assert "We found nothing that says too much." in page
    assert "A text without a mark is not proven right." in page


def test_the_badge_decides_whether_a_claim_on_the_whole_illness_is_marked(client):
    text = "ME/CFS is linked with poor sleep."
    without = sent(client, text=text).content.decode()
    with_badge = sent(client, text=text, badge="not_required").content.decode()
    assert "<mark" not in without
    assert "<mark" in with_badge


def test_the_form_keeps_what_was_sent(client):
    page = sent(client, badge="mixed", blinded="no").content.decode()
    assert f"{TEXT}</textarea>" in page
    for value in ("cross_sectional", "mixed", "no"):
        assert f'<option value="{value}" selected>' in page


def test_the_form_opens_ready_for_the_study_of_a_card(client):
    page = client.get("/gate?card=pmid-90000001").content.decode()
    assert '<option value="required" selected>' in page
    assert client.get("/gate?card=nothing").status_code == 200


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"text": ""}, "Paste a text."),
        ({"text": " \r\n "}, "Paste a text."),
        ({"text": "word " * 2_000}, "The text has 9,999 letters. Use at most 8,000."),
        ({"design": ""}, "Choose a kind of study from the list."),
        ({"design": "nonsense"}, "Choose a kind of study from the list."),
        ({"badge": "nonsense"}, "Choose one of the answers on PEM."),
        ({"blinded": "perhaps"}, "Choose yes, no or not known."),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_typed_is_lost(client, fields, problem):
    response = sent(client, **fields)
    page = response.content.decode()
    assert response.status_code == 400
    assert problem in page
    assert page.count("aria-invalid") == 1
    assert f"{fields.get('text', TEXT).strip()}</textarea>" in page


def test_all_faults_are_told_at_once():
    found = faults(Form(text="", design="", badge="x", blinded="x"))
    assert [one.field for one in found] == ["text", "design", "badge", "blinded"]


def test_a_text_that_is_far_too_long_is_refused_before_it_is_read(client):
    response = sent(client, text="x" * 200_000)
    assert response.status_code == 413
    assert b"at most 8,000 letters" in response.content


@pytest.mark.parametrize(
    "word", ["<script>alert(1)</script>", "</textarea><b>", '" onx="', "&"]
)
def test_hostile_text_cannot_break_out_of_the_page(client, word):
    hostile = f"{word} cures fatigue in all people. {CLAIM}"
    page = sent(client, text=hostile).content.decode()
    assert "<script" not in page
    assert "</textarea><b>" not in page
    assert '" onx="' not in page
    assert page.count("</textarea>") == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # a program
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1"}, 200),
        ({"Origin": "https://elsewhere.example"}, 403),
    ],
)
def test_a_form_that_another_site_sends_is_refused(client, headers, status):
    fields = {"text": TEXT, "design": "rct"}
    for address in ("/gate", "/looks"):
        found = client.post(address, {**fields, "look": "dim"}, headers=headers).status_code
        assert found == (303 if address == "/looks" and status == 200 else status)


def test_nothing_of_a_text_is_kept(client, caplog):
    first = sent(client)
    assert first.headers["Cache-Control"] == "no-store"
    assert "ETag" not in first.headers
    assert not first.cookies
    assert "stretching" not in client.get("/gate").content.decode()
    assert "stretching" not in caplog.text


def test_a_text_as_data_gets_the_same_answer(client):
    wanted = {"text": TEXT, "design": "cross_sectional", "badge": "required"}
    response = client.post("/gate.json", json.dumps(wanted), content_type="application/json")
    answer = json.loads(response.content)
    assert response.status_code == 200
    assert answer["counts"] == {"refusal": 1, "warning": 0, "ok": 1}
    assert answer["limit"]["level"] == 2
    bad = answer["findings"][1]
    assert TEXT[bad["start"] : bad["end"]] == CLAIM
    assert bad["verdict"] == "refusal"
    assert bad["weaker"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"\xff", 400),
        (b'{"text": "", "design": "rct"}', 400),
        (b'{"text": "x", "design": "nonsense"}', 400),
        (b'{"text": "' + b"x" * 8_001 + b'", "design": "rct"}', 413),
        (b"x" * 100_000, 413),
    ],
)
def test_data_that_cannot_be_read_are_told_calmly(client, body, status):
    response = client.post("/gate.json", body, content_type="application/json")
    answer = json.loads(response.content)
    assert response.status_code == answer["status"] == status
    assert answer["fix"]


def test_the_data_say_what_can_be_sent(client):
    told = json.loads(client.get("/gate.json").content)
    assert told["most_characters"] == MOST_CHARACTERS
    assert set(told["choices"]["design"]) == {one.value for one in Design}
    assert set(told["choices"]["badge"]) == {one.value for one in Badge}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([CLAIM, SAFE, "<b>", "\n\n", "ME/CFS is caused by fear.", "é"]))
)
def test_the_stretches_together_are_the_whole_text(parts):
    text = form_of({"text": " ".join(parts)}).text
    found = judged(text, badge=Badge.NOT_REQUIRED)
    stretches = pieces(text, found)
    assert "".join(one.text for one in stretches) == text
    shown, more = rows(found)
    numbers = [one.number for one in stretches if one.number]
    assert numbers == list(range(1, len(shown) + more + 1))
    assert [row.number for row in shown] == numbers[: len(shown)]


def test_a_page_full_of_claims_stays_small_and_says_what_is_left_out(client):
    text = (CLAIM + " ") * (MOST_CHARACTERS // (len(CLAIM) + 1))
    response = sent(client, text=text)
    assert len(response.content) < 50_000
    assert b"more parts are marked in the text" in response.content


def test_every_verdict_but_fits_can_be_reached():
    found = {one.verdict for one in judged(TEXT)}
    assert found == {Verdict.OK, Verdict.REFUSAL}
    assert set(gate_page.counts(judged(TEXT))) == {one.value for one in Verdict}
