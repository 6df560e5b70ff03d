"""Functions for notebooks: any data frame, the numbers of the command, and a page that runs."""

import re
import tomllib
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from tests.cohort.conftest import PLAN, made_up, written

from rapport import cohort
from rapport.cohort.plan.parse import parse_plan
from rapport.core.encoding import to_json
from rapport.core.errors import InputError, UsageError

DOCS = Path(__file__).parents[2] / "docs" / "cohort-in-python.md"
QUICK = ["description", "change", "prediction", "partition", "dominance", "paths", "causal"]
KEYS = {**tomllib.loads(PLAN), "estimands": QUICK}


class Streams:
    """What polars and new pandas offer: columns by the stream of Arrow, nothing else."""

    def __init__(self, table):
        self.__arrow_c_stream__ = table.__arrow_c_stream__


class Exchanges:
    """What older data frames offer."""

    def __init__(self, table):
        self.__dataframe__ = table.__dataframe__


class Mixed:
    """A frame as of pandas, of which one column has words among its numbers."""

    def __init__(self, columns):
        self.columns = list(columns)
        self._values = columns

    def __getitem__(self, name):
        return self._values[name]

    def __arrow_c_stream__(self, requested_schema=None):
        raise pa.ArrowInvalid("Conversion failed")


def as_arrow(columns):
    return pa.table({name: pa.array(values.tolist()) for name, values in columns.items()})


def with_categories(columns):
    """As polars hands over categories: codes of words in a text type of their own."""
    table = as_arrow(columns)
    words, codes = np.unique(columns["therapist"].astype(str), return_inverse=True)
    coded = pa.DictionaryArray.from_arrays(
        pa.array(codes, pa.uint32()), pa.array(words.tolist(), pa.string_view())
    )
    place = table.schema.get_field_index("therapist")
    return table.set_column(place, "therapist", coded)


FRAMES = {
    "a mapping of arrays": lambda columns: columns,
    "a mapping of lists": lambda columns: {n: values.tolist() for n, values in columns.items()},
    "a table of Arrow": as_arrow,
    "categories": with_categories,
    "a stream of Arrow": lambda columns: Streams(as_arrow(columns)),
    "the exchange protocol": lambda columns: Exchanges(as_arrow(columns)),
}


def without_hash(results):
    return msgspec.structs.replace(results, data=msgspec.structs.replace(results.data, hash=""))


@pytest.fixture(scope="module")
def gapped():
    """The made-up columns with a few gaps."""
    columns = made_up()
    columns["tired_t2"][::9] = np.nan
    return columns


@pytest.fixture(scope="module")
def by_file(tmp_path_factory, gapped):
    """The results as the command makes them, from files."""
    folder = tmp_path_factory.mktemp("files")
    plan = folder / "plan.toml"
    plan.write_text(
        PLAN + "estimands = [" + ", ".join(f'"{one}"' for one in QUICK) + "]\n", "utf-8"
    )
    return cohort.analyse(written(folder / "clinic.csv", gapped), plan)


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_every_kind_of_data_frame_gives_the_results_of_the_file(make, gapped, by_file):
    found = cohort.analyse(make(gapped), KEYS)
    assert to_json(without_hash(found)) == to_json(without_hash(by_file))


def test_the_hash_of_the_data_hangs_on_the_data_alone(gapped):
    short = {**KEYS, "estimands": ["description"]}
    one, two = (cohort.analyse(FRAMES[n](gapped), short).data.hash for n in list(FRAMES)[1:3])
    other = cohort.analyse({**gapped, "age": gapped["age"] + 1}, short).data.hash
    assert one == two != other


SECTIONS = {
    "description": cohort.description,
    "change": cohort.reliable_change,
    "prediction": cohort.prediction,
    "partition": cohort.partition,
    "dominance": cohort.dominance,
    "paths": cohort.paths,
    "causal": cohort.unmeasured,
}


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_alone_is_what_it_is_among_all(name, gapped, by_file):
    assert SECTIONS[name](gapped, KEYS) == getattr(by_file, name)


def test_models_over_time_and_imputation_have_functions_too(gapped):
    assert cohort.mixed(gapped, KEYS).models
    assert cohort.templates(gapped, KEYS)
    assert cohort.imputation(gapped, {**KEYS, "missing": "mi"}).imputations == 20
    with pytest.raises(UsageError, match="fills no gaps"):
        cohort.imputation(gapped, KEYS)


def test_the_codebook_and_a_plan_as_a_value(gapped):
    book = cohort.codebook(gapped, parse_plan(PLAN, where="p"))
    assert book.variables[0].roles == ("person",)


def test_another_seed_is_listed_as_a_deviation(gapped):
    found = cohort.analyse(gapped, {**KEYS, "estimands": ["change"]}, seed=7, draws=150)
    assert found.deviations == ("seed is 7, the plan says 1", "draws is 150, the plan says 200")


FAULTS = {
    "no frame": (lambda c: [1, 2], "no data frame, but list"),
    "unequal lengths": (lambda c: {**c, "age": [1.0]}, "cannot be read"),
    "no rows": (lambda c: {name: [] for name in c}, "no rows"),
    "a column of lists": (lambda c: {**c, "age": [[1]] * 80}, "cannot be read"),
    "text in numbers": (lambda c: {**c, "age": ["old"] * 80}, "text where a number"),
}


@pytest.mark.parametrize(("make", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_data_frame_is_one_clear_error(make, said, gapped):
    with pytest.raises(InputError, match=said):
        cohort.description(make(gapped), KEYS)


def test_words_among_numbers_are_named_by_row_in_a_frame_that_arrow_refuses(gapped):
    ages = gapped["age"].astype(object)
    ages[3] = "old"
    with pytest.raises(InputError) as found:
        cohort.description(Mixed({**gapped, "age": ages}), KEYS)
    assert "row 4, column age" in found.value.where


def test_a_fault_of_a_plan_names_its_key(gapped):
    with pytest.raises(InputError, match="did you mean outcome"):
        cohort.description(gapped, {**KEYS, "outcom": "x"})


def test_what_is_written_is_a_whole_folder(tmp_path, by_file):
    cohort.write(by_file, tmp_path / "report")
    names = {path.name for path in (tmp_path / "report").iterdir()}
    assert {"results.json", "report.html", "card.json", "codebook.csv"} <= names


def test_the_package_has_no_other_names():
    with pytest.raises(AttributeError):
        cohort.analyze  # noqa: B018


def test_every_block_of_the_page_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    exec(compile("\n".join(blocks), str(DOCS), "exec"), {})
    assert (tmp_path / "report" / "report.html").is_file()
    assert "column age" in capsys.readouterr().out
