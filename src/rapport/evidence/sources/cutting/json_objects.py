"""JSON files cut into their objects, even where the file breaks off or one object is broken."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapport.evidence.publication import Origin
from rapport.evidence.sources.opening.stream import whole
from rapport.evidence.sources.raw import MAX_RECORD_BYTES, ByteStream, Piece, RawRecord
from rapport.evidence.sources.record import Quarantined

_MAX_FILE_BYTES = 4 * MAX_RECORD_BYTES
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}"]', re.DOTALL)
_WRAPPER = re.compile(rb'\s*\{\s*"items"\s*:\s*(?=\[)')
_HARMLESS = re.compile(rb"[\s,\[\]]*\}?[\s\]]*")


class _Object(NamedTuple):
    data: bytes
    fault: str | None = None


def split_objects(stream: ByteStream, file: str, form: str) -> Iterator[Piece]:
    """The objects of a file: those of an array, of {"items": [...]}, or one after another.

    Positions count from 1. What stands between them and is no object is quarantined, and so is
    an object that is not closed where the file ends.
    """
    data, fault = whole(stream, _MAX_FILE_BYTES)
    position = 0
    for position, found in enumerate(_objects(data), start=1):
        origin = Origin(file=file, position=position, format=form)
        if found.fault is None:
            yield RawRecord(origin=origin, data=found.data)
        else:
            yield Quarantined(origin=origin, reason=found.fault)
    if fault is not None:
        origin = Origin(file=file, position=position + 1, format=form)
        yield Quarantined(origin=origin, reason=f"the file breaks off: {fault}")


def _objects(data: bytes) -> Iterator[_Object]:
    wrapper = _WRAPPER.match(data)
    place = wrapper.end() if wrapper is not None else 0
    start, depth = -1, 0
    for token in _TOKEN.finditer(data, place):
        sign = token.group()
        if sign == b'"':  # a string that is not closed: nothing behind it can be told apart
            break
        if sign == b"{":
            if depth == 0:
                yield from _between(data[place : token.start()])
                start = token.start()
            depth += 1
        elif sign == b"}" and depth > 0:
            depth -= 1
            if depth == 0:
                place = token.end()
                yield _Object(data[start:place])
    yield from _between(data[place:])


def _between(gap: bytes) -> Iterator[_Object]:
    if _HARMLESS.fullmatch(gap) is None:
        is_open = gap.lstrip(b" \t\r\n,[").startswith(b"{")
        what = "the object is not closed" if is_open else "there is something that is no object"
        yield _Object(gap, what)
