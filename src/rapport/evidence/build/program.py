"""What the program itself is: a hash over the code that reads and writes cards."""

import hashlib
from functools import lru_cache
from pathlib import Path

import rapport

_FOLDERS = ("core", "knowledge", "cards", "evidence")


@lru_cache(maxsize=1)
def program_hash() -> str:
    """SHA-256 over the Python files of the layers below the shells, by their relative names.

    A kept reading is used again only by the program that made it, so a change of the code is
    never hidden behind an old reading.
    """
    root = Path(rapport.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(file for name in _FOLDERS for file in (root / name).rglob("*.py")):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()
