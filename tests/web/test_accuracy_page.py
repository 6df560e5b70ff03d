"""What the page of errors says of the runs that measured them."""

import json

import msgspec
from tests.web.conftest import text_of

from rapport.core.encoding import to_pretty_json
from rapport.evidence.evaluate.metrics import ValueScore, share
from rapport.evidence.evaluate.run import (
    EvaluationRun,
    FieldEvaluation,
    Scores,
    without_sentences,
)
from rapport.web.site import site


def test_what_it_gets_wrong_gives_each_field_with_its_interval(
    client, open_site, release_folder, tmp_path
):
    stored = {
        "measured_on": "12 made-up papers.",
        "date": "2026-01-02",
        "reader": "0",
        "knowledge": "abc123",
        "fields": [{"field": "badge", "right": 11, "of": 12, "low": 0.65, "high": 0.985}],
        "errors": [],
        "notes": ["Papers were made up."],
    }
    (tmp_path / "run.json").write_text(json.dumps(stored))
    open_site(release_folder, tmp_path / "run.json")
    said = text_of(client.get("/what-it-gets-wrong"))
    assert "PEM badge Right in 11 of 12. Likely range: 65 to 98%." in said
    assert "made by another version" in said
    assert "Not measured yet" not in said
    data = json.loads(client.get("/what-it-gets-wrong.json").content)
    assert data["accuracy"][0]["fields"][0]["right"] == 11


def stored_run(**changes):
    """A run as `rapport atlas evaluate --out` stores it, by the types that it is made of."""
    field = FieldEvaluation(
        field="definitions", right=7, of=9, low=0.4, high=0.9,
        strict=Scores(
            right=share(7, 9),
            values=tuple(
                ValueScore(
                    value=name, expected=expected, read=1,
                    precision=share(1, 1), recall=share(expected, 1), f1=None,
                )
                for name, expected in (("fukuda_1994", 1), ("oxford_1991", 0))
            ),
        ),
        lenient=Scores(right=share(8, 9)),
        by_text_kind={"abstract": share(3, 4), "letters_home": share(4, 5)},
        further={"recall": share(6, 7), "verbatim": share(9, 9)},
    )  # fmt: skip
    run = EvaluationRun(
        measured_on="9 made-up papers.", date="2026-01-02", reader="1", knowledge="abc123",
        seed=1, draws=10, fields=(field,), errors=(), labels="1" * 64, program="0",
    )  # fmt: skip
    return msgspec.structs.replace(run, **changes)


def test_what_it_gets_wrong_reads_runs_as_they_are_stored_today(
    client, open_site, release_folder, tmp_path
):
    (tmp_path / "run.json").write_bytes(to_pretty_json(without_sentences(stored_run())))
    open_site(release_folder, tmp_path / "run.json")
    said = text_of(client.get("/what-it-gets-wrong"))
    assert "Case definitions Right in 7 of 9. Likely range: 40 to 90%." in said
    assert "If we also count other answers that fit: 8 of 9." in said
    assert "Of the definitions we should have named: right in 6 of 7." in said
    assert "In abstracts: 3 of 4. In letters home: 4 of 5." in said
    assert "verbatim" not in said  # a share for developers stays in the data
    assert "another version" not in said
    data = json.loads(client.get("/what-it-gets-wrong.json").content)
    assert data["accuracy"][0]["labels"] == "1" * 64
    assert data["accuracy"][0]["fields"][0]["further"]["verbatim"]["of"] == 9


def test_a_run_of_another_program_is_said_to_be_one(
    client, open_site, release_folder, tmp_path
):
    (tmp_path / "run.json").write_bytes(to_pretty_json(stored_run(program="other")))
    open_site(release_folder, tmp_path / "run.json")
    assert "made by another version" in text_of(client.get("/what-it-gets-wrong"))


def test_definitions_without_a_test_case_are_named_until_there_is_one(
    client, open_site, release_folder, tmp_path
):
    (tmp_path / "run.json").write_bytes(to_pretty_json(stored_run()))
    open_site(release_folder, tmp_path / "run.json")
    data = json.loads(client.get("/what-it-gets-wrong.json").content)
    assert "oxford_1991" in data["untested_definitions"]
    assert "fukuda_1994" not in data["untested_definitions"]
    said = text_of(client.get("/what-it-gets-wrong"))
    assert f"no test case for {len(data['untested_definitions'])} definitions" in said
    assert "Oxford" in said.split("no test case for")[1]


def test_what_it_gets_wrong_says_when_nothing_was_measured(client, monkeypatch, tmp_path):
    monkeypatch.setattr("rapport.web.accuracy.BUNDLED", tmp_path)
    site.cache_clear()
    said = text_of(client.get("/what-it-gets-wrong"))
    assert "Not measured yet." in said
    assert "Whether PEM was required 24 of 29 cards, 83%." in said
