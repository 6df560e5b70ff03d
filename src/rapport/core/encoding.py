"""Values to bytes and back, the same bytes for the same value on every machine."""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec


def to_json(value: object) -> bytes:
    """One line of JSON: UTF-8, no spaces, keys of mappings sorted, fields in declared order."""
    return msgspec.json.encode(value, order="deterministic")


def to_json_lines(values: Iterable[object]) -> bytes:
    """JSON Lines, each line ended by a newline; empty for no values."""
    return b"".join(to_json(value) + b"\n" for value in values)


def to_pretty_json(value: object) -> bytes:
    """Indented JSON for people to read, ended by a newline."""
    return msgspec.json.format(to_json(value), indent=2) + b"\n"


def plain(value: object) -> Any:  # JSON has no narrower type
    """The value as dictionaries, lists, strings, numbers, booleans and None."""
    return msgspec.to_builtins(value)


def content_hash(*parts: bytes) -> str:
    """SHA-256 over the parts with their lengths, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
