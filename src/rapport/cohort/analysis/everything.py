"""All analyses of a plan, one after the other, into one result."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from rapport.cohort.analysis import gaps
from rapport.cohort.analysis.change import ReliableChange, change
from rapport.cohort.analysis.description import Description, description
from rapport.cohort.analysis.flags import Seen, flags
from rapport.cohort.analysis.partition import (
    DominanceResult,
    VariancePartition,
    dominance_result,
    statistics,
    variance_partition,
)
from rapport.cohort.analysis.paths import Drawn, PathResult, drawn, path_result
from rapport.cohort.analysis.prediction import Prediction, prediction
from rapport.cohort.analysis.resample import Progress, Resampled, resample
from rapport.cohort.analysis.results import Inputs, Results
from rapport.cohort.analysis.sample import Completed, Sample, as_measured, sample
from rapport.cohort.analysis.templates import TemplateResult, templates
from rapport.cohort.analysis.terms import Terms, terms
from rapport.cohort.analysis.time import MixedResult, mixed
from rapport.cohort.analysis.unmeasured import (
    Asked,
    Unmeasured,
    as_statistic,
    asked,
    unmeasured,
)
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.plan.model import Missing, Plan
from rapport.stats.bootstrap import Statistic
from rapport.stats.imputation.chained import Imputed
from rapport.stats.paths import statistic

M = TypeVar("M")
# How a finished section is kept and found again: name, type, and how to make it.
Keep = Callable[[str, Any, Callable[[], Any]], Any]


class _Work:
    """The parts that sections share, each made when it is first asked for."""

    def __init__(
        self, plan: Plan, cohort: Cohort, inputs: Inputs, progress: Progress | None
    ) -> None:
        self.plan, self.cohort, self.inputs, self.progress = plan, cohort, inputs, progress
        self.terms: Terms = terms(plan)
        self.models: list[Drawn] = drawn(plan, self.terms)
        self.pairs: list[Asked] = asked(self.models)
        self.deviations: list[str] = list(inputs.deviations)
        self._imputed: Imputed | None = None
        self._source: Completed | None = None
        self._draws: dict[str, tuple[Sample, Resampled]] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that some model uses."""
        more = [name for model in self.models for name in model.wanted]
        return tuple(dict.fromkeys((*self.terms.core, *more)))

    @property
    def imputed(self) -> Imputed:
        """The completed data sets."""
        if self._imputed is None:
            table = self.inputs.imputed
            self.told("filling gaps", 0, 1)
            self._imputed = (
                gaps.filled(self.plan, self.cohort, self.columns)
                if table is None
                else gaps.from_file(table, self.plan, self.cohort, self.columns)
            )
        return self._imputed

    @property
    def source(self) -> Completed:
        """The columns as the plan's strategy for gaps leaves them."""
        if self._source is None:
            self._source = (
                gaps.completed(self.cohort, self.imputed)
                if self.plan.missing is Missing.MI
                else as_measured(self.cohort)
            )
        return self._source

    def told(self, what: str, done: int, of: int) -> None:
        """Say how far the work is."""
        if self.progress is not None:
            self.progress(what, done, of)

    @property
    def main(self) -> Sample:
        """The people of the main models."""
        return sample(self.plan, self.source, self.terms.core)

    @property
    def draws(self) -> dict[str, tuple[Sample, Resampled]]:
        """Every statistic with its people and draws; those of the same people share the draws."""
        if not self._draws:
            self._draws = self._resampled()
        return self._draws

    def _resampled(self) -> dict[str, tuple[Sample, Resampled]]:
        wanted = dict.fromkeys(statistics(self.plan, self.terms), self.terms.core)
        made = dict(statistics(self.plan, self.terms))
        for place, model in enumerate(self.models):
            wanted[f"path {place}"] = model.wanted
            made[f"path {place}"] = statistic(model.model)
        for place, pair in enumerate(self.pairs):
            wanted[f"pair {place}"] = pair.wanted
            made[f"pair {place}"] = as_statistic(pair)
        samples = {
            columns: sample(self.plan, self.source, columns) for columns in wanted.values()
        }
        together: dict[bytes, list[str]] = {}
        for name, columns in wanted.items():
            together.setdefault(samples[columns].people.tobytes(), []).append(name)
        found: dict[str, tuple[Sample, Resampled]] = {}
        for names in together.values():
            drawn_ = self._draw(names, wanted, made)
            found |= {name: (samples[wanted[name]], drawn_[name]) for name in names}
        return found

    def _draw(
        self,
        names: list[str],
        wanted: Mapping[str, tuple[str, ...]],
        made: Mapping[str, Statistic],
    ) -> dict[str, Resampled]:
        """One set of draws for the statistics of the same people."""
        columns = tuple(dict.fromkeys(column for name in names for column in wanted[name]))
        people = sample(self.plan, self.source, columns)
        indices = self.inputs.indices
        if indices is not None and indices.max() >= people.n and "two" not in names:
            self.deviations.append(
                f"the given resampling rows do not fit the {people.n} people of "
                f"{', '.join(names)}: the seed was used there"
            )
            indices = None
        return resample(
            self.plan,
            people,
            {name: made[name] for name in names},
            indices=indices,
            progress=self.progress,
        )


