"""`rapport curate forget`: delete what people wrote in reports that are long settled."""

import datetime
from typing import Annotated

import typer

from rapport.cli.clock import now
from rapport.cli.store import StoreFile, open_store

DAYS_KEPT = 180
"""Long enough to look again at an answer that somebody disputes."""


def curate_forget(
    days: Annotated[
        int, typer.Option(min=0, help="Days since a report was answered.")
    ] = DAYS_KEPT,
    store: StoreFile = None,
) -> None:
    """Delete the words and the contact of reports that were answered so many days ago.

    The public ledger keeps its line and the answer; a report that is open keeps its words. It
    cannot be undone. Copies of the store are not touched.

    Example: rapport curate forget --days 90 --store curation.sqlite
    """
    open_store(store)
    # Imported here: reports need an open store.
    from rapport.store.curation.corrections import forget

    at = now()
    forgotten = forget(at - datetime.timedelta(days=days), at)
    noun = "report" if forgotten == 1 else "reports"
    typer.echo(f"{forgotten} {noun}: what was written is deleted", err=True)
