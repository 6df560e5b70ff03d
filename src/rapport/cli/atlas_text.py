"""`rapport atlas text`: the canonical plain text of publications, in which offsets count."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from rapport.core.encoding import to_json
from rapport.evidence.canonical import canonical
from rapport.evidence.publication import Publication
from rapport.evidence.sources.files import publications
from rapport.evidence.sources.record import Quarantined


def atlas_text(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Files of any source format, folders or archives; - for standard input."
        ),
    ],
) -> None:
    """Print the plain text of publications, one JSON line each, in input order.

    A line has "id", "title", "abstract" and "body"; a record that came as plain text has "text",
    exactly as it was given, instead of "body". Offsets in readings count characters of these.
    A record that cannot be read is told with its reason on standard error and does not change
    the exit status.

    Example: rapport atlas text articles/ more.tar.xz > texts.jsonl
    """
    counts: Counter[str] = Counter()
    for record in publications(files):
        if isinstance(record, Publication):
            typer.echo(to_json(_line(record)).decode())
            counts["read"] += 1
        elif isinstance(record, Quarantined):
            counts["quarantined"] += 1
            _tell(record)
    typer.echo(_account(counts), err=True)


def _line(publication: Publication) -> dict[str, str]:
    fields = canonical(publication).fields
    line = {"id": publication.id, "title": "", "abstract": ""}
    if "text" not in fields:
        line["body"] = ""
    return line | fields


def _tell(record: Quarantined) -> None:
    origin = record.origin
    typer.echo(f"not read: {origin.file}, record {origin.position}: {record.reason}", err=True)


def _account(counts: Counter[str]) -> str:
    total = sum(counts.values())
    return f"records in {total} = read {counts['read']} + quarantined {counts['quarantined']}"
