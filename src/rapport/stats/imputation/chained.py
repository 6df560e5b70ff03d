"""Multiple imputation by chained equations, and how far its answer hangs on its assumption.

Each variable with gaps is regressed in turn on all others as they stand, and its gaps are filled
with draws that carry both the scatter about the regression and the uncertainty of the regression
itself; after some rounds the filled data are one imputation. Variables that no analysis uses may
take part (auxiliary variables): they make it likelier that gaps depend on observed values alone,
which the imputation assumes. Differences and sums are made afterwards, from the completed data.
Sources: van Buuren and Groothuis-Oudshoorn 2011, doi 10.18637/jss.v045.i03 (chained equations);
Rubin 1987, doi 10.1002/9780470316696, p. 167 (draws of the normal regression); van Buuren 2018,
Flexible Imputation of Missing Data (2nd ed.), doi 10.1201/9780429492259, section 3.4 (matching).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Truths, Whole

# A variable with at most this many observed values is filled with observed values only.
FEW_VALUES = 20
# How many people with the nearest predictions a filled value may come from.
DONORS = 5
# Added to the diagonal of the cross-products, as a share of it, so that near copies do no harm.
_RIDGE = 1e-5


class Method(StrEnum):
    """How the gaps of one variable are filled."""

    NORMAL = "normal"
    MATCHING = "matching"


class Imputed(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Completed data sets and how they came about.

    `values` is imputations x people x variables, `missing` (people x variables) says which cells
    were filled. `gaps` names the variables with filled cells in the order of imputation,
    `methods` how each was filled. `trace_mean` and `trace_sd` are the mean and the standard
    deviation of the filled cells: gaps x iterations x imputations; lines without a trend that
    cross each other have converged. `r_hat` compares, in the second half of the iterations, the
    spread between imputations with that within; near 1 is good, NaN where nothing can be said
    (one iteration, one imputation, data completed elsewhere).
    """

    names: tuple[str, ...]
    values: Numbers
    missing: Truths
    gaps: tuple[str, ...] = ()
    methods: tuple[Method, ...] = ()
    trace_mean: Numbers
    trace_sd: Numbers
    r_hat: Numbers

    @property
    def imputations(self) -> int:
        """How many completed data sets there are."""
        return len(self.values)

    def data(self, imputation: int) -> dict[str, Numbers]:
        """The variables of one completed data set, counted from 0."""
        return dict(zip(self.names, self.values[imputation].T, strict=True))

    def place(self, name: str) -> int:
        """The column of a variable; InputError for one that is not there."""
        if name not in self.names:
            raise InputError(
                f"the variable {name} is not in the imputed data",
                where="the imputation",
                fix=f"choose from {', '.join(self.names)}",
            )
        return self.names.index(name)


