"""Keeps the record of what each file of the knowledge base said at which version.

    python scripts/rule_versions.py [--check | --anew] [FOLDER]

Without an option: takes over new, gone and raised files, and names those that changed without a
new version. --check only looks. --anew records every file as it is now, raised or not. FOLDER
holds the files: the package's own, if left out. Exit 1 if a file changed without a new version, or
with --check if the record is not up to date.
"""

import sys
from pathlib import Path

from rapport.knowledge.checking.raised import (
    VERSIONS,
    Stand,
    printed,
    read,
    renewed,
    stand,
    unraised,
)
from rapport.knowledge.load import DATA


def standing(folder: Path) -> dict[str, Stand]:
    """What every file of the folder says now."""
    return {
        path.relative_to(folder).as_posix(): stand(path.read_bytes())
        for path in sorted(folder.rglob("*.toml"))
    }


def main(arguments: list[str]) -> int:
    folders = [each for each in arguments if not each.startswith("-")]
    folder = Path(folders[0]) if folders else DATA
    record = folder / VERSIONS
    recorded = read(record.read_text(encoding="utf-8")) if record.exists() else {}
    now = standing(folder)
    if "--anew" in arguments:
        recorded = {}
    unchanged = printed(renewed(recorded, now))
    wrong = [
        f"{path} changed, but its version is still {now[path].version}\n"
        f"  fix: set version = {recorded[path].version + 1} in it, then run make generate"
        for path in unraised(recorded, now)
    ]
    if "--check" not in arguments:
        record.write_text(unchanged, encoding="utf-8")
    elif not record.exists() or record.read_text(encoding="utf-8") != unchanged:
        wrong.append(f"stale: {record}\n  fix: run make generate and commit the file")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
