"""How the outcome goes over time, within people and between them, by mixed models.

Every row with an outcome counts, also of people who left: under the models, gaps that depend
on what was measured do no harm, so nothing is imputed here.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec
import numpy as np

from rapport.cohort.analysis.result import About, Assumption, Interval, ends, number
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.plan.model import Plan
from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole
from rapport.stats.mixed.model import MixedModel, Slope, Variation, fit, intraclass
from rapport.stats.mixed.within import Form, WithinBetween, within_between


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """A fixed effect; test and interval are Student's t with Satterthwaite's degrees of freedom."""

    term: str
    estimate: float
    se: float | None
    t: float | None
    df: float | None
    p: float | None
    interval: Interval


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """How people (or therapists) differ: the variance of each random term, and correlations."""

    terms: tuple[str, ...]
    variances: tuple[float, ...]
    correlations: tuple[tuple[float | None, ...], ...]


class MixedFit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One mixed model. `question` is what it asks, in words.

    `within` and `between` are the slopes of process variables in a model that parts them;
    `context` is between minus within. `shares` is the part of the variance that lies between
    people (and therapists). `refused` says why a model could not be fitted; then nothing else
    is there.
    """

    name: str
    question: str
    refused: str | None = None
    effects: tuple[Effect, ...] = ()
    within: tuple[Effect, ...] = ()
    between: tuple[Effect, ...] = ()
    context: tuple[Effect, ...] = ()
    person: Spread | None = None
    therapist: Spread | None = None
    residual_variance: float | None = None
    shares: dict[str, float] = msgspec.field(default_factory=dict)
    log_likelihood: float | None = None
    aic: float | None = None
    bic: float | None = None
    rows: int = 0
    left_out: int = 0
    converged: bool = True
    singular: bool = False
    warnings: tuple[str, ...] = ()


class MixedResult(msgspec.Struct, frozen=True, kw_only=True):
    """The mixed models; `order` names the form of the time-ordered ones that comes first."""

    order: Form
    models: tuple[MixedFit, ...]
    about: About


