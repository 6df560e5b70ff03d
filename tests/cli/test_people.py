"""Accounts from the command line: links and lists on stdout, one sentence for what cannot be."""

import json
import os

import pytest


@pytest.fixture
def run(rapport, tmp_path):
    """Runs a command on a store of its own."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "RAPPORT_SECRET_KEY")
    }

    def on_a_store(*words, store="s.sqlite", **environment):
        named = () if store is None else ("--store", tmp_path / store)
        return rapport(*words, *named, environment={**kept, **environment})

    return on_a_store


def test_an_account_from_its_beginning_to_its_end(run, tmp_path):
    added = run("people", "add", "Ann", "--role", "reader", "--shown-as", "Ann B.")
    assert added.returncode == 0
    assert added.stdout.startswith("/set-up/")
    run("people", "set", "ann", "--role", "curator")
    renewed = run("people", "set", "ann", "--renew")
    assert renewed.stdout.startswith("/set-up/")
    assert renewed.stdout != added.stdout
    run("people", "set", "ann", "--close")
    (told,) = map(json.loads, run("people", "list").stdout.splitlines())
    assert told == {
        "name": "ann",
        "shown_as": "Ann B.",
        "roles": ["curator"],
        "open": False,
        "second_factor": False,
    }
    audit = run("curate", "audit")
    acts = [json.loads(line)["act"] for line in audit.stdout.splitlines()]
    assert acts == ["account added", "roles set", "account renewed", "account closed"]
    assert run("curate", "export").stdout == ""
    forgotten = run("curate", "forget", "--days", "0")
    assert "0 reports" in forgotten.stderr
    assert (tmp_path / "s.sqlite.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("words", "options", "said"),
    [
        (("people", "list"), {"store": None}, "No store is named"),
        (("people", "list"), {"store": "nowhere/s.sqlite"}, "The store cannot be used"),
        (("people", "list"), {"store": None, "DATABASE_URL": "postgresql://h/n"}, "no key"),
        (
            ("people", "list"),
            {"store": None, "DATABASE_URL": "nonsense:secret", "RAPPORT_SECRET_KEY": "k"},
            "not the address of a database",
        ),
        (
            ("people", "list"),
            {
                "store": None,
                "DATABASE_URL": "postgresql://a:secret@127.0.0.1:1/n",
                "RAPPORT_SECRET_KEY": "k",
            },
            "The store cannot be opened",
        ),
        (("people", "set", "ann"), {}, "one thing that changes"),
        (("people", "add", "ann", "--role", "king"), {}, "king"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_without_secrets(run, words, options, said):
    done = run(*words, **options)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_no_store_is_refused_and_left_as_it_was(run, tmp_path):
    other = tmp_path / "letter.txt"
    other.write_text("Dear Ann,\n" * 99)
    done = run("people", "list", store="letter.txt")
    assert done.returncode == 2
    assert "cannot be opened" in done.stderr
    assert other.read_text() == "Dear Ann,\n" * 99


def test_a_name_is_given_once_and_one_that_is_not_there_is_said(run):
    run("people", "add", "ann")
    again = run("people", "add", "ann")
    missing = run("people", "set", "ben", "--close")
    assert (again.returncode, missing.returncode) == (1, 1)
    assert "already" in again.stderr
    assert "no account called 'ben'" in missing.stderr
