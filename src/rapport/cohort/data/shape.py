"""From a table to a cohort: wide (a row a person) or long (a row a person and wave)."""

from collections.abc import Iterable

import numpy as np

from rapport.cohort.data.cohort import Cohort
from rapport.cohort.data.table import Labels, Table
from rapport.cohort.plan.model import OtherWaves, Plan, ProcessAs
from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole


def to_cohort(table: Table, plan: Plan) -> Cohort:
    """The cohort that the plan asks for.

    Errors: InputError for a column that is not there, a person or therapist without a label, a
    wave that the plan does not know, a person (and wave) that comes twice, a covariate that
    changes within a person, a value outside its range, and a variable that is wholly missing.
    """
    ids = table.labels(plan.person)
    _all_named(table, plan.person, ids.codes)
    wide = f"{plan.outcome}_{plan.first}" in table.columns
    long = plan.outcome in table.columns and plan.wave in table.columns
    if wide == long:
        raise InputError(
            "the data fit both layouts" if wide else "the data lack the outcome of the plan",
            where=f"{table.source}, column {plan.outcome}_{plan.first} (wide) or "
            f"{plan.outcome} with {plan.wave} (long)",
            fix="leave one of them out"
            if wide
            else f"correct the plan, or the header, which has {table.header()}",
        )
    cohort = _wide(table, plan, ids) if wide else _long(table, plan, ids)
    _check_measured(table.source, plan, cohort)
    return cohort


def _all_named(table: Table, column: str, codes: Whole) -> None:
    unnamed = np.flatnonzero(codes < 0)
    if len(unnamed):
        raise InputError(
            f"the row has no {column}",
            where=table.place(int(unnamed[0]), column),
            fix="give every row a label, or take the row out",
        )


def _times(plan: Plan) -> Numbers:
    steps = plan.times or tuple(range(len(plan.waves)))
    return np.asarray(steps, dtype=np.float64)


def _in_range(table: Table, plan: Plan, variable: str, column: str, values: Numbers) -> Numbers:
    """The values, all of them possible. Errors: InputError naming row and column."""
    low, high = plan.ranges.get(variable, (-np.inf, np.inf))
    outside = np.flatnonzero((values < low) | (values > high))
    if len(outside):
        raise InputError(
            f"the value is outside the possible range of {low:g} to {high:g}",
            where=table.place(int(outside[0]), column),
            fix="correct it, or leave the cell empty where the value is not known",
        )
    return values


def _unused(table: Table, used: Iterable[str]) -> tuple[str, ...]:
    known = set(used)
    return tuple(name for name in table.columns if name not in known)


# --- Wide -------------------------------------------------------------------------------------


def _wide(table: Table, plan: Plan, ids: Labels) -> Cohort:
    seen, first = np.unique(ids.codes, return_index=True)
    if len(seen) < table.rows:
        again = np.setdiff1d(np.arange(table.rows), first)
        raise InputError(
            "the person comes twice",
            where=table.place(int(again[0]), plan.person),
            fix="keep one row a person, or give the data in the long layout with a wave column",
        )
    measured: dict[str, Numbers] = {}
    never: list[str] = []
    used = {plan.person, plan.therapist, *plan.fixed}
    for variable in plan.repeated:
        columns: list[Numbers] = []
        for wave in plan.waves:
            name = f"{variable}_{wave}"
            used.add(name)
            if name in table.columns:
                columns.append(_in_range(table, plan, variable, name, table.numbers(name)))
            else:
                never.append(name)
                columns.append(np.full(table.rows, np.nan))
        measured[variable] = np.column_stack(columns)
    return Cohort(
        people=table.rows,
        waves=plan.waves,
        times=_times(plan),
        measured=measured,
        fixed={
            name: _in_range(table, plan, name, name, table.numbers(name)) for name in plan.fixed
        },
        never=tuple(never),
        therapist=_therapist(table, plan),
        layout="wide",
        rows=table.rows,
        unused=_unused(table, (name for name in used if name)),
    )


def _therapist(table: Table, plan: Plan) -> Whole | None:
    if plan.therapist is None:
        return None
    codes = table.labels(plan.therapist).codes
    _all_named(table, plan.therapist, codes)
    return codes


# --- Long -------------------------------------------------------------------------------------


def _places(table: Table, plan: Plan) -> Whole:
    """The place of each row's wave in the plan, by name or by number from 0; -1: not in it."""
    labels = table.labels(plan.wave)
    _all_named(table, plan.wave, labels.codes)
    numbered = [str(place) for place in range(len(plan.waves))]
    names = plan.waves if set(labels.names) & set(plan.waves) else tuple(numbered)
    places = np.array([names.index(n) if n in names else -1 for n in labels.names], np.intp)
    return places[labels.codes]


def without_other_waves(table: Table, plan: Plan) -> Table:
    """Long data without the rows of waves that the plan does not name, if it says so."""
    if plan.other_waves is OtherWaves.REFUSE or plan.wave not in table.columns:
        return table
    return table.only(np.flatnonzero(_places(table, plan) >= 0))


def wave_places(table: Table, plan: Plan) -> Whole:
    """The place of each row's wave in the plan. Errors: InputError for one that is not in it."""
    found = _places(table, plan)
    unknown = np.flatnonzero(found < 0)
    if len(unknown):
        raise InputError(
            "the wave is not one of the plan",
            where=table.place(int(unknown[0]), plan.wave),
            fix=f"use {', '.join(plan.waves)}, or number them 0 to {len(plan.waves) - 1}; "
            'take out rows of other waves, or write other_waves = "leave_out" in the plan',
        )
    return found


