"""From an address given by a colleague to a line in the log, as people would go."""

import re
from base64 import b32decode

import msgspec
import pytest
from django_otp.oath import totp

from rapport.core.vocabulary import Badge, Design
from rapport.evidence.curate.decision import (
    AnyDecision,
    Question,
    SetBadge,
    SetDesign,
    SetPatients,
    Show,
    Withhold,
)
from rapport.evidence.curate.workflow import Role
from rapport.knowledge.load import load
from rapport.store.curation.models import LogLine
from rapport.store.people import accounts
from rapport.web.curation.answer_form import FormError, decision_of, fields_of
from rapport.web.curation.question_words import (
    in_words,
)

CARD = "pmid-90000001"
QUESTION = f"/curate/questions/badge/{CARD}/"
PASSWORD = "seven lamps under a bridge"
SET_UP = "/sign-in?done=set-up"
UNSAID = {"card": "", "by": "", "on": ""}
ANSWERS = [
    SetBadge(
        **UNSAID,
        badge=Badge.REQUIRED,
        definitions=("ccc_2003", "fukuda_1994"),
        combination="all",
        words=("met both", "on page 2"),
        reason="It says so.",
    ),
    SetBadge(**UNSAID, badge=Badge.NOT_STATED, reason=""),
    SetDesign(**UNSAID, design=Design.RCT, words=("were randomised",), reason="Yes."),
    SetPatients(**UNSAID, n_cases=12, words=("twelve",), reason=""),
    SetPatients(**UNSAID, n_cases=None, reason=""),
    Show(**UNSAID, reason="Mended."),
    Withhold(**UNSAID, reason="Wrong study."),
]


@pytest.mark.parametrize("decision", ANSWERS, ids=lambda one: type(one).__name__)
def test_the_fields_of_an_answer_make_the_answer(decision):
    decision = msgspec.convert(msgspec.to_builtins(decision), AnyDecision)
    assert decision_of(decision.question, fields_of(decision)) == decision


@pytest.mark.parametrize(
    ("question", "sent", "said"),
    [
        ("badge", {"value": ""}, "Choose a badge"),
        ("badge", {"value": "maybe"}, "Choose a badge"),
        (
            "badge",
            {"value": "required", "definition_1": "a", "definition_2": "b"},
            "all or any of them",
        ),
        ("design", {}, "Choose a design"),
        ("patients", {"value": "about ten"}, "in digits"),
        ("patients", {"value": "-3"}, "in digits"),
        ("patients", {"value": "9" * 30}, "in digits"),
        ("patients", {"value": "٣"}, "in digits"),
        ("shown", {"value": "hide"}, "whether the card is shown"),
        ("badge", {"value": "mixed", "words": "x" * 2000}, "too long"),
        ("badge", {"value": "mixed", "reason": "x" * 1001}, "too long"),
    ],
)
def test_what_is_wrong_with_a_field_is_said(question, sent, said):
    with pytest.raises(FormError, match=said):
        decision_of(Question(question), sent)


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("badge", "not_required (single: fukuda_1994)", "PEM not required (Fukuda 1994)"),
        (
            "badge",
            "required (all: ccc_2003, fukuda_1994)",
            "PEM required (CCC 2003 and Fukuda 1994)",
        ),
        (
            "badge",
            "mixed (any: a_b, c, ccc_2003)",
            "PEM required for some (a b, c or CCC 2003)",
        ),
        ("badge", "not_stated", "PEM not stated"),
        ("design", "rct", "Randomised trial"),
        ("patients", "1200", "1,200 patients"),
        ("patients", "not stated", "Number of patients not stated"),
        ("shown", "show", "The card is shown"),
        ("shown", "withhold", "The card is not shown"),
    ],
)
def test_an_answer_is_said_in_words(question, answer, said):
    assert in_words(Question(question), answer, load().definitions) == said


def number_of(page):
    """What an app shows that was given the letters on the page."""
    letters = re.search(r"<code>([A-Z2-7 ]{30,})</code>", page.content.decode())[1]
    return f"{totp(b32decode(letters.replace(' ', ''))):06d}"


def form(seen, **fields):
    return {"seen": seen, **fields}


def seen_on(page):
    return re.search(rb'name="seen" value="(\d+)"', page.content)[1].decode()


def test_from_an_address_to_a_line_in_the_log(client, person, at, enter):
    ann = person("ann", Role.READER)
    address = f"/set-up/{accounts.set_up_link(ann)}"
    assert client.get(address).status_code == 200
    assert client.post(address, {"password": "short"}).status_code == 400
    assert client.post(address, {"password": PASSWORD}).headers["Location"] == SET_UP
    assert b"Your password is kept" in client.get(SET_UP).content
    assert client.get(address).status_code == 404, "it works once"
    client.post("/sign-in", {"name": "ann", "password": PASSWORD, "next": QUESTION})
    page = client.get("/sign-in/app")
    assert b"<svg" in page.content
    done = client.post("/sign-in/app", {"number": number_of(page)})
    assert done.headers["Location"] == QUESTION

    page = client.get(QUESTION)
    sent = client.post(
        QUESTION,
        form(seen_on(page), move="read", value="mixed", words="some of them", reason="Page 3."),
    )
    told = client.get(sent.headers["Location"]).content.decode()
    assert "Your reading is kept." in told
    assert "Disputed" in told
    assert "PEM required for some" in told
    assert "PEM required (CCC 2003)" in told

    ben = enter("ben", Role.CURATOR)
    page = ben.get(QUESTION)
    assert b"Ann" in page.content
    ben.post(
        QUESTION,
        form(seen_on(page), move="decide", value="mixed", words="some of them", reason="So."),
    )
    cat = enter("cat", Role.RELEASER)
    assert b"Decided" in cat.get("/curate/").content
    cat.post(QUESTION, form(seen_on(cat.get(QUESTION)), move="release"))
    line = msgspec.json.decode(LogLine.objects.get().line, type=AnyDecision)
    assert (line.badge, line.by, line.readers) == (Badge.MIXED, "Ben", ("Ann",))
    assert client.get("/decisions.jsonl").content == LogLine.objects.get().line.encode() + b"\n"


