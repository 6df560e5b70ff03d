"""Measurements that are in memory: columns by name, or a data frame of any library.

pandas, polars, pyarrow and others offer their columns through `__arrow_c_stream__` or the older
`__dataframe__`; pyarrow reads both, so none of these libraries is needed here.
"""

from collections.abc import Mapping
from typing import Any, Protocol, cast, runtime_checkable

import numpy as np
import pyarrow.interchange
from numpy.typing import ArrayLike

from rapport.cohort.data.arrow import arrow
from rapport.cohort.data.files import from_arrow, plain_column
from rapport.cohort.data.table import Table
from rapport.core.encoding import content_hash, to_json
from rapport.core.errors import InputError

SOURCE = "the data"


@runtime_checkable
class _Streams(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@runtime_checkable
class _Exchanges(Protocol):
    def __dataframe__(self, nan_as_null: bool = False, allow_copy: bool = True) -> object: ...


Frame = Mapping[str, ArrayLike] | _Streams | _Exchanges
"""Columns by name, or a data frame of pandas, polars, pyarrow ..."""


def table_of(data: Frame | object) -> Table:
    """The columns as a table; rows are counted from 1 in errors.

    Errors: InputError for what is no data frame, columns of unequal lengths, and columns that
    are neither numbers nor text.
    """
    try:
        found = _arrow(data)
    except (arrow.ArrowException, TypeError, ValueError):
        raise InputError(
            "the columns cannot be read: each needs one value a row, all numbers or all text",
            where=SOURCE,
            fix="give columns of equal length, one dimension each",
        ) from None
    if found is None:
        raise InputError(
            f"this is no data frame, but {type(data).__name__}",
            where=SOURCE,
            fix="give a mapping of columns, or a data frame of pandas, polars or pyarrow",
        )
    table = from_arrow(SOURCE, found)
    if table.rows == 0:
        raise InputError("there are no rows", where=SOURCE, fix="give the measurements")
    return table


def _arrow(data: object) -> Any:
    """The data as a table of Arrow; None for what is neither frame nor mapping."""
    if isinstance(data, Mapping):
        columns = cast(Mapping[str, ArrayLike], data)
        return arrow.table({str(name): plain_column(v) for name, v in columns.items()})
    if isinstance(data, _Streams):
        try:
            return arrow.table(data)
        except arrow.ArrowException:
            return _by_column(data)
    if isinstance(data, _Exchanges):
        return cast(Any, pyarrow.interchange).from_dataframe(data)
    return None


def _by_column(data: Any) -> Any:
    """A frame that Arrow refuses whole, such as one with numbers and words in a column: that
    column becomes text, so that the error to come can name its row."""
    return arrow.table({str(name): plain_column(data[name]) for name in data.columns})


def hash_of(table: Table) -> str:
    """SHA-256 of names and values, the same for the same measurements whatever held them."""
    parts: list[bytes] = []
    for name, column in table.columns.items():
        is_number = arrow.types.is_floating(column.type)
        values = np.asarray(column.to_numpy(), np.float64).tobytes() if is_number else None
        parts += [name.encode(), to_json(column.to_pylist()) if values is None else values]
    return content_hash(*parts)