def analyse(
    plan: Plan,
    cohort: Cohort,
    inputs: Inputs,
    *,
    progress: Progress | None = None,
    keep: Keep | None = None,
) -> Results:
    """The results of the plan. The same plan, cohort and inputs give the same results.

    `progress` is told what is being done, how much of it is done, and of how much. `keep` may
    give back a section that an interrupted run has finished.
    Errors: InputError for data that the plan's main models cannot be fitted to.
    """
    work = _Work(plan, cohort, inputs, progress)
    kept: Keep = keep or _anew
    main = work.main
    found: dict[str, Any] = {
        name: kept(name, kind, make) if name in _wanted(plan) else None
        for name, (kind, make) in _sections(work, main).items()
    }
    described: Description = found["description"] or description(plan, cohort)
    return Results(
        plan=plan,
        badge=inputs.badge,
        data=inputs.data,
        codebook=inputs.codebook,
        **found,
        flags=flags(
            Seen(
                plan=plan,
                chosen=work.terms,
                cohort=cohort,
                described=described,
                badge=inputs.badge,
                n=main.n,
                alpha=inputs.alpha,
            )
        ),
        deviations=tuple(work.deviations),
        versions=inputs.versions,
    )


def _anew(_name: str, _kind: Any, make: Callable[[], Any]) -> Any:
    """Nothing is kept: every section is made."""
    return make()


def _wanted(plan: Plan) -> set[str]:
    """The names of the sections that the plan asks for."""
    imputed = {"imputation"} if plan.missing is Missing.MI else set[str]()
    return {estimand.value for estimand in plan.estimands} | imputed


_Section = tuple[Any, Callable[[], Any]]


def _sections(work: _Work, main: Sample) -> dict[str, _Section]:
    """Every section: its type, and how it is made. The order is that of the work."""
    return {**_of_people(work), **_of_models(work, main), **_of_time(work)}


def _of_people(work: _Work) -> dict[str, _Section]:
    """Who was there, who changed, and how gaps were filled."""
    plan, cohort = work.plan, work.cohort
    return {
        "description": (Description, lambda: description(plan, cohort)),
        "change": (
            ReliableChange,
            lambda: change(plan, cohort, computed_alpha=work.inputs.alpha),
        ),
        "imputation": (
            gaps.Imputation,
            lambda: gaps.imputation(
                plan,
                work.terms,
                work.imputed,
                work.source,
                from_outside=work.inputs.imputed is not None,
            ),
        ),
    }


def _of_models(work: _Work, main: Sample) -> dict[str, _Section]:
    """What the shared draws serve."""
    plan, chosen = work.plan, work.terms

    def main_draws() -> dict[str, Resampled]:
        return {name: pair[1] for name, pair in work.draws.items()}

    def paths() -> tuple[PathResult, ...]:
        found = [work.draws[f"path {place}"] for place in range(len(work.models))]
        return tuple(path_result(plan, *one) for one in _flat(work.models, found))

    def causal() -> tuple[Unmeasured, ...]:
        found = [work.draws[f"pair {place}"] for place in range(len(work.pairs))]
        return tuple(unmeasured(plan, *one) for one in _flat(work.pairs, found))

    return {
        "prediction": (Prediction, lambda: prediction(plan, chosen, main)),
        "partition": (
            VariancePartition,
            lambda: variance_partition(plan, chosen, main, main_draws()),
        ),
        "dominance": (
            DominanceResult | None,
            lambda: dominance_result(plan, chosen, main, main_draws()),
        ),
        "paths": (tuple[PathResult, ...], paths),
        "causal": (tuple[Unmeasured, ...], causal),
    }


def _flat(
    models: Sequence[M], draws: Sequence[tuple[Sample, Resampled]]
) -> list[tuple[M, Sample, Resampled]]:
    """Each model with its sample and its draws."""
    return [(model, *pair) for model, pair in zip(models, draws, strict=True)]


def _of_time(work: _Work) -> dict[str, _Section]:
    """What needs no draws: models with time, and the templates."""
    plan, cohort = work.plan, work.cohort
    return {
        "mixed": (MixedResult, lambda: mixed(plan, cohort)),
        "templates": (
            tuple[TemplateResult, ...],
            lambda: templates(plan, cohort, work.models, work.pairs),
        ),
    }
