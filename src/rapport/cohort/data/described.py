"""What a source says of its columns: SPSS and Stata files by themselves, others in a codebook."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from rapport.core.errors import InputError

FORMAT = "rapport-codebook-1"


class Kind(StrEnum):
    """What stands in a column. `binary` has two whole values, such as 0 and 1."""

    NUMBER = "number"
    WHOLE = "whole"
    BINARY = "binary"
    TEXT = "text"
    DATE = "date"


class Described(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A column in words. `values` are the labels of its values, by the value as text.

    `range` are the lowest and highest value that are possible. `instrument` is the id of the
    questionnaire that it is a score or an item of, `item` the item.
    """

    name: str
    label: str | None = None
    kind: Kind | None = None
    unit: str | None = None
    values: dict[str, str] = {}
    range: tuple[float, float] | None = None
    instrument: str | None = None
    item: str | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """A codebook as a file has it. What is not known here is passed over."""

    format: str
    variables: tuple[Described, ...]


def read_codebook(path: Path) -> dict[str, Described]:
    """The columns that a codebook describes, by name; of several of a name the first.

    Errors: InputError for a file that cannot be read, is no codebook, or is of another format.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise InputError(
            f"the codebook cannot be read: {error.strerror or error}",
            where=str(path),
            fix="see that the file can be read",
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"the codebook cannot be understood: {error}",
            where=str(path),
            fix="write it as docs/cohort.md says, under “Research export format”",
        ) from None
    if found.format != FORMAT:
        raise InputError(
            "the codebook is of another format",
            where=f"{path}, key format",
            fix=f'this program reads "{FORMAT}"',
        )
    for one in found.variables:
        if one.range is not None and not one.range[0] < one.range[1]:
            raise InputError(
                "the lowest possible value is not below the highest",
                where=f"{path}, variable {one.name}, key range",
                fix="swap them, or leave range out",
            )
    return first_of_each(found.variables)


def first_of_each(variables: tuple[Described, ...]) -> dict[str, Described]:
    """The descriptions by name; of several of a name (one a wave) the first."""
    found: dict[str, Described] = {}
    for one in variables:
        found.setdefault(one.name, one)
    return found


def from_labels(
    labels: Mapping[str, str | None], values: Mapping[str, Mapping[object, str]]
) -> dict[str, Described]:
    """The words that an SPSS or Stata file has for its columns and their values."""
    return {
        name: Described(
            name=name,
            label=labels.get(name) or None,
            values={_value(key): str(word) for key, word in values.get(name, {}).items()},
        )
        for name in (*labels, *(name for name in values if name not in labels))
        if labels.get(name) or values.get(name)
    }


def _value(key: object) -> str:
    """A labelled value as text, a whole number without a fraction."""
    return f"{key:.0f}" if isinstance(key, float) and key.is_integer() else str(key)
