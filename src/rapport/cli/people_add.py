"""`rapport people add`: a new account, and the link at which its person sets it up."""

from typing import Annotated

import typer

from rapport.cli.clock import now
from rapport.cli.store import StoreFile, open_store
from rapport.evidence.curate.workflow import Role


def people_add(
    name: Annotated[str, typer.Argument(help="The name to sign in with.", show_default=False)],
    role: Annotated[
        list[Role] | None, typer.Option(help="What the person may do; may be repeated.")
    ] = None,
    shown_as: Annotated[
        str | None,
        typer.Option(help="The name under which decisions are published; NAME without it."),
    ] = None,
    store: StoreFile = None,
) -> None:
    """Add an account and print the address at which its person chooses a password.

    The address works once and for seven days. A role counts from the second factor on.

    Example: rapport people add ann --role reader --shown-as "Ann B." --store curation.sqlite
    """
    open_store(store)
    # Imported here: accounts need an open store.
    from rapport.store.people import accounts

    person = accounts.add(name, shown_as or name, role or (), now())
    typer.echo(f"/set-up/{accounts.set_up_link(person)}")
    typer.echo("Give this address of your site to the person, and to nobody else.", err=True)
