"""Files of JSON Lines sorted by `id`, opened without reading them into memory."""

import mmap
from array import array
from collections.abc import Iterator
from pathlib import Path

_PREFIX = b'{"id":"'


class SortedLines:
    """The lines of a file that is sorted by the bytes of `id`, the first field of every line.

    The file is mapped, not read: memory stays flat however long it is. `offsets` are the byte
    positions of the lines and, last, the size of the file; without them the file is scanned
    once (8 bytes are held for each line).
    """

    def __init__(self, path: Path, offsets: "memoryview[int] | None" = None) -> None:
        with path.open("rb") as file:
            size = path.stat().st_size
            self._data: mmap.mmap | bytes = (
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
            )
        self._offsets = offsets if offsets is not None else memoryview(scan(self._data))

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __iter__(self) -> Iterator[bytes]:
        return (self.line(number) for number in range(len(self)))

    def line(self, number: int) -> bytes:
        """The line with this number, counted from 0, without its newline."""
        return self._data[self._offsets[number] : self._offsets[number + 1] - 1]

    def id(self, number: int) -> str:
        """The id of the line with this number."""
        start = self._offsets[number] + len(_PREFIX)
        end = self._data.find(b'"', start, self._offsets[number + 1])
        return self._data[start:end].decode()

    def ids(self) -> Iterator[str]:
        """Every id, in order."""
        return (self.id(number) for number in range(len(self)))

    def find(self, wanted: str) -> bytes | None:
        """The line with this id, or None."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            found = self.id(middle)
            if found == wanted:
                return self.line(middle)
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return None


def scan(data: "mmap.mmap | bytes") -> "array[int]":
    """The offsets of the lines of `data` and its size; the last line must end in a newline."""
    offsets = array("Q", [0])
    position = 0
    while (end := data.find(b"\n", position)) != -1:
        position = end + 1
        offsets.append(position)
    return offsets
