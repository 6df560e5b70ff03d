"""What if those with gaps were worse off than their imputed values say (missing not at random)?

Imputed values of one variable are moved by delta standard deviations, over a series of deltas,
and the analysis is pooled for each: a pattern-mixture model. The delta at which the answer tips
is to be judged by people who know the clinic; no data can say what delta is right.
Sources: van Buuren 2018, Flexible Imputation of Missing Data (2nd ed.), doi
10.1201/9780429492259, section 9.2; Cro, Morris, Kenward and Carpenter 2020, doi 10.1002/sim.8569.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.imputation.chained import Imputed
from rapport.stats.imputation.pooling import Pooled, pool

# Estimates and their squared standard errors in one completed data set.
Estimator = Callable[[Mapping[str, Numbers]], tuple[ArrayLike, ArrayLike]]


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The pooled answer for every delta, in the order of `deltas`.

    `shift` is each delta in units of the variable, `cells` how many values were moved.
    `tipping` has one value an estimate: the delta nearest 0 at which the pooled interval takes 0
    in (or, where it held 0, leaves it out), interpolated; NaN where that happens at none.
    """

    variable: str
    cells: int
    deltas: tuple[float, ...]
    shift: Numbers
    pooled: tuple[Pooled, ...]
    tipping: Numbers


def _spread(imputed: Imputed, place: int) -> float:
    """The standard deviation of the observed values of a variable."""
    return float(imputed.values[0, ~imputed.missing[:, place], place].std(ddof=1))


def shifted(imputed: Imputed, name: str, delta: float) -> Imputed:
    """The imputations with the filled cells of one variable moved by delta standard deviations.

    The standard deviation is that of the observed values. Other variables stay as imputed.
    Errors: InputError for a variable that is not there or has no filled cells.
    """
    place = imputed.place(name)
    filled = imputed.missing[:, place]
    if not filled.any() or (~filled).sum() < 2:
        raise InputError(
            "nothing of the variable was imputed, or all of it",
            where=f"variable {name}",
            fix="choose a variable with some gaps",
        )
    values = imputed.values.copy()
    values[:, filled, place] += delta * _spread(imputed, place)
    return msgspec.structs.replace(imputed, values=values)


def _tipping(deltas: Sequence[float], margins: Numbers) -> float:
    """Where the margin of one estimate (above 0: the interval leaves out 0) changes sign."""
    crossings = [
        a + (b - a) * left / (left - right)
        for (a, b), (left, right) in zip(pairwise(deltas), pairwise(margins), strict=True)
        if (left > 0) != (right > 0)
    ]
    return float(min(crossings, key=abs, default=np.nan))


def sensitivity(
    imputed: Imputed,
    name: str,
    estimator: Estimator,
    deltas: Sequence[float],
    *,
    df: float = np.inf,
    level: float = 0.95,
) -> Sensitivity:
    """The estimator pooled by Rubin's rules for each delta; `df` as for `pool`.

    Errors: InputError as of `shifted`, and for deltas that do not rise or leave out 0.
    """
    if 0 not in deltas or any(b <= a for a, b in pairwise(deltas)):
        raise InputError(
            f"the deltas {', '.join(f'{d:g}' for d in deltas)}",
            where="the sensitivity analysis",
            fix="let them rise and take in 0",
        )
    found: list[Pooled] = []
    for delta in deltas:
        moved = shifted(imputed, name, delta)
        answers = [estimator(moved.data(k)) for k in range(moved.imputations)]
        found.append(
            pool(
                [np.asarray(a) for a, _ in answers],
                [np.asarray(v) for _, v in answers],
                df=df,
                level=level,
            )
        )
    margins = np.array([np.maximum(one.low, -one.high) for one in found])
    place = imputed.place(name)
    return Sensitivity(
        variable=name,
        cells=int(imputed.missing[:, place].sum()),
        deltas=tuple(float(d) for d in deltas),
        shift=np.asarray(deltas, dtype=np.float64) * _spread(imputed, place),
        pooled=tuple(found),
        tipping=np.array([_tipping(deltas, row) for row in margins.T]),
    )
