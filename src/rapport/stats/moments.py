"""Means and cross-products of columns in many weightings at once.

Regressions, indirect effects and parts of R² are all functions of the same cross-products. They
are computed once for every draw of a bootstrap and then serve each statistic.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Truths, Whole, numbers

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

    `mean` is variables x draws, `covariance` variables x variables x draws (divisor: the sum of
    the weights), both of the variables divided by `scale` after taking off `centre`;
    `size` is the sum of the weights of each draw (people, counted as often as drawn).
    """

    names: tuple[str, ...]
    centre: Numbers
    scale: Numbers
    mean: Numbers
    covariance: Numbers
    size: Numbers

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


def _full(variables: int) -> Whole:
    """For each cell of a symmetric matrix, its place in the list of pairs i <= j."""
    place = np.zeros((variables, variables), dtype=np.intp)
    i, j = np.triu_indices(variables)
    place[i, j] = place[j, i] = np.arange(len(i))
    return place


def from_sums(data: Columns, sums: Numbers) -> Moments:
    """The moments from weighted sums of `pair_products`: (1 + variables + pairs) x draws."""
    variables = len(data.names)
    size = sums[0]
    mean = sums[1 : variables + 1] / size
    covariance = (sums[variables + 1 :] / size)[_full(variables)]
    covariance -= mean[:, None] * mean
    return Moments(
        names=data.names,
        centre=data.centre,
        scale=data.scale,
        mean=mean,
        covariance=covariance,
        size=size,
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


def eliminate(square: Numbers, steps: int) -> None:
    """Take the first `steps` variables out of variables x variables x draws, in place.

    Afterwards row k < steps holds, right of the diagonal, the coefficients of variable k in the
    regressions on the variables 0..k, and the last rows what is left of the other variables
    (upper triangle only). A draw with a variable that the earlier ones make up becomes NaN.
    """
    size = len(square)
    start = np.einsum("iib->ib", square).copy()
    for k in range(steps):
        pivot = square[k, k]
        usable: Truths = pivot > TOLERANCE * start[k]
        if not usable.all():
            pivot = np.where(usable, pivot, np.nan)
        row = square[k, k + 1 :] / pivot
        for i in range(k + 1, size):
            square[i, i:] -= square[k, i] * row[i - k - 1 :]
        square[k, k + 1 :] = row


def regress(known: Moments, responses: Sequence[str], predictors: Sequence[str]) -> Fit:
    """Each response on all predictors with an intercept, in every draw.

    Errors: InputError for unknown or repeated variables, or fewer people than parameters.
    """
    places = known.places([*predictors, *responses])
    steps = len(predictors)
    if known.covariance.shape[2] and known.size.max() < steps + 2:
        raise InputError(
            f"{int(known.size.max())} people cannot carry {steps + 1} parameters",
            where=f"the regression of {', '.join(responses)}",
            fix="use fewer predictors",
        )
    square = known.covariance[np.ix_(places, places)]
    total = np.einsum("iib->ib", square)[steps:].copy()
    eliminate(square, steps)
    coefficients = square[:steps, steps:]
    for k in range(steps - 2, -1, -1):
        for later in range(k + 1, steps):
            coefficients[k] -= square[k, later] * coefficients[later]
    left = square[steps:, steps:]
    for i in range(1, len(left)):
        left[i, :i] = left[:i, i]
    return Fit(
        predictors=tuple(predictors),
        responses=tuple(responses),
        coefficients=coefficients,
        residual=left,
        total=total,
        size=known.size,
    )


def raw(known: Moments, fit: Fit) -> Numbers:
    """The coefficients in original units: predictors x responses x draws."""
    x = known.scale[known.places(fit.predictors)]
    y = known.scale[known.places(fit.responses)]
    return fit.coefficients * (y / x[:, None])[:, :, None]


def standardised(known: Moments, fit: Fit) -> Numbers:
    """The coefficients in standard deviations of each draw: predictors x responses x draws."""
    spread = np.sqrt(np.einsum("iib->ib", known.covariance))
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
