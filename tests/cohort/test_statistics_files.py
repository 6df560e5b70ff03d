"""SPSS and Stata files go the whole way of the command and give what the same CSV gives."""

import json
from pathlib import Path

import pytest
from tests.cohort.conftest import PLAN

FILES = Path(__file__).parent / "files"
ASKED = 'estimands = ["description", "change", "prediction", "partition"]\n'


def made_from(rapport, kind, folder):
    """What the command writes for the cohort in a file of that kind."""
    plan = folder / "plan.toml"
    text = PLAN.replace('["age"]', '["age", "sex"]')
    plan.write_text(text + ASKED, "utf-8")
    out = folder / kind
    done = rapport("cohort", "analyse", FILES / f"cohort.{kind}", "--plan", plan, "--out", out)
    assert done.returncode == 0, done.stderr
    return json.loads((out / "results.json").read_bytes())


@pytest.fixture(scope="module")
def of_each(rapport, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    return {kind: made_from(rapport, kind, folder) for kind in ("csv", "sav", "dta")}


@pytest.mark.parametrize("kind", ["sav", "dta"])
def test_the_results_are_those_of_the_csv_file(of_each, kind):
    one, other = ({**of_each[name]} for name in ("csv", kind))
    for found in (one, other):
        found.pop("codebook")
        found["data"] = {**found["data"], "hash": ""}
    assert other == one
    assert one["prediction"]["about"]["missing"]["tired_t2"] == 9


@pytest.mark.parametrize("kind", ["sav", "dta"])
def test_labels_and_dates_of_the_file_are_in_the_codebook(of_each, kind):
    book = {(one["name"], one.get("wave")): one for one in of_each[kind]["codebook"]}
    assert book["sex", None]["values"] == {"1": "man", "2": "woman"}
    assert book["tired_t0", "t0"]["label"] == "Tiredness, first time"
    assert (book["seen", None]["kind"], book["seen", None]["n"]) == ("date", 60)
    assert book["tired_t2", "t2"]["missing"] == 9


def test_numbers_of_the_codebook_are_those_of_the_csv_file(of_each):
    def numbers(kind):
        return [
            (one["name"], one.get("wave"), one["n"], one.get("min"), one.get("max"))
            for one in of_each[kind]["codebook"]
        ]

    assert numbers("sav") == numbers("dta") == numbers("csv")
