"""A file of measurements as named columns, and how a column is read as numbers or labels.

No error here repeats a value: values belong to people. They name the column and the row.
"""

import math
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, cast

import msgspec
import numpy as np

from rapport.cohort.data.arrow import arrow, compute
from rapport.cohort.data.described import Described, Kind
from rapport.core.errors import InputError
from rapport.stats.arrays import Numbers, Whole

# What stands for a missing value in text, besides nothing at all.
MISSING_WORDS = ("NA", "N/A", "NaN", "nan", ".", "NULL", "null", "None")

_SHOWN = 12
"""Names of columns that an error tells."""


class Table(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Columns as they stand in a file. `first` is the number of the first row for a reader
    (2 in a text file, whose line 1 is the header), `row` the word for it ("line", "row").

    `decimal` is the mark between whole and fraction in numbers written as text. `described` is
    what the file says of its columns. `kept` are the rows of the file that are here; None: all.
    """

    source: str
    columns: dict[str, Any]
    rows: int
    first: int
    row: str
    decimal: str = "."
    described: dict[str, Described] = {}
    kept: Whole | None = None

    def number(self, index: int) -> int:
        """The number that a row has for a reader of the file."""
        return (index if self.kept is None else int(self.kept[index])) + self.first

    def place(self, index: int, column: str | None = None) -> str:
        """Where a value stands, for an error: file, row and column."""
        end = "" if column is None else f", column {column}"
        return f"{self.source}, {self.row} {self.number(index)}{end}"

    def only(self, rows: Whole) -> "Table":
        """The table with these rows alone, which keep the numbers they have in the file."""
        return msgspec.structs.replace(
            self,
            columns={name: column.take(rows) for name, column in self.columns.items()},
            rows=len(rows),
            kept=rows if self.kept is None else self.kept[rows],
        )

    def header(self) -> str:
        """The names of the columns, for an error; of many, the first."""
        names = list(self.columns)
        return ", ".join(names[:_SHOWN]) + (" and more" if len(names) > _SHOWN else "")

    def kind(self, name: str) -> Kind:
        """What stands in the column: what the file says, else what its values are."""
        told = self.described.get(name)
        if told is not None and told.kind is not None:
            return told.kind
        try:
            return kind_of(self.numbers(name))
        except InputError:
            return Kind.TEXT

    def known(self, name: str) -> int:
        """How many rows have a value in the column."""
        column = self.column(name)
        text = _without_missing(column) if _is_text(column) else column
        return self.rows - int(text.null_count)

    def column(self, name: str) -> Any:
        """The column of that name. Errors: InputError naming it and the nearest there is."""
        if name not in self.columns:
            near = get_close_matches(name, list(self.columns), n=1)
            raise InputError(
                "the data lack a column that is needed",
                where=f"{self.source}, column {name}",
                fix=f"did you mean {near[0]}?"
                if near
                else f"correct the plan, or the header, which has {self.header()}",
            )
        return self.columns[name]

    def numbers(self, name: str) -> Numbers:
        """The column as numbers, NaN where a value is missing.

        Errors: InputError for a column that is not there, for text in it and for infinity.
        """
        column = self.column(name)
        if not _is_text(column):
            found = np.asarray(column.cast(arrow.float64()).to_numpy(), dtype=np.float64)
        else:
            found = self._parsed(name, column)
        infinite = np.flatnonzero(np.isinf(found))
        if len(infinite):
            raise InputError(
                "the value is infinite",
                where=self.place(int(infinite[0]), name),
                fix="correct it, or leave the cell empty where the value is missing",
            )
        return found

    def _parsed(self, name: str, column: Any) -> Numbers:
        """A column of text read as numbers, all at once, or to the first that is none."""
        text = _without_missing(column)
        if self.decimal != ".":
            text = compute.replace_substring(text, pattern=self.decimal, replacement=".")
        try:
            return np.asarray(text.cast(arrow.float64()).to_numpy(), dtype=np.float64)
        except arrow.ArrowInvalid:
            values = cast(list[str | None], text.to_pylist())
        for index, value in enumerate(values):
            if value is not None and not _is_number(value):
                raise InputError(
                    "there is text where a number is needed",
                    where=self.place(index, name),
                    fix="write a number, or leave the cell empty where the value is missing",
                ) from None
        return np.array([math.nan if v is None else float(v) for v in values], dtype=np.float64)

    def labels(self, name: str) -> "Labels":
        """The column as labels of people, therapists or waves.

        Whole numbers lose a ".0" that a program has added, so that 7 and 7.0 are one person.
        """
        column = self.column(name)
        text = _without_missing(column) if _is_text(column) else _as_text(column)
        coded = (
            text.combine_chunks().dictionary_encode()
            if text.num_chunks != 1
            else (text.chunk(0).dictionary_encode())
        )
        codes = compute.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
        return Labels(codes=codes.astype(np.intp), names=tuple(coded.dictionary.to_pylist()))


def kind_of(values: Numbers) -> Kind:
    """What numbers are: two whole values, whole ones, or any. All missing: numbers."""
    known = values[np.isfinite(values)]
    if len(known) == 0 or (known != np.floor(known)).any():
        return Kind.NUMBER
    return Kind.BINARY if len(np.unique(known)) <= 2 else Kind.WHOLE


class Labels(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Labels as numbers: `codes` has the place in `names` of each row, -1 where it is missing.

    Names stand in the order in which they first come.
    """

    codes: Whole
    names: tuple[str, ...]

    def at(self, row: int) -> str | None:
        """The label of a row; None where it is missing."""
        code = int(self.codes[row])
        return None if code < 0 else self.names[code]


def _as_text(column: Any) -> Any:
    """Numbers as text, whole ones without a fraction."""
    values = column.to_numpy()
    whole = values[~np.isnan(values)]
    if (whole == np.floor(whole)).all() and (np.abs(whole) < 2**53).all():
        column = column.cast(arrow.int64()) if column.null_count == 0 else _nullable(column)
    return column.cast(arrow.string())


def _nullable(column: Any) -> Any:
    return compute.cast(column, arrow.int64(), safe=False)


def _is_text(column: Any) -> bool:
    kind = column.type
    return arrow.types.is_string(kind) or arrow.types.is_large_string(kind)


def _without_missing(column: Any) -> Any:
    """Text without blanks at its ends, and null where it says that a value is missing."""
    trimmed = compute.utf8_trim_whitespace(column)
    missing = compute.is_in(trimmed, value_set=arrow.array(["", *MISSING_WORDS]))
    return compute.if_else(missing, arrow.scalar(None, arrow.string()), trimmed)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def check_header(names: Sequence[str], source: str) -> None:
    """InputError for a column without a name, or two of one name."""
    for place, name in enumerate(names, start=1):
        if not name.strip() or list(names).count(name) > 1:
            raise InputError(
                "a column has no name" if not name.strip() else "two columns have one name",
                where=f"{source}, column {name.strip() or place}",
                fix="give every column a name of its own in the first line",
            )
