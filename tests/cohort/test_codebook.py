"""The codebook: every column has its part, words and numbers; and the research export format."""

import csv
import io
import json

import msgspec
import numpy as np
import pytest
from tests.cohort.conftest import PLAN, made_up, written
from tests.cohort.test_data import long

from rapport.cohort import analyse_all
from rapport.cohort.data.codebook import Codebook, Entry, as_csv
from rapport.cohort.data.described import FORMAT, Kind, read_codebook
from rapport.cohort.data.source import check_apart
from rapport.cohort.report.files import outcome_files
from rapport.cohort.run import Asked, ready
from rapport.core.errors import InputError, UsageError
from rapport.knowledge.load import load

WORDS = [
    {"name": "tired", "label": "tiredness", "range": [0, 100], "unit": "points"},
    {"name": "hope", "label": "hope", "values": {"1": "none", "5": "much"}, "later": 1},
    {"name": "note", "label": "a note", "kind": "text"},
]


def export_folder(folder, columns=None, words=WORDS, plan=PLAN):
    """A research export of the made-up cohort."""
    folder.mkdir(parents=True)
    rows = long(made_up() if columns is None else columns)
    rows = {{"id": "person"}.get(name, name): values for name, values in rows.items()}
    rows["days"] = np.tile([0.0, 40.0, 80.0], len(rows["wave"]) // 3)
    rows["note"] = np.array(["canary words"] * len(rows["wave"]), dtype=object)
    written(folder / "data.csv", rows)
    book = {"format": FORMAT, "variables": words, "exported": "2026-01-01"}
    (folder / "codebook.json").write_text(json.dumps(book), encoding="utf-8")
    if plan:
        text = plan.replace('"id"', '"person"').replace("draws", 'time = "days"\ndraws')
        (folder / "plan.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    return ready(Asked(data=export_folder(tmp_path_factory.mktemp("x") / "export")), load())


def entry(book, name, wave=None):
    (found,) = [one for one in book if (one.name, one.wave) == (name, wave)]
    return found


def test_a_folder_is_read_with_its_plan_and_its_words(exported):
    assert exported.cohort.people == 80
    assert exported.plan.label("tired") == "tiredness"
    assert exported.plan.ranges["tired"] == (0, 100)


def test_every_column_has_its_part_and_its_numbers(exported):
    book = exported.inputs.codebook
    tired = entry(book, "tired", "t1")
    values = exported.cohort.at("tired", "t1")
    assert tired.roles == ("outcome",)
    assert (tired.n, tired.missing) == (80, 0)
    assert (tired.min, tired.max, tired.mean) == (values.min(), values.max(), values.mean())
    assert (tired.label, tired.unit, tired.kind) == ("tiredness", "points", Kind.NUMBER)
    assert entry(book, "hope", "t0").values == {"1": "none", "5": "much"}
    assert entry(book, "age").kind is Kind.WHOLE
    roles = {one.name: one.roles[0].value for one in book}
    assert {"person": "person", "days": "time", "wave": "wave", "note": "unused"}.items() <= (
        roles.items()
    )


def test_what_the_plan_does_not_use_is_counted_and_nothing_more(exported):
    note = entry(exported.inputs.codebook, "note")
    assert (note.kind, note.n, note.min) == (Kind.TEXT, 240, None)
    assert b"canary" not in msgspec.json.encode(exported.inputs.codebook)


def test_a_codebook_that_was_written_can_be_read_again(exported, tmp_path):
    path = tmp_path / "codebook.json"
    path.write_bytes(msgspec.json.encode(Codebook(variables=exported.inputs.codebook)))
    assert read_codebook(path)["tired"].label == "tiredness"


def test_the_codebook_is_a_table_too(exported):
    rows = list(csv.DictReader(io.StringIO(as_csv(exported.inputs.codebook))))
    assert len(rows) == len(exported.inputs.codebook)
    (hope,) = [row for row in rows if (row["name"], row["wave"]) == ("hope", "t0")]
    assert hope["values"] == "1 = none; 5 = much"
    assert hope["roles"] == "relation"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_no_spreadsheet_computes_a_text_of_the_codebook(text):
    one = Entry(name="x", label=text, roles=(), n=1, missing=0)
    (row,) = csv.DictReader(io.StringIO(as_csv([one])))
    assert row["label"] == f"'{text}"


def test_fewer_than_five_values_are_not_told(tmp_path):
    columns = made_up()
    columns["task_t1"][4:] = np.nan
    found = ready(Asked(data=export_folder(tmp_path / "x", columns)), load())
    task = entry(found.inputs.codebook, "task", "t1")
    assert (task.n, task.missing, task.min, task.mean) == (4, 76, None, None)


def test_the_words_of_a_plan_come_before_those_of_a_codebook(tmp_path):
    plan = PLAN + '[labels]\ntired = "fatigue"\n[ranges]\ntired = [-10, 90]\n'
    found = ready(Asked(data=export_folder(tmp_path / "x", plan=plan)), load())
    assert found.plan.label("tired") == "fatigue"
    assert found.plan.ranges["tired"] == (-10, 90)


def test_a_value_outside_the_range_of_the_codebook_is_refused(tmp_path):
    columns = made_up()
    columns["tired_t1"][0] = 300.0
    with pytest.raises(InputError, match="outside the possible range") as found:
        ready(Asked(data=export_folder(tmp_path / "x", columns)), load())
    assert "line 3, column tired" in found.value.where


def test_the_codebook_is_in_results_report_and_files(exported):
    plan = msgspec.structs.replace(exported.plan, estimands=())
    results = msgspec.structs.replace(exported, plan=plan).results()
    _, files = outcome_files(results, load())
    assert json.loads(files["results.json"])["codebook"][0]["name"] == "person"
    assert json.loads(files["codebook.json"])["format"] == FORMAT
    assert files["codebook.csv"].startswith(b"name,wave,")
    page = files["report.html"].decode()
    assert 'id="codebook"' in page
    assert "1 = none; 5 = much" in page


def with_files(folder, *, codebook=None, plan=True, data=("data.csv",)):
    """An export in which some file is other than it should be."""
    export_folder(folder, plan=PLAN if plan else "")
    if codebook is not None:
        (folder / "codebook.json").write_bytes(codebook)
    text = (folder / "data.csv").read_bytes()
    (folder / "data.csv").unlink()
    for name in data:
        (folder / name).write_bytes(text)
    return folder


FAULTS = {
    "no json": ({"codebook": b"{"}, "cannot be understood"),
    "no text": ({"codebook": b"\xff\xfe"}, "cannot be understood"),
    "another format": ({"codebook": b'{"format":"x","variables":[]}'}, "another format"),
    "a nameless variable": (
        {"codebook": b'{"format":"rapport-codebook-1","variables":[{}]}'},
        "cannot be understood",
    ),
    "a range upside down": (
        {
            "codebook": b'{"format":"rapport-codebook-1",'
            b'"variables":[{"name":"tired","range":[9,1]}]}'
        },
        "not below the highest",
    ),
    "no data": ({"data": ()}, "has no data"),
    "two files of data": ({"data": ("data.csv", "data.tsv")}, "several files"),
}


@pytest.mark.parametrize(("change", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_folder_is_one_clear_error(tmp_path, change, said):
    folder = with_files(tmp_path / "x", **change)
    with pytest.raises(InputError, match=said):
        ready(Asked(data=folder), load())


def test_results_are_not_written_over_the_data_that_they_come_from(tmp_path):
    folder = export_folder(tmp_path / "clinics" / "ash")
    with pytest.raises(UsageError, match="over the data"):
        check_apart(folder, tmp_path / "clinics" / "." / "ash")
    with pytest.raises(UsageError, match="over the data"):
        analyse_all(tmp_path / "clinics", tmp_path / "clinics", processes=1)
    check_apart(folder, tmp_path / "out")


def test_without_any_plan_the_cure_is_named(tmp_path):
    with pytest.raises(UsageError, match="--plan"):
        ready(Asked(data=with_files(tmp_path / "x", plan=False)), load())


# --- Rows of other waves ----------------------------------------------------------------------


def more_waves(folder, extra):
    """An export in which some people have a fourth wave, and a plan with this line more."""
    export_folder(folder, plan=PLAN.replace("draws", f"{extra}\ndraws"))
    lines = (folder / "data.csv").read_text("utf-8").splitlines()
    names = lines[0].split(",")
    later = []
    for line in lines[1:31:3]:
        cells = line.split(",")
        cells[names.index("wave")] = "t3"
        cells[names.index("days")] = "120"
        later.append(",".join(cells))
    text = "\n".join([lines[0], *later, *lines[1:]])
    (folder / "data.csv").write_text(text, encoding="utf-8")
    return folder


def test_rows_of_other_waves_are_refused_unless_the_plan_leaves_them_out(tmp_path):
    with pytest.raises(InputError, match="leave_out"):
        ready(Asked(data=more_waves(tmp_path / "x", "")), load())


def test_rows_of_other_waves_are_left_out_and_counted_where_the_plan_says_so(
    tmp_path, exported
):
    folder = more_waves(tmp_path / "x", 'other_waves = "leave_out"')
    found = ready(Asked(data=folder), load())
    assert (found.inputs.data.left_out, found.inputs.data.rows) == (10, 240)
    np.testing.assert_array_equal(
        np.sort(found.cohort.at("tired", "t2")), np.sort(exported.cohort.at("tired", "t2"))
    )


def test_a_row_keeps_its_number_where_others_are_left_out(tmp_path):
    folder = more_waves(tmp_path / "x", 'other_waves = "leave_out"')
    lines = (folder / "data.csv").read_text("utf-8").splitlines()
    cells = lines[11].split(",")  # line 12: the first row of the first person
    cells[lines[0].split(",").index("hope")] = "much"
    lines[11] = ",".join(cells)
    (folder / "data.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as found:
        ready(Asked(data=folder), load())
    assert "line 12, column hope" in found.value.where
