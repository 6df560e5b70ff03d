"""Residuals of a person that resemble those of the wave before: an autoregression of order 1.

Residuals g waves apart correlate with r to the power g. Taking from each row the part that the
person's row before it predicts leaves rows with independent residuals, for which the rest of the
mixed model is as before. Source: Pinheiro and Bates 2000, Mixed-Effects Models in S and S-PLUS,
doi 10.1007/b98882, p. 202-207 and 228-230.
"""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole
from rapport.stats.mixed.moments import Rows


def gaps(waves: Whole, person: Whole, labels: NDArray[Any]) -> Numbers:
    """For rows sorted by person and wave: waves since the person's row before; NaN for the first.

    Errors: InputError naming a person with two rows of one wave.
    """
    found = np.full(len(waves), np.nan)
    same = np.diff(person) == 0
    found[1:][same] = np.diff(waves)[same]
    twice = np.flatnonzero(found == 0)
    if len(twice):
        raise InputError(
            f"two rows of wave {waves[twice[0]]}",
            where=f"person {labels[person[twice[0]]]}",
            fix="leave one row a person and wave",
        )
    return found


def without_memory(rows: Rows, gap: Numbers, correlation: float) -> tuple[Rows, float]:
    """Rows with independent residuals, and what the change adds to minus twice the log likelihood."""
    later = ~np.isnan(gap)
    known = np.where(later, correlation ** np.where(later, gap, 1.0), 0.0)
    rest = np.sqrt(1 - known**2)

    def changed(columns: Numbers) -> Numbers:
        before = np.roll(columns, 1, axis=0)
        if columns.ndim == 1:
            return (columns - known * before) / rest
        return (columns - known[:, None] * before) / rest[:, None]

    whitened = msgspec.structs.replace(
        rows,
        design=changed(rows.design),
        response=changed(rows.response),
        random=changed(rows.random),
        above=changed(rows.above),
    )
    return whitened, 2 * float(np.log(rest).sum())
