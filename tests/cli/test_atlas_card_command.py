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
