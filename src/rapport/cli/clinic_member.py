"""`rapport clinic member`: give an account a role in a clinic, or end it."""

from typing import Annotated

import typer

from rapport.cli.clock import now
from rapport.cli.store import StoreFile, open_store
from rapport.practice.records.people import Role


def clinic_member(
    clinic: Annotated[str, typer.Argument(help="The name of the clinic.", show_default=False)],
    name: Annotated[
        str, typer.Argument(help="The name the account signs in with.", show_default=False)
    ],
    role: Annotated[
        list[Role], typer.Option(help="What the person is there; may be repeated.")
    ],
    end: Annotated[bool, typer.Option("--end", help="End these roles instead.")] = False,
    store: StoreFile = None,
) -> None:
    """Give an account roles in a clinic, or end them; `rapport people add` makes the account.

    Patients and supporters have links from a practitioner, and no account.

    Example: rapport clinic member "Lakeside" ann --role practitioner --store practice.sqlite
    """
    open_store(store)
    # Imported here: clinics need an open store.
    from rapport.store.people import accounts
    from rapport.store.practice import clinics

    there, account = clinics.named(clinic), accounts.named(name)
    for each in role:
        made = clinics.set_member(there.id, account, each, at=now(), is_open=not end)
        typer.echo(f"{made.shown_as}: {made.role.value}{', ended' if end else ''}", err=True)
