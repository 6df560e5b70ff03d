"""`rapport clinic rekey`: a new key for the store."""

import os
from collections.abc import Mapping

import typer

from rapport.cli.store import StoreFile, open_store
from rapport.core.errors import UsageError
from rapport.store.home import change_key, key_file


def clinic_rekey(store: StoreFile = None) -> None:
    """Give the store a new key and wrap every patient's key with it. Stop the server first.

    A store in a file gets a new key beside it. Of a store at DATABASE_URL you change
    RAPPORT_SECRET_KEY yourself, and give the old one as RAPPORT_SECRET_KEY_BEFORE. Stopped half
    way, run it again. Links that people have end, and everybody signs in once more.

    Example: rapport clinic rekey --store practice.sqlite
    """
    if store is not None:
        _demand_own_key(os.environ)
        change_key(store)
    open_store(store)
    # Imported here: keys need an open store.
    from rapport.store.practice.keys import wrap_all

    count = wrap_all()
    if store is not None:
        key_file(store, before=True).unlink(missing_ok=True)
    typer.echo(f"{count} keys wrapped anew. Destroy kept copies of the old key.", err=True)


def _demand_own_key(environment: Mapping[str, str]) -> None:
    """Raises: UsageError where another key than the one beside the file would be used."""
    if environment.get("RAPPORT_SECRET_KEY"):
        raise UsageError(
            "The key beside the file is not the one in use.",
            where="RAPPORT_SECRET_KEY",
            fix="take it away; or keep it: set DATABASE_URL to sqlite:///FILE in the place of "
            "--store, the new key here, and the old one as RAPPORT_SECRET_KEY_BEFORE",
        )
