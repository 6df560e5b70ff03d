"""Files of measurements: CSV, Parquet, SPSS and Stata, to one kind of table."""

import csv
import gzip
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np

from rapport.cohort.data.arrow import arrow, compute, csv_files, parquet_files
from rapport.cohort.data.described import Described, Kind, from_labels
from rapport.cohort.data.table import Table, check_header
from rapport.core.errors import InputError

_GZIP = b"\x1f\x8b"
_DELIMITERS = (",", ";", "\t")
# Types of a column that can be read as they are; anything else is made text.
_NUMERIC: tuple[Callable[[Any], bool], ...] = (
    arrow.types.is_integer,
    arrow.types.is_floating,
    arrow.types.is_boolean,
    arrow.types.is_decimal,
)


def read_table(path: Path) -> Table:
    """The columns of a file; the ending of its name says what it is.

    Errors: InputError for a file that cannot be read, an unknown ending, a damaged file, one
    without rows, and for columns without a name or with the same name.
    """
    ending = path.suffixes[-2:-1] if path.suffix.lower() == ".gz" else path.suffixes[-1:]
    reader = _READERS.get(ending[0].lower() if ending else "")
    if reader is None:
        raise InputError(
            "the kind of file is not known",
            where=str(path),
            fix=f"use one that ends in {', '.join(_READERS)}",
        )
    try:
        table = reader(path)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or "it is damaged or of another kind"
        raise InputError(
            f"the file cannot be read: {reason}",
            where=str(path),
            fix="name a file that exists and can be read",
        ) from None
    if table.rows == 0:
        raise InputError("the file has no rows", where=str(path), fix="add the measurements")
    return table


def _csv(path: Path) -> Table:
    data = path.read_bytes()
    if data[:2] == _GZIP:
        data = gzip.decompress(data)
    data = data.rstrip()
    header = _header(data, path)
    delimiter = max(_DELIMITERS, key=header.count)
    if b"\n" not in data:
        raise InputError("the file has no rows", where=str(path), fix="add the measurements")
    names = next(csv.reader([header], delimiter=delimiter))
    check_header(names, str(path))
    found = _cells(data, path, names, delimiter)
    decimal = "." if delimiter == "," else _decimal(data, delimiter)
    return Table(
        source=str(path),
        columns={name: found.column(name) for name in names},
        rows=found.num_rows,
        first=2,
        row="line",
        decimal=decimal,
    )


def _cells(data: bytes, path: Path, names: list[str], delimiter: str) -> Any:
    """All columns as text: which of them are numbers is the plan's word, not a guess.

    Errors: InputError for what is no table, and for a line of another length than the header.
    """
    ragged: list[int] = []

    def note(row: Any) -> str:
        ragged.append(row.number or 0)
        return "skip"

    try:
        found = csv_files.read_csv(
            arrow.BufferReader(data),
            read_options=csv_files.ReadOptions(
                use_threads=False, column_names=names, skip_rows=1
            ),
            parse_options=csv_files.ParseOptions(
                delimiter=delimiter, invalid_row_handler=note, ignore_empty_lines=False
            ),
            convert_options=csv_files.ConvertOptions(
                column_types={name: arrow.string() for name in names}, strings_can_be_null=False
            ),
        )
    except arrow.ArrowInvalid:
        raise InputError(
            "the file is no table of text", where=str(path), fix="save it again as CSV in UTF-8"
        ) from None
    if ragged:
        raise InputError(
            "a line has more or fewer cells than the header",
            where=f"{path}, line {ragged[0]}",
            fix="give every line as many cells as the header",
        )
    return found