def _long(table: Table, plan: Plan, ids: Labels) -> Cohort:
    waves, people = wave_places(table, plan), len(ids.names)
    cells = ids.codes * len(plan.waves) + waves
    _check_once(table, plan, cells)
    _check_rising(table, plan, ids.codes, waves)
    measured: dict[str, Numbers] = {}
    for variable in plan.repeated:
        values = np.full(people * len(plan.waves), np.nan)
        values[cells] = _in_range(table, plan, variable, variable, table.numbers(variable))
        measured[variable] = values.reshape(people, -1)
    fixed = {
        name: _one_value(
            table, name, ids, _in_range(table, plan, name, name, table.numbers(name))
        )
        for name in plan.fixed
    }
    empty = [(v, w) for v in plan.repeated for w in plan.waves]
    never = [
        f"{v}_{w}" for v, w in empty if np.isnan(measured[v][:, plan.waves.index(w)]).all()
    ]
    used = (plan.person, plan.therapist, plan.wave, plan.time, *plan.repeated, *fixed)
    return Cohort(
        people=people,
        waves=plan.waves,
        times=_times(plan),
        measured=measured,
        fixed=fixed,
        never=tuple(never),
        therapist=_one_therapist(table, plan, ids),
        layout="long",
        rows=table.rows,
        unused=_unused(table, (name for name in used if name)),
    )


def _check_once(table: Table, plan: Plan, cells: Whole) -> None:
    counts = np.bincount(cells)
    if counts.max() > 1:
        rows = np.flatnonzero(cells == int(np.argmax(counts > 1)))
        raise InputError(
            f"the person has this wave already in {table.row} {table.number(int(rows[0]))}",
            where=table.place(int(rows[1]), plan.wave),
            fix="keep one row a person and wave",
        )


def _check_rising(table: Table, plan: Plan, people: Whole, waves: Whole) -> None:
    """InputError where a measured time does not rise with the waves of a person."""
    if plan.time is None:
        return
    times = table.numbers(plan.time)
    order = np.lexsort((waves, people))
    order = order[np.isfinite(times[order])]
    same = np.diff(people[order]) == 0
    falling = np.flatnonzero(same & (np.diff(times[order]) <= 0))
    if len(falling):
        raise InputError(
            "the waves of a person are out of order: the time does not rise",
            where=table.place(int(order[falling[0] + 1]), plan.time),
            fix="correct the time or the wave",
        )


def _one_value(table: Table, name: str, ids: Labels, values: Numbers) -> Numbers:
    """The value of each person; rows may leave it out, but must not contradict one another."""
    found = np.full(len(ids.names), np.nan)
    rows = np.flatnonzero(np.isfinite(values))[::-1]
    found[ids.codes[rows]] = values[rows]
    differs = np.flatnonzero(np.isfinite(values) & (values != found[ids.codes]))
    if len(differs):
        raise InputError(
            f"{name} changes within a person",
            where=table.place(int(differs[0]), name),
            fix="write the value at the first wave in every row of the person",
        )
    return found


def _one_therapist(table: Table, plan: Plan, ids: Labels) -> Whole | None:
    if plan.therapist is None:
        return None
    codes = table.labels(plan.therapist).codes
    found = np.full(len(ids.names), -1, dtype=np.intp)
    rows = np.flatnonzero(codes >= 0)[::-1]
    found[ids.codes[rows]] = codes[rows]
    differs = np.flatnonzero((codes >= 0) & (codes != found[ids.codes]))
    if len(differs):
        raise InputError(
            "the therapist changes within a person",
            where=table.place(int(differs[0]), plan.therapist),
            fix="name one therapist a person, the one who treated most",
        )
    _all_named(table, plan.therapist, found[ids.codes])
    return found


# --- What every analysis needs ----------------------------------------------------------------


def needed(plan: Plan) -> dict[str, tuple[str, ...]]:
    """For each repeated variable, the waves without which the plan cannot be carried out."""
    last = plan.waves[-2] if plan.process_as is ProcessAs.LAGGED else plan.last
    waves: dict[str, tuple[str, ...]] = {plan.outcome: (plan.first, plan.last)}
    for variable in plan.relation:
        waves[variable] = (plan.first,)
    for variable in plan.process:
        waves[variable] = (plan.first, last)
    return waves


def _check_measured(source: str, plan: Plan, cohort: Cohort) -> None:
    """InputError for a needed variable that is not there, wholly missing or the same in all."""
    for variable, waves in needed(plan).items():
        for wave in waves:
            name = f"{variable}_{wave}" if cohort.layout == "wide" else variable
            at = f"{source}, column {name}" + (
                "" if cohort.layout == "wide" else f", wave {wave}"
            )
            _check_values(cohort.at(variable, wave), at, f"{variable}_{wave}" in cohort.never)
    for name, values in cohort.fixed.items():
        _check_values(values, f"{source}, column {name}", absent=False)


def _check_values(values: Numbers, where: str, absent: bool) -> None:
    known = values[np.isfinite(values)]
    if len(known) == 0:
        raise InputError(
            "the plan needs this variable, and the data do not have it"
            if absent
            else "every value is missing",
            where=where,
            fix="add the values, or take the variable out of the plan",
        )
    if (known == known[0]).all():
        raise InputError(
            "the variable has the same value in everyone",
            where=where,
            fix="take it out of the plan: it cannot explain anything",
        )
