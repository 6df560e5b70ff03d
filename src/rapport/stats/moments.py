"""Means and cross-products of columns in many weightings at once.

Regressions, indirect effects and parts of R² are all functions of the same cross-products. They
are computed once for every draw of a bootstrap and then serve each statistic.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Truths, numbers

# A predictor of which less than this share is left after the earlier ones is their combination.
TOLERANCE = 1e-10


class Columns(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Variables of the same people, standardised once so that cross-products keep their digits.

    `values` is people x variables with mean 0 and standard deviation 1 (divisor n);
    `centre` and `scale` lead back to the original units.
    """

    names: tuple[str, ...]
    values: Numbers
    centre: Numbers
    scale: Numbers


def columns(variables: Mapping[str, ArrayLike]) -> Columns:
    """The variables (one value a person each) made ready for cross-products.

    Errors: InputError for variables of unequal length, a missing value or a constant.
    """
    arrays = [
        numbers(v, where=f"variable {name}", dimensions=1) for name, v in variables.items()
    ]
    if len({len(array) for array in arrays}) != 1:
        sizes = ", ".join(f"{n} {len(a)}" for n, a in zip(variables, arrays, strict=True))
        raise InputError(
            "the variables have different numbers of people",
            where=sizes,
            fix="pass one value a person in every variable",
        )
    data = np.column_stack(arrays)
    centre, scale = data.mean(axis=0), data.std(axis=0)
    for name, spread, middle in zip(variables, scale, centre, strict=True):
        if spread <= 1e-13 * max(abs(float(middle)), 1e-300):
            raise InputError(
                "the variable is constant",
                where=f"variable {name}",
                fix="leave it out: it cannot explain anything",
            )
    return Columns(
        names=tuple(variables), values=(data - centre) / scale, centre=centre, scale=scale
    )


