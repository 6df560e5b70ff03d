"""`rapport people list`: the accounts of a store."""

import typer

from rapport.cli.store import StoreFile, open_store
from rapport.core.encoding import to_json


def people_list(store: StoreFile = None) -> None:
    """List the accounts as JSON Lines: name, roles, whether it is open and has a second factor.

    Example: rapport people list --store curation.sqlite
    """
    open_store(store)
    # Imported here: accounts need an open store.
    from rapport.store.people import second_factor
    from rapport.store.people.models import Person

    for person in Person.objects.order_by("name"):
        told = {
            "name": person.name,
            "shown_as": person.shown_as,
            "roles": sorted(person.role_set),
            "open": person.is_active,
            "second_factor": second_factor.has_one(person),
        }
        typer.echo(to_json(told).decode())
