"""The service map as a table: read with every fault named, or not at all; written the same way."""

from functools import cache
from importlib.resources import files

from rapport.practice.coalition.service_map.cells import COLUMNS
from rapport.practice.coalition.service_map.read import Fault, Table, read, row
from rapport.practice.coalition.service_map.write import written
from rapport.practice.records.coalition import Service

__all__ = ["COLUMNS", "Fault", "Table", "examples", "read", "row", "written"]


@cache
def examples() -> tuple[Service, ...]:
    """Five services that do not exist, to try things with; a map starts empty."""
    text = (files(__name__) / "examples.csv").read_text(encoding="utf-8")
    return read(text).services
