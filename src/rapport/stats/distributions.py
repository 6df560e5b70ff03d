"""Tails and quantiles of the usual distributions: the one typed border to scipy.

`scipy.special` alone is imported: it loads in a fraction of the time of `scipy.stats`.
Degrees of freedom may be fractions; all functions work on arrays.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from rapport.stats.arrays import Numbers

_function = cast(Any, special)
_Ufunc = Callable[..., Numbers]
_ndtr = cast(_Ufunc, _function.ndtr)
_ndtri = cast(_Ufunc, _function.ndtri)
_stdtr = cast(_Ufunc, _function.stdtr)
_stdtrit = cast(_Ufunc, _function.stdtrit)
_fdtrc = cast(_Ufunc, _function.fdtrc)
_chdtrc = cast(_Ufunc, _function.chdtrc)
_chndtr = cast(_Ufunc, _function.chndtr)
_chndtrinc = cast(_Ufunc, _function.chndtrinc)
_chdtri = cast(_Ufunc, _function.chdtri)
_gammaln = cast(_Ufunc, _function.gammaln)


def normal_below(z: ArrayLike) -> Numbers:
    """The probability of a standard normal value below z."""
    return _ndtr(np.asarray(z, dtype=np.float64))


def normal_quantile(probability: ArrayLike) -> Numbers:
    """The standard normal value below which that probability lies; infinite at 0 and 1."""
    return _ndtri(np.asarray(probability, dtype=np.float64))


def normal_two_sided(z: ArrayLike) -> Numbers:
    """The two-sided p value of a standard normal statistic."""
    return 2 * _ndtr(-np.abs(np.asarray(z, dtype=np.float64)))


def t_two_sided(t: ArrayLike, df: ArrayLike) -> Numbers:
    """The two-sided p value of Student's t."""
    return 2 * _stdtr(df, -np.abs(np.asarray(t, dtype=np.float64)))


def t_quantile(probability: ArrayLike, df: ArrayLike) -> Numbers:
    """The value of Student's t below which that probability lies."""
    return _stdtrit(df, probability)


def f_above(f: ArrayLike, df1: ArrayLike, df2: ArrayLike) -> Numbers:
    """The probability of an F value above f."""
    return _fdtrc(df1, df2, f)


def chi2_above(chi2: ArrayLike, df: ArrayLike) -> Numbers:
    """The probability of a chi-squared value above chi2."""
    return _chdtrc(df, chi2)


def chi2_median(df: ArrayLike) -> Numbers:
    """The chi-squared value below which half the probability lies."""
    return _chdtri(df, 0.5)


def chi2_centre(chi2: ArrayLike, df: ArrayLike, probability: float) -> Numbers:
    """The non-centrality under which that probability lies below chi2; 0 where none is enough."""
    below = _chndtr(chi2, df, 0.0)
    found = _chndtrinc(chi2, df, probability)
    return np.where(below > probability, np.maximum(found, 0.0), 0.0)


def log_gamma(x: ArrayLike) -> Numbers:
    """The natural logarithm of the gamma function for positive x."""
    return _gammaln(np.asarray(x, dtype=np.float64))
