"""A store whose changes are undone after each test; on SQLite, or where RAPPORT_TEST_DATABASE says."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases

from rapport.evidence.curate.workflow import Role
from rapport.store.people import accounts

NOON = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def tables():
    """An empty database with all tables."""
    kept = setup_databases(verbosity=0, interactive=False)
    yield
    teardown_databases(kept, verbosity=0)


@pytest.fixture(autouse=True)
def store(tables):
    """What the test writes is undone, so that tests do not see one another."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    connection.close_if_unusable_or_obsolete()


@pytest.fixture
def at():
    """The time it is in a test."""
    return NOON


@pytest.fixture
def person():
    """Accounts by name, made when they are first asked for, with every role."""
    made = {}

    def named(name, *roles):
        if name not in made:
            made[name] = accounts.add(name, name.capitalize(), roles or tuple(Role), NOON)
        return made[name]

    return named
