"""Checks without a network that the lock files hold every dependency, in range, with hashes."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")


def locked(path: Path) -> dict[str, str]:
    """The version of each package in a lock file; raises for one without a hash."""
    versions = {}
    for block in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip()):
        match = LOCKED.match(block)
        if match is None or "--hash=sha256:" not in block:
            sys.exit(
                f"{path}: not locked with a hash: {block.splitlines()[0]}\n  fix: make lock"
            )
        versions[canonicalize_name(match[1])] = match[2]
    return versions


def missing(requirements: list[str], versions: dict[str, str], path: Path) -> list[str]:
    """What the project asks for that the lock file does not hold."""
    found = []
    for text in requirements:
        requirement = Requirement(text)
        version = versions.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            found.append(f"{path}: {text} is asked for, {version or 'nothing'} is locked")
    return found


def main() -> None:
    """Exit 1 with every mismatch, or silently 0."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    own = project["project"]["dependencies"] + groups["build"]
    run, dev = Path("requirements/run.txt"), Path("requirements/dev.txt")
    problems = missing(own, locked(run), run)
    problems += missing(
        own + [d for d in groups["dev"] if isinstance(d, str)], locked(dev), dev
    )
    if problems:
        sys.exit("\n".join([*problems, "  fix: make lock"]))


if __name__ == "__main__":
    main()