def _header(data: bytes, path: Path) -> str:
    """The first line. Errors: InputError for an empty file and one that is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            "the file is not text in UTF-8",
            where=f"{path}, line {line}",
            fix="save it as CSV UTF-8",
        ) from None
    if not text.strip():
        raise InputError("the file is empty", where=str(path), fix="add the measurements")
    return text.split("\n", 1)[0].rstrip("\r")


def _decimal(data: bytes, delimiter: str) -> str:
    """The decimal mark of a file whose cells are not parted by commas."""
    body = data.split(b"\n", 1)[-1]
    return "," if body.count(b",") and not body.count(b".") and delimiter != "," else "."


def _parquet(path: Path) -> Table:
    try:
        found = parquet_files.read_table(path)
    except arrow.ArrowInvalid:
        raise OSError from None
    return from_arrow(str(path), found)


def from_arrow(source: str, found: Any, told: dict[str, Described] | None = None) -> Table:
    """A table of Arrow as a table of measurements; `told` is what is known of its columns.

    Errors: InputError for columns without a name or of one name, and for one that is neither
    numbers nor text.
    """
    names = cast(list[str], found.schema.names)
    check_header(names, source)
    columns = {name: _column(source, name, found.column(p)) for p, name in enumerate(names)}
    described = {**_dates(found), **(told or {})}
    return Table(
        source=source,
        columns=columns,
        rows=found.num_rows,
        first=1,
        row="row",
        described=described,
    )


def _dates(found: Any) -> dict[str, Described]:
    """The columns that hold dates or times."""
    return {
        field.name: Described(name=field.name, kind=Kind.DATE)
        for field in found.schema
        if arrow.types.is_temporal(field.type)
    }


def _column(source: str, name: str, column: Any) -> Any:
    """A column of numbers (NaN is a missing value) or text; a coded one by its words."""
    kind = column.type
    if any(check(kind) for check in _NUMERIC):
        values = column.cast(arrow.float64())
        blank = arrow.scalar(None, arrow.float64())
        return compute.if_else(compute.is_nan(values), blank, values)
    try:
        return (
            _decoded(column) if arrow.types.is_dictionary(kind) else column.cast(arrow.string())
        )
    except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError):
        raise InputError(
            "the column holds neither numbers nor text",
            where=f"{source}, column {name}",
            fix="take the column out, or write each of its values as one number",
        ) from None


def _decoded(column: Any) -> Any:
    """A coded column by its words; every kind of text is made the usual one first."""
    coded = [
        arrow.DictionaryArray.from_arrays(chunk.indices, chunk.dictionary.cast(arrow.string()))
        for chunk in column.chunks
    ]
    return arrow.chunked_array([one.cast(arrow.string()) for one in coded], arrow.string())


def _by_pyreadstat(read: str) -> Callable[[Path], Table]:
    """A reader of SPSS or Stata files. Values that were declared missing come as missing."""

    def reader(path: Path) -> Table:
        if not path.is_file():
            raise FileNotFoundError(2, "there is no such file")
        import pyreadstat  # its own file formats are the only reason to load it

        library = cast(Any, pyreadstat)
        try:
            columns, meta = getattr(library, read)(str(path), output_format="dict")
        except library.ReadstatError:
            raise OSError from None
        told = from_labels(meta.column_names_to_labels, meta.variable_value_labels)
        dated = [name for name, values in columns.items() if _is_dated(values)]
        told |= {
            name: msgspec.structs.replace(
                told.get(name) or Described(name=name), kind=Kind.DATE
            )
            for name in dated
        }
        plain = arrow.table({name: plain_column(values) for name, values in columns.items()})
        return from_arrow(str(path), plain, told)

    return reader


def _is_dated(values: Any) -> bool:
    """Whether a column of pyreadstat holds dates or times."""
    array = np.asarray(values)
    if array.dtype.kind != "O":
        return array.dtype.kind == "M"
    return any(isinstance(value, date | time) for value in array.tolist())


def plain_column(values: Any) -> Any:
    """A column of Python or numpy values: numbers as they are, anything else as text."""
    array = np.asarray(values)
    if array.dtype.kind == "O":
        array = _numbers_or_all(array)
    if array.dtype.kind in "fiub":
        return arrow.array(array.astype(np.float64), from_pandas=True)
    return arrow.array(
        [None if v is None or v != v else str(v) for v in array.tolist()], arrow.string()
    )


def _numbers_or_all(array: Any) -> Any:
    """Numbers with None among them as numbers; anything else as it was."""
    values = array.tolist()
    if all(value is None or isinstance(value, int | float) for value in values):
        return np.array([np.nan if value is None else value for value in values], np.float64)
    return array


_READERS: dict[str, Callable[[Path], Table]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".txt": _csv,
    ".parquet": _parquet,
    ".sav": _by_pyreadstat("read_sav"),
    ".zsav": _by_pyreadstat("read_sav"),
    ".dta": _by_pyreadstat("read_dta"),
}

ENDINGS = (*_READERS, *(f"{ending}.gz" for ending in (".csv", ".tsv", ".txt")))
"""How the name of a file of measurements can end."""
