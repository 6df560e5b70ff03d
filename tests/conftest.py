"""For every test: Hypothesis the same way each time in CI, what is not installed, and Django."""

import datetime
import os
import shutil
from unittest.mock import patch

import django
import pytest
from hypothesis import HealthCheck, settings

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
