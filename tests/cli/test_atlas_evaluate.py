"""`rapport atlas evaluate` measures, lists errors, stores runs, and refuses what it cannot read."""

import json
import subprocess
import sys

import pytest

TEXT = "In this case-control study all 24 patients with ME/CFS met the 2003 Canadian criteria."
LABEL = {
    "id": "a",
    "text_kind": "abstract",
    "pem_badge": "required",
    "definitions": ["ccc_2003"],
    "combination": "single",
    "study_design": "cohort_prospective",
    "n_cases": 24,
}
PAPER = {
    "id": "b",
    "abstract_sentences": [
        {
            "quote": "In conclusion, these findings suggest that rest may reduce fatigue.",
            "kind": "inferred",
            "strength": 4,
        }
    ],
}


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "rapport.cli", "atlas", "evaluate", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def labelled(tmp_path):
    gold, texts = tmp_path / "gold.jsonl", tmp_path / "texts.jsonl"
    gold.write_text(json.dumps(LABEL) + "\n")
    texts.write_text(json.dumps({"id": "a", "title": "Rest", "text": TEXT}) + "\n")
    return gold, texts


def test_every_field_is_measured_and_every_error_listed(labelled):
    gold, texts = labelled
    done = run(gold, "--texts", texts, "--draws", 5, "--as-of", "2026-01-01")
    assert done.returncode == 0, done.stderr
    for field in ("badge", "definitions", "combination", "design", "n_cases"):
        assert f"{field}: right in" in done.stdout
    assert "expected cohort_prospective, read case_control" in done.stdout


def test_a_run_is_stored_with_versions_and_without_sentences(labelled, tmp_path):
    gold, texts = labelled
    out = tmp_path / "run.json"
    done = run(gold, "--texts", texts, "--draws", 5, "--out", out, "--json")
    printed, stored = json.loads(done.stdout), json.loads(out.read_bytes())
    assert TEXT in done.stdout
    assert TEXT not in out.read_text()
    assert stored["reader"] == printed["reader"]
    assert {field["field"] for field in stored["fields"]} >= {"badge", "design"}
    assert {"right", "of", "low", "high"} <= set(stored["fields"][0])


def test_statements_are_measured_by_kind_and_band(tmp_path):
    labels = tmp_path / "statements.jsonl"
    labels.write_text(json.dumps(PAPER) + "\n")
    paper = {"id": "b", "title": "Rest", "abstract": PAPER["abstract_sentences"][0]["quote"]}
    (tmp_path / "b.jsonl").write_text(json.dumps(paper) + "\n")
    done = run("--statements", labels, "--sources", tmp_path, "--draws", 5)
    assert done.returncode == 0, done.stderr
    assert "statement_kind: right in 1 of 1" in done.stdout
    assert "strength_band: right in 1 of 1" in done.stdout
    assert "Note:" in done.stdout  # fitted weights: figures may be too good


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["{gold}"],
        ["missing.jsonl", "--texts", "{texts}"],
        ["{texts}", "--texts", "{texts}"],  # texts are no labels
        ["{gold}", "--texts", "{gold}"],  # labels are no texts
        ["--statements", "{gold}", "--sources", "."],  # no such paper
        ["{gold}", "--texts", "{texts}", "--as-of", "soon"],
        ["{gold}", "--texts", "{texts}", "--out", "nowhere/run.json"],
    ],
)
def test_what_cannot_be_measured_is_one_clear_error(labelled, tmp_path, arguments):
    gold, texts = labelled
    given = [each.format(gold=gold, texts=texts) for each in arguments]
    done = run(*given)
    assert done.returncode == 2
    assert "fix:" in done.stderr
    assert "Traceback" not in done.stderr
