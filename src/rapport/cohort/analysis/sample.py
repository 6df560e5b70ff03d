"""The people an analysis is of: those without gaps, or all of them in several completed data sets."""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from rapport.cohort.analysis.terms import columns, measured, parts_of
from rapport.cohort.data.cohort import Cohort
from rapport.cohort.plan.model import Missing, Plan
from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Truths, Whole


class Completed(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The measured columns of all people: as they are, or completed by imputation.

    `sets` is one mapping with gaps (NaN) for `complete` and `fiml`, or one a completed data set.
    """

    sets: tuple[Mapping[str, Numbers], ...]
    raw: Mapping[str, Numbers]
    therapist: Whole | None

    @property
    def imputed(self) -> bool:
        """Whether the gaps were filled."""
        return len(self.sets) > 1


class Sample(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The columns of one analysis without gaps, in one or several completed data sets.

    `people` says who of the cohort is in it; `missing` counts the people of the cohort who lack
    each column.
    """

    sets: tuple[dict[str, Numbers], ...]
    people: Truths
    missing: dict[str, int]
    therapist: Whole | None

    @property
    def n(self) -> int:
        """How many people are in the sample."""
        return int(self.people.sum())

    @property
    def imputed(self) -> bool:
        """Whether the gaps were filled."""
        return len(self.sets) > 1


def as_measured(cohort: Cohort) -> Completed:
    """The columns as they were measured."""
    raw = measured(cohort)
    return Completed(sets=(raw,), raw=raw, therapist=cohort.therapist)


def to_impute(plan: Plan, wanted: Sequence[str], cohort: Cohort) -> dict[str, Numbers]:
    """The columns that an imputation is made with.

    Those of the models, the outcome at every wave, and the auxiliary variables: what predicts
    drop-out or the missing value belongs in, even where no model uses it.
    """
    raw = measured(cohort)
    names = [part for column in wanted for part in parts_of(plan, column)]
    names += [f"{plan.outcome}_{wave}" for wave in plan.waves]
    names += plan.auxiliary
    return {name: raw[name] for name in dict.fromkeys(names) if np.isfinite(raw[name]).any()}


def sample(plan: Plan, source: Completed, wanted: Sequence[str]) -> Sample:
    """The people who have all the wanted columns.

    Errors: InputError where they are fewer than the columns, so that no model can be fitted.
    """
    raw = columns(plan, source.raw, wanted)
    missing = {name: int((~np.isfinite(values)).sum()) for name, values in raw.items()}
    first = columns(plan, source.sets[0], wanted)
    people = np.all([np.isfinite(values) for values in first.values()], axis=0)
    if people.sum() <= len(wanted) + 1:
        rule = "" if plan.missing is Missing.MI else ', or fill the gaps with missing = "mi"'
        raise InputError(
            f"{int(people.sum())} people without gaps for {len(wanted)} variables",
            where=f"the columns {', '.join(wanted)}",
            fix=f"take variables out of the plan{rule}",
        )
    sets = [columns(plan, values, wanted) for values in source.sets]
    return Sample(
        sets=tuple({name: values[people] for name, values in one.items()} for one in sets),
        people=people,
        missing=missing,
        therapist=None if source.therapist is None else source.therapist[people],
    )
