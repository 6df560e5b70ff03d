"""What a session reaches: nothing with a password alone, and nothing after the account changed."""

import datetime
import re
from base64 import b32decode
from unittest.mock import patch

import pytest
from django.test import Client, RequestFactory
from django_otp.oath import totp

from rapport.evidence.curate.workflow import Role
from rapport.store.audit.models import Entry
from rapport.store.people import accounts, second_factor
from rapport.web.people import sign_in
from rapport.web.people.forms import sender
from rapport.web.routes import RULES_OF_THE_STORE, Access

CARD = "pmid-90000001"
QUESTION = f"/curate/questions/badge/{CARD}/"
PASSWORD = "seven lamps under a bridge"
PRIVATE = ["/curate/", "/curate/reports/", QUESTION, f"/curate/cards/{CARD}/"]


@pytest.fixture
def ann(client, person, at):
    made = person("ann", *Role)
    accounts.set_password(made, PASSWORD, at)
    return made


def gives_password(browser, password=PASSWORD, **more):
    return browser.post("/sign-in", {"name": "ann", "password": password, **more})


def letters_on(page):
    return re.search(r"<code>([A-Z2-7 ]{30,})</code>", page.content.decode())[1]


def sets_up_an_app(browser):
    letters = letters_on(browser.get("/sign-in/app")).replace(" ", "")
    return browser.post("/sign-in/app", {"number": f"{totp(b32decode(letters)):06d}"})


def opened(browser):
    return [browser.get(address).status_code for address in PRIVATE]


def test_a_password_alone_opens_no_private_page(client, ann):
    gives_password(client)
    assert opened(client) == [302] * 4
    assert client.post("/sign-out").status_code == 403
    assert client.post(QUESTION, {"move": "read", "seen": "0"}).status_code == 403


def test_both_steps_open_what_the_roles_open(client, ann):
    gives_password(client)
    assert sets_up_an_app(client).headers["Location"] == "/curate/"
    assert opened(client) == [200] * 4
    assert Entry.objects.filter(act="signed in", person="ann").count() == 1


def test_each_step_gives_the_session_a_new_key(client, ann):
    client.cookies["sessionid"] = "planted-by-somebody-else-0123456"
    gives_password(client)
    half = client.cookies["sessionid"].value
    sets_up_an_app(client)
    whole = client.cookies["sessionid"].value
    assert len({"planted-by-somebody-else-0123456", half, whole}) == 3
    other = Client(SERVER_NAME="127.0.0.1")
    other.cookies["sessionid"] = half
    assert opened(other) == [302] * 4


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (accounts.close, [302] * 4),
        (accounts.renew, [302] * 4),
        (lambda who, at: accounts.set_password(who, "an entirely new one", at), [302] * 4),
        (lambda who, at: accounts.set_roles(who, (), at), [200, 403, 403, 403]),
        (lambda who, at: accounts.set_roles(who, (Role.READER,), at), [200, 403, 200, 200]),
    ],
    ids=["closed", "renewed", "other password", "no roles", "other roles"],
)
def test_a_change_of_the_account_counts_at_once(client, ann, at, change, codes):
    gives_password(client)
    sets_up_an_app(client)
    assert opened(client) == [200] * 4
    change(ann, at)
    assert opened(client) == codes


@pytest.mark.parametrize(
    "change",
    [
        accounts.close,
        accounts.renew,
        lambda who, at: accounts.set_password(who, "an entirely new one", at),
    ],
    ids=["closed", "renewed", "other password"],
)
def test_half_a_sign_in_ends_when_the_account_changes(client, ann, at, change):
    gives_password(client)
    change(ann, at)
    assert client.get("/sign-in/app").status_code == 403
    assert client.get("/sign-in/number").status_code == 403


def test_half_a_sign_in_ends_after_ten_minutes(client, ann):
    gives_password(client)
    later = sign_in.now() + sign_in.HALF_FOR + datetime.timedelta(seconds=1)
    with patch.object(sign_in, "now", return_value=later):
        assert client.get("/sign-in/app").status_code == 403


def test_nobody_else_who_knows_the_password_sees_the_secret_that_an_app_learns(client, ann):
    other = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    gives_password(client)
    gives_password(other)
    mine = letters_on(client.get("/sign-in/app"))
    assert letters_on(client.get("/sign-in/app")) == mine, "it stays until it is learnt"
    assert letters_on(other.get("/sign-in/app")) != mine
    sets_up_an_app(client)
    assert other.get("/sign-in/app").headers["Location"] == "/sign-in/number"
    assert other.get("/curate/").status_code == 302


def test_the_second_time_a_number_is_enough_and_a_wrong_one_is_not(client, ann, at):
    secret = second_factor.new_secret()
    number = f"{totp(bytes.fromhex(secret)):06d}"
    assert second_factor.confirm(ann, secret, number, at)
    gives_password(client)
    assert client.post("/sign-in/number", {"number": "no number"}).status_code == 400
    assert client.post("/sign-in/number", {"number": number}).status_code == 400, "it was used"
    assert client.get("/curate/").status_code == 302


def test_opening_a_page_writes_nothing(client, ann):
    gives_password(client)
    entries = Entry.objects.count()
    for address in ("/sign-in", "/sign-in/app", f"/report/{CARD}/", "/corrections"):
        client.get(address)
    assert Entry.objects.count() == entries
    assert not second_factor.has_one(ann)


@pytest.mark.parametrize(
    "name", [n for n, r in RULES_OF_THE_STORE.items() if "POST" in r.methods]
)
def test_signs_that_no_database_keeps_break_no_form(enter, name):
    browser = enter("zoe", *Role)
    addresses = {
        "set-up": "/set-up/1-\0",
        "sign-in": "/sign-in",
        "sign-in-number": "/sign-in/number",
        "sign-in-app": "/sign-in/app",
        "sign-out": "/sign-out",
        "curate-question": QUESTION,
        "curate-report": "/curate/reports/C-\0/",
        "report": f"/report/{CARD}/",
    }
    fields = dict.fromkeys(("name", "password", "report", "contact", "reason", "words"), "a\0b")
    sent = {**fields, "move": "read", "seen": "0", "value": "mixed"}
    assert browser.post(addresses[name], sent).status_code < 500


def test_behind_tls_the_sender_is_whom_the_server_in_front_speaks_with(settings_of):
    asked = RequestFactory().get(
        "/", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"}, REMOTE_ADDR="9.9.9.9"
    )
    assert sender(asked) == "9.9.9.9", "without TLS in front nobody is believed"
    settings_of(SESSION_COOKIE_SECURE=True)
    assert sender(asked) == "2.2.2.2"


def test_every_private_route_is_tried_here():
    closed = {n for n, r in RULES_OF_THE_STORE.items() if r.access is not Access.PUBLIC}
    assert closed == {
        "sign-out",
        "curate",
        "curate-card",
        "curate-question",
        "curate-reports",
        "curate-report",
    }
