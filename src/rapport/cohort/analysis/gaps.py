"""Filling the gaps: the completed data sets of the plan, made here or given in a file."""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from rapport.cohort.analysis.result import About, Assumption, Interval, ends, number
from rapport.cohort.analysis.sample import Completed, sample, to_impute
from rapport.cohort.analysis.terms import Terms, columns, measured, parts_of
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.data.table import Table
from rapport.cohort.plan.model import HighIs, Plan
from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers
from rapport.stats.imputation.chained import Imputed, given, impute
from rapport.stats.imputation.sensitivity import Sensitivity, sensitivity
from rapport.stats.ols import fit

_NUMBER, _PERSON = (".imp", "imp"), (".id", "id")
_MIXED_WELL = 1.1  # the ratio of variances below which the chains are taken as mixed


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    """How one variable was filled in. `r_hat` near 1 means that the chains agree."""

    variable: str
    missing: int
    method: str
    r_hat: float | None


class Delta(msgspec.Struct, frozen=True, kw_only=True):
    """A coefficient if the people without an outcome were worse off than assumed.

    `delta` is in standard deviations of the outcome, `shift` in its units, added to every
    filled-in value.
    """

    delta: float
    shift: float
    term: str
    estimate: float | None
    interval: Interval


class Tipping(msgspec.Struct, frozen=True, kw_only=True):
    """The first delta at which a coefficient's interval changes its verdict on 0; None: never."""

    term: str
    delta: float | None


class Imputation(msgspec.Struct, frozen=True, kw_only=True):
    """How the gaps were filled, and what if they were filled wrongly."""

    imputations: int
    iterations: int | None
    given: bool
    variables: tuple[Variable, ...]
    sensitivity: tuple[Delta, ...]
    tipping: tuple[Tipping, ...]
    about: About


def filled(plan: Plan, cohort: Cohort, wanted: Sequence[str]) -> Imputed:
    """The completed data sets of the columns that the plan's models need."""
    return impute(to_impute(plan, wanted, cohort), seed=plan.seed, imputations=plan.imputations)


def from_file(table: Table, plan: Plan, cohort: Cohort, wanted: Sequence[str]) -> Imputed:
    """Completed data sets from a file with a column for their number, as R's mice exports them.

    People stand in every data set in the order of the cohort.
    Errors: InputError for a column that is missing, another number of people, or a gap.
    """
    named = next((name for name in _NUMBER if name in table.columns), None)
    if named is None:
        raise InputError(
            "the completed data sets are not numbered",
            where=f"{table.source}, column {_NUMBER[0]}",
            fix="export them with their number, as complete(imp, 'long') of mice does",
        )
    which = table.numbers(named)
    needed = {part for column in wanted for part in parts_of(plan, column)}
    raw = {
        name: values
        for name, values in to_impute(plan, wanted, cohort).items()
        if name in needed or name in table.columns
    }
    completed_columns = {name: table.numbers(name) for name in raw}
    sets: list[dict[str, Numbers]] = []
    for place in np.unique(which):
        rows = which == place
        if rows.sum() != cohort.people:
            raise InputError(
                f"a completed data set has {int(rows.sum())} people, the cohort {cohort.people}",
                where=f"{table.source}, data set {place:g}",
                fix="complete the same people, in the same order",
            )
        sets.append({name: values[rows] for name, values in completed_columns.items()})
    return given(sets, raw)


def completed(cohort: Cohort, imputed: Imputed) -> Completed:
    """The completed data sets, with the columns that were not imputed as they are."""
    raw = measured(cohort)
    sets = tuple({**raw, **imputed.data(k)} for k in range(imputed.imputations))
    return Completed(sets=sets, raw=raw, therapist=cohort.therapist)


