"""`rapport atlas why`: what a badge rests on, and what was set aside, for people and programs."""

import json

import pytest
from typer.testing import CliRunner

from rapport.cli.app import app

MET = "All 40 patients met the Canadian Consensus Criteria."
OTHERS = "A previous study recruited patients who met the Fukuda criteria."
LINE = {"id": "a", "title": "Rest in ME/CFS", "abstract": f"{OTHERS} {MET}"}


def run(*arguments, given):
    return CliRunner().invoke(app, ["atlas", "why", *arguments, "-"], input=given)


def told(**line):
    return run(given=json.dumps({"id": "a", "title": "Rest in ME/CFS", **line})).stdout


def test_what_decides_stands_before_what_was_set_aside_each_with_its_reason():
    text = told(abstract=f"{OTHERS} {MET}")
    assert "PEM required. Everyone in this study had to meet the Canadian criteria" in text
    rests, aside = text.split("Set aside:")
    assert MET in rests
    assert OTHERS not in rests
    assert OTHERS in aside
    assert "names Fukuda 1994; tells of another study" in aside


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Of them, 12 also met the Fukuda criteria.", "tells it of a part of the people"),
        ("Controls did not meet the Fukuda criteria.", "tells it of controls"),
        ("Future studies should use the Fukuda criteria.", "tells what others should do"),
    ],
)
def test_a_sentence_that_does_not_decide_has_its_reason(sentence, reason):
    text = " ".join(told(abstract=f"{MET} {sentence}").split("Set aside:")[1].split())
    assert sentence in text
    assert reason in text


def test_where_no_sentence_names_criteria_that_is_said():
    assert "No sentence names a case definition or PEM." in told(abstract="We asked 40 people.")


def test_a_program_gets_the_same_as_json():
    (line,) = map(json.loads, run("--json", given=json.dumps(LINE)).stdout.splitlines())
    assert line["id"] == "a"
    assert line["pem"]["badge"] == "required"
    (aside,) = line["set_aside"]
    assert aside["definitions"] == ["fukuda_1994"]
    assert aside["role"] == "other_study"
    span = aside["span"]
    assert LINE[span["field"]][span["start"] : span["end"]] == span["quote"] == OTHERS


def test_what_cannot_be_read_is_told_and_the_rest_is_shown():
    result = run(given=json.dumps(LINE) + "\n{broken\n")
    assert result.exit_code == 0
    assert "PEM required" in result.stdout
    assert "record 2" in result.stderr
