"""How a command ends that nobody foresaw: words for a database that is away, else a traceback."""

import pytest
from django.db import OperationalError
from psycopg import errors

from rapport.cli import app
from rapport.cli.__main__ import main


def ends(monkeypatch, error):
    def command():
        raise error

    monkeypatch.setattr(app, "app", command)
    main()


def test_a_database_that_goes_away_during_a_command_is_told_in_words(monkeypatch, capsys):
    error = OperationalError("words of somebody")
    error.__cause__ = errors.AdminShutdown("words of somebody")
    with pytest.raises(SystemExit) as ending:
        ends(monkeypatch, error)
    said = capsys.readouterr().err
    assert ending.value.code == 2
    assert said.startswith("rapport: The database cannot be used right now.")
    assert "57P01" in said
    assert "words of somebody" not in said


def test_a_fault_of_the_program_keeps_its_traceback(monkeypatch):
    with pytest.raises(ZeroDivisionError):
        ends(monkeypatch, ZeroDivisionError())
