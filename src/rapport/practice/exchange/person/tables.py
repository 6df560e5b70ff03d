"""A table (CSV) for each kind of record that there is something of, and one of who did what."""

import csv
import io
from collections.abc import Iterator

import msgspec

from rapport.core.cells import guarded
from rapport.practice.exchange.fhir.trail import Access
from rapport.practice.exchange.person.told import HEADINGS, said
from rapport.practice.records.kept import Kept


def tables(kept: list[Kept], trail: list[Access]) -> Iterator[tuple[str, str]]:
    """Name and text of each table; the columns are the fields of the kind."""
    for kind in HEADINGS:
        mine = [each for each in kept if isinstance(each.record, kind)]
        if mine:
            head = ["id", "made_at", "changed_at", "written_by", *kind.__struct_fields__]
            yield kind.__name__, _csv(head, [_row(each) for each in mine])
    yield "WhoDidWhat", _csv(list(Access.__struct_fields__), [_cells(line) for line in trail])


def _row(kept: Kept) -> list[str]:
    when = [said(kept.made_at), said(kept.changed_at)]
    return [kept.id, *when, kept.author.role.value, *_cells(kept.record)]


def _cells(record: msgspec.Struct) -> list[str]:
    return [said(getattr(record, name)) for name in record.__struct_fields__]


def _csv(head: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()
