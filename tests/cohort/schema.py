"""A small check of JSON against the schemas in docs/reference: the keywords that they use, no more."""

import json
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "integer": int,
    "number": (int, float),
}
TOLD = {"title", "description", "default", "$schema", "$defs"}


@cache
def schema(name):
    """The schema of that name in the reference."""
    return json.loads((REFERENCE / f"{name}.schema.json").read_text("utf-8"))


def faults(content, name="results"):
    """Where a JSON text is otherwise than its schema says; empty: nowhere."""
    whole = schema(name)
    return list(_faults(json.loads(content), whole, whole, "$"))


def _faults(value, rule, whole, at):
    if rule is False:
        yield f"{at}: nothing may stand here"
        return
    for keyword, said in rule.items():
        if keyword not in TOLD:
            yield from CHECKS[keyword](value, said, rule, whole, at)


def _ref(value, said, rule, whole, at):
    yield from _faults(value, whole["$defs"][said.rsplit("/", 1)[-1]], whole, at)


def _type(value, said, rule, whole, at):
    is_number = isinstance(value, bool) and said in {"integer", "number"}
    if not isinstance(value, TYPES[said]) or is_number:
        yield f"{at}: no {said}"


def _enum(value, said, rule, whole, at):
    if value not in said:
        yield f"{at}: none of {said}"


def _any(value, said, rule, whole, at):
    tried = [list(_faults(value, one, whole, at)) for one in said]
    if all(tried):
        yield f"{at}: none of the kinds fits ({min(tried, key=len)[0]})"


def _properties(value, said, rule, whole, at):
    for name in value if isinstance(value, dict) else ():
        if name in said:
            yield from _faults(value[name], said[name], whole, f"{at}.{name}")
        else:
            yield f"{at}.{name}: not in the schema"


def _required(value, said, rule, whole, at):
    for name in said:
        if isinstance(value, dict) and name not in value:
            yield f"{at}: lacks {name}"


def _additional(value, said, rule, whole, at):
    for name, one in value.items() if isinstance(value, dict) else ():
        yield from _faults(one, said, whole, f"{at}.{name}")


def _items(value, said, rule, whole, at):
    first = len(rule.get("prefixItems", ()))
    for place, one in enumerate(value[first:] if isinstance(value, list) else ()):
        yield from _faults(one, said, whole, f"{at}[{place + first}]")


def _prefix(value, said, rule, whole, at):
    if isinstance(value, list):
        for place, (one, inner) in enumerate(zip(value, said, strict=False)):
            yield from _faults(one, inner, whole, f"{at}[{place}]")


def _least(value, said, rule, whole, at):
    if isinstance(value, list) and len(value) < said:
        yield f"{at}: fewer than {said}"


CHECKS = {
    "$ref": _ref,
    "type": _type,
    "enum": _enum,
    "anyOf": _any,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "items": _items,
    "prefixItems": _prefix,
    "minItems": _least,
    "maxItems": lambda *_: (),  # items: false says the same
}
