"""Browsers in which somebody of a clinic is signed in."""

import re
from binascii import unhexlify
from contextlib import ExitStack
from urllib.parse import urlsplit

import psycopg
import pytest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp

from rapport.practice.coalition import service_map
from rapport.practice.records.people import Consent, ConsentKind, Respondent, Role, Supporter
from rapport.store.audit.recording import Act, recording
from rapport.store.people import second_factor
from rapport.store.practice import links, models, records, services
from rapport.store.practice.links import Purpose


def link_on(page):
    """The link that a page shows."""
    return re.search(r"http://[^<\s]+(/practice/link/[^<\s]+)", page.content.decode())[1]


@pytest.fixture(autouse=True)
def _with_a_store(store):
    """Every test here may write, and what it writes is undone."""


@pytest.fixture(scope="session")
def served():
    """The module beside this one: a real server, and people who answer on it."""
    from tests.web.practice import served as module

    return module


@pytest.fixture
def live(served, release_folder, tmp_path):
    """Makes a store, on SQLite unless another is named, and servers over it."""
    with ExitStack() as open_ones:

        def made(url=None, **more):
            found = served.Live(
                release_folder, tmp_path, url or f"sqlite:///{tmp_path}/s.sqlite", **more
            )
            open_ones.callback(found.end)
            return found

        yield made


class Database:
    """A new database on a PostgreSQL server of the test's own."""

    def __init__(self, server):
        self.server = server
        self._of_server = urlsplit(server.address)._replace(path="/postgres").geturl()
        with psycopg.connect(self._of_server, autocommit=True) as made:
            made.execute("CREATE DATABASE rapport_live")
        self.url = urlsplit(server.address)._replace(path="/rapport_live").geturl()

    def pull(self):
        """End every connection to it."""
        with psycopg.connect(self._of_server, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = 'rapport_live'"
            )


@pytest.fixture
def database(postgresql_server):
    """A new database, whose connections can be pulled, and its server."""
    return Database(postgresql_server)


@pytest.fixture
def at():
    """The time it is: pages read the clock, so tests of pages do too."""
    from rapport.web.clock import now

    return now()


@pytest.fixture
def browser(open_site, release_folder):
    """A browser in which nobody is signed in."""
    open_site(release_folder)
    return lambda **more: Client(SERVER_NAME="127.0.0.1", raise_request_exception=False, **more)


@pytest.fixture
def opens_link(browser, at):
    """A browser that has opened a link."""

    def opened(token, **more):
        made = browser(**more)
        assert made.post(f"/practice/link/{token}").status_code == 302
        return made

    return opened


@pytest.fixture
def helped_by(at):
    """Gives a patient a supporter with consent; the token of their link."""

    def helped(house, **more):
        told = {
            "shown_as": "Kim",
            "relation": "sister",
            "respondent": Respondent.SCRIBE,
            "until": at.date().replace(year=at.year + 1),
            **more,
        }
        patient = house.patient
        kim = records.keep(patient, Supporter(**told), patient=patient.id, at=at, why="test")
        agreed = Consent(
            consent=ConsentKind.SUPPORTER,
            text="consent_supporter",
            version=1,
            given_at=at,
            method="test",
            about=kim.id,
        )
        records.keep(patient, agreed, patient=patient.id, at=at, why="test")
        token = links.make(
            patient, patient.id, Purpose.SIGN_IN, at=at, supporter=kim.id, pair=house.pair
        )
        return kim.id, token

    return helped


@pytest.fixture
def enter_as(browser, opens_link, helped_by, at):
    """A browser in which somebody of a clinic is signed in, by their role."""

    def entered(house, role, **more):
        if role is Role.PATIENT:
            token = links.make(house.patient, house.patient.id, Purpose.SIGN_IN, at=at)
            return opens_link(token, **more)
        if role is Role.SUPPORTER:
            return opens_link(helped_by(house)[1], **more)
        made = browser(**more)
        account = models.Membership.objects.get(pk=house.staff[role].id).person
        secret = second_factor.new_secret()
        device = second_factor.confirm(account, secret, f"{totp(unhexlify(secret)):06d}", at)
        with recording(Act(act="test", about=account.name, at=at)):
            made.force_login(account)
        session = made.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return made

    return entered


@pytest.fixture
def two(house, enter_as, at):
    """A clinic with a service map; a practitioner's and a patient's browser."""
    here = house()
    services.put(here.practitioner, service_map.examples(), at=at)
    return here, enter_as(here, Role.PRACTITIONER), enter_as(here, Role.PATIENT)
