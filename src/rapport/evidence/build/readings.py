"""Finished readings, kept from build to build in an append-only file.

Each entry carries its key, its length and a checksum. An entry that a kill or a full disk tore
is not believed, and neither is anything behind it: those publications are read again.
"""

import os
import struct
import zlib
from pathlib import Path
from typing import Self

_HEAD = struct.Struct("<4s32sII")
_MAGIC = b"RdG1"
_MOST_STALE = 2
"""The file is written anew when it holds more than this many times what the build used."""


class Readings:
    """The kept readings: found by key, added as they are finished. A context manager.

    Keys are 64 hexadecimal digits. Memory: the place of each entry, not the readings.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.touch()
        self._file = path.open("r+b")
        self._places: dict[bytes, tuple[int, int, int]] = {}
        self._used: set[bytes] = set()
        self._end = self._scan()
        self._file.truncate(self._end)

    def get(self, key: str) -> bytes | None:
        """The reading kept under this key; None if there is none or it is damaged."""
        name = bytes.fromhex(key)
        place = self._places.get(name)
        if place is None:
            return None
        offset, length, checksum = place
        data = os.pread(self._file.fileno(), length, offset)
        if len(data) != length or zlib.crc32(data) != checksum:
            return None
        self._used.add(name)
        return data

    def add(self, key: str, data: bytes) -> None:
        """Keep a reading; it is there for the next build even if this one is killed."""
        name = bytes.fromhex(key)
        checksum = zlib.crc32(data)
        entry = _HEAD.pack(_MAGIC, name, len(data), checksum) + data
        os.pwrite(self._file.fileno(), entry, self._end)
        self._places[name] = (self._end + _HEAD.size, len(data), checksum)
        self._used.add(name)
        self._end += len(entry)

    def tidy(self) -> None:
        """Forget what the finished build did not use, if that is most of the file."""
        used = sum(_HEAD.size + self._places[name][1] for name in self._used)
        if self._end <= _MOST_STALE * used:
            return
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            for name in sorted(self._used):
                offset, length, checksum = self._places[name]
                file.write(_HEAD.pack(_MAGIC, name, length, checksum))
                file.write(os.pread(self._file.fileno(), length, offset))
        fresh.replace(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _scan(self) -> int:
        """Note the places of all whole entries; comes back with the end of the last one."""
        size = self._path.stat().st_size
        end = 0
        while end + _HEAD.size <= size:
            head = os.pread(self._file.fileno(), _HEAD.size, end)
            magic, name, length, checksum = _HEAD.unpack(head)
            after = end + _HEAD.size + length
            if magic != _MAGIC or after > size:
                break
            self._places[name] = (end + _HEAD.size, length, checksum)
            end = after
        return end
