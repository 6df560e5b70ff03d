"""Services from a table (CSV): every fault with its row, column and cure, and nothing by halves."""

# for: practitioner

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from rapport.core.cells import bare
from rapport.practice.coalition.service_map.cells import (
    ACCESS,
    COLUMNS,
    LONGEST,
    LONGEST_ID,
    MEANING,
    NEEDED,
    CellError,
)
from rapport.practice.records.coalition import Access, Service

MOST_ROWS = 5_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MOST_FAULTS = 50
"""So many are told; the others come up when these are mended."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong in one place. `row` counts lines as a spreadsheet does: the header is 1."""

    row: int
    column: str
    problem: str
    cure: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What was read: all services, or none and the faults."""

    services: tuple[Service, ...] = ()
    faults: tuple[Fault, ...] = ()


def is_id(text: str) -> bool:
    """Whether a service can have this id: one that an address can hold, which ".." is not."""
    return _ID.fullmatch(text) is not None


def decoded(data: bytes) -> str | None:
    """The text of a file; None for one that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def read(text: str) -> Table:
    """The services of a table with a header of the columns' names, in any order.

    Columns that are not there are not known; `id`, `provider`, `what` and `domain` have to be.
    The separator is a comma, a semicolon or a tabulator, as the header shows.
    """
    rows, faults = _rows(text)
    if faults:
        return Table(faults=faults)
    header, *lines = rows
    faults = _header_faults(header)
    if faults:
        return Table(faults=faults)
    found: list[Service] = []
    wrong: list[Fault] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        service, its = _service(number, header, cells)
        wrong += its
        if service is None:
            continue
        if service.id in seen:
            where = f"row {seen[service.id]} has the same id"
            wrong.append(_fault(number, "id", where, "give every service an id of its own"))
        seen.setdefault(service.id, number)
        found.append(service)
    if wrong:
        return Table(faults=tuple(wrong[:MOST_FAULTS]))
    return Table(services=tuple(found))


def row(cells: Mapping[str, str]) -> Table:
    """One service from its cells by column, such as a form sends them: it, or its faults."""
    service, faults = _service(1, list(cells), [cell.strip() for cell in cells.values()])
    return Table(services=(service,)) if service is not None else Table(faults=tuple(faults))


def _rows(text: str) -> tuple[list[list[str]], tuple[Fault, ...]]:
    first = text.lstrip("\ufeff").partition("\n")[0]
    separator = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator, strict=True)
    try:
        rows = [[cell.strip() for cell in row] for row in reader]
    except csv.Error:
        return [], (
            _fault(reader.line_num, "", "the quotes do not match", "close every quote"),
        )
    if not any(any(row) for row in rows):
        return [], (_fault(1, "", "the table is empty", "begin with the columns' names"),)
    if len(rows) > MOST_ROWS:
        return [], (
            _fault(len(rows), "", "the table is too long", f"use up to {MOST_ROWS:,} rows"),
        )
    rows[0] = [name.casefold().replace(" ", "_") for name in rows[0]]
    return rows, ()


def _header_faults(header: list[str]) -> tuple[Fault, ...]:
    unknown = [name for name in header if name not in COLUMNS]
    twice = sorted({name for name in header if header.count(name) > 1} - set(unknown))
    missing = [name for name in NEEDED if name not in header]
    return (
        *(
            _fault(1, f"column {header.index(name) + 1}", "this column is not known", cure)
            for name in dict.fromkeys(unknown)
            if (cure := f"use these names: {', '.join(COLUMNS)}")
        ),
        *(_fault(1, name, "this column is there twice", "take one out") for name in twice),
        *(_fault(1, name, "this column is missing", "add it") for name in missing),
    )


def _service(
    number: int, header: list[str], cells: list[str]
) -> tuple[Service | None, list[Fault]]:
    if len(cells) != len(header):
        problem = f"the row has {len(cells)} cells and the header {len(header)}"
        return None, [_fault(number, "", problem, "give both the same number; quote commas")]
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, cell in zip(header, cells, strict=True):
        try:
            values[name] = _value(name, cell)
        except CellError as error:
            faults.append(_fault(number, name, error.problem, error.cure))
    if faults:
        return None, faults
    access = {name: values.pop(name) for name in ACCESS if name in values}
    return Service(**values, access=Access(**access)), []


def _value(name: str, cell: str) -> object:
    """What a cell means. Raises: CellError."""
    text = bare(cell)
    if name in NEEDED and not text:
        raise CellError("this is empty", "fill it in")
    most = LONGEST_ID if name == "id" else LONGEST
    if len(text) > most:
        raise CellError("this is too long", f"use up to {most} characters")
    if name == "id" and not is_id(text):
        raise CellError(
            "this id is not letters and digits", "use A to Z, 0 to 9, and . _ - within"
        )
    if any(not (c.isprintable() or c in "\n\t") for c in text):
        raise CellError("this holds a sign that is no text", "write it anew")
    meaning = MEANING.get(name)
    return meaning(text) if meaning else text


def _fault(row: int, column: str, problem: str, cure: str) -> Fault:
    return Fault(row=row, column=column, problem=problem, cure=cure)
