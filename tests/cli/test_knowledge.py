"""`rapport knowledge check` and `show`, as people and programs run them."""

import json

import pytest
from typer.testing import CliRunner

from rapport.cli import knowledge_check as command
from rapport.cli.app import app
from rapport.core.errors import UsageError
from rapport.knowledge.checking.problem import error

RUN = CliRunner()


def run(*arguments):
    return RUN.invoke(app, ["knowledge", *arguments])


def test_check_finds_nothing_and_says_how_much_it_looked_at():
    result = run("check", "--as-of", "2026-12-01")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "0 errors" in result.stderr


def test_an_overdue_review_is_a_warning_and_exit_0():
    result = run("check", "--as-of", "2030-01-01", "--json")
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert {each["severity"] for each in found} == {"warning"}
    assert {"entry", "severity", "message", "fix"} == set(found[0])


def test_an_error_is_exit_1_with_its_fix(monkeypatch):
    monkeypatch.setattr(command, "problems", lambda *_, **__: (error("P001", "wrong", "mend"),))
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout == "error: P001: wrong\n  fix: mend\n"


def test_a_date_that_is_none_is_wrong_usage():
    result = run("check", "--as-of", "tomorrow")
    assert isinstance(result.exception, UsageError)
    assert "2026-12-01" in str(result.exception)


@pytest.mark.parametrize("name", ["fukuda_1994", "P011", "rct_blinded", "negation", "me_cfs"])
def test_show_prints_any_entry(name):
    result = run("show", name)
    assert result.exit_code == 0
    assert f"`{name}`" in result.stdout
    assert "not yet checked by a second person" in result.stdout


def test_show_says_first_that_an_entry_is_not_verified():
    assert run("show", "nightingale_2007").stdout.startswith("> **NOT VERIFIED")


def test_show_as_json_carries_the_entry_and_what_must_be_said_of_it():
    shown = json.loads(run("show", "nightingale_2007", "--json").stdout)
    assert shown["kind"] == "definitions"
    assert shown["verified"] is False
    assert shown["warning"].startswith("NOT VERIFIED")
    assert shown["checked"] == "not yet checked by a second person"
    assert shown["entry"]["id"] == "nightingale_2007"


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("fukuda", "fukuda_1994"),
        ("CCC", "ccc_2003"),
        ("P0011", "P001"),
        ("zzzzzz", "fukuda_1994"),
    ],
)
def test_an_unknown_id_lists_near_ones(word, near):
    result = run("show", word)
    assert isinstance(result.exception, UsageError)
    assert result.exception.exit_status == 2
    assert near in str(result.exception)
