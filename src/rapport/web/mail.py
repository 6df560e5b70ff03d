"""How this server hands over e-mail, if it does at all: off unless the environment names a server.

`RAPPORT_MAIL` is the address of a mail server, `smtp://name:password@host:587` (the connection is
encrypted once it stands) or `smtps://...` (from the first byte); `RAPPORT_MAIL_FROM` is whom the
messages come from. Only to this very machine may a message go in clear: `smtp+clear://localhost`.
"""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import msgspec

from rapport.core.errors import UsageError

_PORTS = {"smtp": 587, "smtps": 465, "smtp+clear": 25}
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_EXAMPLE = "smtp://name:password@mail.example.org:587"


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where messages are handed over. `is_tls`: encrypted from the first byte; else, unless
    `is_clear`, once the connection stands."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    is_tls: bool = False
    is_clear: bool = False


def mail_server(environment: Mapping[str, str]) -> MailServer | None:
    """The mail server that the environment names; None where it names none.

    Raises: UsageError for an address that cannot be used. It repeats nothing of it, as it may
        hold a password.
    """
    text = environment.get("RAPPORT_MAIL", "").strip()
    if not text:
        return None
    sender = environment.get("RAPPORT_MAIL_FROM", "").strip()
    if "@" not in sender or any(sign.isspace() for sign in sender):
        raise _wrong("RAPPORT_MAIL_FROM", "it is no e-mail address", "rapport@example.org")
    try:
        parts = urlsplit(text)
        port = parts.port or _PORTS[parts.scheme]
        host = parts.hostname or ""
    except (ValueError, KeyError):
        raise _wrong("RAPPORT_MAIL", "it is no address of a mail server", _EXAMPLE) from None
    if not host:
        raise _wrong("RAPPORT_MAIL", "it names no server", _EXAMPLE)
    is_clear = parts.scheme == "smtp+clear"
    if is_clear and host not in _THIS_MACHINE:
        raise _wrong("RAPPORT_MAIL", "it would send in clear to another machine", _EXAMPLE)
    return MailServer(
        host=host,
        port=port,
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
        is_clear=is_clear,
    )


def _wrong(where: str, problem: str, example: str) -> UsageError:
    return UsageError(
        f"The setting for e-mail cannot be used: {problem}.",
        where=where,
        fix=f"write it like {example}, or leave RAPPORT_MAIL out",
    )
