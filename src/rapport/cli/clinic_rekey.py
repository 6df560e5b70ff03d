"""`rapport clinic rekey`: a new key for the store."""

import typer

from rapport.cli.store import StoreFile, open_store
from rapport.store.home import change_key, key_file


def clinic_rekey(store: StoreFile = None) -> None:
    """Give the store a new key and wrap every patient's key with it. Stop the server first.

    A store in a file gets a new key beside it. Of a store at DATABASE_URL you change
    RAPPORT_SECRET_KEY yourself, and give the old one as RAPPORT_SECRET_KEY_BEFORE. Stopped half
    way, run it again. Links that people have end, and everybody signs in once more.

    Example: rapport clinic rekey --store practice.sqlite
    """
    if store is not None:
        change_key(store)
    open_store(store)
    # Imported here: keys need an open store.
    from rapport.store.practice.keys import wrap_all

    count = wrap_all()
    if store is not None:
        key_file(store, before=True).unlink(missing_ok=True)
    typer.echo(f"{count} keys wrapped anew. Destroy kept copies of the old key.", err=True)
