"""Names of this project in FHIR, and small parts that many resources share."""

import datetime
import re
from typing import Any

from rapport.practice.exchange.fhir.border import Json

OWN = "urn:rapport:fhir"
"""Begins the address of everything that is ours: extensions, code systems, questionnaires."""

KIND = f"{OWN}:kind"
"""The system of the tag that says which kind of record a resource tells."""
RECORDS = f"{OWN}:record"
"""The system of identifiers of our records: by it a check-in that comes back is known again."""
FHIR_VERSION = "4.3.0"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"


def r4b() -> Json:
    """The `meta` of everything that leaves: which version of FHIR it is in."""
    return {"tag": [coding(f"{OWN}:version", FHIR_VERSION, "R4B")]}


def extension(name: str, value: Any) -> Json:
    """One of our own extensions; the kind of value follows from its type.

    Raises: TypeError for a value that no extension of ours holds.
    """
    return {"url": f"{OWN}:{name}", **{_element(value): _plain(value)}}


def extensions(**values: Any) -> list[Json]:
    """Extensions for what is known: None, False, "" and empty lists are left out.

    A name's `_` is written as `-`; a tuple gives one extension for each of its values.
    """
    found: list[Json] = []
    for name, value in values.items():
        each = value if isinstance(value, tuple) else (value,)  # pyright: ignore[reportUnknownVariableType]  # of a tuple only its values matter
        found += [
            extension(name.replace("_", "-"), one)
            for one in each  # pyright: ignore[reportUnknownVariableType]
            if one not in (None, False, "")
        ]
    return found


def extended(part: Json, name: str) -> Any:
    """The value of our extension of this name; None where it is not there."""
    return next(iter(all_extended(part, name)), None)


def all_extended(part: Json, name: str) -> list[Any]:
    """Every value of our extensions of this name."""
    url = f"{OWN}:{name}"
    return [
        value
        for each in part.get("extension", [])
        if each.get("url") == url
        for key, value in each.items()
        if key.startswith("value")
    ]


def coding(system: str, code: str, display: str = "") -> Json:
    """A code of a system."""
    return {"system": system, "code": code} | ({"display": display} if display else {})


def concept(system: str, code: str, display: str = "") -> Json:
    """A concept with one code."""
    return {"coding": [coding(system, code, display)]}


def resource_id(record: str) -> str:
    """The id of a record as FHIR allows it: letters, digits, - and . alone.

    A record's id has letters, digits, - and _, so that no two ids become one.
    """
    return record.replace("_", ".")


def record_id(resource: str) -> str:
    """The id of a record from that of its resource."""
    return resource.replace(".", "_")


def address(kind: str, name: str) -> str:
    """The `fullUrl` of a resource of a bundle: what references to it say, letter for letter."""
    return f"urn:rapport:{kind}:{name}"


def reference(kind: str, record: str) -> Json:
    """A reference to another resource of the same bundle."""
    return {"reference": address(kind, resource_id(record))}


def referred(part: Json | None) -> str:
    """The id of the record that a reference leads to, whoever wrote it; empty for none.

    `Patient/p1` from elsewhere leads to the same as our own `urn:rapport:Patient:p1`; a record
    that is not in the bundle is named by its identifier.
    """
    found = part or {}
    if "reference" in found:
        return record_id(re.split("[/:]", found["reference"])[-1])
    return found.get("identifier", {}).get("value", "")


def instant(moment: datetime.datetime) -> str:
    """A moment with its offset."""
    return moment.isoformat()


def day(text: str | None) -> datetime.date | None:
    """The day of a FHIR date; None for none. Raises: ValueError for a year or month alone."""
    return datetime.date.fromisoformat(text[:10]) if text else None


def _element(value: Any) -> str:
    match value:
        case bool():
            return "valueBoolean"
        case int():
            return "valueInteger"
        case float():
            return "valueDecimal"
        case datetime.datetime():
            return "valueDateTime"
        case datetime.date():
            return "valueDate"
        case str():
            return "valueString"
        case _:
            raise TypeError(type(value).__name__)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
