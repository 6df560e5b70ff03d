"""`rapport curate export`: the log of decisions, as a build reads it."""

import typer

from rapport.cli.store import StoreFile, open_store


def curate_export(store: StoreFile = None) -> None:
    """Print the log of decisions, one JSON object a line, for `rapport atlas build --reviews`.

    Example: rapport curate export --store curation.sqlite > decisions.jsonl
    """
    open_store(store)
    # Imported here: the log needs an open store.
    from rapport.store.curation.work import log_lines

    for line in log_lines():
        typer.echo(line)
