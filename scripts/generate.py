"""Writes the pages that are drawn from code and data; with --check, says which are stale.

    python scripts/generate.py [--check] [FOLDER]

FOLDER is where the pages stand: the repository, if left out. Exit 1 with --check if any is stale.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pages.contracts import commands_page, shapes_page
from pages.fhir import fhir_page
from pages.results import codebook_schema, results_page, results_schema
from pages.states import card_states_page, curation_states_page
from pages.who_sees_what import who_sees_what_page

from rapport.knowledge.load import everything
from rapport.knowledge.pages.reference import PAGES as KNOWLEDGE_PAGES

ROOT = Path(__file__).parents[1]
Page = Callable[[], str]


def knowledge_page(draw: Callable[..., str]) -> Page:
    return lambda: draw(everything())


PAGES: dict[str, Page] = {
    "docs/reference/commands.md": commands_page,
    "docs/reference/contracts.md": shapes_page,
    "docs/reference/fhir.md": fhir_page,
    "docs/reference/results.md": results_page,
    "docs/reference/results.schema.json": results_schema,
    "docs/reference/codebook.schema.json": codebook_schema,
    "docs/reference/card-states.md": card_states_page,
    "docs/reference/curation-states.md": curation_states_page,
    "docs/reference/who-sees-what.md": who_sees_what_page,
    **{
        f"docs/reference/{path}": knowledge_page(draw) for path, draw in KNOWLEDGE_PAGES.items()
    },
}
"""Path in the repository to the function that draws what belongs there."""


def write(pages: Mapping[str, Page], root: Path) -> list[str]:
    """Write every page that differs from what stands there; their paths."""
    changed = stale(pages, root)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(pages[path](), encoding="utf-8")
    return changed


def stale(pages: Mapping[str, Page], root: Path) -> list[str]:
    """The paths of the pages that are missing or differ from what is drawn now."""
    return [path for path, draw in pages.items() if text_of(root / path) != draw()]


def text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main(arguments: list[str]) -> int:
    folders = [each for each in arguments if not each.startswith("-")]
    root = Path(folders[0]) if folders else ROOT
    if "--check" not in arguments:
        for path in write(PAGES, root):
            print(f"written: {path}")
        return 0
    found = stale(PAGES, root)
    for path in found:
        print(f"stale: {path}\n  fix: run make generate and commit the page", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
