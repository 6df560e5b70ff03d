"""`rapport clinic list`: the clinics of a store, and who belongs to them."""

import typer

from rapport.cli.store import StoreFile, open_store
from rapport.core.encoding import to_json


def clinic_list(store: StoreFile = None) -> None:
    """List the clinics as JSON Lines: name, country pack, members with their roles.

    Example: rapport clinic list --store practice.sqlite
    """
    open_store(store)
    # Imported here: clinics need an open store.
    from rapport.store.practice import clinics

    for clinic in clinics.every():
        members = [
            {"name": each.name, "role": each.role.value, "open": each.is_open}
            for each in clinics.members(clinic.id)
        ]
        told = {"clinic": clinic.name, "country": clinic.country, "members": members}
        typer.echo(to_json(told).decode())
