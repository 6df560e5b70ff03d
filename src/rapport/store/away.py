"""Whether the database, rather than the program, is why something could not be done."""

from collections.abc import Iterator

_SQLITE = ("BUSY", "LOCKED", "FULL", "IOERR", "CANTOPEN", "READONLY")
"""What SQLite says of its file: somebody else has it, the disk is full, it cannot be reached."""
_POSTGRESQL = ("08", "40", "53", "57P", "58", "55P03")
"""Beginnings of SQLSTATE: connection, conflict, no room, shut down, system, locked.

Source: the table of error codes in PostgreSQL's documentation.
"""
NO_CONNECTION = "no connection"


def away(error: BaseException) -> str | None:
    """The database's own code for being away, busy or full; None for any other error.

    Whoever asks may try the same again later. Codes hold nothing of what was sent.
    """
    return next(filter(None, map(_code, _led_to(error))), None)


def _led_to(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those that led to it: the library's own stands behind Django's."""
    while error is not None:
        yield error
        error = error.__cause__


def _code(error: BaseException) -> str | None:
    name = getattr(error, "sqlite_errorname", None)
    if isinstance(name, str):
        return name if name.removeprefix("SQLITE_").startswith(_SQLITE) else None
    if type(error).__module__.partition(".")[0] != "psycopg":
        return None
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return state if state.startswith(_POSTGRESQL) else None
    is_of_connection = type(error).__name__ in ("OperationalError", "InterfaceError")
    return NO_CONNECTION if is_of_connection else None
