"""The arrays that statistics take and return, and the refusals they share."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rapport.core.errors import InputError

Numbers = NDArray[np.float64]
Whole = NDArray[np.intp]
Truths = NDArray[np.bool_]


def numbers(values: ArrayLike, *, where: str, dimensions: int) -> Numbers:
    """The values as an array of floats with that many dimensions, all of them finite.

    Errors: InputError naming `where` for another shape, an empty array, a missing or an
    infinite value. Statistics never drop people silently: leave out or impute before.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != dimensions or array.size == 0:
        raise InputError(
            f"an array of {dimensions} dimension(s) with values is needed, "
            f"this one has the shape {array.shape}",
            where=where,
            fix="pass one value a person (and one column a variable)",
        )
    if not np.isfinite(array).all():
        first = tuple(int(part) for part in np.argwhere(~np.isfinite(array))[0])
        raise InputError(
            f"a missing or infinite value at position {first}",
            where=where,
            fix="leave out people with missing values, or impute them first",
        )
    return array


def members(labels: Sequence[Any] | NDArray[Any], *, where: str) -> tuple[NDArray[Any], Whole]:
    """The distinct labels (of people, therapists, groups), sorted, and each row's place among them.

    Errors: InputError for another shape than a flat list, or a blank label (None or NaN).
    """
    array = np.asarray(labels)
    if array.ndim != 1 or array.size == 0:
        raise InputError("one label a row is needed", where=where, fix="pass a flat list")
    if array.dtype.kind in "Of":
        every = array.tolist()
        blank = [row for row, label in enumerate(every) if label is None or label != label]
        if blank:
            raise InputError(
                f"{len(blank)} rows have no label, the first is row {blank[0]} (from 0)",
                where=where,
                fix="leave out rows that belong to nobody",
            )
        if array.dtype.kind == "O":
            array = np.array([str(label) for label in every])
    found, place = np.unique(array, return_inverse=True)
    return found, place.astype(np.intp)


def codes(labels: Sequence[Any] | NDArray[Any], *, where: str) -> Whole:
    """Labels as the numbers 0, 1, ... in the order of the sorted labels; errors as of `members`."""
    return members(labels, where=where)[1]
