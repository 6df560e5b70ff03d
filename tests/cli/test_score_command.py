"""`rapport score`: JSON on standard output, talk on standard error, exit 0, 1 or 2."""

import json

import pytest
from typer.testing import CliRunner

from rapport.cli.app import app
from rapport.core.errors import InputError, UsageError, UserError

ALL_DAYS = {str(item): 1 for item in range(1, 10)}


@pytest.fixture
def run(tmp_path):
    def of(name, answers, *options):
        file = tmp_path / "answers.json"
        text = answers if isinstance(answers, str) else json.dumps(answers)
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(app, ["score", name, str(file), *options])

    return of


def test_scores_are_json_with_their_meaning(run):
    result = run("phq-9", ALL_DAYS)
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    total = said["scores"]["total"]
    assert (said["instrument"], total["value"], total["band"]["says"]) == ("phq-9", 9, "mild")
    assert (total["lowest"], total["highest"], total["high_is"]) == (0, 27, "worse")
    assert said["missing"] == []
    assert "a person's attention now" in result.stderr.splitlines()[0]
    assert "command line only" in said["research_only"]


def test_the_same_stands_on_one_line(run):
    result = run("gad-7", {"1": 1}, "--json")
    assert len(result.stdout.splitlines()) == 1
    assert json.loads(result.stdout)["scores"]["total"]["value"] is None
    assert "too few answers: total" in result.stderr


def test_answers_come_from_standard_input_too():
    result = CliRunner().invoke(app, ["score", "collaborate", "-"], input='{"1":4,"2":4,"3":4}')
    assert json.loads(result.stdout)["scores"]["percent"]["value"] == 100


def test_a_threshold_is_taken_and_printed(run):
    answers = {str(item): {"frequency": 1, "severity": 1} for item in range(1, 6)}
    assert json.loads(run("dsq-pem", answers).stdout)["findings"][0]["result"] == (
        "answers do not fit"
    )
    chosen = json.loads(run("dsq-pem", answers, "--threshold", "1/1").stdout)
    assert chosen["findings"][0]["result"] == "answers fit"
    assert "frequency at least 1" in chosen["threshold"]


def test_both_sides_of_the_check_in_stand_in_one_file(run):
    answers = {"C2a": 0, "C2b": 0, "C2a_pred": 4, "C2b_pred": 4, "S0": 2}
    result = run("scc-c", answers)
    challenges = json.loads(result.stdout)["check_in"]["challenges"]
    assert challenges[1]["status"] == "person_strain_unseen"
    assert "comes before any card" in result.stderr


def test_a_key_that_is_not_verified_is_refused(run):
    result = run("cis-fatigue", {"1": 1})
    assert isinstance(result.exception, UserError)
    assert result.exception.exit_status == 1
    assert result.stdout == ""


UNREADABLE = [
    ("[1, 2]", "not one object"),
    ('{"1": 1', "not JSON"),
    ("", "not JSON"),
    ('{"1": 1, "1": 2}', "answered twice"),
    ('{"1": "often"}', "not a number"),
    ('{"1": NaN}', "not a possible one"),
    ('{"99": 1}', "no such item"),
    ("{}", "no answers"),
    ("[" * 100_000, "not JSON"),
]


@pytest.mark.parametrize(("text", "message"), UNREADABLE)
def test_what_is_no_set_of_answers_is_one_error(run, text, message):
    result = run("gad-7", text)
    assert isinstance(result.exception, InputError)
    assert message in str(result.exception)
    assert "often" not in str(result.exception)
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_one_error():
    result = CliRunner().invoke(app, ["score", "gad-7", "nowhere.json"])
    assert isinstance(result.exception, InputError)


@pytest.mark.parametrize(
    "arguments",
    [("gad-77",), ("dsq-pem", "--threshold", "2"), ("dsq-pem", "--threshold", "0/5")],
)
def test_wrong_usage_is_told_apart(run, arguments):
    result = run(arguments[0], {"1": 1}, *arguments[1:])
    assert isinstance(result.exception, UsageError)
