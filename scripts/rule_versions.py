"""Raises the version of each file of the knowledge base that says something else than it did.

    python scripts/rule_versions.py [--check] [FOLDER]

--check only names those files. FOLDER holds them: the package's own, if left out. Exit 1 if --check
found one, or if a file has no version.
"""

import sys
from pathlib import Path

from rapport.knowledge.checking.raised import raised
from rapport.knowledge.load import DATA


def wrong(path: Path, *, look_only: bool) -> str | None:
    """What is wrong with the version of a file, in words; else None, and the file is as it should be."""
    text = path.read_bytes().decode()
    try:
        right = raised(text)
    except ValueError as error:
        return f"{path}: {error}"
    if right == text:
        return None
    if look_only:
        return f"{path} is new or changed, and its version is not\n  fix: run make generate"
    path.write_bytes(right.encode())
    return None


def main(arguments: list[str]) -> int:
    folders = [each for each in arguments if not each.startswith("-")]
    paths = sorted(Path(folders[0] if folders else DATA).rglob("*.toml"))
    found = [wrong(path, look_only="--check" in arguments) for path in paths]
    for line in filter(None, found):
        print(line, file=sys.stderr)
    return 1 if any(found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
