"""`rapport people set`: other roles, a new set-up link, or the end of an account."""

from typing import Annotated

import typer

from rapport.cli.clock import now
from rapport.cli.store import StoreFile, open_store
from rapport.core.errors import UsageError
from rapport.evidence.curate.workflow import Role


def people_set(
    name: Annotated[str, typer.Argument(help="The name to sign in with.", show_default=False)],
    role: Annotated[
        list[Role] | None,
        typer.Option(help="The roles from now on, in place of those before; may be repeated."),
    ] = None,
    renew: Annotated[
        bool,
        typer.Option(
            "--renew", help="Take password and second factor away and print a new address."
        ),
    ] = False,
    close: Annotated[bool, typer.Option("--close", help="End the account.")] = False,
    store: StoreFile = None,
) -> None:
    """Change an account: its roles, its way in, or its end. What was decided stays.

    Example: rapport people set ann --role curator --role reader --store curation.sqlite
    """
    if sum((role is not None, renew, close)) != 1:
        raise UsageError(
            "Say one thing that changes.", where="rapport people set", fix="use one option"
        )
    open_store(store)
    # Imported here: accounts need an open store.
    from rapport.store.people import accounts

    person = accounts.named(name)
    if role is not None:
        accounts.set_roles(person, role, now())
    elif close:
        accounts.close(person, now())
    else:
        accounts.renew(person, now())
        typer.echo(f"/set-up/{accounts.set_up_link(person)}")
