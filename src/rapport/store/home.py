"""Where the store is: a file, or a server named by DATABASE_URL; and the key it signs with."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import dj_database_url
import msgspec

from rapport.core.errors import InputError

KEY_BYTES = 48
_SQLITE = "django.db.backends.sqlite3"
_POSTGRESQL = "django.db.backends.postgresql"


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """The address of the database, and the key that sessions and links are signed with."""

    url: str
    key: str
    key_before: str = ""
    """The key before this one, while patients' keys are being wrapped anew."""

    def environment(self) -> dict[str, str]:
        """What `rapport.web.settings` is told."""
        return {
            "DATABASE_URL": self.url,
            "RAPPORT_SECRET_KEY": self.key,
            "RAPPORT_SECRET_KEY_BEFORE": self.key_before,
        }


def home(file: Path | None, environment: Mapping[str, str]) -> Home | None:
    """The store in a file, or else at DATABASE_URL; None if neither is named.

    The key is RAPPORT_SECRET_KEY, or one that is made once and kept beside the file, readable
    by its owner alone.
    Raises: InputError for a file or key that cannot be used, or a server without a key.
    """
    given = environment.get("RAPPORT_SECRET_KEY", "")
    if file is None:
        url = environment.get("DATABASE_URL", "")
        if not url:
            return None
        if not given:
            raise InputError(
                "The store has an address and no key to sign with.",
                where="DATABASE_URL",
                fix="set RAPPORT_SECRET_KEY to a long random text, the same at every start",
            )
        _demand_known(url)
        before = environment.get("RAPPORT_SECRET_KEY_BEFORE", "")
        return Home(url=url, key=given, key_before=before)
    return file_home(file, given)


def file_home(file: Path, given: str = "") -> Home:
    """The store in a file, with the key that is given or else the one beside it.

    Raises: InputError for a file or key that cannot be used.
    """
    try:
        _make_private(file)
        old = key_file(file, before=True)
        return Home(
            url=f"sqlite:///{quote(str(file.resolve()))}",
            key=given or _kept_key(file),
            key_before=old.read_text() if old.exists() else "",
        )
    except OSError as error:
        raise InputError(
            f"The store cannot be used: {error.strerror}.",
            where=str(file),
            fix="name a file in a folder of yours that can be written to",
        ) from error


def _demand_known(url: str) -> None:
    """Raises: InputError for an address of another kind; it may hold a password and is not told."""
    try:
        engine = dj_database_url.parse(url).get("ENGINE", "")
    except ValueError:
        engine = ""
    if engine not in (_SQLITE, _POSTGRESQL):
        raise InputError(
            "This is not the address of a database that Rapport can use.",
            where="DATABASE_URL",
            fix="write postgresql://user:password@host/name, or use --store with a file",
        )
    if engine == _POSTGRESQL and find_spec("psycopg") is None:
        raise InputError(
            "What speaks with PostgreSQL is not installed.",
            where="DATABASE_URL",
            fix="install it: pip install 'rapport[postgresql]'",
        )


def database(url: str) -> dict[str, object]:
    """Django's settings of the database at an address. A connection that broke is made anew.

    SQLite takes its lock when a transaction begins, so that two that write wait for one another
    instead of failing, and tells the disk to keep what it has said is kept.
    """
    found: dict[str, object] = {
        **dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    }
    if found["ENGINE"] == _SQLITE:
        found["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # What is erased is overwritten, not only forgotten.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON;",
        }
    return found


def _make_private(file: Path) -> None:
    """A file that only its owner can read, if there is none yet: it will hold what is private."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def change_key(file: Path) -> None:
    """Put a new key beside a store in a file; the old one stays there as the key before.

    Done again before the old one is taken away, it changes nothing.
    Raises: InputError for a file that is no store, or a key that cannot be written.
    """
    kept, old = key_file(file), key_file(file, before=True)
    if not (file.is_file() and kept.is_file()):
        raise InputError(
            "There is no store with a key of its own.",
            where=str(file),
            fix="name the file of the store; its key stands beside it",
        )
    if old.exists() and old.read_text() != kept.read_text():
        return
    try:
        # First a second name for the old one, then the new one in its place: at no moment is
        # there none.
        if not old.exists():
            old.hardlink_to(kept)
        new = kept.with_name(f"{kept.name}.new")
        _write_key(new, os.O_TRUNC)
        new.replace(kept)
        _keep_names(kept.parent)
    except OSError as error:
        raise InputError(
            f"The key cannot be changed: {error.strerror}.",
            where=str(kept),
            fix="see that you may write to the folder",
        ) from error


def key_file(file: Path, *, before: bool = False) -> Path:
    """Where the key of a store in a file stands, or the key before it."""
    return file.with_name(f"{file.name}.key{'.before' if before else ''}")


def _write_key(file: Path, how: int) -> None:
    """A new key in a file of its owner's, on the disk before anything is sealed with it."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600), "w") as made:
        made.write(secrets.token_urlsafe(KEY_BYTES))
        made.flush()
        os.fsync(made.fileno())


def _keep_names(folder: Path) -> None:
    """Tell the disk to keep which file has which name."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _kept_key(file: Path) -> str:
    kept = key_file(file)
    with contextlib.suppress(FileExistsError):
        _write_key(kept, os.O_EXCL)
        _keep_names(kept.parent)
    key = kept.read_text()
    if len(key) < KEY_BYTES:
        raise InputError(
            "The key of the store is damaged.",
            where=str(kept),
            fix="put the kept copy of it back; without it nothing of patients can be read",
        )
    return key
