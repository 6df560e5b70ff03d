"""What FHIR has no place for travels in one extension, so that a record comes back whole."""

from typing import Any, TypeVar

import msgspec

from rapport.core.encoding import to_json
from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.names import extended, extension

_S = TypeVar("_S", bound=msgspec.Struct)
_DETAILS = "details"


def details(record: msgspec.Struct, told: tuple[str, ...]) -> list[Json]:
    """The extension with the fields that are not told elsewhere; none where all are as usual."""
    more = {
        field.name: value
        for field in msgspec.structs.fields(record)
        if field.name not in told and (value := getattr(record, field.name)) != _usual(field)
    }
    if not more:
        return []
    plain = msgspec.to_builtins(more, str_keys=True)
    return [extension(_DETAILS, to_json(plain).decode())]


def without_empty(resource: Json) -> Json:
    """The resource without what is empty: FHIR has no empty elements."""
    return {key: value for key, value in resource.items() if value not in (None, "", [], {})}


def read(kind: type[_S], resource: Json, told: dict[str, Any]) -> _S:
    """The record from its resource. Raises: msgspec.ValidationError, ValueError."""
    known = {key: value for key, value in told.items() if value is not None}
    whole = {**left(resource), **known, "type": kind.__name__}
    return msgspec.convert(whole, kind, str_keys=True)


def left(resource: Json) -> dict[str, Any]:
    """What the extension says, by field. Raises: msgspec.DecodeError."""
    said = extended(resource, _DETAILS)
    return msgspec.json.decode(said, type=dict[str, Any]) if said else {}


def _usual(field: msgspec.structs.FieldInfo) -> Any:
    made = field.default_factory
    return field.default if made is msgspec.NODEFAULT else made()