class _Step(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The filling of one variable: its column, its rows and the columns that predict it."""

    place: int
    observed: Whole
    empty: Whole
    predictors: Whole
    method: Method


def _table(data: Mapping[str, ArrayLike], where: str) -> Numbers:
    """People x variables, NaN where missing; InputError for unequal lengths or infinite values."""
    arrays = {name: np.asarray(values, dtype=np.float64) for name, values in data.items()}
    shapes = {array.shape for array in arrays.values()}
    if len(shapes) != 1 or len(next(iter(shapes))) != 1:
        raise InputError(
            f"the variables have the shapes {sorted(shapes)}",
            where=where,
            fix="pass one value a person in every variable, NaN where it is missing",
        )
    for name, array in arrays.items():
        if np.isinf(array).any():
            raise InputError(
                "an infinite value",
                where=f"variable {name}",
                fix="correct it or leave it missing",
            )
    return np.column_stack(list(arrays.values()))


def _standardise(name: str, column: Numbers) -> tuple[float, float]:
    """Mean and standard deviation of the observed values; InputError where they say nothing."""
    known = column[~np.isnan(column)]
    spread = float(known.std()) if len(known) else 0.0
    if spread <= 1e-13 * max(abs(float(known.mean())) if len(known) else 0.0, 1e-300):
        raise InputError(
            "no value is observed" if not len(known) else "all observed values are the same",
            where=f"variable {name}",
            fix="leave the variable out of the imputation",
        )
    return float(known.mean()), spread


def _method(column: Numbers) -> Method:
    """Matching for variables of few different values, the normal regression for others."""
    different = np.asarray(np.unique(column), np.float64)
    return Method.MATCHING if len(different) <= FEW_VALUES else Method.NORMAL


def _steps(
    names: tuple[str, ...],
    table: Numbers,
    methods: Mapping[str, Method],
    predictors: Mapping[str, Sequence[str]],
) -> list[_Step]:
    """One step a variable with gaps, those with the fewest gaps first."""
    for name in (*methods, *predictors, *(p for some in predictors.values() for p in some)):
        if name not in names:
            raise InputError(
                f"the variable {name} is not in the data",
                where="the imputation",
                fix=f"choose from {', '.join(names)}",
            )
    empty = np.isnan(table)
    found: list[_Step] = []
    for place in map(int, np.argsort(empty.sum(axis=0), kind="stable")):
        name, gaps = names[place], empty[:, place]
        if not gaps.any():
            continue
        used = [n for n in predictors.get(name, names) if n != name]
        observed = np.flatnonzero(~gaps)
        if len(observed) < len(used) + 2:
            raise InputError(
                f"{len(observed)} observed values cannot carry {len(used)} predictors",
                where=f"variable {name}",
                fix="name fewer predictors for it, or leave it out",
            )
        step = _Step(
            place=place,
            observed=observed,
            empty=np.flatnonzero(gaps),
            predictors=np.array([names.index(n) for n in used], dtype=np.intp),
            method=methods.get(name) or _method(table[observed, place]),
        )
        found.append(step)
    return found


def _regression(
    y: Numbers, design: Numbers, generator: np.random.Generator
) -> tuple[Numbers, Numbers, float]:
    """Coefficients by least squares, drawn coefficients, and the drawn residual deviation."""
    square = design.T @ design
    square[np.diag_indices_from(square)] *= 1 + _RIDGE
    root = np.linalg.cholesky(square)
    half = np.linalg.solve(root, design.T @ y)
    coefficients = np.asarray(np.linalg.solve(root.T, half), np.float64)
    residuals = y - design @ coefficients
    chi2 = np.float64(generator.chisquare(len(y) - len(square)))
    sigma = float(np.sqrt((residuals**2).sum() / chi2))
    noise = np.linalg.solve(root.T, generator.standard_normal(len(square)))
    return coefficients, coefficients + sigma * noise, sigma


def _nearest(known: Numbers, wanted: Numbers, generator: np.random.Generator) -> Whole:
    """For each wanted prediction one of the few people whose own prediction is nearest."""
    order = np.argsort(known, kind="stable")
    donors = min(DONORS, len(known))
    width = min(2 * donors, len(known))
    start = np.clip(known[order].searchsorted(wanted) - donors, 0, len(known) - width)
    around = order[start[:, None] + np.arange(width)]
    distance = np.abs(known[around] - wanted[:, None])
    rank = np.argsort(distance, axis=1, kind="stable")
    pick = generator.integers(0, donors, size=len(wanted))
    rows = np.arange(len(wanted))
    return around[rows, rank[rows, pick]]


def _fill(z: Numbers, step: _Step, generator: np.random.Generator) -> None:
    """New values for the gaps of one variable, in place."""
    design = np.concatenate([np.ones((len(z), 1)), z[:, step.predictors]], axis=1)
    seen, gaps = design[step.observed], design[step.empty]
    y = z[step.observed, step.place]
    best, drawn, sigma = _regression(y, seen, generator)
    if step.method is Method.NORMAL:
        noise = sigma * generator.standard_normal(len(gaps))
        z[step.empty, step.place] = gaps @ drawn + noise
    else:
        z[step.empty, step.place] = y[_nearest(seen @ best, gaps @ drawn, generator)]


def _r_hat(trace: Numbers) -> Numbers:
    """Gelman and Rubin's ratio over gaps x iterations x imputations.

    Source: Gelman and Rubin 1992, doi 10.1214/ss/1177011136.
    """
    late = trace[:, trace.shape[1] // 2 :]
    length = late.shape[1]
    if length < 2 or late.shape[2] < 2:
        return np.full(len(trace), np.nan)
    within = late.var(axis=1, ddof=1).mean(axis=1)
    between = late.mean(axis=1).var(axis=1, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt((length - 1) / length + between / within)


def _check_counts(imputations: int, iterations: int) -> None:
    if imputations < 2 or iterations < 1:
        raise InputError(
            f"{imputations} imputation(s) of {iterations} iteration(s)",
            where="the imputation",
            fix="make at least two imputations, better twenty or more",
        )


def _complete(
    z: Numbers, steps: Sequence[_Step], iterations: int, generator: np.random.Generator
) -> Numbers:
    """Fill the gaps in place; the mean and the spread of what is filled: 2 x steps x iterations."""
    for step in steps:
        known = z[step.observed, step.place]
        z[step.empty, step.place] = generator.choice(known, size=len(step.empty))
    trace = np.empty((2, len(steps), iterations))
    for turn in range(iterations):
        for row, step in enumerate(steps):
            _fill(z, step, generator)
            filled = z[step.empty, step.place]
            trace[:, row, turn] = filled.mean(), filled.std()
    return trace


def impute(
    data: Mapping[str, ArrayLike],
    *,
    seed: int,
    imputations: int = 20,
    iterations: int = 20,
    methods: Mapping[str, Method] | None = None,
    predictors: Mapping[str, Sequence[str]] | None = None,
) -> Imputed:
    """The data (one value a person a variable, NaN where missing), completed several times.

    Every variable predicts every other unless `predictors` names others for one with gaps; a
    variable of few values is filled by predictive mean matching, others by Bayesian normal
    regression, unless `methods` says otherwise. Imputation k depends on the seed and k alone.
    Observed values come back unchanged.
    Errors: InputError for unequal lengths, infinite values, a variable without two different
    observed values, or with fewer observed values than predictors.
    """
    _check_counts(imputations, iterations)
    names = tuple(data)
    table = _table(data, "the imputation")
    scales = [_standardise(name, column) for name, column in zip(names, table.T, strict=True)]
    centre, scale = np.array(scales).T
    steps = _steps(names, table, methods or {}, predictors or {})
    missing = np.isnan(table)
    values = np.empty((imputations, *table.shape))
    trace = np.empty((2, len(steps), iterations, imputations))
    for number in range(imputations):
        z = (table - centre) / scale
        stream = np.random.SeedSequence(seed, spawn_key=(number,))
        generator = np.random.Generator(np.random.SFC64(stream))
        trace[..., number] = _complete(z, steps, iterations, generator)
        values[number] = np.where(missing, z * scale + centre, table)
        # Going to standard deviations and back may change the last digit of a matched value.
        _restore(values[number], table, steps)
    places = [step.place for step in steps]
    return Imputed(
        names=names,
        values=values,
        missing=missing,
        gaps=tuple(names[place] for place in places),
        methods=tuple(step.method for step in steps),
        trace_mean=trace[0] * scale[places, None, None] + centre[places, None, None],
        trace_sd=trace[1] * scale[places, None, None],
        r_hat=_r_hat(trace[0]),
    )


def _restore(values: Numbers, table: Numbers, steps: Sequence[_Step]) -> None:
    """Make every matched value exactly the observed value that it stands for, in place."""
    for step in steps:
        if step.method is Method.MATCHING:
            known = np.asarray(np.unique(table[step.observed, step.place]), np.float64)
            middle = (known[1:] + known[:-1]) / 2
            filled = values[step.empty, step.place]
            values[step.empty, step.place] = known[np.searchsorted(middle, filled)]


def _filled(
    names: tuple[str, ...], values: Numbers, incomplete: Mapping[str, ArrayLike] | None
) -> Truths:
    """Which cells were filled elsewhere: people x variables."""
    differ: Truths = values.max(axis=0) > values.min(axis=0)
    if incomplete is None:
        return differ
    table = _table({n: incomplete[n] for n in names if n in incomplete}, "the data with gaps")
    if table.shape != differ.shape:
        raise InputError(
            "the data with gaps have other variables or people than the completed ones",
            where="the imputation",
            fix="pass the data that were imputed, with the same variables",
        )
    missing = np.isnan(table)
    wrong = np.flatnonzero((differ & ~missing).sum(axis=0))
    if len(wrong):
        raise InputError(
            "the completed data sets differ where a value is observed",
            where=f"variable {names[int(wrong[0])]}",
            fix="pass the data that were imputed, people in the same order",
        )
    return missing


def given(
    completed: Sequence[Mapping[str, ArrayLike]],
    incomplete: Mapping[str, ArrayLike] | None = None,
) -> Imputed:
    """Data sets that were completed elsewhere, in the same shape as those of `impute`.

    `incomplete` (the data with their gaps) says which cells were filled; without it, those in
    which the data sets differ. Traces are empty and `r_hat` has no values.
    Errors: InputError for fewer than two data sets, other variables or people in one of them,
    missing values, or data sets that differ where a value is observed.
    """
    if len(completed) < 2:
        raise InputError(
            f"{len(completed)} completed data set(s)",
            where="the imputation",
            fix="pass two or more",
        )
    names = tuple(completed[0])
    tables: list[Numbers] = []
    for number, one in enumerate(completed, start=1):
        where = f"completed data set {number}"
        tables.append(_table({name: one[name] for name in names if name in one}, where))
        if tables[-1].shape != tables[0].shape or np.isnan(tables[-1]).any():
            raise InputError(
                "other variables or people than in the first, or a missing value",
                where=where,
                fix="pass the same variables of the same people, all filled",
            )
    values = np.stack(tables)
    missing = _filled(names, values, incomplete)
    nothing = np.empty((0, 0, len(values)))
    return Imputed(
        names=names,
        values=values,
        missing=missing,
        gaps=tuple(names[int(place)] for place in np.flatnonzero(missing.sum(axis=0))),
        trace_mean=nothing,
        trace_sd=nothing,
        r_hat=np.empty(0),
    )
