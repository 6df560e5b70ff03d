"""Scores of many people at once: one array of answers an item, one array of scores a scale."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from rapport.core.errors import InputError
from rapport.knowledge.instrument import Instrument, Items, Scale, ScaleKind
from rapport.scoring.answers import refuse_incomplete

Numbers = npt.NDArray[np.float64]


def score_many(
    instrument: Instrument, answers: Mapping[str, npt.ArrayLike]
) -> dict[str, Numbers]:
    """Scale id to the scores of all people, NaN where the answers of a person do not make one.

    Each item's answers are one value a person, NaN where it is missing; an item that is left out
    is missing for everyone.
    Errors: UserError for a key that is incomplete; InputError for an unknown item, a value
        outside its range (naming the item and the place of the person, from 1), or items of
        different lengths.
    """
    refuse_incomplete(instrument)
    columns = _columns(instrument, answers)
    return {scale.id: scale_scores(instrument, scale, columns) for scale in instrument.scales}


def scale_scores(
    instrument: Instrument, scale: Scale, columns: Mapping[str, Numbers]
) -> Numbers:
    """The scores of one scale from checked answers; NaN where too few are there."""
    values = scored_items(instrument, scale, columns)
    known = np.isfinite(values)
    count = values.shape[1]
    answered: Numbers = known.sum(axis=1).astype(np.float64)
    enough = answered >= (scale.least_answered or count)
    if scale.kind is ScaleKind.LEAST:
        made: Numbers = np.sort(np.where(known, values, np.inf), axis=1)[:, 0]
    else:
        total: Numbers = np.where(known, values, 0.0).sum(axis=1)
        made = total / np.maximum(answered, 1.0)
        if scale.kind is ScaleKind.SUM:
            # The mean of the answered stands for each that is missing.
            made = np.where(answered == count, total, made * count)
    return np.where(enough, scale.factor * made, np.nan)


def scored_items(
    instrument: Instrument, scale: Scale, columns: Mapping[str, Numbers]
) -> Numbers:
    """People x items as they count in the scale: turned round and recoded, NaN where missing.

    Cronbach's alpha is of these.
    """
    length = len(next(iter(columns.values()))) if columns else 0
    absent = np.full(length, np.nan)
    return np.column_stack(
        [_counted(instrument, scale, item, columns.get(item, absent)) for item in scale.items]
    )


def group_of_answer(instrument: Instrument, answer: str) -> Items:
    """The group of an answer's id ("3", "14f"). Raises: KeyError where there is none."""
    for group in instrument.items:
        if any(
            answer == f"{item}{part}" for item in group.ids for part in group.parts or ("",)
        ):
            return group
    raise KeyError(answer)


def _counted(instrument: Instrument, scale: Scale, item: str, values: Numbers) -> Numbers:
    if item in scale.reversed:
        group = group_of_answer(instrument, item)
        values = group.lowest + group.highest - values
    counted = values.copy()
    for old, new in scale.recode.items():
        counted[values == float(old)] = new
    return counted


def _columns(
    instrument: Instrument, answers: Mapping[str, npt.ArrayLike]
) -> dict[str, Numbers]:
    columns = {item: np.asarray(given, dtype=np.float64) for item, given in answers.items()}
    if len({column.shape for column in columns.values()}) > 1:
        raise InputError(
            "the items do not have the same number of people",
            where=f"the answers to {instrument.id}",
            fix="give one value a person for every item, NaN where it is missing",
        )
    for item, column in columns.items():
        _check(instrument, item, column)
    return columns


def _check(instrument: Instrument, item: str, column: Numbers) -> None:
    try:
        group = group_of_answer(instrument, item)
    except KeyError:
        raise InputError(
            f"{instrument.id} has no such item",
            where=f"the answers, item {item}",
            fix=f"its items are {', '.join(instrument.answer_ids()[:8])} and so on",
        ) from None
    wrong = np.flatnonzero(~possible(group, column))
    if len(wrong):
        raise InputError(
            "the answer is not a possible one",
            where=f"the answers, item {item}, person {int(wrong[0]) + 1}",
            fix=f"give numbers from {group.lowest:g} to {group.highest:g}, NaN where it is missing",
        )


def possible(group: Items, values: Numbers) -> npt.NDArray[np.bool_]:
    """Whether each value is one that an item of the group can have; a missing one is."""
    inside = (values >= group.lowest) & (values <= group.highest)
    if group.whole:
        inside &= values == np.floor(values)
    return np.isnan(values) | inside
