"""Where each card's line begins: a derived file, so that opening a release reads nothing."""

import hashlib
import mmap
import sys
from array import array
from pathlib import Path

from rapport.evidence.release.lines import scan
from rapport.evidence.release.manifest import CARDS, INDEX

NAME = "cards.offsets"
_HASH = hashlib.sha256().digest_size


def write(folder: Path, sha256: str) -> None:
    """Write the offsets of the release in `folder`; `sha256` is the hash of its cards."""
    offsets = scan((folder / CARDS).read_bytes()) if _is_empty(folder) else _scan(folder)
    if sys.byteorder == "big":
        offsets.byteswap()
    path = folder / INDEX / NAME
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(bytes.fromhex(sha256) + offsets.tobytes())


def read(folder: Path, sha256: str, size: int) -> "memoryview[int] | None":
    """The offsets, mapped; None where they are missing or belong to other cards.

    `sha256` and `size` are those of the cards, from the manifest.
    """
    path = folder / INDEX / NAME
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    fits = data[:_HASH] == bytes.fromhex(sha256) and (len(data) - _HASH) % 8 == 0
    if not fits or len(data) == _HASH or sys.byteorder == "big":
        return None
    offsets = memoryview(data)[_HASH:].cast("Q")
    return offsets if offsets[0] == 0 and offsets[-1] == size else None


def _is_empty(folder: Path) -> bool:
    return (folder / CARDS).stat().st_size == 0


def _scan(folder: Path) -> "array[int]":
    with (folder / CARDS).open("rb") as file:
        return scan(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
