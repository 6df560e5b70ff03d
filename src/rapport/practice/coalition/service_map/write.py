"""A service map as a table that a spreadsheet opens and `read` takes up again."""

import csv
import io
from collections.abc import Iterable

from rapport.practice.coalition.service_map.cells import COLUMNS, cells_of
from rapport.practice.records.coalition import Service


def written(services: Iterable[Service]) -> str:
    """The table as CSV, in the order of the services; for none, the header alone."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(cells_of(service).values() for service in services)
    return out.getvalue()
