"""The cards as a table."""

import json

import msgspec
import pyarrow.parquet as parquet
import pytest

from rapport.evidence.build import build
from rapport.evidence.release.opened import Release
from rapport.evidence.release.table import TableWriter
from rapport.knowledge.load import load


@pytest.fixture
def card(tmp_path):
    record = {
        "pmid": "90000001",
        "title": "How people with ME/CFS rest at home",
        "abstract": "We asked 20 people with ME/CFS how they rest.",
    }
    source = tmp_path / "records.jsonl"
    source.write_text(json.dumps(record) + "\n")
    build([source], tmp_path / "out", topic="me_cfs", knowledge=load(), processes=1)
    (only,) = Release(tmp_path / "out").cards()
    return only


def test_cards_on_the_same_people_name_their_cohort_and_others_none(card, tmp_path):
    cards = [msgspec.structs.replace(card, cohort=cohort) for cohort in ("pmid-1", None)]
    with TableWriter(tmp_path / "cards.parquet") as table:
        for one in cards:
            table.add(one)
    rows = parquet.read_table(tmp_path / "cards.parquet").to_pylist()
    assert [row["cohort"] for row in rows] == ["pmid-1", None]
