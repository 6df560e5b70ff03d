"""A file of reading rules, typed at this border: knowledge/data/reading/**.toml."""

from importlib import resources
from typing import TypeVar

import msgspec

from rapport.core.errors import InputError

T = TypeVar("T")


def rule_file(name: str, kind: type[T]) -> T:
    """The packaged file `name`, relative to knowledge/data/reading, as a value of `kind`.

    Raises: InputError if the file is not TOML or does not have the shape of `kind`.
    """
    folder = resources.files("rapport.knowledge").joinpath("data", "reading")
    try:
        return msgspec.toml.decode(folder.joinpath(*name.split("/")).read_bytes(), type=kind)
    except msgspec.DecodeError as error:
        raise InputError(
            f"a file of reading rules cannot be read: {error}",
            where=f"knowledge/data/reading/{name}",
            fix=f"correct the file; its fields are those of {kind.__module__}.{kind.__name__}",
        ) from error
