"""Records on their way through a command: each handed on, or told with the reason, and counted."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from rapport.core.encoding import to_json
from rapport.evidence.publication import Publication
from rapport.evidence.sources.files import publications
from rapport.evidence.sources.record import Quarantined

Files = Annotated[
    list[Path],
    typer.Argument(help="Files of any source format, folders, or - for standard input."),
]


def print_each(files: Iterable[Path], line: Callable[[Publication], object]) -> None:
    """One JSON line on standard output for each publication of the files, in input order."""
    for publication in each_read(files):
        typer.echo(to_json(line(publication)).decode())


def each_read(files: Iterable[Path]) -> Iterator[Publication]:
    """Each publication of the files, in input order.

    Standard error tells each record that cannot be read, and at the end what became of all.
    """
    read = quarantined = 0
    for record in publications(list(files)):
        if isinstance(record, Publication):
            yield record
            read += 1
        elif isinstance(record, Quarantined):
            typer.echo(told_aside(record), err=True)
            quarantined += 1
    total = read + quarantined
    typer.echo(f"records in {total} = read {read} + quarantined {quarantined}", err=True)


def told_aside(record: Quarantined) -> str:
    """The sentence about a record that cannot be read: its place and the reason."""
    origin = record.origin
    return f"not read: {origin.file}, record {origin.position}: {record.reason}"
