"""`rapport atlas diff` tells what changed, and refuses what is no release."""

import json
from functools import partial

import pytest

RECORD = {"pmid": "90000001", "title": "How people with ME/CFS rest: a made-up survey"}


@pytest.fixture
def run(rapport):
    """Runs `rapport atlas`."""
    return partial(rapport, "atlas")


@pytest.fixture
def release(run, tmp_path):
    """Builds a release of one record with this abstract."""

    def built(name, abstract):
        source = tmp_path / "records.jsonl"
        source.write_text(json.dumps({**RECORD, "abstract": abstract}))
        done = run("build", source, "--out", tmp_path / name)
        assert done.returncode == 0, done.stderr
        return tmp_path / name

    return built


def test_changes_are_told_as_text_and_as_json(run, release):
    old = release("old", "We asked 20 people with ME/CFS how they rest.")
    new = release("new", "We asked 30 people with ME/CFS how they rest.")
    done = run("diff", old, new)
    assert done.returncode == 0, done.stderr
    assert "pmid-90000001: changed (new text)" in done.stdout
    assert "participants.n_cases: 20 -> 30" in done.stdout
    assert "    gone: We asked 20 people" in done.stdout
    assert "    new:  We asked 30 people" in done.stdout
    assert "0 new, 0 gone, 1 changed, 0 unchanged" in done.stderr
    (line,) = run("diff", old, new, "--json").stdout.splitlines()
    assert json.loads(line)["causes"] == ["new text"]


def test_a_folder_that_is_no_release_is_one_clear_error(run, tmp_path):
    done = run("diff", tmp_path, tmp_path)
    assert done.returncode == 2
    assert "not a release" in done.stderr