class Moments(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What a statistic needs to know of the people, in every draw.

    `mean` is variables x draws, `pairs` the covariances of each two variables i <= j, row by row
    of their triangle, x draws (divisor: the sum of the weights), both of the variables divided by
    `scale` after taking off `centre`; `size` is the sum of the weights of each draw (people,
    counted as often as drawn).
    """

    names: tuple[str, ...]
    centre: Numbers
    scale: Numbers
    mean: Numbers
    pairs: Numbers
    size: Numbers

    @property
    def variances(self) -> Numbers:
        """Variables x draws."""
        return self.pairs[[self._pair(i, i) for i in range(len(self.names))]]

    @property
    def covariance(self) -> Numbers:
        """Variables x variables x draws."""
        every = range(len(self.names))
        return self.pairs[[[self._pair(i, j) for j in every] for i in every]]

    def triangle(self, places: Sequence[int]) -> list[Numbers]:
        """For each of the variables, in this order, its covariances with itself and those after it."""
        return [
            self.pairs[[self._pair(i, j) for j in places[row:]]] for row, i in enumerate(places)
        ]

    def some(self, draws: slice) -> "Moments":
        """The moments of these draws alone."""
        return msgspec.structs.replace(
            self,
            mean=self.mean[:, draws],
            pairs=self.pairs[:, draws],
            size=self.size[draws],
        )

    def _pair(self, one: int, two: int) -> int:
        first, second = sorted((one, two))
        return first * len(self.names) - first * (first + 1) // 2 + second

    def places(self, names: Sequence[str]) -> list[int]:
        """Where the variables stand; InputError for one that is not there or is named twice."""
        for name in names:
            if name not in self.names or list(names).count(name) > 1:
                known = name in self.names
                raise InputError(
                    f"the variable {name} is {'named twice' if known else 'not in the data'}",
                    where="the model",
                    fix="name each once" if known else f"choose from {', '.join(self.names)}",
                )
        return [self.names.index(name) for name in names]


def pair_products(data: Columns) -> Numbers:
    """People x (1 + variables + pairs): 1, each variable, and each product of two, i <= j."""
    z = data.values
    i, j = np.triu_indices(z.shape[1])
    return np.concatenate([np.ones((len(z), 1)), z, z[:, i] * z[:, j]], axis=1)


def from_sums(data: Columns, sums: Numbers) -> Moments:
    """The moments from weighted sums of `pair_products`: (1 + variables + pairs) x draws."""
    variables = len(data.names)
    averages = sums[1:] / sums[0]
    mean, pairs = averages[:variables], averages[variables:]
    row = 0
    for i in range(variables):
        pairs[row : row + variables - i] -= mean[i] * mean[i:]
        row += variables - i
    return Moments(
        names=data.names,
        centre=data.centre,
        scale=data.scale,
        mean=mean,
        pairs=pairs,
        size=sums[0],
    )


def moments(data: Columns, weights: ArrayLike | None = None) -> Moments:
    """The moments of the people as they are (one draw), or under weights: people, or draws x people.

    Errors: InputError for weights of another length or below 0.
    """
    products = pair_products(data)
    if weights is None:
        return from_sums(data, products.sum(axis=0)[:, None])
    counts = np.atleast_2d(np.asarray(weights, dtype=np.float64))
    if counts.shape[-1] != len(products) or not (counts >= 0).all():
        raise InputError(
            "there must be one weight of 0 or more a person",
            where=f"weights of the shape {counts.shape} for {len(products)} people",
            fix="pass people, or draws x people",
        )
    return from_sums(data, products.T @ counts.T)


class Fit(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Least squares of each response on the same predictors, in every draw.

    `coefficients` is predictors x responses x draws in units of `Moments.scale`, `residual`
    responses x responses x draws (divisor: the sum of the weights), `total` the variances of
    the responses, responses x draws. A draw in which the predictors are not independent is NaN.
    """

    predictors: tuple[str, ...]
    responses: tuple[str, ...]
    coefficients: Numbers
    residual: Numbers
    total: Numbers
    size: Numbers

    @property
    def r2(self) -> Numbers:
        """The share of variance explained: responses x draws."""
        return 1 - np.einsum("iib->ib", self.residual) / self.total


def _eliminate(rows: list[Numbers], start: Numbers, steps: range) -> None:
    """Take these variables out of those after them, in place.

    `rows` is the triangle of all variables, `start` their variances, variables x draws. Afterwards
    the row of a variable that was taken out holds, behind the first place, its coefficients in the
    regressions on the variables up to it; the rows after hold what is left of the others. A draw
    with a variable that the earlier ones make up becomes NaN.
    """
    for k in steps:
        pivot, rest = rows[k][0], rows[k][1:]
        usable: Truths = pivot > TOLERANCE * start[k]
        if not usable.all():
            pivot = np.where(usable, pivot, np.nan)
        share = rest / pivot
        for i, row in enumerate(rows[k + 1 :]):
            row -= rest[i] * share[i:]
        rows[k][1:] = share


def _solved(rows: list[Numbers], steps: int, columns: Sequence[int]) -> Numbers:
    """The coefficients of the first variables for those of the columns, once they are taken out."""
    found = np.empty((steps, len(columns), rows[0].shape[1]))
    for k in reversed(range(steps)):
        found[k] = rows[k][[column - k for column in columns]]
        for later in range(k + 1, steps):
            found[k] -= rows[k][later - k] * found[later]
    return found


def _left(rows: list[Numbers], columns: Sequence[int]) -> Numbers:
    """What is left of the variances and covariances: columns x columns x draws."""
    return np.stack([np.stack([rows[min(i, j)][abs(i - j)] for j in columns]) for i in columns])


def regress(known: Moments, responses: Sequence[str], predictors: Sequence[str]) -> Fit:
    """Each response on all predictors with an intercept, in every draw.

    Errors: InputError for unknown or repeated variables, or fewer people than parameters.
    """
    return regress_nested(known, [(responses, predictors)])[0]


def regress_nested(
    known: Moments, models: Sequence[tuple[Sequence[str], Sequence[str]]]
) -> list[Fit]:
    """Several regressions (responses, predictors), each of which goes on from the one before.

    The predictors of each must begin with those of the one before.
    Errors: InputError as of `regress`.
    """
    for responses, predictors in models:
        _check(known, responses, predictors)
    longest = models[-1][1]
    order = list(dict.fromkeys([*longest, *(r for responses, _ in models for r in responses)]))
    places = known.places(order)
    rows, start = known.triangle(places), known.variances[places]
    found: list[Fit] = []
    done = 0
    for responses, predictors in models:
        steps = len(predictors)
        _eliminate(rows, start, range(done, steps))
        done = steps
        here = [order.index(response) for response in responses]
        found.append(
            Fit(
                predictors=tuple(predictors),
                responses=tuple(responses),
                coefficients=_solved(rows, steps, here),
                residual=_left(rows, here),
                total=start[here],
                size=known.size,
            )
        )
    return found


def _check(known: Moments, responses: Sequence[str], predictors: Sequence[str]) -> None:
    known.places([*predictors, *responses])
    parameters = len(predictors) + 1
    if known.size.size and known.size.max() < parameters + 1:
        raise InputError(
            f"{int(known.size.max())} people cannot carry {parameters} parameters",
            where=f"the regression of {', '.join(responses)}",
            fix="use fewer predictors",
        )


def raw(known: Moments, fit: Fit) -> Numbers:
    """The coefficients in original units: predictors x responses x draws."""
    x = known.scale[known.places(fit.predictors)]
    y = known.scale[known.places(fit.responses)]
    return fit.coefficients * (y / x[:, None])[:, :, None]


def standardised(known: Moments, fit: Fit) -> Numbers:
    """The coefficients in standard deviations of each draw: predictors x responses x draws."""
    spread = np.sqrt(known.variances)
    x = spread[known.places(fit.predictors)]
    y = spread[known.places(fit.responses)]
    return fit.coefficients * (x[:, None] / y)


def intercepts(known: Moments, fit: Fit) -> Numbers:
    """The intercepts in original units: responses x draws."""
    predictors, responses = known.places(fit.predictors), known.places(fit.responses)
    mean = known.mean * known.scale[:, None] + known.centre[:, None]
    return mean[responses] - np.einsum("prb,pb->rb", raw(known, fit), mean[predictors])


def adjusted_r2(r2: ArrayLike, size: ArrayLike, predictors: ArrayLike) -> Numbers:
    """Ezekiel's adjusted R²: 1 - (1 - R²)(n - 1) / (n - k - 1); may be below 0.

    Source: Yin and Fan 2001, doi 10.1080/00220970109600656, formula 2 (there "Ezekiel").
    """
    n, k = np.asarray(size, dtype=np.float64), np.asarray(predictors, dtype=np.float64)
    return 1 - (1 - np.asarray(r2, dtype=np.float64)) * (n - 1) / (n - k - 1)
