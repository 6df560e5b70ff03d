"""The analyses of a cohort as functions: data frame and plan in, typed results out.

They give the numbers of `rapport cohort analyse`, as they are made by the same way. Each section
alone is computed as it would be among all the others: the same people, the same draws.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from rapport.cohort.analysis.change import ReliableChange
from rapport.cohort.analysis.description import Description
from rapport.cohort.analysis.gaps import Imputation
from rapport.cohort.analysis.partition import DominanceResult, VariancePartition
from rapport.cohort.analysis.paths import PathResult
from rapport.cohort.analysis.prediction import Prediction
from rapport.cohort.analysis.resample import Progress
from rapport.cohort.analysis.results import Results
from rapport.cohort.analysis.templates import TemplateResult
from rapport.cohort.analysis.time import MixedResult
from rapport.cohort.analysis.unmeasured import Unmeasured
from rapport.cohort.data.codebook import Codebook
from rapport.cohort.data.frames import Frame, hash_of, table_of
from rapport.cohort.data.source import source_of
from rapport.cohort.folder import Folder
from rapport.cohort.many import Outcome, Told, jobs
from rapport.cohort.many import analyse_all as many
from rapport.cohort.plan.model import Estimand, Missing, Plan
from rapport.cohort.plan.parse import plan_of
from rapport.cohort.report.files import outcome_files
from rapport.cohort.run import Read, Ready, checked, of_source, read_plan, replaced
from rapport.core.encoding import content_hash, to_json
from rapport.core.errors import UsageError
from rapport.knowledge.load import load
from rapport.knowledge.model import Knowledge

Data = Frame | str | Path
"""A data frame, columns by name, or the path of a file or folder of measurements."""

PlanLike = Plan | Mapping[str, Any] | str | Path
"""A plan, its keys as in TOML, or the path of its file."""

_WHERE = "the plan"


def analyse(
    data: Data,
    plan: PlanLike,
    *,
    seed: int | None = None,
    draws: int | None = None,
    progress: Progress | None = None,
) -> Results:
    """Everything that the plan asks for, as in results.json.

    `seed` and `draws` replace those of the plan, which is listed among the deviations.
    `progress` is told what is being done, how much of it, and of how much.
    Errors: InputError for every fault of plan or data.
    """
    return _ready(data, plan, seed, draws).results(progress=progress)


def analyse_all(
    source: str | Path,
    out: str | Path,
    *,
    plan: str | Path | None = None,
    processes: int | None = None,
    scheduler: str | None = None,
    told: Told | None = None,
) -> tuple[Outcome, ...]:
    """Every cohort of a folder, each with a folder of results below `out`; see `many`.

    `plan` is the plan of cohorts without one of their own, `scheduler` the address of a Dask
    cluster that works instead of `processes` here.
    Errors: UsageError, InputError for a source without cohorts and a cluster or folder that
    cannot be reached; a cohort that cannot be analysed is told in its outcome.
    """
    cohorts = jobs([Path(source)], None if plan is None else Path(plan))
    return many(cohorts, Path(out), processes=processes, scheduler=scheduler, told=told)


def codebook(data: Data, plan: PlanLike) -> Codebook:
    """Every variable at every wave, with its part in the plan and its values in numbers."""
    return Codebook(variables=_ready(data, plan).inputs.codebook)


def description(data: Data, plan: PlanLike) -> Description:
    """Who was there, who left, what is missing, and how values went."""
    return _section(data, plan, Estimand.DESCRIPTION)


def reliable_change(data: Data, plan: PlanLike) -> ReliableChange:
    """Who changed by more than the error of the instrument; who got worse is always told."""
    return _section(data, plan, Estimand.CHANGE)


def prediction(data: Data, plan: PlanLike) -> Prediction:
    """The regression of the outcome in steps."""
    return _section(data, plan, Estimand.PREDICTION)


def partition(data: Data, plan: PlanLike) -> VariancePartition:
    """Variance explained by relation and process, uniquely and jointly."""
    return _section(data, plan, Estimand.PARTITION)


def dominance(data: Data, plan: PlanLike) -> DominanceResult | None:
    """Which predictor carries most; None with more of them than can be compared."""
    return _section(data, plan, Estimand.DOMINANCE)


def paths(data: Data, plan: PlanLike) -> tuple[PathResult, ...]:
    """The path models of the plan."""
    return _section(data, plan, Estimand.PATHS)


def mixed(data: Data, plan: PlanLike) -> MixedResult:
    """Models over time, within people and between them."""
    return _section(data, plan, Estimand.MIXED)


def templates(data: Data, plan: PlanLike) -> tuple[TemplateResult, ...]:
    """The structural models; one that does not fit in any meaningful way says so."""
    return _section(data, plan, Estimand.TEMPLATES)


def unmeasured(data: Data, plan: PlanLike) -> tuple[Unmeasured, ...]:
    """How strong something unknown would have to be to undo an indirect effect."""
    return _section(data, plan, Estimand.CAUSAL)


def imputation(data: Data, plan: PlanLike) -> Imputation:
    """How gaps were filled, and what if wrongly.

    Errors: UsageError for a plan that fills none.
    """
    found = _ready(data, plan)
    if found.plan.missing is not Missing.MI:
        raise UsageError("the plan fills no gaps", where=_WHERE, fix='write missing = "mi"')
    return _of(found, (), "imputation")


def write(results: Results, out: str | Path) -> None:
    """Write results.json, report, card, codebook, checklist and figures into a folder.

    Errors: InputError where the folder cannot be written to.
    """
    _, files = outcome_files(results, _knowledge())
    Folder(Path(out), content_hash(to_json(results))).finish(files)


def _section(data: Data, plan: PlanLike, asked: Estimand) -> Any:
    """One section of the results, of the type that its function says."""
    return _of(_ready(data, plan), (asked,), asked.value)


def _of(found: Ready, asked: tuple[Estimand, ...], name: str) -> Any:
    plan = msgspec.structs.replace(found.plan, estimands=asked)
    return getattr(msgspec.structs.replace(found, plan=plan).results(), name)


def _ready(
    data: Data, plan: PlanLike, seed: int | None = None, draws: int | None = None
) -> Ready:
    """Data and plan read and checked."""
    used, deviations = replaced(_plan(plan), seed=seed, draws=draws)
    where = str(plan) if isinstance(plan, str | Path) else _WHERE
    if isinstance(data, str | Path):
        read = of_source(source_of(Path(data)), used, where)
    else:
        table = table_of(data)
        read = Read(table=table, plan=used, where=where, data_hash=hash_of(table))
    return checked(msgspec.structs.replace(read, deviations=tuple(deviations)), _knowledge())


def _plan(plan: PlanLike) -> Plan:
    if isinstance(plan, str | Path):
        return read_plan(Path(plan))
    return plan if isinstance(plan, Plan) else plan_of(plan, where=_WHERE)


@cache
def _knowledge() -> Knowledge:
    return load()
