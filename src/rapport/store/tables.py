"""The tables of the store, brought up to date before anything else is done with it."""

import os

from rapport.core.errors import UsageError
from rapport.store.home import Home

SETTINGS = "rapport.web.settings"


def demand_key() -> None:
    """Refuse a key that is not the one with which patients' records were sealed.

    Ask after `renew`. No connection is left open.
    Raises: UserError.
    """
    # Imported here: keys need a settled Django.
    from django.db import connections

    from rapport.store.practice.keys import demand_known

    try:
        demand_known()
    finally:
        connections.close_all()


def renew(home: Home) -> None:
    """Settle Django on the store and bring its tables up to date.

    What else the settings read from the environment has to stand there before.
    Sessions that are over are taken away with what they held. No connection is left open: a
    process that is made from this one must not share it.
    Raises: UsageError if the database cannot be used; its address is not told.
    """
    os.environ.update(home.environment(), DJANGO_SETTINGS_MODULE=SETTINGS)
    # Imported here: the settings are read once, and now.
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.db.utils import DatabaseError

    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("clearsessions", verbosity=0)
    except DatabaseError as error:
        scheme = home.url.partition(":")[0]
        raise UsageError(
            "The store cannot be opened.",
            where=f"--store or DATABASE_URL ({scheme})",
            fix="check that it is a store of Rapport, that you may write to it, and that its "
            f"server runs ({type(error).__name__})",
        ) from error
    finally:
        connections.close_all()
