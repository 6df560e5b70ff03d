"""Variables that the plan scores from items: computed first, then as any other column."""

from collections.abc import Mapping

import msgspec
import numpy as np

from rapport.cohort.data.arrow import arrow
from rapport.cohort.data.described import Described
from rapport.cohort.data.shape import wave_places
from rapport.cohort.data.table import Table
from rapport.cohort.plan.model import Plan, Score
from rapport.core.errors import InputError
from rapport.knowledge.instrument import Instrument, Scale, ScaleKind
from rapport.scoring.answers import refuse_incomplete
from rapport.scoring.scales import group_of_answer, possible, scale_scores, scored_items
from rapport.stats.arrays import Numbers, Truths
from rapport.stats.change import cronbach_alpha

_ITEM, _WAVE = "{item}", "{wave}"


class FromItems(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A table with its scores in the place of their items.

    `alpha` is Cronbach's alpha of the outcome's items at the first wave, of those who answered
    all of them; None where the outcome is not scored from items, or its items allow none.
    `attention` names the cells that a person must look at now, whatever the cohort shows.
    `items` are the columns that scores were made of, with questionnaire and item.
    """

    table: Table
    alpha: float | None = None
    attention: tuple[str, ...] = ()
    items: dict[str, Described] = {}


class _Key(msgspec.Struct, frozen=True, kw_only=True):
    """One variable of the plan with what it is scored by."""

    variable: str
    items: str
    instrument: Instrument
    scale: Scale


def from_items(
    table: Table, plan: Plan, instruments: Mapping[str, Instrument], *, where: str
) -> FromItems:
    """The table with every variable that the plan scores, and without the items.

    A wave of which no item is in the data stays without a score.
    Missing: a person whose answers make no score has none (NaN), by the rule of the instrument.
    Errors: UserError for an instrument whose key is incomplete; InputError for a fault of the
        plan (`where`, with the key), a column that is missing among others of its wave, a score
        that is there already, and an answer that is not possible, naming row and column.
    """
    columns, used = dict(table.columns), dict[str, Described]()
    alpha: float | None = None
    attention: list[str] = []
    for variable, told in plan.scores.items():
        key = _key(variable, told, plan, instruments, where)
        for wave in plan.waves if _WAVE in key.items else (None,):
            names = _names(key, wave)
            if not any(name in table.columns for name in names.values()):
                continue
            answers = {item: _answers(table, key, item, name) for item, name in names.items()}
            used |= {name: _told(table, key, item, name) for item, name in names.items()}
            scores = scale_scores(key.instrument, key.scale, answers)
            _add(columns, table, variable if wave is None else f"{variable}_{wave}", scores)
            attention += _attention(table, key, names)
            if variable == plan.outcome and wave in (plan.first, None):
                first = _first_rows(table, plan, wave)
                alpha = _alpha(key, {item: given[first] for item, given in answers.items()})
    kept = {name: column for name, column in columns.items() if name not in used}
    return FromItems(
        table=msgspec.structs.replace(table, columns=kept),
        alpha=alpha,
        attention=tuple(dict.fromkeys(attention)),
        items=used,
    )


def _told(table: Table, key: _Key, item: str, name: str) -> Described:
    """What is known of a column of answers: what the file says, and which item it is."""
    told = table.described.get(name) or Described(name=name)
    group = group_of_answer(key.instrument, item)
    return msgspec.structs.replace(
        told,
        instrument=key.instrument.id,
        item=item,
        range=(group.lowest, group.highest),
    )


def _key(
    variable: str, told: Score, plan: Plan, instruments: Mapping[str, Instrument], where: str
) -> _Key:
    at = f"{where}, key scores.{variable}"
    if told.instrument not in instruments:
        raise InputError(
            "there is no such questionnaire",
            where=f"{at}.instrument",
            fix=f"use one of {', '.join(sorted(instruments))}",
        )
    instrument = instruments[told.instrument]
    refuse_incomplete(instrument)
    scales = {scale.id: scale for scale in instrument.scales}
    named = told.scale or next(iter(scales), None)
    if named not in scales:
        raise InputError(
            f"{instrument.id} has no such scale",
            where=f"{at}.scale",
            fix=f"use one of {', '.join(scales)}" if scales else "give scores instead of items",
        )
    if _ITEM not in told.items:
        raise InputError(
            "the pattern does not say where the item stands",
            where=f"{at}.items",
            fix='write for example "fat{item}_{wave}"',
        )
    key = _Key(variable=variable, items=told.items, instrument=instrument, scale=scales[named])
    _check_direction(key, plan, where)
    return key


def _check_direction(key: _Key, plan: Plan, where: str) -> None:
    told = plan.outcome_high_is
    if key.variable == plan.outcome and told and told.value != key.scale.high_is.value:
        raise InputError(
            f"a high score of {key.instrument.id} is {key.scale.high_is.value}",
            where=f"{where}, key outcome_high_is",
            fix=f'write "{key.scale.high_is.value}"',
        )


def _names(key: _Key, wave: str | None) -> dict[str, str]:
    """Item to its column, for the items of the scale."""
    pattern = key.items if wave is None else key.items.replace(_WAVE, wave)
    return {item: pattern.replace(_ITEM, item) for item in key.scale.items}


def _answers(table: Table, key: _Key, item: str, name: str) -> Numbers:
    """A column of answers, all of them possible. Errors: InputError naming row and column."""
    values = table.numbers(name)
    group = group_of_answer(key.instrument, item)
    wrong = np.flatnonzero(~possible(group, values))
    if len(wrong):
        kind = "whole numbers" if group.whole else "numbers"
        raise InputError(
            f"the answer is not a possible one of {key.instrument.id}, item {item}",
            where=table.place(int(wrong[0]), name),
            fix=f"give {kind} from {group.lowest:g} to {group.highest:g}, "
            "or leave the cell empty where it was not answered",
        )
    return values


def _add(columns: dict[str, object], table: Table, name: str, scores: Numbers) -> None:
    if name in columns:
        raise InputError(
            "the data have this score already, and the plan makes it from items",
            where=f"{table.source}, column {name}",
            fix="take the column out, or the variable out of scores",
        )
    columns[name] = arrow.chunked_array([arrow.array(scores, from_pandas=True)])


def _attention(table: Table, key: _Key, names: Mapping[str, str]) -> list[str]:
    """The cells with an answer that needs a person now."""
    return [
        f"{table.place(int(row), names[each.item])}: {each.says}"
        for each in key.instrument.attention
        if each.item in names
        for row in np.flatnonzero(table.numbers(names[each.item]) > each.above)
    ]


def _first_rows(table: Table, plan: Plan, wave: str | None) -> Truths:
    """The rows of the first wave: all of wide data."""
    if wave is None and plan.wave in table.columns:
        return wave_places(table, plan) == 0
    return np.ones(table.rows, dtype=np.bool_)


def _alpha(key: _Key, answers: Mapping[str, Numbers]) -> float | None:
    items = scored_items(key.instrument, key.scale, answers)
    whole = items[np.isfinite(items).all(axis=1)]
    varies = len(whole) > 1 and whole.shape[1] > 1 and bool((whole.std(axis=0) > 0).all())
    if key.scale.kind is ScaleKind.LEAST or not varies:
        return None
    return cronbach_alpha(whole).alpha
