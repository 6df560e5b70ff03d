"""The columns of the export, from the keys of the questionnaires: codebook and dictionaries."""

import csv
import io
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from rapport.knowledge.instrument import Instrument
from rapport.practice.records.check_ins import Entered, Length
from rapport.practice.records.people import Respondent

SIDES = ("scc-p", "scc-c")
LEFT_OUT = frozenset({"S0"})
"""A wish for help is for those who can help."""
CODED: Mapping[str, type[StrEnum]] = {
    "respondent": Respondent,
    "entered": Entered,
    "length": Length,
}
"""How a check-in came about: the number is the place in the list."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column. `values` are the words of its numbers, `range` what is possible."""

    name: str
    label: str
    kind: str
    values: dict[str, str] = {}
    range: tuple[float, float] | None = None
    unit: str = ""
    instrument: str = ""
    item: str = ""

    def described(self) -> dict[str, Any]:
        """The column as the codebook has it, without what is not known."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return {name: value for name, value in found.items() if value not in ("", {}, None)}


def named(instrument: str, item: str) -> str:
    """The column of an item or a score: small letters, digits and _."""
    return f"{instrument}_{item}".replace("-", "_").casefold()


def columns(instruments: Mapping[str, Instrument]) -> tuple[Column, ...]:
    """All columns after person, wave, days and therapist, in their order."""
    how = [
        Column(
            name=name,
            label=f"how the check-in came about: {name}",
            kind="whole",
            values={str(place): each.value for place, each in enumerate(kind)},
        )
        for name, kind in CODED.items()
    ]
    spent = Column(name="seconds", label="active time of answering", kind="number", unit="s")
    asked = (column for side in SIDES for column in _of(instruments[side]))
    return (*how, spent, *asked)


def data_dictionary(tables: Mapping[str, tuple[Column, tuple[Column, ...]]]) -> str:
    """The columns of every table as one plain table; with each what numbers a person's rows."""
    head = [
        "table",
        "name",
        "label",
        "kind",
        "unit",
        "values",
        "lowest",
        "highest",
        "instrument",
        "item",
    ]
    rows = (
        [
            table,
            one.name,
            one.label,
            one.kind,
            one.unit,
            _choices(one),
            *(_number(end) for end in one.range or (None, None)),
            one.instrument,
            one.item,
        ]
        for table, (number, described) in tables.items()
        for one in (*_frame(number), *described)
    )
    return _csv(head, rows)


REDCAP = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)


def redcap_dictionary(described: tuple[Column, ...]) -> str:
    """The columns of the main table as a data dictionary in the form that REDCap takes up."""
    return _csv(list(REDCAP), (_redcap(one) for one in (*_frame(WAVE), *described)))


WAVE = Column(name="wave", label="which check-in of the person, from 0", kind="whole")
EVENT = Column(name="event", label="which of the person's, from 0", kind="whole")


def _frame(number: Column) -> tuple[Column, ...]:
    """The columns that every table begins with."""
    return (
        Column(name="person", label="a made-up name, of this export alone", kind="text"),
        number,
        Column(
            name="days", label="since the person's first check-in", kind="whole", unit="days"
        ),
        Column(
            name="therapist",
            label="a made-up name of the practitioner; empty where the group is small",
            kind="text",
        ),
    )


def _of(key: Instrument) -> Iterator[Column]:
    for group in key.items:
        for item in group.ids:
            if item not in LEFT_OUT:
                yield Column(
                    name=named(key.id, item),
                    label=group.texts.get(item) or group.about,
                    kind="whole",
                    values={str(value): word for word, value in group.words.items()},
                    range=(group.lowest, group.highest),
                    instrument=key.id,
                    item=item,
                )
    for scale in key.scales:
        yield Column(
            name=named(key.id, scale.id),
            label=scale.name,
            kind="number",
            unit="points",
            range=(scale.lowest, scale.highest),
            instrument=key.id,
        )


def _redcap(one: Column) -> list[str]:
    low, high = one.range or (None, None)
    validated = (
        "" if one.values or one.kind == "text" else {"whole": "integer"}.get(one.kind, "number")
    )
    cells = dict.fromkeys(REDCAP, "")
    cells |= {
        "Variable / Field Name": one.name,
        "Form Name": named(one.instrument or "frame", "form"),
        "Field Type": "radio" if one.values else "text",
        "Field Label": one.label,
        "Choices, Calculations, OR Slider Labels": _choices(one),
        "Text Validation Type OR Show Slider Number": validated,
        "Text Validation Min": _number(low) if validated else "",
        "Text Validation Max": _number(high) if validated else "",
    }
    return list(cells.values())


def _choices(one: Column) -> str:
    return " | ".join(
        f"{value}, {word.replace('|', '/')}" for value, word in one.values.items()
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _csv(head: list[str], rows: Iterator[list[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
