"""`rapport clinic add`: a new clinic."""

from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.clock import now
from rapport.cli.store import StoreFile, open_store


def clinic_add(
    name: Annotated[str, typer.Argument(help="The name people see.", show_default=False)],
    country: Annotated[
        str, typer.Option(help="The country pack: its id, or a TOML file.", show_default=False)
    ],
    store: StoreFile = None,
) -> None:
    """Add a clinic. Its country pack says where help is found; there is no clinic without one.

    Example: rapport clinic add "Lakeside" --country lakeland.toml --store practice.sqlite
    """
    # Imported here: the other commands need neither.
    from rapport.knowledge.load_practice import country as country_pack

    pack = country_pack(country)
    open_store(store)
    from rapport.store.practice import clinics

    # A file is kept by its whole path: the server may start in another folder.
    kept = pack.id if country == pack.id else str(Path(country).resolve())
    made = clinics.add(name, kept, now())
    typer.echo(f"{made.name}: help is that of {pack.title}.", err=True)
    if pack.is_made_up:
        typer.echo("This pack is made up: its numbers lead nowhere. Use it to try.", err=True)
    typer.echo("Next: rapport clinic member, to say who belongs to it.", err=True)
