"""`rapport atlas build` says what became of every record, and ends with the right code."""

import json
from functools import partial

import pytest

LINE = {
    "pmid": "90000001",
    "title": "How people with ME/CFS rest: a made-up survey",
    "abstract": "People with ME/CFS answered questions. Rest went with less pain.",
}


@pytest.fixture
def run(rapport):
    """Runs `rapport atlas build`."""
    return partial(rapport, "atlas", "build")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "made-up.jsonl"
    path.write_text(json.dumps(LINE) + "\n" + json.dumps(LINE) + "\n{cut off\n")
    return path


def test_the_ledger_is_printed_with_the_places_of_the_reports(run, source, tmp_path):
    out = tmp_path / "out"
    done = run(source, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "3 records in = 1 read + 0 off-topic + 1 duplicate + 1 quarantined" in done.stdout
    assert str(out / "quarantine.jsonl") in done.stdout
    assert (out / "manifest.json").exists()


def test_the_manifest_is_printed_as_json_and_nothing_else(run, source, tmp_path):
    done = run(source, "--out", tmp_path / "out", "--json", "--as-of", "2026-01-31")
    manifest = json.loads(done.stdout)
    assert manifest == json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["as_of"] == "2026-01-31"


def test_a_dry_run_says_that_nothing_was_put_in_place(run, source, tmp_path):
    done = run(source, "--out", tmp_path / "out", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "Nothing was put in place" in done.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing.xml", "--out", "out"],
        ["{source}", "--out", "{source}"],
        ["{source}", "--out", "out", "--topic", "oaks"],
        ["{source}", "--out", "out", "--as-of", "yesterday"],
        ["{source}", "--out", "out", "--reviews", "missing.jsonl"],
        ["{source}", "--out", "out", "--processes", "0"],
        ["{source}"],
    ],
)
def test_wrong_usage_and_unreadable_input_end_with_2_and_no_traceback(
    run, source, tmp_path, arguments
):
    filled = [
        str(tmp_path / one)
        if one in ("out", "missing.xml", "missing.jsonl")
        else one.format(source=source)
        for one in arguments
    ]
    done = run(*filled)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_list_of_notices_is_an_input_with_its_date(run, source, tmp_path):
    notices = tmp_path / "pairs.csv"
    notices.write_text("OriginalPaperDOI,RetractionDOI\n10.9999/rest1,10.9999/notice\n,\n")
    source.write_text(json.dumps({**LINE, "doi": "10.9999/rest1"}) + "\n")
    plain = json.loads(run(source, "--out", tmp_path / "plain", "--json").stdout)
    done = run(
        source,
        *("--out", tmp_path / "out"),
        *("--notices", notices, "--notices", notices, "--notices-as-of", "2026-01-31"),
    )
    assert done.returncode == 0, done.stderr
    assert (
        "1 of pairs.csv (1 without identifiers passed over; list of 2026-01-31)" in done.stdout
    )
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    (named,) = manifest["inputs"]["notices"]
    assert (named["name"], named["checked"], named["entries"]) == ("pairs.csv", "2026-01-31", 1)
    assert manifest["release"] != plain["release"]
    card = json.loads((tmp_path / "out" / "cards.jsonl").read_text())
    (event,) = card["events"]
    assert (event["kind"], event["identifiers"]) == ("notice", {"doi": "10.9999/notice"})
    before = json.loads((tmp_path / "plain" / "cards.jsonl").read_text())
    assert before == {key: value for key, value in card.items() if key != "events"}


def test_a_date_of_a_list_that_is_none_is_refused(run, source, tmp_path):
    done = run(source, "--out", tmp_path / "out", "--notices-as-of", "yesterday")
    assert done.returncode == 2
    assert "--notices-as-of" in done.stderr