def imputation(
    plan: Plan, chosen: Terms, imputed: Imputed, source: Completed, *, from_outside: bool
) -> Imputation:
    """What the imputation did, and the delta-adjusted regression of the last step."""
    analysed = sample(plan, source, chosen.core)
    deltas, tipping = _sensitivity(plan, chosen, imputed)
    return Imputation(
        imputations=imputed.imputations,
        iterations=None if from_outside else imputed.trace_mean.shape[1],
        given=from_outside,
        variables=_variables(imputed, from_outside),
        sensitivity=deltas,
        tipping=tipping,
        about=About(
            n=analysed.n,
            missing=analysed.missing,
            method="multiple imputation by chained equations, pooled by Rubin's rules",
            assumptions=(
                Assumption(
                    assumption="gaps depend on what was measured alone (missing at random)",
                    found="cannot be seen in data; the table of deltas shows what if not",
                    holds=None,
                ),
                Assumption(
                    assumption="the chains have mixed",
                    found=_mixed(imputed),
                    holds=None
                    if from_outside
                    else bool((imputed.r_hat[np.isfinite(imputed.r_hat)] < _MIXED_WELL).all()),
                ),
            ),
            sources=("doi:10.1002/9780470316696", "doi:10.1093/biomet/86.4.948"),
        ),
    )


def _mixed(imputed: Imputed) -> str:
    known = imputed.r_hat[np.isfinite(imputed.r_hat)]
    return (
        f"largest ratio of variances (r hat) {known.max():.3f}" if len(known) else "not known"
    )


def _variables(imputed: Imputed, from_outside: bool) -> tuple[Variable, ...]:
    counts = dict(zip(imputed.names, imputed.missing.sum(axis=0).tolist(), strict=True))
    return tuple(
        Variable(
            variable=name,
            missing=int(counts[name]),
            method="given" if from_outside else str(imputed.methods[place]),
            r_hat=None if from_outside else number(imputed.r_hat[place]),
        )
        for place, name in enumerate(imputed.gaps)
    )


def _deltas(plan: Plan) -> tuple[float, ...]:
    """The deltas towards worse; in both directions where the plan does not say which is worse."""
    worse: dict[HighIs | None, tuple[int, ...]] = {HighIs.WORSE: (1,), HighIs.BETTER: (-1,)}
    sides = worse.get(plan.outcome_high_is, (-1, 1))
    return tuple(sorted({side * delta for side in sides for delta in (0.0, *plan.deltas)}))


def _sensitivity(
    plan: Plan, chosen: Terms, imputed: Imputed
) -> tuple[tuple[Delta, ...], tuple[Tipping, ...]]:
    """The last step's regression for every delta; empty where no outcome was filled in."""
    if not imputed.missing[:, imputed.place(chosen.outcome)].any():
        return (), ()
    tested = (*chosen.relation, *chosen.process)
    predictors = (*chosen.covariates, *tested)

    def last_step(data: Mapping[str, Numbers]) -> tuple[Numbers, Numbers]:
        made = columns(plan, data, (*predictors, chosen.outcome))
        fitted = fit(made[chosen.outcome], {name: made[name] for name in predictors})
        places = [fitted.terms.index(name) for name in tested]
        return fitted.coefficients[places], fitted.classical.se[places] ** 2

    df = float(imputed.values.shape[1] - len(predictors) - 1)
    found = sensitivity(
        imputed, chosen.outcome, last_step, _deltas(plan), df=df, level=plan.level
    )
    return _told(found, tested), tuple(
        Tipping(term=term, delta=number(found.tipping[place]))
        for place, term in enumerate(tested)
    )


def _told(found: Sensitivity, tested: Sequence[str]) -> tuple[Delta, ...]:
    return tuple(
        Delta(
            delta=delta,
            shift=float(found.shift[row]),
            term=term,
            estimate=number(pooled.estimate[place]),
            interval=ends(pooled.low[place], pooled.high[place]),
        )
        for row, (delta, pooled) in enumerate(zip(found.deltas, found.pooled, strict=True))
        for place, term in enumerate(tested)
    )
