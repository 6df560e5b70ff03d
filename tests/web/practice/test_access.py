"""Every role against every route of the practice wing, drawn from the table of routes."""

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from rapport.practice.records.people import Role
from rapport.store.audit.models import Entry
from rapport.store.practice import models
from rapport.web.practice.access import ROLES
from rapport.web.practice.open.urls import urlpatterns as open_patterns
from rapport.web.practice.urls import urlpatterns
from rapport.web.routes import PRACTICE, RULES_OF_PRACTICE, Access

NAMES = sorted(RULES_OF_PRACTICE)
NOT_THEIRS = b"This page is for somebody else of the clinic."
CLOSED = [n for n in NAMES if RULES_OF_PRACTICE[n].access in ROLES]
PATTERNS = {pattern.name: pattern for pattern in urlpatterns}
ELSEWHERE = "nothing-of-that-name"


def parts_of(name):
    """The names of what is filled into an address, without forms such as .txt of another."""
    return sorted(PATTERNS[name].pattern.converters)


def address(name, /, **ids):
    return reverse(name, kwargs={part: ids.get(part, ELSEWHERE) for part in parts_of(name)})


def told(response):
    return response.content if not response.streaming else b"".join(response)


def test_every_route_has_a_rule_and_every_rule_a_route():
    opened = set(RULES_OF_PRACTICE) - set(PATTERNS)
    assert set(PATTERNS) <= set(RULES_OF_PRACTICE)
    assert opened <= {pattern.name for pattern in open_patterns}
    assert {RULES_OF_PRACTICE[name].access for name in opened} <= {Access.PUBLIC}
    assert all(str(p.pattern).startswith(PRACTICE[1:]) for p in urlpatterns)
    assert get_resolver() is not None


def test_every_kind_of_access_is_one_that_a_table_says_whom_it_lets_in():
    known = {*ROLES, Access.PUBLIC, Access.SIGNED_IN, Access.DEMO}
    assert {rule.access for rule in RULES_OF_PRACTICE.values()} <= known


def test_a_route_without_a_rule_is_refused(house, enter_as, monkeypatch):
    patient = enter_as(house(), Role.PATIENT)
    assert patient.get("/practice/home").status_code == 200
    monkeypatch.delitem(RULES_OF_PRACTICE, "practice-home")
    assert patient.get("/practice/home").status_code == 404


def test_nobody_opens_a_page_of_somebody(browser, house):
    here, nobody = house(), browser()
    for name in CLOSED:
        for method in ("get", "post"):
            response = getattr(nobody, method)(address(name, patient=here.patient.id))
            allowed = method.upper() in RULES_OF_PRACTICE[name].methods
            assert response.status_code == (403 if allowed else 405), (name, method)
            assert b"Sam of" not in told(response)


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_the_table_says_and_nothing_else(house, enter_as, role):
    here = house()
    ids = {"patient": here.patient.id, "pair": here.pair}
    browser = enter_as(here, role)
    for name in CLOSED:
        rule = RULES_OF_PRACTICE[name]
        if name == "practice-leave":
            continue
        for method in ("get", "post"):
            if method.upper() not in rule.methods:
                continue
            response = getattr(browser, method)(address(name, **ids))
            assert response.status_code < 500, (name, method)
            is_refused = NOT_THEIRS in told(response)
            assert is_refused is (role not in ROLES[rule.access]), (name, method)
            assert not is_refused or response.status_code == 403


@pytest.mark.parametrize("role", Role)
def test_two_clinics_on_one_server_never_see_each_other(house, enter_as, helped_by, role):
    here, there = house("Lakeside"), house("Hillside")
    helped_by(there)
    before = stored(there)
    browser = enter_as(here, role)
    ids = {"patient": there.patient.id, "pair": there.pair}
    any_id = [*before["Record"]][:1]
    for name in CLOSED:
        rule = RULES_OF_PRACTICE[name]
        if role not in ROLES[rule.access] or name in ("practice-leave", "practice-confirm"):
            continue
        unknown = [part for part in parts_of(name) if part not in ids]
        for other in any_id if unknown else any_id[:1]:
            asked = address(name, **{**dict.fromkeys(unknown, other), **ids})
            for method in rule.methods:
                fields = dict.fromkeys(("supporter", "device", "cut", "kind", "as"), other)
                response = getattr(browser, method.lower())(asked, fields)
                assert b"Hillside" not in told(response), (name, method)
                if parts_of(name) and method == "GET":
                    assert response.status_code in (302, 403, 404), name
    assert stored(there) == before


def stored(house):
    """What the tables hold of a clinic."""
    models_of = (models.Record, models.Link, models.Device, models.Pair, models.Membership)
    return {
        model.__name__: {
            row["id"]: {k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()}
            for row in model.objects.filter(clinic_id=house.clinic).values()
        }
        for model in models_of
    }


def test_a_form_without_the_mark_of_this_site_changes_nothing(house, enter_as):
    here = house()
    before = stored(here)
    for role in (Role.PRACTITIONER, Role.ADMIN):
        browser = enter_as(here, role)
        browser.handler.enforce_csrf_checks = True
        for name in CLOSED:
            if role in ROLES[RULES_OF_PRACTICE[name].access] and (
                "POST" in RULES_OF_PRACTICE[name].methods
            ):
                response = browser.post(address(name, patient=here.patient.id))
                assert response.status_code == 403, name
    assert stored(here) == before


@pytest.mark.parametrize("role", Role)
def test_answers_of_the_practice_wing_are_never_kept(house, enter_as, role):
    here = house()
    browser = enter_as(here, role)
    response = browser.get("/practice/home")
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_what_is_read_of_a_patient_is_in_the_audit_with_its_page(house, enter_as):
    here = house()
    browser = enter_as(here, Role.PRACTITIONER)
    before = Entry.objects.count()
    browser.get("/practice/home")
    (entry,) = Entry.objects.order_by("number")[before:]
    assert entry.act == "read"
    assert entry.detail["why"] == "practice-home"
    assert "Sam" not in str(entry.detail)


def test_there_is_no_way_in_without_password_but_in_the_demo(house, browser, monkeypatch):
    here = house()
    member = here.staff[Role.PRACTITIONER].id
    nobody = browser()
    assert nobody.get("/practice/demo").status_code == 404
    assert nobody.post("/practice/demo", {"as": member}).status_code == 404
    session = nobody.session
    session["membership"] = member
    session.save()
    assert nobody.get("/practice/home").status_code == 403
    # Even with the demo on, nobody of a real clinic can be had for a tap.
    monkeypatch.setattr(settings, "IS_DEMO", True)
    assert nobody.get("/practice/home").status_code == 302
    assert nobody.post("/practice/demo", {"as": member}).status_code == 404
