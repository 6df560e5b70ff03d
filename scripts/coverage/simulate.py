"""How often each kind of interval holds the true value, design by design."""

import time
from collections.abc import Callable

import numpy as np
from designs import (
    BLOCKS_OF_PATH,
    OUTCOME,
    Design,
    ImputedDesign,
    PathDesign,
    imputed_sample,
    imputed_truth,
    parts_sample,
    parts_truth,
    path_model,
    path_rows,
    path_sample,
    path_truth,
)

from rapport.stats import paths, shares
from rapport.stats.bootstrap import bootstrap, by_people
from rapport.stats.imputation.bootstrap import bootstrap_imputed
from rapport.stats.imputation.chained import impute
from rapport.stats.intervals import Kind, interval, monte_carlo
from rapport.stats.moments import columns, moments

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
    own = interval(drawn, Kind.EXPANDED, parameters=model.parameters)
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
        "default": np.array([own.low, own.high]),
        "monte_carlo": np.quantile(normal, [0.025, 0.975], axis=1),
    }


def imputed_ends(design: ImputedDesign, random: np.random.Generator, draws: int) -> dict:
    """Path row, then the rows of the parts: imputed, bootstrapped and pooled."""
    data = imputed_sample(design, random)
    seed = int(random.integers(2**62))
    filled = impute(data, seed=seed, imputations=design.imputations, iterations=10)
    ready = [columns(drop_early(filled.data(k))) for k in range(filled.imputations)]
    every = paths.statistic(path_model(design.path))
    statistics = {
        "paths": lambda known: every(known)[:1],
        "parts": shares.statistic(OUTCOME, BLOCKS_OF_PATH, ["c"]),
    }
    chosen = by_people(design.people, draws=draws, seed=seed)
    drawn = bootstrap_imputed(ready, statistics, chosen)
    path = interval(
        drawn["paths"], Kind.EXPANDED, parameters=path_model(design.path).parameters
    )
    one, many = (usual(drawn[name], OF_PATHS) for name in ("paths", "parts"))
    rows = shares.layout(BLOCKS_OF_PATH, ["c"])
    own = shares.interval(drawn["parts"], rows, people=design.people)
    together = {name: np.concatenate([one[name], many[name]], axis=1) for name in one}
    default = np.concatenate([[path.low, path.high], [own.low, own.high]], axis=1)
    return {**together, "default": default}


def drop_early(data: dict) -> dict:
    return {name: values for name, values in data.items() if name != "early"}


def looked_at(design) -> tuple[str, tuple[str, ...], np.ndarray, Callable]:
    """What a design is of, the names and true values of its rows, and how its ends are made."""
    if isinstance(design, Design):
        return "parts", shares.layout(design.blocks).names, parts_truth(design), parts_ends
    if isinstance(design, PathDesign):
        return "paths", ("first route", "sum"), path_truth(design), path_ends
    names = ("indirect effect", *shares.layout(BLOCKS_OF_PATH, ["c"]).names)
    return "imputed", names, imputed_truth(design), imputed_ends


def measure(design, number: int, *, draws: int, seed: int) -> dict:
    """Coverage, misses on either side and the median width of every kind and row."""
    of, names, truth, make = looked_at(design)
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
                "width": float(np.nanmedian(high - low)),
            }
        rows.append({"name": names[row], "true": float(value), "kinds": kinds})
    return {
        "of": of,
        "design": design.name,
        "people": design.people,
        "replications": design.replications,
        "draws": draws,
        "seed": seed,
        "cpu_seconds": round(time.process_time() - started, 1),
        "rows": rows,
    }
