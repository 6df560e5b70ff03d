"""`rapport atlas read`: JSON Lines in, readings out, nothing lost silently."""

import json

from typer.testing import CliRunner

from rapport.cli.app import app

LINE = {
    "id": "a",
    "title": "Sleep in people with ME/CFS",
    "abstract": "Twenty patients who met the Canadian Consensus Criteria took part.",
}


def run(*arguments, given=None):
    return CliRunner().invoke(app, ["atlas", "read", *arguments], input=given)


def test_readings_come_in_the_order_of_the_records():
    lines = [json.dumps({**LINE, "id": name}) for name in ("b", "a", "c")]
    result = run(given="\n".join(lines))
    assert result.exit_code == 0
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b", "a", "c"]


def test_a_reading_has_the_shape_of_the_contract():
    (reading,) = (json.loads(line) for line in run(given=json.dumps(LINE)).stdout.splitlines())
    assert reading["pem"]["badge"] == "required"
    assert reading["pem"]["definitions"] == ["ccc_2003"]
    (span,) = reading["pem"]["evidence"]
    assert LINE["abstract"][span["start"] : span["end"]] == span["quote"]
    assert span["field"] == "abstract"
    assert reading["read"] == "abstract"
    assert {"design", "participants", "statements", "versions"} <= set(reading)


def test_a_record_that_cannot_be_read_is_told_and_the_others_are_read():
    result = run(given=json.dumps(LINE) + "\n{broken\n")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert "record 2" in result.stderr
    assert "quarantined 1" in result.stderr


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path):
    result = run(str(tmp_path / "absent.xml"))
    assert result.exit_code != 0
    assert result.stdout == ""
