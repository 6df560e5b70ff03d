"""`rapport gate`: marked text for a person, JSON Lines for a program, honest exit codes."""

import json

import pytest
from typer.testing import CliRunner

from rapport.cli.app import app
from rapport.core.errors import InputError

TEXT = "Poor sleep causes pain. Rest was associated with less pain."


def run(*arguments, text=None):
    return CliRunner().invoke(app, ["gate", *arguments], input=text)


def test_a_text_is_marked_for_a_person_with_a_weaker_wording():
    result = run("--design", "cross_sectional", text=TEXT)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "refusal  Poor sleep causes pain."
    assert "weaker: Poor sleep goes together with pain." in result.stdout
    assert "ok       Rest was associated with less pain." in result.stdout
    assert "2 clauses: 1 refused, 0 with a warning, 1 ok" in result.stderr


def test_findings_are_json_lines_in_the_shape_of_the_contract():
    result = run("--design", "cross_sectional", "--json", text=TEXT)
    first, second = map(json.loads, result.stdout.splitlines())
    assert set(first) >= {
        "clause",
        "start",
        "end",
        "level",
        "band",
        "limit",
        "verdict",
        "rule",
        "reason",
        "weaker",
    }
    assert TEXT[first["start"] : first["end"]] == first["clause"]
    assert (first["verdict"], second["verdict"]) == ("refusal", "ok")


def test_a_file_is_read_and_nothing_refused_ends_well(tmp_path):
    file = tmp_path / "abstract.txt"
    file.write_text("﻿Rest was associated with less pain.", encoding="utf-8")
    result = run("--design", "cross_sectional", "--pem", "required", str(file))
    assert result.exit_code == 0


def test_blinding_and_kinds_set_the_limit():
    claim = "The drug reduced pain compared with placebo."
    assert run("--design", "rct", "--blinded", text=claim).exit_code == 0
    assert run("--design", "rct", "--not-blinded", text=claim).exit_code == 1
    assert run("--design", "rct", "--blinded", "--kind", "imaging", text=claim).exit_code == 1


@pytest.mark.parametrize("data", [b"", b" \n", b"\xff\xfe\xff", b"Rest.\0"])
def test_a_text_that_cannot_be_read_is_one_clear_error(tmp_path, data):
    file = tmp_path / "abstract.txt"
    file.write_bytes(data)
    result = run("--design", "rct", str(file))
    assert isinstance(result.exception, InputError)
    assert result.exception.exit_status == 2
    assert str(file) in result.exception.where


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path):
    result = run("--design", "rct", str(tmp_path / "none.txt"))
    assert isinstance(result.exception, InputError)


def test_an_unknown_design_is_wrong_usage():
    assert run("--design", "guess", text=TEXT).exit_code == 2
    assert run(text=TEXT).exit_code == 2


def test_a_refusal_names_where_its_limit_comes_from():
    result = run("--design", "cross_sectional", text=TEXT)
    assert "limit from: cross_sectional" in result.stdout
    (first, *_) = map(
        json.loads,
        run("--design", "cohort_prospective", "--json", text=TEXT).stdout.splitlines(),
    )
    assert first["limit_from"] == ["cohort_prospective"]


def test_colour_is_for_terminals_only():
    assert "\x1b" not in run("--design", "cross_sectional", text=TEXT).stdout
    coloured = CliRunner().invoke(
        app, ["gate", "--design", "cross_sectional"], input=TEXT, color=True
    )
    assert "\x1b[31mrefusal" in coloured.stdout
    plain = CliRunner(env={"NO_COLOR": "1"}).invoke(
        app, ["gate", "--design", "cross_sectional"], input=TEXT, color=True
    )
    assert "\x1b" not in plain.stdout


@pytest.mark.parametrize(("people", "verdict"), [("24", "refusal"), ("400", "warning")])
def test_how_many_were_studied_decides_whether_they_can_show_safety(people, verdict):
    text = "The drug was well tolerated. Adverse events were counted each week."
    result = run("--design", "rct", "--blinded", "--people", people, "--json", text=text)
    assert json.loads(result.stdout.splitlines()[0])["verdict"] == verdict
