"""`rapport atlas card`: from a file to cards, released or refused with all reasons."""

import json

from typer.testing import CliRunner

from rapport.cli.app import app

RECORD = {
    "id": "made-up-1",
    "title": "Rest and pain",
    "abstract": "We followed 90 patients who met the Canadian criteria. "
    "Rest was associated with less pain.",
}
KEYS = {"id", "identifiers", "citation", "read", "badge", "design", "participants", "parts"}
STATEMENT_KEYS = {"text", "kind", "origin", "rule", "spans", "strength", "band"}


def run(tmp_path, *records):
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    result = CliRunner().invoke(app, ["atlas", "card", str(file)])
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def test_a_record_becomes_one_line_in_the_shape_of_the_contract(tmp_path):
    result, (card,) = run(tmp_path, RECORD)
    assert set(card) >= KEYS | {"state", "refusals", "versions"}
    assert set(card["parts"]) == {
        "quick_summary",
        "why_it_matters",
        "observed",
        "inferred",
        "remaining_questions",
        "does_not_prove",
    }
    said = [each for part in card["parts"].values() for each in part]
    assert said
    assert all(set(each) >= STATEMENT_KEYS for each in said)
    assert (card["state"], card["refusals"], result.exit_code) == ("released", [], 0)


def test_every_place_a_card_names_holds_the_words_it_quotes(tmp_path):
    _, (card,) = run(tmp_path, RECORD)
    places = [
        span for part in card["parts"].values() for each in part for span in each["spans"]
    ]
    places += card["badge"].get("evidence", []) + card["design"].get("evidence", [])
    assert places
    assert all(
        RECORD[span["field"]][span["start"] : span["end"]] == span["quote"] for span in places
    )


def test_a_refused_card_is_printed_with_its_reasons(tmp_path):
    result, cards = run(tmp_path, RECORD, {"id": "made-up-2", "abstract": "Pain was felt."})
    assert [card["state"] for card in cards] == ["released", "refused"]
    assert [refusal["rule"] for refusal in cards[1]["refusals"]] == ["title-missing"]
    assert result.exit_code == 1
    assert "1 released, 1 refused, 0 not read" in result.stderr


def test_a_title_alone_is_not_summed_up(tmp_path):
    _, (card,) = run(tmp_path, {"id": "made-up-3", "title": "Rest and pain"})
    assert card["parts"]["quick_summary"] == card["parts"]["why_it_matters"] == []
    assert card["missing"]


LIST = (
    "Record ID,OriginalPaperDOI,RetractionDOI,RetractionNature,RetractionDate\n"
    "1,10.9999/paper1,10.9999/notice1,Retraction,3/21/2023 0:00\n"
)


def test_a_list_of_notices_tells_what_happened_to_a_work(tmp_path):
    given = tmp_path / "list.csv"
    given.write_text(LIST, encoding="utf-8")
    file = tmp_path / "records.jsonl"
    record = {**RECORD, "doi": "10.9999/paper1"}
    file.write_text(json.dumps(record) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["atlas", "card", str(file), "--notices", str(given)])
    (card,) = map(json.loads, result.stdout.splitlines())
    (event,) = card["events"]
    assert (event["kind"], event["date"]) == ("retraction", "2023-03-21")
    assert event["identifiers"] == {"doi": "10.9999/notice1"}
    assert card["retracted"]


def test_records_given_together_tell_of_one_another(tmp_path):
    paper = {**RECORD, "doi": "10.9999/paper1"}
    notice = {
        "id": "made-up-2",
        "title": "Retraction: Rest and pain",
        "abstract": "The paper is taken back.",
        "doi": "10.9999/notice1",
        "relations": [{"kind": "retraction_of", "identifiers": {"doi": "10.9999/paper1"}}],
    }
    _, (alone,) = run(tmp_path, paper)
    _, (first, second) = run(tmp_path, paper, notice)
    assert "events" not in alone
    assert [event["kind"] for event in first["events"]] == ["retraction"]
    assert "events" not in second
