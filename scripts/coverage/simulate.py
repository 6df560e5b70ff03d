"""How often each kind of interval holds the true value, design by design."""

import time

import numpy as np
from designs import (
    OUTCOME,
    Design,
    PathDesign,
    parts_sample,
    parts_truth,
    path_model,
    path_rows,
    path_sample,
    path_truth,
)

from rapport.stats import paths, shares
from rapport.stats.bootstrap import bootstrap, by_people
from rapport.stats.intervals import Kind, interval, monte_carlo
from rapport.stats.moments import moments

OF_PATHS = (Kind.PERCENTILE, Kind.EXPANDED, Kind.BIAS_CORRECTED, Kind.BCA)
OF_PARTS = (Kind.PERCENTILE, Kind.BCA)


def generator(seed: int, design: int, replication: int) -> np.random.Generator:
    """The random numbers of one data set, whichever were made before it."""
    return np.random.default_rng(np.random.SeedSequence([seed, design, replication]))


def usual(drawn, kinds) -> dict[str, np.ndarray]:
    """The ends of the usual intervals: kind to 2 x rows; the basic one mirrors the percentiles."""
    made = {kind.value: interval(drawn, kind) for kind in kinds}
    found = {name: np.array([one.low, one.high]) for name, one in made.items()}
    return {**found, "basic": 2 * drawn.estimate - found["percentile"][::-1]}


def parts_ends(design: Design, random: np.random.Generator, draws: int) -> dict:
    data, rows = parts_sample(design, random), shares.layout(design.blocks)
    chosen = by_people(design.people, draws=draws, seed=int(random.integers(2**62)))
    statistic = shares.statistic(OUTCOME, design.blocks)
    drawn = bootstrap(data, {"parts": statistic}, chosen)["parts"]
    own = shares.interval(drawn, rows, people=design.people)
    return {**usual(drawn, OF_PARTS), "default": np.array([own.low, own.high])}


def path_ends(design: PathDesign, random: np.random.Generator, draws: int) -> dict:
    data, model, rows = path_sample(design, random), path_model(design), path_rows(design)
    chosen = by_people(design.people, draws=draws, seed=int(random.integers(2**62)))
    every = paths.statistic(model)
    drawn = bootstrap(data, {"paths": lambda known: every(known)[rows]}, chosen)["paths"]
    known = paths.asymptotic(moments(data), model)
    steps = [(("x", f"m{p}"), (f"m{p}", OUTCOME)) for p in range(len(design.first))]
    places = np.array([[known.steps.index(step) for step in pair] for pair in steps])

    def products(coefficients):
        each = coefficients[places[:, 0]] * coefficients[places[:, 1]]
        return np.stack([each[0], each.sum(axis=0)][: len(rows)])

    normal = monte_carlo(
        products, known.coefficients, known.covariance, draws=draws, seed=chosen.seed
    )
    return {
        **usual(drawn, OF_PATHS),
        "monte_carlo": np.quantile(normal, [0.025, 0.975], axis=1),
    }


def measure(design: Design | PathDesign, number: int, *, draws: int, seed: int) -> dict:
    """Coverage, misses on either side and the median width of every kind and row."""
    of_parts = isinstance(design, Design)
    truth = parts_truth(design) if of_parts else path_truth(design)
    make = parts_ends if of_parts else path_ends
    names = shares.layout(design.blocks).names if of_parts else ("first route", "sum")
    started = time.process_time()
    found: dict[str, list] = {}
    for replication in range(design.replications):
        ends = make(design, generator(seed, number, replication), draws)
        for kind, pair in ends.items():
            found.setdefault(kind, []).append(pair)
    rows = []
    for row, value in enumerate(truth):
        kinds = {}
        for kind, pairs in found.items():
            low, high = np.array(pairs)[:, :, row].T
            # A value of 0 is held by an interval that starts there.
            held = (low <= value + 1e-12) & (value - 1e-12 <= high)
            kinds[kind] = {
                "coverage": float(held.mean()),
                "too_high": float((low > value + 1e-12).mean()),
                "width": float(np.median(high - low)),
            }
        rows.append({"name": names[row], "true": float(value), "kinds": kinds})
    return {
        "of": "parts" if of_parts else "paths",
        "design": design.name,
        "people": design.people,
        "replications": design.replications,
        "draws": draws,
        "seed": seed,
        "cpu_seconds": round(time.process_time() - started, 1),
        "rows": rows,
    }
