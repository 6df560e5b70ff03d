"""`rapport atlas read`: what was read of each publication, every value with its span."""

from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.records import print_each
from rapport.evidence.read.reader import Reader
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
    print_each(files or [STANDARD_INPUT], reader.read)
