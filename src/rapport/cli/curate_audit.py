"""`rapport curate audit`: who did what, and whether an entry was changed or is missing."""

import typer

from rapport.cli.store import StoreFile, open_store
from rapport.core.encoding import to_json
from rapport.core.errors import UserError


def curate_audit(store: StoreFile = None) -> None:
    """Print the audit as JSON Lines, after checking that no entry was changed or is missing.

    Example: rapport curate audit --store curation.sqlite
    """
    open_store(store)
    # Imported here: the audit needs an open store.
    from rapport.store.audit.models import Entry
    from rapport.store.audit.recording import broken_at

    for entry in Entry.objects.order_by("number").iterator():
        told = {
            "number": entry.number,
            "at": entry.at.isoformat(),
            "person": entry.person,
            "act": entry.act,
            "about": entry.about,
            "detail": entry.detail,
        }
        typer.echo(to_json(told).decode())
    broken = broken_at()
    if broken is not None:
        raise UserError(
            f"The audit is broken from entry {broken} on: it was changed, or one is missing.",
            where="the audit",
            fix="compare with a kept copy of the store; decisions since then need a second look",
        )
