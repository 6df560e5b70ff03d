"""A cohort of 217 people: draws of paths and of parts of R², and a whole analysis, on one thread.

The limit of the draws is their matrix product alone: counts of people times products of columns.
"""

import multiprocessing
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import made_up
import numpy as np
from numpy.typing import NDArray

from rapport.cohort.plan import like
from rapport.cohort.report.files import outcome_files
from rapport.cohort.run import Asked, ready
from rapport.knowledge.load import load
from rapport.stats import bootstrap, partition, paths
from rapport.stats.moments import Columns, Moments, columns, pair_products

DRAWS = 5_000
MANY = 100_000
AIM_DRAWS_MS, AIM_MANY_S, AIM_MANY_MB, AIM_SUBSETS_S, AIM_WHOLE_S = 15.0, 0.3, 300.0, 0.2, 10.0
_CHANGES = tuple(f"d{name}" for name in made_up.PROCESS)
# The model of the aim, and that of the plan with which other programs are compared.
ONE = paths.parallel(["task_t0"], _CHANGES, "fatigue_t4", ["fatigue_t0"])
TWO = paths.parallel(["task_t0", "expect_t0"], _CHANGES, "fatigue_t4", ["fatigue_t0"])
_SINGLE = {name: (name,) for name in (*(f"{one}_t0" for one in made_up.RELATION), *_CHANGES)}
_PLAN = (
    like.text("heins-2013")
    .replace('missing = "complete"', 'missing = "mi"')
    .replace("\n[blocks]", "\n[reliable_change]\nreliability = 0.86\n\n[blocks]")
)


def seconds(work: Callable[[], object], repeats: int = 5) -> tuple[float, float]:
    """The best of some runs after one that is not counted: by the clock, and of the processor."""
    work()
    clock, worked = [], []
    for _ in range(repeats):
        start, started = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - start)
        worked.append(time.process_time() - started)
    return min(clock), min(worked)


@cache
def _people() -> made_up.Columns:
    return made_up.modelled()


def _columns(model: paths.PathModel) -> Columns:
    last = model.equations[-1]
    return columns({name: _people()[name] for name in (*last.predictors, last.response)})


def four_mediators(draws: int, model: paths.PathModel = TWO) -> bootstrap.Draws:
    """Every effect over four mediators, raw and standardised, in every draw."""
    chosen = bootstrap.by_people(made_up.PEOPLE, draws=draws, seed=1)
    wanted = {"paths": paths.statistic(model)}
    return bootstrap.bootstrap(_columns(model), wanted, chosen)["paths"]


def product_alone(draws: int) -> Callable[[], object]:
    """The limit: the same counts, made before, times the products of the same columns."""
    products = np.ascontiguousarray(pair_products(_columns(ONE)).T)
    chosen = bootstrap.by_people(made_up.PEOPLE, draws=draws, seed=1)
    pieces = list(bootstrap.counted(chosen))
    return lambda: [products @ counts.T for counts in pieces]


def _every_part(drawn: Moments) -> NDArray[np.float64]:
    r2 = partition.subset_r2(drawn, "fatigue_t4", _SINGLE)
    return np.concatenate([partition.common_parts(r2), partition.general_dominance(r2)])


def every_subset(draws: int) -> None:
    """The common parts of all 255 subsets of eight predictors, and dominance, in every draw."""
    known = columns({name: _people()[name] for name in (*_SINGLE, "fatigue_t4")})
    chosen = bootstrap.by_people(made_up.PEOPLE, draws=draws, seed=1)
    bootstrap.bootstrap(known, {"parts": _every_part}, chosen)


def whole_analysis(folder: Path) -> None:
    """From the file to report, card and checklist: 20 imputations, 5,000 draws, all sections."""
    knowledge = load()
    asked = Asked(data=folder / "cohort.csv", plan=folder / "plan.toml")
    outcome_files(ready(asked, knowledge).results(), knowledge)


def write_whole(folder: Path) -> None:
    """The file of the cohort after drop-out, and the plan that asks for everything."""
    data = made_up.with_drop_out(made_up.wide())
    lines = [",".join(data)]
    for row in range(made_up.PEOPLE):
        values = [column[row] for column in data.values()]
        lines.append(",".join("" if np.isnan(v) else f"{v:.6g}" for v in values))
    (folder / "cohort.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "plan.toml").write_text(_PLAN, encoding="utf-8")


def most_memory(work: Callable[..., object], *given: object) -> float:
    """The most memory a process of its own holds that does only this, in MB (Linux)."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_and_memory, (work, *given))


def _and_memory(work: Callable[..., object], *given: object) -> float:
    work(*given)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def run() -> dict[str, float | str]:
    """Best times by the clock and of the processor, and the latter as a share of each aim.

    On one thread of an idle machine both are the same; other programs change the clock's alone.
    """
    few, few_cpu = seconds(lambda: four_mediators(DRAWS, ONE), 20)
    _, limit = seconds(product_alone(DRAWS), 20)
    many, many_cpu = seconds(lambda: four_mediators(MANY, ONE), 3)
    _, two_cpu = seconds(lambda: four_mediators(DRAWS), 20)
    _, two_many_cpu = seconds(lambda: four_mediators(MANY), 3)
    subsets, subsets_cpu = seconds(lambda: every_subset(DRAWS), 3)
    with tempfile.TemporaryDirectory() as name:
        write_whole(Path(name))
        whole, whole_cpu = seconds(lambda: whole_analysis(Path(name)), 1)
    memory = {draws: most_memory(four_mediators, draws) for draws in (DRAWS, MANY)}
    kept = four_mediators(DRAWS).values.nbytes / DRAWS * MANY / 2**20
    return {
        "four mediators, 5,000 draws, ms": few * 1000,
        "the same, of the processor, ms": few_cpu * 1000,
        "times the product alone": few_cpu / limit,
        "of the aim (15 ms)": few_cpu * 1000 / AIM_DRAWS_MS,
        "four mediators, 100,000 draws, s": many,
        "the same, of the processor, s": many_cpu,
        "of the aim (0.3 s)": many_cpu / AIM_MANY_S,
        "two exposures, 5,000 draws, of the processor, ms": two_cpu * 1000,
        "two exposures, 100,000 draws, of the processor, s": two_many_cpu,
        "two exposures, memory at 5,000 draws, MB": memory[DRAWS],
        "the same at 100,000 draws, MB": memory[MANY],
        "of which the answers themselves, MB": kept,
        "of the aim (300 MB)": memory[MANY] / AIM_MANY_MB,
        "255 subsets, parts, dominance, 5,000, s": subsets,
        "255 subsets, of the processor, s": subsets_cpu,
        "of the aim (0.2 s)": subsets_cpu / AIM_SUBSETS_S,
        "whole analysis, 20 imputations, 5,000, s": whole,
        "whole analysis, of the processor, s": whole_cpu,
        "of the aim (10 s)": whole_cpu / AIM_WHOLE_S,
    }
