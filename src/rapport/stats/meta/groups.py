"""Groups of studies compared, the toggle between all studies and some groups, and small studies.

Sources: Borenstein, Hedges, Higgins and Rothstein 2009, doi 10.1002/9780470743386, ch. 19
(groups, with a common and with separate tau²); Sterne and Egger 2005, doi 10.1002/0470870168.ch6
(regression test); Duval and Tweedie 2000, doi 10.1111/j.0006-341X.2000.00455.x (trim and fill).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole, codes, numbers
from rapport.stats.distributions import chi2_above
from rapport.stats.meta.synthesis import Between, Synthesis, synthesise


class Spread(StrEnum):
    """Whether groups share the variance between studies, or each has its own."""

    COMMON = "common"
    SEPARATE = "separate"


class Groups(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Subgroups of studies, in the order of `names`.

    `together` shares one tau² (a mean a group); `common_q` tests there that the means are equal
    and `explained` is the share of tau² (per cent) that the groups account for (None where the
    studies do not differ). `apart` has a meta-analysis of each group with a tau² of its own,
    compared in `separate_q`. The two tests can differ much: `used` says which one was chosen
    beforehand, `q` and `p` are of that one.
    """

    names: tuple[str, ...]
    studies: tuple[int, ...]
    df: int
    together: Synthesis
    explained: float | None
    common_q: float
    common_p: float
    apart: tuple[Synthesis, ...]
    separate_q: float
    separate_p: float
    used: Spread

    @property
    def q(self) -> float:
        """The statistic of the test in use (F under Knapp and Hartung with a common tau²)."""
        return self.common_q if self.used is Spread.COMMON else self.separate_q

    @property
    def p(self) -> float:
        """The p value of the test in use."""
        return self.common_p if self.used is Spread.COMMON else self.separate_p


class Overview(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A synthesis of all studies, or of the groups in `only`; `left_out` studies took no part.

    `groups` compares the groups that took part; None where there is only one.
    """

    only: tuple[str, ...]
    left_out: int
    overall: Synthesis
    groups: Groups | None


def by_group(
    values: ArrayLike,
    variances: ArrayLike,
    groups: Sequence[Any] | NDArray[Any],
    *,
    used: Spread = Spread.COMMON,
    method: Between = Between.REML,
    knapp_hartung: bool = False,
    level: float = 0.95,
) -> Groups:
    """The groups (one label a study) compared with a common and with separate tau².

    Errors: InputError as of `synthesise`; for fewer than two groups.
    """
    y = numbers(values, where="the effects", dimensions=1)
    v = numbers(variances, where="the variances", dimensions=1)
    place = codes(groups, where="the groups")
    names = tuple(str(name) for name in np.unique(np.asarray(groups)))
    if len(names) < 2 or not len(y) == len(v) == len(place):
        raise InputError(
            f"{len(names)} group(s), {len(place)} labels for {len(y)} studies",
            where="the groups",
            fix="pass one label a study, of at least two groups",
        )
    kind: dict[str, Any] = {"method": method, "knapp_hartung": knapp_hartung, "level": level}
    dummies = {name: (place == row).astype(float) for row, name in enumerate(names)}
    together = synthesise(y, v, predictors=dummies, intercept=False, **kind)
    contrast = synthesise(y, v, predictors=dict(list(dummies.items())[1:]), **kind)
    apart = tuple(synthesise(y[place == r], v[place == r], **kind) for r in range(len(names)))
    between = synthesise(
        [float(one.estimate[0]) for one in apart],
        [float(one.se[0]) ** 2 for one in apart],
        method=Between.EQUAL,
    )
    whole = synthesise(y, v, **kind).tau2
    return Groups(
        names=names,
        studies=tuple(one.studies for one in apart),
        df=len(names) - 1,
        together=together,
        explained=max(0.0, 100 * (whole - contrast.tau2) / whole) if whole > 0 else None,
        common_q=contrast.moderator,
        common_p=contrast.moderator_p,
        apart=apart,
        separate_q=between.q,
        separate_p=float(chi2_above(between.q, len(names) - 1)),
        used=used,
    )


def overview(
    values: ArrayLike,
    variances: ArrayLike,
    groups: Sequence[Any] | NDArray[Any],
    *,
    only: Sequence[str] = (),
    used: Spread = Spread.COMMON,
    method: Between = Between.REML,
    knapp_hartung: bool = False,
    level: float = 0.95,
) -> Overview:
    """The synthesis of all studies, or of those in the groups `only` (the toggle).

    Errors: InputError as of `by_group`; for a group in `only` that no study has.
    """
    y = numbers(values, where="the effects", dimensions=1)
    v = numbers(variances, where="the variances", dimensions=1)
    labels = np.array([str(label) for label in groups])
    unknown = sorted(set(only) - set(labels.tolist()))
    if unknown or len(labels) != len(y) or len(v) != len(y):
        raise InputError(
            f"no study is in the group {unknown[0]}" if unknown else "another number of labels",
            where="the groups",
            fix=f"choose from {', '.join(sorted(set(labels.tolist())))}, one label a study",
        )
    kept = np.isin(labels, list(only)) if only else np.ones(len(y), dtype=bool)
    kind: dict[str, Any] = {"method": method, "knapp_hartung": knapp_hartung, "level": level}
    several = len(set(labels[kept].tolist())) > 1
    some = by_group(y[kept], v[kept], labels[kept], used=used, **kind) if several else None
    return Overview(
        only=tuple(only),
        left_out=int((~kept).sum()),
        overall=synthesise(y[kept], v[kept], **kind),
        groups=some,
    )


class SmallStudies(msgspec.Struct, frozen=True, kw_only=True):
    """Whether small studies show other effects: a sign of selective publication, not a proof.

    `z` and `p` test the regression of effects on their standard errors (with tau²), `missing`
    is how many studies trim and fill takes to be missing on the side `side`.
    """

    z: float
    p: float
    missing: int
    side: str


def small_studies(
    values: ArrayLike, variances: ArrayLike, *, method: Between = Between.REML
) -> SmallStudies:
    """Egger's test in a mixed-effects model, and the number of missing studies (estimator L0).

    Errors: InputError as of `synthesise`, and for fewer than three studies.
    """
    y = numbers(values, where="the effects", dimensions=1)
    v = numbers(variances, where="the variances", dimensions=1)
    spread = {"standard error": np.sqrt(v)}
    egger = synthesise(y, v, method=method, predictors=spread)
    slope = synthesise(y, v, method=Between.EQUAL, predictors=spread).estimate[1]
    side = "right" if slope < 0 else "left"
    return SmallStudies(
        z=float(egger.statistic[1]),
        p=float(egger.p[1]),
        missing=_missing(-y if side == "right" else y, v, method),
        side=side,
    )


def _missing(y: Numbers, v: Numbers, method: Between) -> int:
    """How many studies are missing on the left."""
    order: Whole = np.argsort(y, kind="stable")
    y, v, k = y[order], v[order], len(y)
    missing, before = 0, -1
    while missing != before and missing < k:
        before = missing
        kept = slice(None, k - missing)
        centre = float(synthesise(y[kept], v[kept], method=method).estimate[0])
        away = y - centre
        ranks = np.empty(k)
        ranks[np.argsort(np.abs(away), kind="stable")] = np.arange(1, k + 1)
        above = float(ranks[away > 0].sum())
        missing = max(0, round((4 * above - k * (k + 1)) / (2 * k - 1)))
    return missing
