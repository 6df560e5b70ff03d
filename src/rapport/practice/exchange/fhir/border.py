"""The one place that knows the library for FHIR R4B: whether a resource is well formed.

The library is large and is loaded when the first resource is checked.
"""

from functools import cache
from typing import Any, cast

import msgspec

Json = dict[str, Any]
"""A FHIR resource or a part of one, as JSON has it."""

_ROUNDS = 25
MOST_FAULTS = 100


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong at one place of a resource. `path` reads like FHIRPath; no value is repeated."""

    path: str
    problem: str


Place = tuple[str | int, ...]


def path_of(root: str, place: Place) -> str:
    """A place as FHIRPath writes it: Bundle.entry[1].resource.status."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return root + "".join(steps)


def form_faults(resource: Json, root: str) -> tuple[Fault, ...]:
    """Every way in which the resource breaks the form of its kind in R4B; empty: in none.

    The library stops at the first layer of faults. So each part that has one is taken out of a
    copy, and the rest is looked at again, until nothing is found any more.
    """
    kind = resource.get("resourceType")
    if not isinstance(kind, str) or not is_kind(kind):
        return (Fault(path=f"{root}.resourceType", problem="R4B has no such resource"),)
    rest = _Rest(resource)
    found: dict[str, Fault] = {}
    for _ in range(_ROUNDS):
        errors = _errors(kind, rest.value)
        if not errors or len(found) >= MOST_FAULTS:
            break
        for place, problem in errors:
            path = path_of(root, rest.was(place))
            found.setdefault(path, Fault(path=path, problem=problem))
        # The last first, so that the places of the others stay.
        taken = [rest.take_out(place) for place, _ in sorted(errors, key=_order, reverse=True)]
        if not all(taken):
            break
    return tuple(sorted(found.values(), key=lambda fault: fault.path))


def _order(error: tuple[Place, str]) -> tuple[tuple[bool, int, str], ...]:
    return tuple(
        (True, step, "") if isinstance(step, int) else (False, 0, step) for step in error[0]
    )


@cache
def is_kind(kind: str) -> bool:
    """Whether R4B has a resource of this name."""
    from fhir.resources.R4B import get_fhir_model_class

    try:
        model = get_fhir_model_class(kind)
    except ValueError:
        return False
    return model.has_resource_base()


def _errors(kind: str, resource: Json) -> list[tuple[Place, str]]:
    from fhir.resources.R4B import get_fhir_model_class
    from pydantic import ValidationError

    try:
        get_fhir_model_class(kind).model_validate(_copied(resource))
    except ValidationError as error:
        return [(_place(each["loc"]), _said(each["type"])) for each in error.errors()]
    except (KeyError, TypeError, ValueError, AttributeError):
        # The library does not expect everything that JSON can hold in a place.
        return [((), "this cannot be a resource of this kind")]
    return []


def _place(steps: Place) -> Place:
    """Where an error is, without the library's own name for the whole of a part."""
    return tuple(step for step in steps if step != "root")


def _said(kind: str) -> str:
    if kind.endswith("missing"):
        return "this has to be there"
    if kind == "extra_forbidden":
        return "R4B does not know this element here"
    return "this has the wrong form"


def _copied(value: object) -> Any:
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in cast("Json", value).items()}
    if isinstance(value, list):
        return [_copied(each) for each in cast("list[object]", value)]
    return value


class _Rest:
    """What is left of a resource when faulty parts are taken out, and where each part was."""

    def __init__(self, resource: Json) -> None:
        self.value: Json = _copied(resource)
        self._were: dict[int, list[int]] = {}

    def was(self, place: Place) -> Place:
        """A place of what is left, as it was in the whole."""
        here: object = self.value
        found: list[str | int] = []
        for step in place:
            were = self._were.get(id(here))
            found.append(were[step] if were and isinstance(step, int) else step)
            here = _child(here, step)
        return tuple(found)

    def take_out(self, place: Place) -> bool:
        """Take out the part, or the one that lacks it; False where nothing would be left."""
        holders: list[Any] = [self.value]
        for step in place:
            holders.append(_child(holders[-1], step))
        for depth in range(len(place), 0, -1):
            if self._without(holders[depth - 1], place[depth - 1]):
                return True
        return False

    def _without(self, holder: Any, step: str | int) -> bool:
        """Take one part out of what holds it; False where it is not in it."""
        if _child(holder, step) is None:
            return False
        if isinstance(step, int):
            del self._were.setdefault(id(holder), list(range(len(holder))))[step]
        del holder[step]
        return True


def _child(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None
