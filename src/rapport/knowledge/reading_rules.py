"""Rules for reading, typed: the files are in `knowledge/data/reading`, one kind of rule a file."""

from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec

from rapport.core.errors import InputError
from rapport.knowledge.model import Entry

T = TypeVar("T")


class HeadingKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of section, by the patterns of its main headings and its sub-headings."""

    kind: str
    main: tuple[str, ...] = ()
    sub: tuple[str, ...] = ()


class HeadingLabels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels that open a part of an abstract inside its paragraph."""

    words: tuple[str, ...]


class Headings(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What headings say about the section below them (headings.toml)."""

    kinds: tuple[HeadingKind, ...]
    labels: HeadingLabels


def _data(name: str) -> bytes:
    return resources.files("rapport.knowledge").joinpath("data", "reading", name).read_bytes()


def _typed(name: str, kind: type[T]) -> T:
    try:
        return msgspec.toml.decode(_data(name), type=kind)
    except msgspec.DecodeError as error:
        raise InputError(
            f"a file of reading rules cannot be read: {error}",
            where=f"knowledge/data/reading/{name}",
            fix="correct the file; its fields are those of rapport.knowledge.reading_rules",
        ) from error


@cache
def headings() -> Headings:
    """The rules for headings. Raises: InputError if the file does not fit its type."""
    return _typed("headings.toml", Headings)
