"""The sources of what people read in the practice wing: its templates, and its modules."""

from importlib import resources
from pathlib import Path

import rapport

MODULES = (
    "web/practice",
    "web/people",
    "web/errors.py",
    "web/views/errors.py",
    "practice",
    "store/practice",
)
"""Folders and files of the package from which words can reach a page of the wing."""
_NOT_OURS = ("demo", "migrations")
"""The words of made-up people are their own; tables speak to nobody."""


def templates() -> dict[str, str]:
    """The sources of the pages of the practice wing, by their paths."""
    folder = resources.files("rapport.web") / "templates" / "practice"
    with resources.as_file(folder) as path:
        found = sorted(path.rglob("*.html"))
        return {f"practice/{each.relative_to(path)}": each.read_text("utf-8") for each in found}


def modules() -> dict[str, str]:
    """The sources of the modules from which words can reach a page of the wing, by their paths."""
    root = Path(rapport.__file__).parent
    files = [file for name in MODULES for file in _files(root / name)]
    return {
        str(each.relative_to(root)): each.read_text("utf-8")
        for each in files
        if not any(part.startswith(_NOT_OURS) for part in each.relative_to(root).parts)
    }


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("*.py"))
