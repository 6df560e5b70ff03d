"""Files of measurements: every kind is read alike, every fault named with row and column."""

import gzip

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cohort.conftest import PLAN, made_up, written

from rapport.cohort.data.files import read_table
from rapport.cohort.data.given import read_indices
from rapport.cohort.data.shape import to_cohort
from rapport.cohort.plan.parse import parse_plan
from rapport.core.errors import InputError


def long(columns):
    """The same measurements, a row a person and wave."""
    people = len(columns["id"])
    found = {name: np.repeat(columns[name], 3) for name in ("id", "therapist", "age")}
    found["wave"] = np.tile(np.array(["t0", "t1", "t2"], dtype=object), people)
    for name in ("tired", "hope", "task", "focus", "control"):
        found[name] = np.column_stack([columns[f"{name}_t{w}"] for w in range(3)]).ravel()
    return found


def same(one, two):
    """Whether two cohorts hold the same values of the same people."""
    assert one.people == two.people
    for name in one.measured:
        np.testing.assert_array_equal(one.measured[name], two.measured[name])
    for name in one.fixed:
        np.testing.assert_array_equal(one.fixed[name], two.fixed[name])
    pairs = set(zip(one.therapist.tolist(), two.therapist.tolist(), strict=True))
    assert len(pairs) == len(set(one.therapist.tolist()))


def test_long_data_hold_the_same_as_wide_data(tmp_path, plan, columns, cohort_file):
    wide = to_cohort(read_table(cohort_file), plan)
    other = to_cohort(read_table(written(tmp_path / "long.csv", long(columns))), plan)
    assert (wide.layout, other.layout) == ("wide", "long")
    same(wide, other)


def test_long_data_may_number_their_waves_from_0(tmp_path, plan, columns, cohort_file):
    numbered = long(columns)
    numbered["wave"] = np.tile(np.arange(3), len(columns["id"]))
    same(
        to_cohort(read_table(cohort_file), plan),
        to_cohort(read_table(written(tmp_path / "long.csv", numbered)), plan),
    )


def test_rows_of_long_data_may_come_in_any_order(tmp_path, plan, columns):
    rows = long(columns)
    first = to_cohort(read_table(written(tmp_path / "a.csv", rows)), plan)
    # Waves backwards, people as they were.
    order = np.concatenate([[3 * p + 2, 3 * p + 1, 3 * p] for p in range(len(columns["id"]))])
    turned = {name: values[order] for name, values in rows.items()}
    same(first, to_cohort(read_table(written(tmp_path / "b.csv", turned)), plan))


def test_csv_with_semicolons_and_decimal_commas_is_read(tmp_path, plan, columns, cohort_file):
    text = written(tmp_path / "a.csv", columns, delimiter=";").read_text("utf-8")
    (tmp_path / "a.csv").write_text(text.replace(".", ","), encoding="utf-8")
    same(
        to_cohort(read_table(cohort_file), plan),
        to_cohort(read_table(tmp_path / "a.csv"), plan),
    )


def test_packed_csv_is_read(tmp_path, plan, cohort_file):
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(cohort_file.read_bytes()))
    same(to_cohort(read_table(cohort_file), plan), to_cohort(read_table(packed), plan))


def test_parquet_is_read(tmp_path, plan, columns, cohort_file):
    table = pa.table({name: pa.array(values.tolist()) for name, values in columns.items()})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    same(
        to_cohort(read_table(cohort_file), plan),
        to_cohort(read_table(tmp_path / "a.parquet"), plan),
    )


@pytest.mark.parametrize("word", ["", "NA", "NaN", ".", " NA ", "null"])
def test_what_stands_for_a_missing_value_is_missing(tmp_path, plan, columns, word):
    cells = {**columns, "tired_t2": columns["tired_t2"].astype(object)}
    cells["tired_t2"][3] = word
    cohort = to_cohort(read_table(written(tmp_path / "a.csv", cells)), plan)
    assert np.isnan(cohort.measured["tired"][3, 2])
    assert np.isfinite(cohort.measured["tired"]).sum() == 3 * cohort.people - 1


def test_a_whole_number_is_the_same_person_with_and_without_a_fraction(tmp_path):
    (tmp_path / "a.csv").write_text("id,x\n7,1\n7,2\n", encoding="utf-8")
    pyarrow.parquet.write_table(pa.table({"id": [7.0, 7.0]}), tmp_path / "b.parquet")
    assert read_table(tmp_path / "a.csv").labels("id").names == ("7",)
    assert read_table(tmp_path / "b.parquet").labels("id").names == ("7",)


def changed(name, row, value):
    """The made-up columns with one cell changed."""

    def make(columns):
        cells = {**columns, name: columns[name].astype(object)}
        cells[name][row] = value
        return cells

    return make


def without(name):
    return lambda columns: {key: values for key, values in columns.items() if key != name}


def all_of(name, value):
    return lambda columns: {**columns, name: np.full(len(columns["id"]), value, dtype=object)}


FAULTS = {
    "text in numbers": (changed("tired_t1", 4, "much"), "line 6, column tired_t1", "text"),
    "infinity": (changed("tired_t1", 4, "inf"), "line 6, column tired_t1", "infinite"),
    "an impossible value": (
        changed("tired_t1", 4, 999.0),
        "line 6, column tired_t1",
        "-50 to 150",
    ),
    "a person twice": (changed("id", 4, "p3"), "line 6, column id", "twice"),
    "no id": (changed("id", 4, None), "line 6, column id", "no id"),
    "no therapist": (changed("therapist", 4, None), "line 6, column therapist", "no therapist"),
    "a column that is missing": (without("age"), "column age", "lack a column"),
    "an outcome that is missing": (without("tired_t0"), "tired_t0", "lack the outcome"),
    "a process wave that is missing": (
        without("focus_t2"),
        "column focus_t2",
        "do not have it",
    ),
    "a constant": (all_of("hope_t0", 3.0), "column hope_t0", "same value"),
    "nothing but gaps": (all_of("hope_t0", None), "column hope_t0", "every value is missing"),
    "a constant covariate": (all_of("age", 40.0), "column age", "same value"),
}


