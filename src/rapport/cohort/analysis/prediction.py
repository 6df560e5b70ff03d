"""Hierarchical regression: the covariates, then the relation, then the process variables."""

from collections.abc import Sequence

import msgspec
import numpy as np

from rapport.cohort.analysis.result import About, Assumption, Interval, ends, number
from rapport.cohort.analysis.sample import Sample
from rapport.cohort.analysis.terms import Terms
from rapport.cohort.plan.model import Multiplicity, Plan
from rapport.stats.arrays import Numbers
from rapport.stats.imputation.pooling import JointTest, joint_test, pool, pool_r2
from rapport.stats.ols import Errors, Regression, Step, cr2, steps

# Below this many therapists, errors that allow for them need Satterthwaite's df to be trusted.
FEW_THERAPISTS = 30
_FAR = 1.0  # Cook's distance above which one person moves a coefficient by much
_INFLATED = 10.0  # variance inflation that makes coefficients hang on one another


class Uncertainty(msgspec.Struct, frozen=True, kw_only=True):
    """A standard error of one kind, with its test and interval."""

    se: float | None
    df: float | None
    t: float | None
    p: float | None
    interval: Interval


class Coefficient(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One coefficient, raw and standardised.

    `se`, `p` and `interval` are of the kind named in `kind`; `errors` has all kinds by name.
    `p_adjusted` allows for the other relation and process variables of the step. `missing_information` is the share of it that
    the gaps cost (imputed data alone).
    """

    term: str
    estimate: float
    standardised: float | None
    kind: str
    se: float | None
    p: float | None
    interval: Interval
    errors: dict[str, Uncertainty]
    p_adjusted: float | None = None
    vif: float | None = None
    missing_information: float | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The test that a step adds nothing. `p_full` is against the error of the last step.

    The second of `df` is None where it is infinite: nothing was missing in imputed data.
    """

    f: float | None
    df: tuple[float, float | None]
    p: float | None
    f_full: float | None = None
    p_full: float | None = None


class PredictionStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A step of the regression: what it adds, and the model as it then is."""

    name: str
    added: tuple[str, ...]
    r2: float
    r2_change: float
    adjusted_r2: float
    r2_interval: Interval | None
    change: Change
    aic: float | None
    bic: float | None
    coefficients: tuple[Coefficient, ...]


class Joint(msgspec.Struct, frozen=True, kw_only=True):
    """The test that several pooled coefficients are all 0; `df2` is None where infinite."""

    f: float | None
    df1: int
    df2: float | None
    p: float | None
    increase: float | None


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """The regression of the outcome at the last wave, in steps. `joint` tests relation and
    process together (D1 over imputations; None where nothing was imputed)."""

    outcome: str
    steps: tuple[PredictionStep, ...]
    joint: Joint | None
    about: About


def prediction(plan: Plan, chosen: Terms, sample: Sample) -> Prediction:
    """The regression in up to three steps; a step without variables is left out."""
    blocks = {
        "covariates": chosen.covariates,
        "relation": chosen.relation,
        "process": chosen.process,
    }
    blocks = {name: added for name, added in blocks.items() if added}
    fitted = [
        steps(
            data[chosen.outcome],
            [{name: data[name] for name in added} for added in blocks.values()],
            level=plan.level,
        )
        for data in sample.sets
    ]
    tested = {*chosen.relation, *chosen.process}
    found = tuple(
        _step(plan, name, [one[place] for one in fitted], sample, tested)
        for place, name in enumerate(blocks)
    )
    last = [one[-1].regression for one in fitted]
    return Prediction(
        outcome=chosen.outcome,
        steps=found,
        joint=_told(_joint(last, tested)) if sample.imputed else None,
        about=About(
            n=sample.n,
            missing=sample.missing,
            method="ordinary least squares in steps; intervals: " + _kind(sample),
            assumptions=_assumptions(last, sample),
            sources=(
                "doi:10.1080/00031305.2000.10474549",
                "doi:10.1080/07350015.2016.1247004",
            ),
        ),
    )


def _kind(sample: Sample) -> str:
    """The kind of standard error that is shown first."""
    return "HC3" if sample.therapist is None else "CR2"


def _errors(fit: Regression, sample: Sample, level: float) -> dict[str, Errors]:
    found = {"classical": fit.classical, "HC3": fit.hc3}
    if sample.therapist is not None and len(np.unique(sample.therapist)) > 1:
        found["CR2"] = cr2(fit, sample.therapist, level=level)
    return found


def _step(
    plan: Plan, name: str, fitted: Sequence[Step], sample: Sample, tested: set[str]
) -> PredictionStep:
    fits = [step.regression for step in fitted]
    r2 = float(np.mean([fit.r2 for fit in fits])) if sample.imputed else fits[0].r2
    before = [step.regression.r2 - step.r2_change for step in fitted]
    interval: Interval | None = None
    if sample.imputed:
        r2, low, high = pool_r2([fit.r2 for fit in fits], sample.n, level=plan.level)
        previous = pool_r2(before, sample.n)[0] if min(before) > 0 else 0.0
        interval = ends(low, high)
    else:
        previous = before[0]
    return PredictionStep(
        name=name,
        added=fitted[0].added,
        r2=r2,
        r2_change=r2 - previous,
        adjusted_r2=float(np.mean([fit.adjusted_r2 for fit in fits])),
        r2_interval=interval,
        change=_change(fitted, sample),
        aic=None if sample.imputed else fits[0].aic,
        bic=None if sample.imputed else fits[0].bic,
        coefficients=_coefficients(plan, fits, sample, tested),
    )


def _change(fitted: Sequence[Step], sample: Sample) -> Change:
    step = fitted[0]
    if sample.imputed:
        test = _joint([one.regression for one in fitted], set(step.added))
        return Change(
            f=number(test.f), df=(float(test.df1), number(test.df2)), p=number(test.p)
        )
    return Change(
        f=number(step.f_change),
        df=(float(step.f_df[0]), float(step.f_df[1])),
        p=number(step.p_change),
        f_full=number(step.f_full),
        p_full=number(step.p_full),
    )


def _joint(fits: Sequence[Regression], wanted: set[str]) -> JointTest:
    """D1 over the imputations for these coefficients together."""
    places = [place for place, term in enumerate(fits[0].terms) if term in wanted]
    square = np.ix_(places, places)
    return joint_test(
        np.stack([fit.coefficients[places] for fit in fits]),
        np.stack([fit.classical.covariance[square] for fit in fits]),
    )


def _told(test: JointTest) -> Joint:
    return Joint(
        f=number(test.f),
        df1=test.df1,
        df2=number(test.df2),
        p=number(test.p),
        increase=number(test.increase),
    )


def _coefficients(
    plan: Plan, fits: Sequence[Regression], sample: Sample, tested: set[str]
) -> tuple[Coefficient, ...]:
    kinds = [_errors(fit, sample, plan.level) for fit in fits]
    pooled = {
        kind: _pooled(fits, [one[kind] for one in kinds], plan.level) for kind in kinds[0]
    }
    shown = _kind(sample) if _kind(sample) in pooled else "HC3"
    adjusted = _adjusted(plan, fits[0].terms, pooled[shown].p, tested)
    standardised = np.mean([fit.standardised for fit in fits], axis=0)
    estimate = np.mean([fit.coefficients for fit in fits], axis=0)
    return tuple(
        Coefficient(
            term=term,
            estimate=float(estimate[place]),
            standardised=number(standardised[place - 1]) if place else None,
            kind=shown,
            se=number(pooled[shown].se[place]),
            p=number(pooled[shown].p[place]),
            interval=ends(pooled[shown].low[place], pooled[shown].high[place]),
            errors={kind: _uncertainty(errors, place) for kind, errors in pooled.items()},
            p_adjusted=adjusted.get(term),
            vif=number(np.mean([fit.vif[place - 1] for fit in fits])) if place else None,
            missing_information=number(pooled["classical"].information[place])
            if sample.imputed
            else None,
        )
        for place, term in enumerate(fits[0].terms)
    )


class _Pooled(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    se: Numbers
    df: Numbers
    t: Numbers
    p: Numbers
    low: Numbers
    high: Numbers
    information: Numbers


def _pooled(fits: Sequence[Regression], errors: Sequence[Errors], level: float) -> _Pooled:
    """The errors of one data set, or those of several by Rubin's rules."""
    one = errors[0]
    if len(fits) == 1:
        blank = np.full(len(one.se), np.nan)
        return _Pooled(
            se=one.se,
            df=one.df,
            t=one.t,
            p=one.p,
            low=one.low,
            high=one.high,
            information=blank,
        )
    many = pool(
        np.stack([fit.coefficients for fit in fits]),
        np.stack([error.se**2 for error in errors]),
        df=float(np.mean([error.df for error in errors])),
        level=level,
    )
    return _Pooled(
        se=many.se,
        df=many.df,
        t=many.t,
        p=many.p,
        low=many.low,
        high=many.high,
        information=many.missing_information,
    )


def _uncertainty(errors: _Pooled, place: int) -> Uncertainty:
    return Uncertainty(
        se=number(errors.se[place]),
        df=number(errors.df[place]),
        t=number(errors.t[place]),
        p=number(errors.p[place]),
        interval=ends(errors.low[place], errors.high[place]),
    )


def _adjusted(
    plan: Plan, terms: Sequence[str], p: Numbers, tested: set[str]
) -> dict[str, float]:
    """p values of the tested terms after Holm's correction; empty where the plan wants none.

    Source: Holm 1979, Scandinavian Journal of Statistics 6:65-70.
    """
    places = [place for place, term in enumerate(terms) if term in tested]
    if plan.multiplicity is Multiplicity.NONE or not places:
        return {}
    order = sorted(places, key=lambda place: float(p[place]))
    found: dict[str, float] = {}
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, float(p[place]) * (len(order) - rank)))
        found[terms[place]] = highest
    return found


