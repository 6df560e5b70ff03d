"""`rapport atlas evaluate` measures, lists errors, stores runs, and refuses what it cannot read."""

import json
from functools import partial

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


@pytest.fixture
def run(rapport):
    """Runs `rapport atlas evaluate`."""
    return partial(rapport, "atlas", "evaluate")


@pytest.fixture
def labelled(tmp_path):
    gold, texts = tmp_path / "gold.jsonl", tmp_path / "texts.jsonl"
    gold.write_text(json.dumps(LABEL) + "\n")
    texts.write_text(json.dumps({"id": "a", "title": "Rest", "text": TEXT}) + "\n")
    return gold, texts


def test_every_field_is_measured_and_every_error_listed(run, labelled):
    gold, texts = labelled
    done = run(gold, "--texts", texts, "--draws", 5, "--as-of", "2026-01-01")
    assert done.returncode == 0, done.stderr
    for field in ("badge", "definitions", "combination", "design", "n_cases"):
        assert f"{field}: right in" in done.stdout
    assert "expected cohort_prospective, read case_control" in done.stdout


def test_a_run_is_stored_with_versions_and_without_sentences(run, labelled, tmp_path):
    gold, texts = labelled
    out = tmp_path / "run.json"
    done = run(gold, "--texts", texts, "--draws", 5, "--out", out, "--json")
    printed, stored = json.loads(done.stdout), json.loads(out.read_bytes())
    assert TEXT in done.stdout
    assert TEXT not in out.read_text()
    assert stored["reader"] == printed["reader"]
    assert {field["field"] for field in stored["fields"]} >= {"badge", "design"}
    assert {"right", "of", "low", "high"} <= set(stored["fields"][0])


def test_statements_are_measured_by_kind_and_band(run, tmp_path):
    labels = tmp_path / "statements.jsonl"
    labels.write_text(json.dumps(PAPER) + "\n")
    paper = {"id": "b", "title": "Rest", "abstract": PAPER["abstract_sentences"][0]["quote"]}
    (tmp_path / "b.jsonl").write_text(json.dumps(paper) + "\n")
    done = run("--statements", labels, "--sources", tmp_path, "--draws", 5)
    assert done.returncode == 0, done.stderr
    assert "statement_kind: right in 1 of 1" in done.stdout
    assert "strength_band: right in 1 of 1" in done.stdout
    assert "refusal: right in 0 of 0" in done.stdout  # no sentence is labelled as overreaching
    assert "Note:" in done.stdout  # fitted weights: figures may be too good


def test_refusals_are_measured_on_all_sentences_with_the_kind_that_was_read(run, tmp_path):
    said = [
        "We followed ninety people over two years in a prospective cohort study.",
        "Rest was associated with pain (OR 2.1).",
        "In conclusion, rest causes pain.",
        "These findings suggest that rest may help.",
    ]
    sentences = [
        {"quote": said[0], "kind": "method", "overreach": False},
        {"quote": said[1], "kind": "observed", "strength": 2, "overreach": False},
        {"quote": said[2], "kind": "inferred", "strength": 7, "overreach": True},
        {"quote": said[3], "kind": "inferred", "strength": 4, "overreach": False},
    ]
    labels = tmp_path / "statements.jsonl"
    labels.write_text(json.dumps({**PAPER, "abstract_sentences": sentences}) + "\n")
    paper = {"id": "b", "title": "Rest", "abstract": " ".join(said)}
    (tmp_path / "b.jsonl").write_text(json.dumps(paper) + "\n")
    done = run("--statements", labels, "--sources", tmp_path, "--draws", 5)
    assert "refusal: right in 4 of 4" in done.stdout


def test_a_run_is_compared_with_a_stored_one_error_by_error(run, labelled, tmp_path):
    gold, texts = labelled
    stored, better = tmp_path / "stored.json", tmp_path / "better.json"
    first = run(gold, "--texts", texts, "--draws", 5, "--out", stored)
    assert first.returncode == 0, first.stderr
    same = run(gold, "--texts", texts, "--draws", 5, "--against", stored)
    assert same.returncode == 0, same.stderr
    assert "0 mended" in same.stdout
    assert "0 new" in same.stdout
    assert "1 still wrong" in same.stdout
    before = json.loads(stored.read_bytes())
    better.write_text(json.dumps({**before, "errors": []}))
    worse = run(gold, "--texts", texts, "--draws", 5, "--against", better, "--json")
    assert worse.returncode == 1, worse.stderr
    assert [one["about"] for one in json.loads(worse.stdout)["new"]] == ["design"]
    assert json.loads(worse.stdout)["new"][0]["sentence"] in TEXT


def test_texts_without_labels_are_told_and_left_out(run, labelled):
    gold, texts = labelled
    with texts.open("a") as more:
        more.write(json.dumps({"id": "z", "title": "Rest", "text": TEXT}) + "\n{\n")
    done = run(gold, "--texts", texts, "--draws", 5)
    assert done.returncode == 0, done.stderr
    assert "1 texts have no label and are left out, first z" in done.stderr
    assert "not read:" in done.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda line: "", "there is no label in the file"),
        (lambda line: line + line, "a is labelled twice, on line 1 and here"),
        (lambda line: line.replace('"required"', '"perhaps"'), "Invalid enum value 'perhaps'"),
        (lambda line: line.replace("24", "-24"), "n_cases"),
        (lambda line: line.replace("24", '24, "evidence_start": 3'), "go together"),
        (lambda line: line.replace('"a"', '"unknown"'), "1 labelled studies have no text"),
        (lambda line: "{", "a label cannot be read"),
    ],
)
def test_labels_that_cannot_be_used_are_refused_in_one_sentence(run, labelled, change, told):
    gold, texts = labelled
    gold.write_text(change(gold.read_text()))
    done = run(gold, "--texts", texts)
    assert done.returncode == 2
    assert told in done.stderr
    assert "fix:" in done.stderr


def test_a_text_that_is_there_twice_is_refused(run, labelled):
    gold, texts = labelled
    texts.write_text(texts.read_text() * 2)
    done = run(gold, "--texts", texts)
    assert done.returncode == 2
    assert "the text of a is there twice" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["{gold}", "--texts", "{texts}", "--against", "missing.json"],
        ["{gold}", "--texts", "{texts}", "--against", "{gold}"],  # labels are no run
        ["{gold}"],
        ["missing.jsonl", "--texts", "{texts}"],
        ["{texts}", "--texts", "{texts}"],  # texts are no labels
        ["{gold}", "--texts", "{gold}"],  # labels are no texts
        ["--statements", "{gold}", "--sources", "."],  # no such paper
        ["{gold}", "--texts", "{texts}", "--as-of", "soon"],
        ["{gold}", "--texts", "{texts}", "--out", "nowhere/run.json"],
    ],
)
def test_what_cannot_be_measured_is_one_clear_error(run, labelled, tmp_path, arguments):
    gold, texts = labelled
    given = [each.format(gold=gold, texts=texts) for each in arguments]
    done = run(*given)
    assert done.returncode == 2
    assert "fix:" in done.stderr
    assert "Traceback" not in done.stderr
