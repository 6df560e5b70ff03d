"""What people are told while the database is away, or the store has a key this server lacks."""

import logging

import pytest
from django.conf import settings
from django.db import OperationalError
from psycopg import errors

from rapport.practice.records.people import Role
from rapport.store.practice import clinics, keys, links, records
from rapport.web.faults import PlacesOnly

HOME = "/practice/home"


def gone(*_, **__):
    raise OperationalError("words of somebody") from errors.AdminShutdown("words of somebody")


@pytest.fixture
def logged():
    """The lines of the log, as they are written."""
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(PlacesOnly().format(record))
    logger = logging.getLogger("rapport.store")
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    "broken",
    [
        (records, "kept"),  # in the page
        (links, "viewer_of"),  # before the page
        (clinics, "of"),
    ],
)
def test_while_the_database_is_away_people_are_told_so(
    house, enter_as, monkeypatch, logged, broken
):
    sam = enter_as(house(), Role.PATIENT)
    with monkeypatch.context() as away:
        away.setattr(*broken, gone)
        page = sam.get(HOME)
    assert page.status_code == 503
    assert page["Retry-After"] == "10"
    assert "We cannot read or save anything right now." in page.content.decode()
    assert "words of somebody" not in page.content.decode()
    assert logged == ["ERROR rapport.store at practice-home 57P01"]
    assert sam.get(HOME).status_code == 200, "it goes on by itself"


def test_a_session_that_cannot_be_read_is_no_fault_of_the_program(house, enter_as, monkeypatch):
    from django.contrib.sessions.backends.db import SessionStore

    sam = enter_as(house(), Role.PATIENT)
    monkeypatch.setattr(SessionStore, "load", gone)
    assert sam.get(HOME).status_code == 503


def test_a_server_that_was_not_told_of_the_new_key_says_that_it_cannot(
    house, enter_as, monkeypatch, logged
):
    sam = enter_as(house(), Role.PATIENT)
    with monkeypatch.context() as rekeyed:
        rekeyed.setattr(settings, "SECRET_KEY_FALLBACKS", [settings.SECRET_KEY])
        rekeyed.setattr(settings, "SECRET_KEY", "a new key")
        assert keys.wrap_all() == 1
    assert sam.get(HOME).status_code == 503
    assert logged == ["ERROR rapport.store at practice-home other-key"]


def test_an_address_with_nul_is_refused_before_a_database_is_asked_that_takes_none(
    house, enter_as
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sam = enter_as(house(), Role.PATIENT)
    with CaptureQueriesContext(connection) as asked:
        assert sam.get("/practice/need/a%00b/").status_code == 404
    assert not asked.captured_queries
