"""`rapport atlas read`: what was read of each publication, every value with its span."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from rapport.core.encoding import to_json
from rapport.evidence.publication import Publication
from rapport.evidence.read.reader import Reader
from rapport.evidence.sources.files import publications
from rapport.evidence.sources.record import Quarantined
from rapport.knowledge.load import load

STANDARD_INPUT = Path("-")


def atlas_read(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files of any source format, folders or archives; "
            "without any, or for -, JSON Lines on standard input."
        ),
    ] = None,
) -> None:
    """Print the reading of each publication, one JSON line each, in input order.

    A reading has the PEM record, the design, the participants and the statements; what is not
    in it is not stated in what was read. A record that cannot be read is told with its reason on
    standard error and does not change the exit status.

    Example: rapport atlas read articles/ > readings.jsonl
    """
    reader = Reader(load())
    counts: Counter[str] = Counter()
    for record in publications(files or [STANDARD_INPUT]):
        if isinstance(record, Publication):
            typer.echo(to_json(reader.read(record)).decode())
            counts["read"] += 1
        elif isinstance(record, Quarantined):
            counts["quarantined"] += 1
            _tell(record)
    typer.echo(_account(counts), err=True)


def _tell(record: Quarantined) -> None:
    origin = record.origin
    typer.echo(f"not read: {origin.file}, record {origin.position}: {record.reason}", err=True)


def _account(counts: Counter[str]) -> str:
    total = sum(counts.values())
    return f"records in {total} = read {counts['read']} + quarantined {counts['quarantined']}"
