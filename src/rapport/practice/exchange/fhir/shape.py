"""How a kind of record and its FHIR resource tell the same: one statement for both directions.

What FHIR has an element for stands there; the rest travels in our own extension, so that each
record comes back as it was.
"""

import base64
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, cast

import msgspec

from rapport.practice.coalition.held import Coalition
from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.codec import details, left, read, without_empty
from rapport.practice.exchange.fhir.names import (
    KIND,
    OWN,
    coding,
    r4b,
    reference,
    referred,
    resource_id,
)
from rapport.practice.records.kept import Author, Kept
from rapport.practice.records.people import Role

_STEP = re.compile(r"\w+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Within(msgspec.Struct, frozen=True, kw_only=True):
    """The bundle that a resource stands in.

    `places` leads from a record to the kind and name of its resource, for all that are in the
    bundle; `services` from a service of the map to the name of its resource.
    """

    patient: str
    places: Mapping[str, tuple[str, str]] = {}
    services: Mapping[str, str] = {}
    coalition: Coalition = Coalition()
    latest_story: int = 0

    def subject(self) -> Json:
        """A reference to the patient."""
        return reference("Patient", self.patient)

    def to(self, record: str) -> Json:
        """A reference to a record: to its resource, or by name where that is not in the bundle."""
        place = self.places.get(record)
        return named("record", record) if place is None else reference(*place)

    def to_service(self, service: str) -> Json:
        """A reference to a service of the clinic's map: by name, and to its resource if there."""
        found = named("service", service)
        here = self.services.get(service)
        return found if here is None else found | reference("HealthcareService", here)

    def to_author(self, author: Author) -> Json:
        """A reference to who wrote something; of those who work in a clinic the id alone."""
        if author.role is Role.PATIENT:
            return self.subject()
        return self.to(author.id) if author.id in self.places else named("who", author.id)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a field stands in a resource, and how its value is written there and read back."""

    path: str
    out: Callable[[Any, Within], Any] = lambda value, _: value
    back: Callable[[Any], Any] = lambda value: value


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of record as a resource. `why` says why it is this one, for the page of the map.

    `also` is what FHIR wants beside the fields, or what follows from them; it is not read back.
    """

    kind: type[Any]
    resource: str
    why: str
    fields: Mapping[str, str | Place]
    also: Callable[[Any, Kept, Within], Json] = lambda _record, _kept, _within: {}

    def write(self, record: msgspec.Struct, kept: Kept, within: Within) -> Json:
        """The resource."""
        made = headed(self.resource, kept.id, self.kind.__name__)
        made |= without_empty(self.also(record, kept, within))
        plain: Json = msgspec.to_builtins(record, str_keys=True)
        told = tuple(name for name in self.fields if _holds(plain[name]))
        for name in told:
            place = self._place(name)
            _put(made, place.path, place.out(plain[name], within))
        made["extension"] = [*made.get("extension", []), *details(record, told)]
        return without_empty(made)

    def read(self, resource: Json) -> Any:
        """The record of a resource that `write` made."""
        told: Json = {}
        for name in self.fields.keys() - left(resource).keys():
            place = self._place(name)
            value = _get(resource, place.path)
            told[name] = None if value is None else place.back(value)
        return read(self.kind, resource, told)

    def _place(self, name: str) -> Place:
        place = self.fields[name]
        return place if isinstance(place, Place) else Place(path=place)


def headed(kind: str, name: str, record: str) -> Json:
    """The beginning of a resource: its kind, id, version of FHIR, and kind of record."""
    meta = r4b()
    meta["tag"].append(coding(KIND, record))
    return {"resourceType": kind, "id": resource_id(name), "meta": meta}


def named(system: str, name: str, shown_as: str = "") -> Json:
    """Somebody or something that is no resource of the bundle, by its id here."""
    found: Json = {"identifier": {"system": f"{OWN}:{system}", "value": name or "-"}}
    return found | ({"display": shown_as} if shown_as else {})


def name_of(part: Json) -> str:
    """The name that `named` gave; empty for none."""
    name = part["identifier"]["value"]
    return "" if name == "-" else name


def linked(path: str) -> Place:
    """A field that holds the id of another record."""
    return Place(path=path, out=lambda record, within: within.to(record), back=referred)


def linked_all(path: str) -> Place:
    """A field that holds the ids of other records."""
    return Place(
        path=path,
        out=lambda found, within: [within.to(each) for each in found],
        back=lambda found: [referred(each) for each in found],
    )


AT_NOON = Place(
    path="sent", out=lambda day, _: f"{day}T12:00:00+00:00", back=lambda moment: moment[:10]
)
"""The day of a Communication: FHIR wants a moment, and noon of the day is as good as any."""


def of_service(path: str) -> Place:
    """A field that holds the id of a service of the map."""
    return Place(
        path=path, out=lambda service, within: within.to_service(service), back=name_of
    )


def coded(path: str, codes: Mapping[Any, str]) -> Place:
    """A field whose values have codes of FHIR, one each."""
    values = {code: value for value, code in codes.items()}
    return Place(path=path, out=lambda value, _: codes[value], back=lambda code: values[code])


def text(path: str) -> Place:
    """A field that is a whole text, as an attachment holds it."""
    return Place(
        path=path,
        out=lambda value, _: base64.b64encode(value.encode()).decode(),
        back=lambda data: base64.b64decode(data).decode(),
    )


def _holds(value: Any) -> bool:
    """Whether FHIR can hold a value: nothing in it is empty."""
    if isinstance(value, str):
        return bool(value.strip()) and _CONTROL.search(value) is None
    if isinstance(value, list):
        return value != [] and all(map(_holds, cast("list[Any]", value)))
    return value is not None


def _put(whole: Json, path: str, value: Any) -> None:
    """Write a value at a place: `output[0].valueString`; what leads there is made on the way."""
    part: Any = whole
    steps = _steps(path)
    for step, following in pairwise(steps):
        _set_if_new(part, step, [] if isinstance(following, int) else {})
        part = part[step]
    _set_if_new(part, steps[-1], value)
    part[steps[-1]] = value


def _set_if_new(part: Any, step: str | int, value: Any) -> None:
    if isinstance(step, str):
        part.setdefault(step, value)
    elif step == len(part):
        part.append(value)


def _get(whole: Json, path: str) -> Any:
    part: Any = whole
    for step in _steps(path):
        try:
            part = part[step]
        except (KeyError, IndexError):
            return None
    return part


def _steps(path: str) -> list[str | int]:
    return [int(step) if step.isdecimal() else step for step in _STEP.findall(path)]
