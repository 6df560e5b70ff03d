"""What the program itself is: a hash over the code of some of its layers."""

import hashlib
from functools import lru_cache
from pathlib import Path

import rapport


@lru_cache(maxsize=4)
def code_hash(*layers: str) -> str:
    """SHA-256 over the files of code of these layers (folders), by their relative names.

    What was kept is used again only by the program that made it, so a change of the code is
    never hidden behind an old result.
    """
    root = Path(rapport.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(file for name in layers for file in (root / name).rglob("*.py")):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()
