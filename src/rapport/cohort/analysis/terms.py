"""The columns of numbers that analyses use, named from the variables and waves of the plan."""

from collections.abc import Mapping, Sequence

import msgspec

from rapport.cohort.data.cohort import Cohort
from rapport.cohort.plan.model import Plan, ProcessAs
from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The names of the columns of a plan's models.

    A column is `<variable>_<wave>`, a covariate by its own name, or `<variable>_change`: a later
    wave minus the first (the last wave, or the one before it in a lagged plan).
    """

    outcome: str
    covariates: tuple[str, ...]
    relation: tuple[str, ...]
    process: tuple[str, ...]

    @property
    def core(self) -> tuple[str, ...]:
        """All columns of the main models, the outcome last."""
        return (*self.covariates, *self.relation, *self.process, self.outcome)


def terms(plan: Plan) -> Terms:
    """The columns of the plan's main models."""
    return Terms(
        outcome=f"{plan.outcome}_{plan.last}",
        covariates=covariates(plan, plan.covariates),
        relation=tuple(f"{name}_{plan.first}" for name in plan.relation),
        process=tuple(f"{name}_change" for name in plan.process),
    )


def covariates(plan: Plan, more: Sequence[str]) -> tuple[str, ...]:
    """The outcome at the first wave, where the plan has it as a covariate, and these."""
    first = (f"{plan.outcome}_{plan.first}",) if plan.baseline_outcome else ()
    return tuple(dict.fromkeys((*first, *more)))


def process_end(plan: Plan) -> str:
    """The wave up to which the change of a process variable is taken."""
    return plan.waves[-2] if plan.process_as is ProcessAs.LAGGED else plan.last


def resolved(plan: Plan, name: str) -> str:
    """The column that a name in a path model stands for.

    Errors: InputError for a name that is no variable of the plan, alone or with a wave.
    """
    if name in plan.relation:
        return f"{name}_{plan.first}"
    if name in plan.process:
        return f"{name}_change"
    fixed = (*plan.covariates, *plan.auxiliary, plan.group, plan.randomised)
    if name in fixed or name in repeated_columns(plan):
        return name
    raise InputError(
        f"the path model uses {name}, which is no variable of the plan",
        where="key paths",
        fix="name a variable of relation, process or covariates, or one with its wave",
    )


def repeated_columns(plan: Plan) -> tuple[str, ...]:
    """Every `<variable>_<wave>` of the plan."""
    return tuple(f"{v}_{wave}" for v in plan.repeated for wave in plan.waves)


def parts_of(plan: Plan, column: str) -> tuple[str, ...]:
    """The measured columns that a column is made from."""
    if column.endswith("_change") and column.removesuffix("_change") in plan.process:
        name = column.removesuffix("_change")
        return (f"{name}_{process_end(plan)}", f"{name}_{plan.first}")
    return (column,)


def measured(cohort: Cohort) -> dict[str, Numbers]:
    """Every column of the data by name, NaN where it is missing."""
    found = {
        f"{variable}_{wave}": values[:, place]
        for variable, values in cohort.measured.items()
        for place, wave in enumerate(cohort.waves)
    }
    return {**found, **cohort.fixed}


def columns(
    plan: Plan, values: Mapping[str, Numbers], wanted: Sequence[str]
) -> dict[str, Numbers]:
    """The wanted columns, changes computed; NaN where a part is missing."""
    found: dict[str, Numbers] = {}
    for column in wanted:
        parts = [values[part] for part in parts_of(plan, column)]
        found[column] = parts[0] if len(parts) == 1 else parts[0] - parts[1]
    return found
