"""One entry from one file: typed at this border, and named when it is broken."""

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from rapport.core.errors import InputError
from rapport.knowledge.header import Entry

DATA = Path(__file__).parent / "data"

_E = TypeVar("_E", bound=Entry)


def read_entry(path: Path, data: bytes, kind: type[_E]) -> _E:
    """The entry that a file of these bytes holds.

    Raises: InputError for bytes that are not TOML, a value of the wrong type, or an id that is
        not the file's name, with the file and the key.
    """
    try:
        entry = msgspec.convert(tomllib.loads(data.decode()), kind)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"the file is not TOML: {error}",
            where=str(path),
            fix="correct that place; https://toml.io describes the format",
        ) from error
    except msgspec.ValidationError as error:
        problem, _, key = str(error).partition(" - at ")
        module = kind.__module__.replace(".", "/")
        raise InputError(
            f"the entry does not have the shape of a {kind.__name__}: {problem}",
            where=f"{path}, key {key.strip('`').removeprefix('$.') or 'of the entry itself'}",
            fix=f"correct that key; src/{module}.py says what belongs there",
        ) from error
    return _named_by_its_file(entry, path)


def entries_in(folder: Path, kind: type[_E]) -> dict[str, _E]:
    """The entries of a folder by id, in the order of the files' names; absent: none.

    Raises: InputError as `read_entry`.
    """
    found = (
        read_entry(path, path.read_bytes(), kind) for path in sorted(folder.glob("*.toml"))
    )
    return {entry.id: entry for entry in found}


def _named_by_its_file(entry: _E, path: Path) -> _E:
    """The entry, if its file bears its id: so no two entries can share one id unseen."""
    if path.stem != entry.id:
        raise InputError(
            f"the file bears another name than its entry, {entry.id}",
            where=f"{path}, key id",
            fix=f"rename the file to {entry.id}.toml, or correct the id",
        )
    return entry
