"""For every test: Hypothesis the same way each time in CI, what is not installed, and Django."""

import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import django
import pytest
from hypothesis import HealthCheck, settings

from rapport.cli.__main__ import ONE_THREAD

# Before anything loads numpy: as in a command.
os.environ.update(dict.fromkeys(ONE_THREAD, "1"))

# Where Python is told to keep no bytecode, every program that a test starts would compile all it
# loads anew: then it is kept in the environment, for all of them.
if sys.dont_write_bytecode and sys.pycache_prefix is None:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(sys.prefix) / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Django is set up once a process, with a store: the settings are read while its address stands in
# the environment, and the address is gone again before any test starts a program.
STORE = {
    "DATABASE_URL": os.environ.get("RAPPORT_TEST_DATABASE", "sqlite://:memory:"),
    "DJANGO_SETTINGS_MODULE": "rapport.web.settings",
    "RAPPORT_COUNTRY": "evenland",
}
REAL_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
with patch.dict(os.environ, STORE):
    django.setup()
    # Hashing passwords well takes long: only the tests of the real hasher do.
    assert django.conf.settings.PASSWORD_HASHERS == REAL_HASHERS
    django.conf.settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_runtest_setup(item):
    """Skip browser tests without a browser, with the reason; fail them in CI."""
    if item.get_closest_marker("browser") and CHROMIUM is None:
        reason = "Chromium is not installed (Debian, Ubuntu: apt install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium():
    """The installed browser, without a window.

    It is closed with each module: as long as it runs, so does its event loop, and Django would
    refuse the database to every other test of the process.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


class Done(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def rapport(tmp_path_factory):
    """Runs a command of `rapport` in a process of its own: a fork of the loaded program."""
    streams = [tmp_path_factory.mktemp("streams") / name for name in ("in", "out", "err")]
    program = [sys.executable, Path(__file__).with_name("loaded.py")]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as loaded:

        def run(*words, given="", environment=None, folder=None):
            for stream in streams:
                stream.write_bytes(b"")
            streams[0].write_bytes(given if isinstance(given, bytes) else given.encode())
            asked = {
                "words": [str(word) for word in words],
                "environment": dict(os.environ if environment is None else environment),
                "folder": str(folder or Path.cwd()),
                "files": [str(stream) for stream in streams],
            }
            loaded.stdin.write(json.dumps(asked).encode() + b"\n")
            loaded.stdin.flush()
            status = int(loaded.stdout.readline())
            said = (stream.read_bytes().decode() for stream in streams[1:])
            return Done(status, *said)

        yield run
        loaded.stdin.close()


LONGEST = (
    "tests/web/browser/test_check_ins.py",
    "tests/cohort/test_many.py",
    "tests/web/browser/test_browser.py",
    "tests/web/practice/test_live.py",
    "tests/store/test_postgresql.py",
    "tests/web/browser/test_curation.py",
    "tests/web/curation/test_private_words.py",
    "tests/cohort/test_pages_in_browser.py",
    "tests/web/browser/test_practice_open.py",
    "tests/cli/test_serve.py",
    "tests/web/practice/test_access.py",
    "tests/evidence/build/test_kills.py",
    "tests/evidence/sources/test_damage.py",
)


def pytest_collection_modifyitems(items):
    """The longest files first: shared out among processes, none is left for the end."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(place)))


NOON = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def tables():
    """An empty database with all tables of the store."""
    from django.test.utils import setup_databases, teardown_databases

    kept = setup_databases(verbosity=0, interactive=False)
    yield
    teardown_databases(kept, verbosity=0)


@pytest.fixture
def store(tables):
    """A store; what the test writes is undone, so that tests do not see one another."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def at():
    """The time it is in a test."""
    return NOON


@pytest.fixture
def person(store):
    """Accounts by name, made when they are first asked for: with every role, or these."""
    from rapport.evidence.curate.workflow import Role
    from rapport.store.people import accounts

    made = {}

    def named(name, *roles, without_roles=False):
        if name not in made:
            has = () if without_roles else roles or tuple(Role)
            made[name] = accounts.add(name, name.capitalize(), has, NOON)
        return made[name]

    return named


@pytest.fixture
def house(store):
    """Makes a clinic with a member of each role, and a patient of the practitioner."""
    from tests.house import made_house

    return lambda name="Lakeside", **more: made_house(name, NOON, **more)


@pytest.fixture
def postgresql():
    """The address of a new PostgreSQL server."""
    from tests.postgresql import running

    with running() as server:
        yield server.address


@pytest.fixture
def postgresql_server():
    """A new PostgreSQL server that tells the disk to keep what it has said is kept."""
    from tests.postgresql import running

    with running(fsync="on") as server:
        yield server
