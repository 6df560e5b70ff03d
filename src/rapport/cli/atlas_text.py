"""`rapport atlas text`: the canonical plain text of publications, in which offsets count."""

from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.records import print_each
from rapport.evidence.canonical import canonical
from rapport.evidence.publication import Publication


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
    print_each(files, _line)


def _line(publication: Publication) -> dict[str, str]:
    fields = canonical(publication).fields
    line = {"id": publication.id, "title": "", "abstract": ""}
    if "text" not in fields:
        line["body"] = ""
    return line | fields
