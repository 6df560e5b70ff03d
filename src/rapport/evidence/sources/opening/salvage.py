"""A zip archive whose directory is lost: its members are found by the headers before them.

The directory of a zip archive stands at its end, so that a download that broke off has none.
Source: APPNOTE.TXT of PKWARE, 4.3.7 (local file header) and 4.3.9 (data descriptor).
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_HEADER = struct.Struct("<4s5H3I2H")
_MAGIC = b"PK\x03\x04"
_HAS_DESCRIPTOR = 0x8
_UTF8 = 0x800
_BLOCK = 1 << 20
_FULL = 0xFFFFFFFF


class LocalMember(NamedTuple):
    """A member as its own header describes it; its packed bytes lie from `start` to `end`."""

    name: str
    flags: int
    method: int
    start: int
    end: int


def local_members(file: BinaryIO, size: int) -> Iterator[LocalMember]:
    """The members of a file of `size` bytes in their order, the last of them perhaps cut off."""
    place = _next_header(file, 0)
    while place is not None:
        file.seek(place)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return
        _, _, flags, method, _, _, _, packed, _, name_length, extra_length = _HEADER.unpack(
            header
        )
        name = file.read(name_length)
        start = place + _HEADER.size + name_length + extra_length
        is_sized = not flags & _HAS_DESCRIPTOR and packed != _FULL
        end = start + packed if is_sized else start
        place = _next_header(file, end)
        last = size if place is None else place
        yield LocalMember(
            name=name.decode("utf-8" if flags & _UTF8 else "cp437", errors="replace"),
            flags=flags,
            method=method,
            start=start,
            end=end if is_sized else last,
        )


class Slice:
    """The bytes of a file from `start` to `end`, wherever else it is read in between."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file = file
        self._place = start
        self._end = end
        self.count = 0

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        self._file.seek(self._place)
        data = self._file.read(min(size, max(self._end - self._place, 0)))
        self._place += len(data)
        self.count += len(data)
        if not data and self._place < self._end:
            raise EOFError("it ends in the middle; fetch it again")
        return data


def _next_header(file: BinaryIO, place: int) -> int | None:
    """Where the next header begins, at or after `place`."""
    file.seek(place)
    held = b""
    while block := file.read(_BLOCK):
        data = held + block
        found = data.find(_MAGIC)
        if found >= 0:
            return place - len(held) + found
        held = data[-3:]
        place += len(block)
    return None
