"""Every role against every route of the store, drawn from the table of routes."""

import pytest
from django.test import Client

from rapport.evidence.curate.workflow import Role
from rapport.store.people import accounts
from rapport.web.curation.urls import urlpatterns
from rapport.web.routes import (
    FROM_THE_STORE,
    RULES,
    RULES_OF_PRACTICE,
    RULES_OF_THE_STORE,
    Access,
    Effect,
)

CARD = "pmid-90000001"
ADDRESSES = {
    "set-up": "/set-up/1-no-link",
    "sign-in": "/sign-in",
    "sign-in-number": "/sign-in/number",
    "sign-in-app": "/sign-in/app",
    "sign-out": "/sign-out",
    "curate": "/curate/",
    "curate-card": f"/curate/cards/{CARD}/",
    "curate-question": f"/curate/questions/badge/{CARD}/",
    "curate-reports": "/curate/reports/",
    "curate-report": "/curate/reports/C-none/",
    "report": f"/report/{CARD}/",
    "corrections": "/corrections",
    "corrections-data": "/corrections.json",
    "decisions": "/decisions.jsonl",
}
SIGNED_IN = {name: a for name, a in ADDRESSES.items() if name != "sign-out"}


def test_every_route_of_the_store_has_a_rule_an_address_here_and_a_beginning():
    assert (
        {pattern.name for pattern in urlpatterns} == set(RULES_OF_THE_STORE) == set(ADDRESSES)
    )
    assert all(address.startswith(FROM_THE_STORE) for address in ADDRESSES.values())


def test_no_route_of_the_release_begins_like_one_of_the_store(client):
    assert not set(RULES) & set(RULES_OF_THE_STORE)
    for address in ("/", "/search", f"/cards/{CARD}/", "/gate", "/looks", "/api/", "/glossary"):
        assert not address.startswith(FROM_THE_STORE)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_opens_more_than_the_rule_lets_them(client, name, method):
    rule = RULES_OF_THE_STORE[name]
    response = getattr(client, method)(ADDRESSES[name])
    if method.upper() not in rule.methods:
        assert response.status_code == 405
    elif rule.access is Access.PUBLIC:
        assert response.status_code in (200, 400, 403, 404)
        assert "/sign-in" not in response.headers.get("Location", "")
    elif method == "get":
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in?next=%2Fcurate%2F")
    else:
        assert response.status_code == 403


@pytest.mark.parametrize(
    "name", [n for n, r in RULES_OF_THE_STORE.items() if "GET" in r.methods]
)
@pytest.mark.parametrize("roles", [(), (Role.READER,), (Role.CURATOR,), tuple(Role)])
def test_roles_open_what_is_theirs(enter, name, roles):
    browser = enter("ann", *roles)
    rule = RULES_OF_THE_STORE[name]
    response = browser.get(ADDRESSES[name])
    needs_other = rule.access is Access.CURATOR and Role.CURATOR not in roles
    if needs_other or (rule.access is Access.ROLE and not roles):
        assert response.status_code == 403
    else:
        assert response.status_code != 302
        assert response.status_code in (200, 403, 404)
        assert (response.status_code == 200) is (
            name not in ("set-up", "sign-in-number", "sign-in-app", "curate-report")
        )


@pytest.mark.parametrize("name", SIGNED_IN)
def test_answers_from_the_store_are_never_kept(enter, name):
    browser = enter("ann", *Role)
    response = browser.get(ADDRESSES[name])
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize(
    "name", [n for n, r in RULES_OF_THE_STORE.items() if "POST" in r.methods]
)
def test_a_form_without_the_mark_of_this_site_changes_nothing(enter, name, at):
    browser = enter("ann", *Role, strict=True)
    response = browser.post(ADDRESSES[name], {"move": "read"})
    assert response.status_code == 403
    assert b"Nothing was changed" in response.content


@pytest.mark.parametrize("address", ["/gate", "/looks"])
def test_forms_of_the_public_site_need_no_cookie(open_site, release_folder, address):
    open_site(release_folder)
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    response = strict.post(address, {"look": "dim", "text": "It cures all.", "design": "rct"})
    assert response.status_code in (200, 303)
    assert "csrftoken" not in response.cookies


def test_a_public_page_sets_no_cookie_although_there_is_a_store(client):
    for address in ("/", f"/cards/{CARD}/", "/corrections", "/decisions.jsonl"):
        assert not client.get(address).cookies


def test_somebody_with_a_password_and_no_number_opens_nothing(client, person, at):
    accounts.set_password(person("ann"), "seven lamps under a bridge", at)
    sent = client.post(
        "/sign-in",
        {"name": "ann", "password": "seven lamps under a bridge", "next": "/curate/"},
    )
    assert sent.headers["Location"] == "/sign-in/app"
    assert client.get("/curate/").status_code == 302


def test_every_effect_and_access_is_one_that_the_tables_of_routes_use():
    tables = (RULES, RULES_OF_THE_STORE, RULES_OF_PRACTICE)
    rules = [rule for table in tables for rule in table.values()]
    assert {rule.effect for rule in rules} == set(Effect)
    assert {rule.access for rule in rules} == set(Access)
