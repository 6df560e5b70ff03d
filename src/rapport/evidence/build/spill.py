"""Publications that wait on disk between the passes, so that memory stays flat."""

import os
from pathlib import Path
from typing import Self

import msgspec

from rapport.evidence.publication import Publication


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a publication stands in the spill file, in bytes."""

    offset: int
    length: int


class Spill:
    """The file that publications are appended to; a context manager that removes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._offset = 0

    def add(self, data: bytes) -> Place:
        """Append one encoded publication."""
        self._file.write(data)
        place = Place(self._offset, len(data))
        self._offset += len(data)
        return place

    def finish(self) -> None:
        """Make everything that was added readable for other processes."""
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


def spilled(path: Path, places: tuple[Place, ...]) -> list[Publication]:
    """The publications at these places, in their order."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return [
            msgspec.json.decode(
                os.pread(descriptor, place.length, place.offset), type=Publication
            )
            for place in places
        ]
    finally:
        os.close(descriptor)
