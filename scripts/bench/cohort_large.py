"""100,000 people at 20 waves in one process: a file read, prediction, partition, mixed models.

`make bench-cohort LARGE=1`. Most of the wait is writing the made-up file, which is not counted.
"""

import tempfile
import time
from pathlib import Path

import made_up
import pyarrow as pa
import pyarrow.csv

from cohort import most_memory
from rapport.cohort.run import Asked, ready
from rapport.knowledge.load import load

PEOPLE, WAVES = 100_000, 20
AIM_S, AIM_MB = 60.0, 4096.0
_NAMES = [f"t{wave}" for wave in range(WAVES)]
_PLAN = f"""
id = "large"
person = "id"
therapist = "therapist"
waves = {_NAMES}
outcome = "fatigue"
outcome_high_is = "worse"
relation = ["expect", "task"]
process = ["control", "pf"]
covariates = ["age", "female"]
design = "cohort_prospective"
estimands = ["prediction", "partition", "mixed"]
draws = {{draws}}
"""


def analysed(folder: str, draws: int) -> None:
    """Writes into the folder how long the parts took: a line each, seconds and what."""
    start = time.perf_counter()
    plan = Path(folder) / "plan.toml"
    plan.write_text(_PLAN.format(draws=draws), encoding="utf-8")
    found = ready(Asked(data=Path(folder) / "long.csv", plan=plan), load())
    read = time.perf_counter()
    results = found.results(keep=_Timed(Path(folder) / "times").keep)
    assert results.mixed is not None
    lines = [f"{read - start} reading", f"{time.perf_counter() - start} all"]
    with (Path(folder) / "times").open("a", encoding="utf-8") as file:
        file.write("\n".join([*lines, f"{time.process_time()} cpu"]))


class _Timed:
    """Makes every section, and notes how long it took."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, name: str, _kind: object, make):
        start = time.perf_counter()
        found = make()
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{time.perf_counter() - start} {name}\n")
        return found


def run(people: int = PEOPLE, draws: int = 1000) -> dict[str, float | int]:
    """Seconds of each part, the whole, and the most memory that its process held."""
    names = ("id", "wave", "therapist", "age", "female", "expect", "task", "control", "pf")
    with tempfile.TemporaryDirectory() as folder:
        rows = made_up.tall(people, WAVES)
        table = pa.table({name: rows[name].round(3) for name in (*names, "fatigue")})
        pyarrow.csv.write_csv(table, Path(folder) / "long.csv")
        del rows, table
        memory = most_memory(analysed, folder, draws)
        lines = (Path(folder) / "times").read_text(encoding="utf-8").splitlines()
    taken = {name: float(value) for value, name in map(str.split, lines)}
    return {
        "people": people,
        "waves": WAVES,
        "draws": draws,
        **{f"{name}, s": value for name, value in taken.items()},
        "of the aim (60 s), of the processor": taken["cpu"] / AIM_S,
        "memory, MB": memory,
        "of the aim (4 GB)": memory / AIM_MB,
    }
