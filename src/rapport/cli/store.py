"""Opening the store for a command: where it is, its tables, and the option that names it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from rapport.core.errors import UsageError
from rapport.store.home import Home, home
from rapport.store.tables import renew

StoreFile = Annotated[
    Path | None,
    typer.Option(help="File of the store; without it, the database at DATABASE_URL."),
]


def open_store(file: Path | None) -> Home:
    """Settle Django on the store and bring its tables up to date.

    Raises: UsageError if no store is named, InputError if it cannot be used.
    """
    found = home(file, os.environ)
    if found is None:
        raise UsageError(
            "No store is named.",
            where="--store",
            fix="name a file, such as --store curation.sqlite, or set DATABASE_URL",
        )
    renew(found)
    return found