def _assumptions(fits: Sequence[Regression], sample: Sample) -> tuple[Assumption, ...]:
    """What least squares takes for granted, with what the residuals say."""
    fit = fits[0]
    residuals = fit.residuals / fit.residuals.std()
    skew = float((residuals**3).mean())
    kurtosis = float((residuals**4).mean()) - 3
    farthest = float(np.nanmax(fit.cooks_distance))
    inflation = float(np.max(fit.vif)) if len(fit.vif) else 1.0
    found = [
        Assumption(
            assumption="residuals are not far from normal (intervals use t)",
            found=f"skewness {skew:.2f}, excess kurtosis {kurtosis:.2f}",
            holds=abs(skew) < 1 and abs(kurtosis) < 2,
        ),
        Assumption(
            assumption="no single person carries a result",
            found=f"largest Cook's distance {farthest:.3f}",
            holds=farthest < _FAR,
        ),
        Assumption(
            assumption="predictors are not nearly the same thing",
            found=f"largest variance inflation {inflation:.2f}",
            holds=inflation < _INFLATED,
        ),
    ]
    if sample.therapist is not None:
        count = len(np.unique(sample.therapist))
        found.append(
            Assumption(
                assumption="people of one therapist may resemble one another",
                found=f"{count} therapists; CR2 errors with Satterthwaite's degrees of freedom",
                holds=count > 1,
            )
        )
    return tuple(found)