def test_a_refused_answer_is_kept_in_the_form_with_all_reasons(enter):
    ann = enter("ann", Role.READER)
    response = ann.post(QUESTION, form("7", move="read", value="required", reason="<b>So</b>"))
    assert response.status_code == 400
    page = response.content.decode()
    assert "Somebody else changed it" in page
    assert "Mark the words" in page
    assert "&lt;b&gt;So&lt;/b&gt;" in page


@pytest.mark.parametrize(
    "sent",
    [{}, {"move": "fly", "seen": "0"}, {"move": "read", "seen": "x"}, {"move": "read"}],
)
def test_a_form_that_is_not_whole_is_said(enter, sent):
    response = enter("ann", *Role).post(QUESTION, sent)
    assert response.status_code == 400
    assert b"not whole" in response.content


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "x", ""])
def test_signing_in_never_leads_to_another_site(client, person, at, back):
    accounts.set_password(person("ann"), PASSWORD, at)
    client.post("/sign-in", {"name": "ann", "password": PASSWORD, "next": back})
    done = client.post("/sign-in/app", {"number": number_of(client.get("/sign-in/app"))})
    assert done.headers["Location"] == "/curate/"


def test_a_wrong_password_is_told_alike_for_any_name(client, person, at):
    accounts.set_password(person("ann"), PASSWORD, at)
    known = client.post("/sign-in", {"name": "ann", "password": "wrong"})
    unknown = client.post("/sign-in", {"name": "abc", "password": "wrong"})
    assert known.status_code == unknown.status_code == 400

    def body(page):
        return re.sub(rb'value="[^"]*"', b"", page.content)

    assert body(known) == body(unknown)


def test_an_address_that_many_wrong_tries_come_from_waits(client, person, at, monkeypatch):
    monkeypatch.setattr(accounts, "MOST_FROM_ONE_SENDER", 2)
    accounts.set_password(person("ann"), PASSWORD, at)
    for name in ("abc", "def"):
        client.post("/sign-in", {"name": name, "password": "wrong"})
    right = {"name": "ann", "password": PASSWORD}
    assert client.post("/sign-in", right, REMOTE_ADDR="192.0.2.9").status_code == 302
    assert client.post("/sign-in", right).status_code == 400


def test_signing_out_ends_it(enter):
    ann = enter("ann", Role.READER)
    assert ann.get("/curate/").status_code == 200
    assert ann.post("/sign-out").headers["Location"] == "/"
    assert ann.get("/curate/").status_code == 302


def test_anybody_reports_and_a_curator_answers_in_public(client, enter):
    address = f"/report/{CARD}/"
    assert client.post(address, {"report": " "}).status_code == 400
    sent = client.post(address, {"report": "My zebra says 12, not 42.", "contact": "me@x"})
    assert sent.status_code == 302
    thanks = client.get(sent.headers["Location"]).content
    made = re.search(rb"C-\w{6}", thanks)[0].decode()
    assert b"Thank you" in thanks
    assert b"Thank you" not in client.get(f"{address}?sent=C-222222").content
    for public in ("/corrections", "/corrections.json"):
        page = client.get(public).content
        assert made.encode() in page
        assert b"zebra" not in page
        assert b"me@x" not in page
    cat = enter("cat", Role.CURATOR)
    private = cat.get(f"/curate/reports/{made}/").content
    assert b"zebra" in private
    answer = {"state": "corrected", "answer": "42 it was, 12 it is.", "line": ""}
    assert cat.post(f"/curate/reports/{made}/", {**answer, "answer": ""}).status_code == 400
    sent = cat.post(f"/curate/reports/{made}/", answer)
    assert b"Your answer is public now." in cat.get(sent.headers["Location"]).content
    assert b"42 it was" in client.get("/corrections").content


def test_the_card_leads_to_the_form(client):
    assert f'href="/report/{CARD}/"' in client.get(f"/cards/{CARD}/").content.decode()


@pytest.mark.parametrize("address", ["/report/nothing/", "/curate/cards/nothing/"])
def test_a_card_that_is_not_there_is_said(enter, address):
    assert enter("ann", Role.READER).get(address).status_code == 404


def test_a_question_that_is_not_there_is_said(enter):
    assert enter("ann", Role.READER).get(f"/curate/questions/colour/{CARD}/").status_code == 404
