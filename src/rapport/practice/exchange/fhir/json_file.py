"""A file as JSON that can be read in one way alone: no nulls, no names twice, nothing too deep."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn, cast

from rapport.practice.exchange.fhir.border import MOST_FAULTS, Fault, Json, is_kind

MOST_BYTES = 5_000_000
"""A person's own copy of many years has some."""
MOST_DEEP = 50
"""Levels of parts within parts; a check-in has nine."""
_TO_BE_UNDERSTOOD = frozenset({"modifierExtension", "implicitRules"})
"""What changes the sense of all beside it: FHIR says that nobody may pass it over."""
_PASSED_OVER = frozenset({"contained"})


def read_json(data: bytes) -> tuple[Json | None, tuple[Fault, ...]]:
    """The resource of a file, or None and every fault in its form. No fault repeats a value."""
    resource, problem = _parsed(data)
    if resource is None:
        return None, (Fault(path="$", problem=problem),)
    faults = tuple(_unreadable(resource, root_of(resource)))
    return (None, faults[:MOST_FAULTS]) if faults else (resource, ())


def root_of(resource: Json) -> str:
    """How the path of a resource begins: with its kind, if R4B has such a kind."""
    kind = resource.get("resourceType")
    return kind if isinstance(kind, str) and is_kind(kind) else "Resource"


def _parsed(data: bytes) -> tuple[Json | None, str]:
    """The object of a file; else what is wrong with it."""
    problem = "the file is no JSON"
    if len(data) > MOST_BYTES:
        return None, f"the file has more than {MOST_BYTES:,} bytes"
    try:
        value: object = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number
        )
    except _TwiceError:
        problem = "an element stands there twice"
    except (UnicodeDecodeError, ValueError, RecursionError):
        pass
    else:
        if isinstance(value, dict) and not _is_deep(found := cast("Json", value)):
            return found, ""
        problem = "nested too deep" if isinstance(value, dict) else "the file is no resource"
    return None, problem


def _no_number(_word: str) -> NoReturn:
    """For NaN and its like, which Python reads and JSON does not have."""
    raise ValueError


def _is_deep(value: object) -> bool:
    """Whether parts lie in parts too often: looked at level by level, however deep it is."""
    level: list[object] = [value]
    for _ in range(MOST_DEEP):
        level = [inner for part in level for inner in _inner(part)]
        if not level:
            return False
    return True


def _inner(part: object) -> list[object]:
    if isinstance(part, dict):
        return list(cast("Json", part).values())
    return cast("list[object]", part) if isinstance(part, list) else []


class _TwiceError(ValueError):
    """An object of JSON with two elements of one name: readers differ in which they take."""


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError
    return found


def _unreadable(part: object, path: str) -> Iterator[Fault]:
    """Every null, which FHIR does not have, and what may not be passed over but is not known here."""
    if part is None:
        yield Fault(path=path, problem="FHIR has no null here: leave it out")
    elif isinstance(part, dict):
        for name, each in cast("Json", part).items():
            if name in _TO_BE_UNDERSTOOD:
                yield Fault(path=f"{path}.{name}", problem="this is not understood here")
            elif name in _PASSED_OVER:
                yield Fault(path=f"{path}.{name}", problem="nothing contained is read")
            yield from _unreadable(each, f"{path}.{name}")
    elif isinstance(part, list):
        for number, each in enumerate(cast("list[object]", part)):
            yield from _unreadable(each, f"{path}[{number}]")
