"""Telling a database that is away from a fault of the program."""

import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from psycopg import errors

from rapport.store.away import NO_CONNECTION, away


def sqlite(name):
    made = sqlite3.OperationalError("words of somebody")
    made.sqlite_errorname = name
    return made


@pytest.mark.parametrize(
    ("outer", "cause", "code"),
    [
        (OperationalError, errors.AdminShutdown("words"), "57P01"),
        (OperationalError, errors.CannotConnectNow("words"), "57P03"),
        (OperationalError, errors.DiskFull("words"), "53100"),
        (OperationalError, errors.DeadlockDetected("words"), "40P01"),
        (OperationalError, psycopg.OperationalError("the connection is lost"), NO_CONNECTION),
        (InterfaceError, psycopg.InterfaceError("closed"), NO_CONNECTION),
        (OperationalError, sqlite("SQLITE_BUSY"), "SQLITE_BUSY"),
        (OperationalError, sqlite("SQLITE_FULL"), "SQLITE_FULL"),
        (OperationalError, sqlite("SQLITE_IOERR_WRITE"), "SQLITE_IOERR_WRITE"),
        # Faults of the program, or damage: trying again helps nobody.
        (OperationalError, sqlite("SQLITE_ERROR"), None),
        (DatabaseError, sqlite("SQLITE_CORRUPT"), None),
        (OperationalError, errors.QueryCanceled("words"), None),
        (DatabaseError, errors.UndefinedTable("words"), None),
        (DatabaseError, errors.InFailedSqlTransaction("words"), None),
        (IntegrityError, errors.UniqueViolation("words"), None),
        (OperationalError, None, None),
        (ValueError, None, None),
    ],
)
def test_only_a_database_that_is_away_has_a_code(outer, cause, code):
    error = outer("words of somebody")
    error.__cause__ = cause
    assert away(error) == code