class _Long(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The cohort as rows: a person at a wave. `time` runs from 0 to 1 over the whole plan."""

    person: Whole
    wave: Whole
    time: Numbers
    therapist: Whole | None
    values: Mapping[str, Numbers]


def _long(cohort: Cohort) -> _Long:
    waves = len(cohort.waves)
    span = cohort.times[-1] - cohort.times[0]
    return _Long(
        person=np.repeat(np.arange(cohort.people), waves),
        wave=np.tile(np.arange(waves), cohort.people),
        time=np.tile((cohort.times - cohort.times[0]) / span, cohort.people),
        therapist=None if cohort.therapist is None else np.repeat(cohort.therapist, waves),
        values={
            **{name: values.ravel() for name, values in cohort.measured.items()},
            **{name: np.repeat(values, waves) for name, values in cohort.fixed.items()},
        },
    )


def mixed(plan: Plan, cohort: Cohort) -> MixedResult:
    """All mixed models of the plan; one that cannot be fitted says why."""
    rows = _long(cohort)
    order = Form.LAGGED if len(plan.waves) > 2 else Form.CONTEMPORANEOUS
    models = [*_growth(plan, rows), *_process(plan, rows), *_therapists(plan, cohort)]
    return MixedResult(
        order=order,
        models=tuple(models),
        about=About(
            n=cohort.people,
            missing={
                name: int((~np.isfinite(values)).sum())
                for name, values in rows.values.items()
                if name in cohort.measured
            },
            method="linear mixed models by restricted maximum likelihood; intervals with "
            "Satterthwaite's degrees of freedom",
            assumptions=_assumptions(plan),
            sources=(
                "doi:10.18637/jss.v067.i01",
                "doi:10.18637/jss.v082.i13",
                "doi:10.1146/annurev.psych.093008.100356",
            ),
            notes=(f"time runs from 0 ({plan.first}) to 1 ({plan.last})",),
        ),
    )


def _assumptions(plan: Plan) -> tuple[Assumption, ...]:
    return (
        Assumption(
            assumption="gaps depend on what was measured alone (missing at random)",
            found="cannot be seen in data",
            holds=None,
        ),
        Assumption(
            assumption="what comes first is measured first",
            found="the lagged models take the process one wave before the outcome"
            if len(plan.waves) > 2
            else "two waves leave no order in time",
            holds=len(plan.waves) > 2,
        ),
        Assumption(
            assumption="a person's mean over few waves is what is usual for them",
            found=f"{len(plan.waves)} waves; the mean carries their error",
            holds=None,
        ),
    )


def _growth(plan: Plan, rows: _Long) -> list[MixedFit]:
    """Change over time, alone, with therapists, and by group."""
    outcome = rows.values[plan.outcome]
    time = {"time": rows.time}
    slopes = ("time",) if len(plan.waves) > 2 else ()
    found = [
        _try(
            "growth",
            "How does the outcome change over time, and how much do people differ in it?",
            lambda: fit(outcome, time, rows.person, slopes=slopes, level=plan.level),
        )
    ]
    if rows.therapist is not None:
        found.append(
            _try(
                "growth with therapists",
                "The same, with therapists as a level of their own.",
                lambda: fit(
                    outcome,
                    time,
                    rows.person,
                    slopes=slopes,
                    therapists=rows.therapist,
                    level=plan.level,
                ),
            )
        )
    if plan.group is not None:
        group = rows.values[plan.group]
        with_group = {
            **time,
            plan.group: group,
            f"time x {plan.group}": rows.time * group,
        }
        found.append(
            _try(
                "growth by group",
                "Do the groups change at a different pace?",
                lambda: fit(outcome, with_group, rows.person, slopes=slopes, level=plan.level),
            )
        )
    return found


def _process(plan: Plan, rows: _Long) -> list[MixedFit]:
    """Process and outcome within and between people: lagged first, then at the same wave."""
    forms = (
        [Form.LAGGED, Form.CONTEMPORANEOUS] if len(plan.waves) > 2 else [Form.CONTEMPORANEOUS]
    )
    sets: list[tuple[str, ...]] = [(name,) for name in plan.process]
    if len(plan.process) > 1:
        sets.append(plan.process)
    asks = {
        Form.LAGGED: "When {0} is higher than usual for a person, what is the outcome at the "
        "next wave?",
        Form.CONTEMPORANEOUS: "When {0} is higher than usual for a person, what is the outcome "
        "at that wave?",
    }
    return [
        _try(
            f"{form.value}: {' and '.join(names)}",
            asks[form].format(" or ".join(plan.label(name) for name in names)),
            _within_between(plan, rows, form, names),
        )
        for form in forms
        for names in sets
    ]


def _within_between(
    plan: Plan, rows: _Long, form: Form, names: Sequence[str]
) -> Callable[[], WithinBetween]:
    return lambda: within_between(
        rows.values[plan.outcome],
        {name: rows.values[name] for name in names},
        rows.person,
        rows.wave,
        time=rows.time,
        form=form,
        level=plan.level,
    )


def _therapists(plan: Plan, cohort: Cohort) -> list[MixedFit]:
    """How much of outcome and relation lies between therapists."""
    if cohort.therapist is None:
        return []
    last = cohort.at(plan.outcome, plan.last)
    beside = {name: cohort.fixed[name] for name in plan.covariates}
    if plan.baseline_outcome:
        beside = {f"{plan.outcome}_{plan.first}": cohort.at(plan.outcome, plan.first), **beside}
    relation = {f"{v}_{plan.first}": cohort.at(v, plan.first) for v in plan.relation}
    found = [
        _one_level(
            plan,
            "therapists: outcome",
            "How much of the outcome at the end lies between therapists, given the start?",
            last,
            {**beside, **relation},
            cohort.therapist,
        )
    ]
    for name, values in relation.items():
        found.append(
            _one_level(
                plan,
                f"therapists: {name}",
                "How much of the relation lies between therapists?",
                values,
                {},
                cohort.therapist,
            )
        )
    return found


def _one_level(
    plan: Plan,
    name: str,
    question: str,
    outcome: Numbers,
    fixed: Mapping[str, Numbers],
    therapist: Whole,
) -> MixedFit:
    """A model of one row a person, whose only level is the therapist."""
    found = _try(name, question, lambda: fit(outcome, fixed, therapist, level=plan.level))
    shares = {"therapist": found.shares["person"]} if found.shares else {}
    return msgspec.structs.replace(found, person=None, therapist=found.person, shares=shares)


def _try(name: str, question: str, make: Callable[[], MixedModel | WithinBetween]) -> MixedFit:
    """The model, or why there is none."""
    try:
        made = make()
    except InputError as error:
        return MixedFit(
            name=name, question=question, refused=f"{error.problem} ({error.where})"
        )
    model = made if isinstance(made, MixedModel) else made.model
    parted = made if isinstance(made, WithinBetween) else None
    return MixedFit(
        name=name,
        question=question,
        effects=_effects(model),
        within=() if parted is None else _slopes(parted.within),
        between=() if parted is None else _slopes(parted.between),
        context=() if parted is None else _slopes(parted.context),
        person=_spread(model.person),
        therapist=None if model.therapist is None else _spread(model.therapist),
        residual_variance=model.residual_variance,
        shares=intraclass(model),
        log_likelihood=model.log_likelihood,
        aic=model.aic,
        bic=model.bic,
        rows=model.rows,
        left_out=model.left_out,
        converged=model.converged,
        singular=model.singular,
        warnings=model.warnings,
    )


def _effects(model: MixedModel) -> tuple[Effect, ...]:
    return tuple(
        Effect(
            term=term,
            estimate=float(model.coefficients[place]),
            se=number(model.se[place]),
            t=number(model.t[place]),
            df=number(model.df[place]),
            p=number(model.p[place]),
            interval=ends(model.low[place], model.high[place]),
        )
        for place, term in enumerate(model.terms)
    )


def _slopes(slopes: Sequence[Slope]) -> tuple[Effect, ...]:
    return tuple(
        Effect(
            term=one.name,
            estimate=one.estimate,
            se=number(one.se),
            t=number(one.t),
            df=number(one.df),
            p=number(one.p),
            interval=ends(one.low, one.high),
        )
        for one in slopes
    )


def _spread(variation: Variation) -> Spread:
    return Spread(
        terms=variation.terms,
        variances=tuple(np.diag(variation.covariance).tolist()),
        correlations=tuple(
            tuple(number(value) for value in row) for row in variation.correlation
        ),
    )
