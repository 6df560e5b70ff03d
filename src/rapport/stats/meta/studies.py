"""Studies put together, with what they required to enter kept in sight.

Each study has one estimate with its standard error, the badge that says whether it required
post-exertional malaise, and the case definition it used. The same synthesis is made twice: of all
studies, and of those that required it. Methods and sources: `stats.meta`, `stats.meta_groups`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from rapport.core.errors import InputError
from rapport.core.vocabulary import Badge
from rapport.stats.meta.groups import SmallStudies, Spread, by_group, small_studies
from rapport.stats.meta.synthesis import Between, Synthesis, synthesise

Ends = tuple[float, float]

NOT_STATED = "not stated"
_FEWEST_FOR_BIAS = 10
"""With fewer studies, a test for small-study effects cannot tell anything (Sterne and others
2011, doi 10.1136/bmj.d4002)."""


class Study(msgspec.Struct, frozen=True, kw_only=True):
    """One study: its estimate and standard error, whom it took, and by which case definition."""

    name: str
    estimate: float
    se: float
    badge: Badge = Badge.NOT_STATED
    definition: str = NOT_STATED


class Weighed(Study, frozen=True, kw_only=True):
    """A study with its interval, and its share of the weight among all and among those that
    required post-exertional malaise (None: it is not among them)."""

    interval: Ends
    weight: float
    weight_required: float | None


class Pooled(msgspec.Struct, frozen=True, kw_only=True):
    """One mean effect. `prediction` is where a new study's true effect is to be expected (None
    for a single study); `tau2` the variance between studies, `i2` its share in per cent."""

    studies: int
    estimate: float
    se: float
    interval: Ends
    p: float
    prediction: Ends | None
    tau2: float
    i2: float
    q: float
    q_df: int
    q_p: float


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Groups of studies. `common` tests with one variance between studies for all groups,
    `separate` with one each; they can differ much. `used` was chosen beforehand."""

    groups: dict[str, Pooled]
    used: Spread
    df: int
    common_q: float
    common_p: float
    separate_q: float
    separate_p: float


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The synthesis of some studies; groups are None where there is only one, and small-study
    effects where there are fewer than ten studies."""

    pooled: Pooled
    left_out: int
    by_badge: Compared | None
    by_definition: Compared | None
    small_studies: SmallStudies | None


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """All studies, and beside them those that required post-exertional malaise (None: none did)."""

    studies: tuple[Weighed, ...]
    all: View
    required: View | None
    method: Between
    knapp_hartung: bool
    level: float


def together(
    studies: Sequence[Study],
    *,
    method: Between = Between.REML,
    knapp_hartung: bool = True,
    used: Spread = Spread.COMMON,
    level: float = 0.95,
) -> Together:
    """The studies put together by a random-effects model, all and those with the badge required.

    Errors: InputError for no studies, for an estimate or standard error that is no number, and
    for a standard error that is not above 0.
    """
    _check(studies)

    how: dict[str, Any] = {"method": method, "knapp_hartung": knapp_hartung, "level": level}
    unit = float(np.sqrt(np.mean([one.se**2 for one in studies])))

    def pool(some: Sequence[Study]) -> Pooled:
        return _told(synthesise(*_numbers(some, unit), **how), unit)

    def view(some: Sequence[Study]) -> View:
        def compared(label: Callable[[Study], str]) -> Compared | None:
            return _compared(some, [label(one) for one in some], unit, used, how)

        return View(
            pooled=pool(some),
            left_out=len(studies) - len(some),
            by_badge=compared(lambda one: one.badge.value),
            by_definition=compared(lambda one: one.definition),
            small_studies=_small(some, unit, method),
        )

    strict = [one for one in studies if one.badge is Badge.REQUIRED]
    weights = _weights(studies, pool(studies).tau2)
    of_strict = _weights(strict, pool(strict).tau2) if strict else ()
    return Together(
        studies=_weighed(studies, weights, of_strict, _reach(studies, level)),
        all=view(studies),
        required=view(strict) if strict else None,
        method=method,
        knapp_hartung=knapp_hartung,
        level=level,
    )


def _weighed(
    studies: Sequence[Study], weights: Iterable[float], of_strict: Iterable[float], reach: float
) -> tuple[Weighed, ...]:
    """Each study with its interval and its weights; `of_strict` are of those with the badge."""
    strict = iter(of_strict)
    return tuple(
        Weighed(
            **{field: getattr(one, field) for field in Study.__struct_fields__},
            interval=(one.estimate - reach * one.se, one.estimate + reach * one.se),
            weight=weight,
            weight_required=next(strict) if one.badge is Badge.REQUIRED else None,
        )
        for one, weight in zip(studies, weights, strict=True)
    )


def _check(studies: Sequence[Study]) -> None:
    if not studies:
        raise InputError("there are no studies", where="the synthesis", fix="name some")
    for one in studies:
        if not (np.isfinite(one.estimate) and np.isfinite(one.se) and one.se > 0):
            raise InputError(
                "an estimate needs a standard error above 0, and both have to be known",
                where=f"the study {one.name}",
                fix="correct it, or leave the study out",
            )


def _numbers(studies: Sequence[Study], unit: float) -> tuple[list[float], list[float]]:
    """Effects and sampling variances in that unit.

    The search for the variance between studies stops at a small step, and what is small hangs on
    the unit: a typical standard error makes it the same for shares of R² and for points.
    """
    return [one.estimate / unit for one in studies], [(one.se / unit) ** 2 for one in studies]


def _weights(studies: Sequence[Study], tau2: float) -> list[float]:
    """The share of each study in the weight of all."""
    weights = [1 / (one.se**2 + tau2) for one in studies]
    return [weight / sum(weights) for weight in weights]


def _reach(studies: Sequence[Study], level: float) -> float:
    """How many standard errors the interval of a study reaches: normal, as of one alone."""
    first = studies[0]
    alone = synthesise([first.estimate], [first.se**2], level=level)
    return float(alone.high[0] - alone.estimate[0]) / first.se


def _told(found: Synthesis, unit: float) -> Pooled:
    """The first coefficient in the unit of the studies."""
    low, high = found.prediction or (None, None)
    return Pooled(
        studies=found.studies,
        estimate=float(found.estimate[0]) * unit,
        se=float(found.se[0]) * unit,
        interval=(float(found.low[0]) * unit, float(found.high[0]) * unit),
        p=float(found.p[0]),
        prediction=None if low is None or high is None else (low * unit, high * unit),
        tau2=found.tau2 * unit**2,
        i2=found.i2,
        q=found.q,
        q_df=found.q_df,
        q_p=found.q_p,
    )


def _compared(
    studies: Sequence[Study],
    labels: Sequence[str],
    unit: float,
    used: Spread,
    how: Mapping[str, Any],
) -> Compared | None:
    """Groups of these studies; None where all have one label, or each its own: a variance that
    all groups share needs more studies than groups."""
    if not 1 < len(set(labels)) < len(studies):
        return None
    found = by_group(*_numbers(studies, unit), labels, used=used, **how)
    return Compared(
        groups={
            name: _told(one, unit) for name, one in zip(found.names, found.apart, strict=True)
        },
        used=found.used,
        df=found.df,
        common_q=found.common_q,
        common_p=found.common_p,
        separate_q=found.separate_q,
        separate_p=found.separate_p,
    )


def _small(studies: Sequence[Study], unit: float, method: Between) -> SmallStudies | None:
    if len(studies) < _FEWEST_FOR_BIAS or len({one.se for one in studies}) < 2:
        return None
    return small_studies(*_numbers(studies, unit), method=method)