@pytest.mark.parametrize(("change", "where", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_wide_data_names_row_and_column(tmp_path, columns, change, where, said):
    ranged = parse_plan(PLAN + "[ranges]\ntired = [-50, 150]\n", where="p")
    path = written(tmp_path / "clinic.csv", change(columns))
    with pytest.raises(InputError) as found:
        to_cohort(read_table(path), ranged)
    assert where in found.value.where
    assert said in found.value.problem
    assert found.value.fix


LONG_FAULTS = {
    "a person and wave twice": (
        changed("wave", 4, "t0"),
        "line 6, column wave",
        "already in line 5",
    ),
    "an unknown wave": (changed("wave", 4, "t9"), "line 6, column wave", "not one of the plan"),
    "a covariate that changes": (
        changed("age", 4, 99.0),
        "line 6, column age",
        "changes within",
    ),
    "a therapist that changes": (
        changed("therapist", 4, "other"),
        "line 6, column therapist",
        "changes within",
    ),
}


@pytest.mark.parametrize(("change", "where", "said"), LONG_FAULTS.values(), ids=LONG_FAULTS)
def test_a_fault_of_long_data_names_row_and_column(
    tmp_path, plan, columns, change, where, said
):
    path = written(tmp_path / "clinic.csv", change(long(columns)))
    with pytest.raises(InputError) as found:
        to_cohort(read_table(path), plan)
    assert where in found.value.where
    assert said in found.value.problem


def test_a_measured_time_has_to_rise_with_the_waves(tmp_path, columns):
    timed = parse_plan(PLAN.replace("draws", 'time = "week"\ndraws'), where="p")
    rows = long(columns)
    rows["week"] = np.tile([0.0, 6.0, 12.0], len(columns["id"]))
    assert to_cohort(read_table(written(tmp_path / "a.csv", rows)), timed).people
    rows["week"][4] = 14.0
    with pytest.raises(InputError, match="does not rise") as found:
        to_cohort(read_table(written(tmp_path / "b.csv", rows)), timed)
    assert "line 7, column week" in found.value.where


FILES = {
    "an empty file": ("a.csv", b"", "empty"),
    "a header alone": ("a.csv", b"id,a\n", "no rows"),
    "a line that is too short": ("a.csv", b"id,a\n1,2\n3\n", "line 3"),
    "a line that is too long": ("a.csv", b"id,a\n1,2\n3,4,5\n", "line 3"),
    "an empty line in the middle": ("a.csv", b"id,a\n1,2\n\n3,4,5\n", "line 4"),
    "two columns of one name": ("a.csv", b"id,id\n1,2\n", "one name"),
    "a column without a name": ("a.csv", b"id,\n1,2\n", "no name"),
    "no UTF-8": ("a.csv", "id,größe\n1,2\n".encode("latin-1"), "UTF-8"),
    "a damaged Parquet file": ("a.parquet", b"PAR1 and more", "cannot be read"),
    "a damaged SPSS file": ("a.sav", b"$FL2 and more", "cannot be read"),
    "a damaged Stata file": ("a.dta", b"<stata_dta>", "cannot be read"),
    "a damaged packed file": ("a.csv.gz", b"\x1f\x8b\x08 and more", "cannot be read"),
    "an unknown ending": ("a.xlsx", b"PK", "not known"),
}


@pytest.mark.parametrize(("name", "data", "said"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as found:
        read_table(tmp_path / name)
    assert said in str(found.value)
    assert str(tmp_path / name) in found.value.where


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.sav", "a.dta"])
def test_a_file_that_is_not_there_is_one_clear_error(tmp_path, name):
    with pytest.raises(InputError, match="cannot be read"):
        read_table(tmp_path / name)


@settings(max_examples=20)
@given(value=st.text(min_size=1, max_size=12).filter(lambda t: t.strip() and t.isprintable()))
def test_no_error_repeats_a_value_of_a_person(tmp_path_factory, value):
    """A value may be anything that somebody typed into a cell."""
    marked = f"canary{value}"
    path = tmp_path_factory.mktemp("canary") / "clinic.csv"
    written(path, changed("tired_t1", 4, marked)(made_up(20)))
    with pytest.raises(InputError) as found:
        to_cohort(read_table(path), parse_plan(PLAN, where="p"))
    assert "canary" not in str(found.value).replace(str(path), "")


INDICES = {
    "a letter": (b"1,2\n1,x\n", "something else"),
    "lines of different lengths": (b"1,2\n1\n", "different lengths"),
    "people counted from 0": (b"0,1\n", "counted from 0"),
    "nothing": (b"", "different lengths"),
}


@pytest.mark.parametrize(("data", "said"), INDICES.values(), ids=INDICES)
def test_resampling_rows_that_are_none_are_one_clear_error(tmp_path, data, said):
    (tmp_path / "rows.csv").write_bytes(data)
    with pytest.raises(InputError, match=said):
        read_indices(tmp_path / "rows.csv")


def test_resampling_rows_are_counted_from_1_in_the_file(tmp_path):
    (tmp_path / "rows.csv.gz").write_bytes(gzip.compress(b"1,2\n2,2\n"))
    np.testing.assert_array_equal(read_indices(tmp_path / "rows.csv.gz"), [[0, 1], [1, 1]])
