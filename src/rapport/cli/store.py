"""Opening the store for a command: where it is, its tables, and the option that names it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from rapport.core.errors import UsageError
from rapport.store.home import Home, home

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
    os.environ.update(found.environment(), DJANGO_SETTINGS_MODULE="rapport.web.settings")
    # Imported here: they read the settings.
    import django

    django.setup()
    _renew_tables(found)
    return found


def _renew_tables(found: Home) -> None:
    from django.core.management import call_command
    from django.db.utils import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        scheme = found.url.partition(":")[0]
        raise UsageError(
            "The store cannot be opened.",
            where=f"--store or DATABASE_URL ({scheme})",
            fix="check that it is a store of Rapport, that you may write to it, and that its "
            f"server runs ({type(error).__name__})",
        ) from error
