"""R's numbers and the simulated cohort they belong to."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parent / "reference"


def table(path):
    """The columns of a CSV file: numbers where they are numbers."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    except ValueError:
        return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def r_sample(people, size, seed):
    """`set.seed(seed); sample.int(people, size, TRUE) - 1` of R 3.6 and later.

    Mersenne Twister, seeded by 50 steps of a congruential generator; each number takes 16 bits
    of one uniform value, cut to the bits that `people` needs, and is thrown away if too large.
    """
    key = []
    state = seed
    for step in range(50 + 625):
        state = (69069 * state + 1) & 0xFFFFFFFF
        if step > 50:
            key.append(state)
    generator = np.random.MT19937()
    generator.state = {
        "bit_generator": "MT19937",
        "state": {"key": np.array(key, dtype=np.uint32), "pos": 624},
    }
    bits = (people - 1).bit_length()
    uniform = generator.random_raw(int(size * 1.3) + 1000) * 2.3283064365386963e-10
    numbers = np.floor(uniform * 65536).astype(np.int64) & ((1 << bits) - 1)
    return numbers[numbers < people][:size]


@pytest.fixture(scope="session")
def cohort():
    found = table(FOLDER / "cohort.csv")
    for name in ("focus", "control", "activity", "pf"):
        found[f"d{name}"] = found[f"{name}_t4"] - found[f"{name}_t0"]
    return found


@pytest.fixture(scope="session")
def reference():
    return json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def items():
    return table(FOLDER / "items.csv")


@pytest.fixture(scope="session")
def trials():
    names = ("m1", "sd1", "n1", "m2", "sd2", "n2")
    found = table(FOLDER / "meta.csv")
    return {**found, **{name: found[name].astype(float) for name in names}}


@pytest.fixture(scope="session")
def imputed():
    return table(FOLDER / "imputed.csv.gz")


@pytest.fixture(scope="session")
def resampled_rows():
    return r_sample(217, 217 * 2000, 2013).reshape(217, 2000).T


@pytest.fixture(scope="session")
def incomplete():
    return table(FOLDER / "missing.csv.gz")


@pytest.fixture(scope="session")
def timed():
    """R's numbers of the models with time, and the people of `riclpm.csv` left blank."""
    return json.loads((FOLDER / "time.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def waves():
    return table(FOLDER / "waves.csv.gz")


@pytest.fixture(scope="session")
def long(cohort, waves):
    """One row a person and wave."""
    tall = {
        name: np.column_stack([waves[f"{name}_t{t}"] for t in range(5)]).ravel()
        for name in ("control", "fatigue")
    }
    each = {name: np.repeat(cohort[name], 5) for name in ("id", "therapist", "arm")}
    times = {"wave": np.tile(np.arange(5), 217), "t": np.tile([0, 6, 12, 18, 26], 217) / 26}
    return {**tall, **each, **times}


@pytest.fixture(scope="session")
def riclpm_data():
    return table(FOLDER / "riclpm.csv.gz")
