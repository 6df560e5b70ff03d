"""The codebook of a cohort: every column of the data, what part it plays, and what stands in it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec
import numpy as np

from rapport.cohort.data.cohort import Cohort
from rapport.cohort.data.described import FORMAT, Described
from rapport.cohort.data.table import Table, kind_of
from rapport.cohort.plan.model import Plan
from rapport.stats.arrays import Numbers

FEWEST_SHOWN = 5
"""With fewer values than this, none of them is told: it could point to someone."""


class Role(StrEnum):
    """The part that a column plays in the plan."""

    PERSON = "person"
    WAVE = "wave"
    TIME = "time"
    THERAPIST = "therapist"
    OUTCOME = "outcome"
    RELATION = "relation"
    PROCESS = "process"
    COVARIATE = "covariate"
    AUXILIARY = "auxiliary"
    GROUP = "group"
    RANDOMISED = "randomised"
    ITEM = "item"
    UNUSED = "unused"


class Entry(Described, frozen=True, kw_only=True, omit_defaults=True):
    """A variable at a wave, or a column without waves.

    `n` values are there, `missing` are not. `min`, `max` and `mean` are None for what is no
    number, for what the plan does not use, and with fewer than 5 values. `instrument` is set for
    items and for scores made of them.
    """

    roles: tuple[Role, ...]
    wave: str | None = None
    n: int
    missing: int
    min: float | None = None
    max: float | None = None
    mean: float | None = None


class Codebook(msgspec.Struct, frozen=True, kw_only=True):
    """A codebook as a file: what `read_codebook` reads, and what was found in the data."""

    format: str = FORMAT
    variables: tuple[Entry, ...]


def codebook(
    table: Table, plan: Plan, cohort: Cohort, items: Mapping[str, Described]
) -> tuple[Entry, ...]:
    """The entries in the order of their parts: labels, fixed, repeated, items, unused columns.

    `table` is as it was read, `items` are its columns that a score was made of. No label of a
    person or therapist is told, and nothing of unused columns but how many values they have.
    """
    numbered = list(_numbered(table, plan, cohort))
    known = {one.name for one in numbered}
    rest = [name for name in table.columns if name not in known]
    return (
        *_labels(table, plan),
        *numbered,
        *(
            _entry(items[name], (Role.ITEM,), table.numbers(name))
            for name in rest
            if name in items
        ),
        *(_counted(table, name, Role.UNUSED) for name in rest if _is_unused(plan, name, items)),
    )


def _is_unused(plan: Plan, name: str, items: Mapping[str, Described]) -> bool:
    return name not in items and name not in dict(_label_roles(plan))


def _label_roles(plan: Plan) -> Iterator[tuple[str, Role]]:
    """The columns that say who, when and with whom."""
    yield plan.person, Role.PERSON
    yield plan.wave, Role.WAVE
    if plan.time:
        yield plan.time, Role.TIME
    if plan.therapist:
        yield plan.therapist, Role.THERAPIST


def _labels(table: Table, plan: Plan) -> Iterator[Entry]:
    for name, role in _label_roles(plan):
        if name in table.columns:
            yield _counted(table, name, role)


def _counted(table: Table, name: str, role: Role) -> Entry:
    """A column of which only the number of its values is told."""
    told = table.described.get(name) or Described(name=name)
    n = table.known(name)
    return Entry(
        name=name,
        label=told.label,
        kind=table.kind(name),
        unit=told.unit,
        instrument=told.instrument,
        item=told.item,
        roles=(role,),
        n=n,
        missing=table.rows - n,
    )


def _numbered(table: Table, plan: Plan, cohort: Cohort) -> Iterator[Entry]:
    """The variables of the models: fixed ones, then the repeated ones, wave by wave."""
    for name, values in cohort.fixed.items():
        yield _entry(_words(table, plan, name, name), _roles(plan, name), values)
    for variable, matrix in cohort.measured.items():
        for place, wave in enumerate(cohort.waves):
            if f"{variable}_{wave}" in cohort.never:
                continue
            name = f"{variable}_{wave}" if cohort.layout == "wide" else variable
            yield _entry(
                _words(table, plan, name, variable),
                _roles(plan, variable),
                matrix[:, place],
                wave,
            )


def _words(table: Table, plan: Plan, name: str, variable: str) -> Described:
    """What the file, else the plan, says of a column."""
    told = table.described.get(name) or Described(name=name)
    scored = plan.scores.get(variable)
    return msgspec.structs.replace(
        told,
        label=told.label or plan.labels.get(variable),
        range=plan.ranges.get(variable, told.range),
        instrument=scored.instrument if scored else told.instrument,
    )


def _roles(plan: Plan, variable: str) -> tuple[Role, ...]:
    parts: dict[Role, Iterable[str | None]] = {
        Role.OUTCOME: (plan.outcome,),
        Role.RELATION: plan.relation,
        Role.PROCESS: plan.process,
        Role.COVARIATE: plan.covariates,
        Role.AUXILIARY: plan.auxiliary,
        Role.GROUP: (plan.group,),
        Role.RANDOMISED: (plan.randomised,),
    }
    return tuple(role for role, names in parts.items() if variable in names)


def _entry(
    told: Described, roles: tuple[Role, ...], values: Numbers, wave: str | None = None
) -> Entry:
    known = values[np.isfinite(values)]
    shown = len(known) >= FEWEST_SHOWN
    said: dict[str, Any] = {name: getattr(told, name) for name in told.__struct_fields__}
    said["kind"] = told.kind or kind_of(values)
    return Entry(
        **said,
        roles=roles,
        wave=wave,
        n=len(known),
        missing=len(values) - len(known),
        min=float(known.min()) if shown else None,
        max=float(known.max()) if shown else None,
        mean=float(known.mean()) if shown else None,
    )


# --- As a table -------------------------------------------------------------------------------

_COLUMNS = (
    "name",
    "wave",
    "roles",
    "label",
    "kind",
    "unit",
    "values",
    "range",
    "instrument",
    "item",
    "n",
    "missing",
    "min",
    "max",
    "mean",
)


def as_csv(entries: Iterable[Entry]) -> str:
    """The codebook as CSV with a header. A text that a spreadsheet would compute is quoted."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in entries:
        shown = {
            "roles": " ".join(one.roles),
            "values": value_words(one.values),
            "range": range_words(one.range),
        }
        writer.writerow([_cell(shown.get(name, getattr(one, name))) for name in _COLUMNS])
    return file.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t"} else value
    return value


def range_words(ends: tuple[float, float] | None) -> str:
    """The possible values in words: "0 to 33"; nothing where they are not known."""
    return "" if ends is None else f"{ends[0]:g} to {ends[1]:g}"


def value_words(values: Mapping[str, str]) -> str:
    """Labels of values in a line: "0 = no; 1 = yes"."""
    return "; ".join(f"{value} = {word}" for value, word in values.items())
