"""One record of every kind, made up; a kind that is not here fails a test."""

import datetime
import typing

import msgspec

from rapport.practice.records.kept import Author, Kept, Record
from rapport.practice.records.people import Role

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
KINDS = typing.get_args(Record)
_VALUES = {
    str: "made-up words",
    int: 1,
    float: 1.5,
    bool: True,
    datetime.date: NOON.date(),
    datetime.datetime: NOON,
}


def kept(record, number=0, patient="p1", **more):
    """A record as it is kept."""
    return Kept(
        **{
            "id": f"r{number}",
            "clinic": "c1",
            "patient": patient,
            "pair": None,
            "author": Author(role=Role.PATIENT, id=patient),
            "made_at": NOON,
            "changed_at": NOON,
            "record": record,
        }
        | more
    )


def one_of_each():
    """A kept record of every kind, each field filled in."""
    return [kept(made(kind), number) for number, kind in enumerate(KINDS)]


def made(kind):
    """A value of a kind with something in every field."""
    return kind(**{field.name: _value(field.type) for field in msgspec.structs.fields(kind)})


def _value(kind):
    for plain, value in _VALUES.items():
        if kind is plain:
            return value
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return made(kind)
    if isinstance(kind, type):
        return next(iter(kind))
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is dict:
        return {_value(inside[0]): _value(inside[1])}
    if origin in (tuple, frozenset):
        return origin([_value(inside[0])])
    return _value(next(each for each in inside if each is not type(None)))
