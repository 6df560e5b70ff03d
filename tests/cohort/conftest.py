"""Made-up cohorts: small ones for faults, one with a known structure for results."""

import csv

import numpy as np
import pytest
from tests.cohort.schema import faults

from rapport.cohort.analysis.everything import analyse
from rapport.cohort.analysis.results import Data, Inputs, Versions
from rapport.cohort.data.codebook import codebook
from rapport.cohort.data.files import read_table
from rapport.cohort.data.shape import to_cohort
from rapport.cohort.plan.parse import parse_plan
from rapport.core.encoding import to_json
from rapport.core.vocabulary import Badge

PLAN = """
id = "made-up"
person = "id"
therapist = "therapist"
waves = ["t0", "t1", "t2"]
times = [0, 6, 12]
outcome = "tired"
outcome_high_is = "worse"
relation = ["hope", "task"]
process = ["focus", "control"]
covariates = ["age"]
entry_rule = "ccc_2003"
design = "cohort_prospective"
draws = 200
"""


def made_up(people=80, seed=5):
    """Wide columns of a made-up cohort in which hope goes with less tiredness, over control."""
    rng = np.random.default_rng(seed)
    found = {
        "id": np.array([f"p{n}" for n in range(people)], dtype=object),
        "therapist": np.array([f"T{n % 12}" for n in range(people)], dtype=object),
        "age": rng.integers(18, 70, people).astype(float),
    }
    hope, task = rng.normal(3, 0.7, (2, people))
    start, usual = rng.normal(45, 5, people), rng.normal(18, 3, people)
    for wave in range(3):
        control = usual + wave * (0.6 * (hope - 3) + 1) + rng.normal(0, 1, people)
        found[f"hope_t{wave}"] = hope + rng.normal(0, 0.1, people) * (wave > 0)
        found[f"task_t{wave}"] = task + rng.normal(0, 0.1, people) * (wave > 0)
        found[f"control_t{wave}"] = control
        found[f"focus_t{wave}"] = rng.normal(28 - wave, 4, people)
        found[f"tired_t{wave}"] = (
            start - wave - 0.8 * (control - usual) + rng.normal(0, 2, people)
        )
    return found


def written(path, columns, delimiter=","):
    """The columns as a CSV file; None and NaN are empty cells."""
    rows = len(next(iter(columns.values())))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(columns)
        for row in range(rows):
            writer.writerow([_cell(values[row]) for values in columns.values()])
    return path


def _cell(value):
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return repr(float(value)) if isinstance(value, float) else value


def results_of(path, plan, **inputs):
    """The results of a file, without a folder."""
    table = read_table(path)
    cohort = to_cohort(table, plan)
    data = Data(
        people=cohort.people,
        waves=cohort.waves,
        layout=cohort.layout,
        rows=cohort.rows,
        hash="0" * 64,
        never_measured=cohort.never,
        unused=cohort.unused,
    )
    made = Inputs(
        data=data,
        codebook=codebook(table, plan, cohort, {}),
        badge=Badge.REQUIRED,
        versions=Versions(rapport="0", knowledge="0", numpy="0"),
        **inputs,
    )
    found = analyse(plan, cohort, made)
    assert faults(to_json(found)) == []
    return found


@pytest.fixture(scope="session")
def plan():
    return parse_plan(PLAN, where="plan.toml")


@pytest.fixture(scope="session")
def columns():
    return made_up()


@pytest.fixture(scope="session")
def cohort_file(tmp_path_factory, columns):
    return written(tmp_path_factory.mktemp("cohort") / "clinic.csv", columns)


@pytest.fixture(scope="session")
def results(cohort_file, plan):
    return results_of(cohort_file, plan)
