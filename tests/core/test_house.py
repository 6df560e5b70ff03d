"""The house itself: sizes, names, and words that do not belong in it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
OURS = [
    path for folder in ("src", "tests", "scripts") for path in (ROOT / folder).rglob("*.py")
]
CATCH_ALL = {"utils", "util", "common", "misc", "helpers", "manager", "tools"}
TEXTS = [
    path
    for folder in ("src", "tests", "docs", "scripts", ".")
    for path in (ROOT / folder).glob("*" if folder == "." else "**/*")
    if path.suffix in {".py", ".md", ".toml", ".html", ".css", ".cff", ".sh"} and path.is_file()
]


@pytest.mark.parametrize("path", OURS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_has_one_topic_and_at_most_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in CATCH_ALL


def lines_of_work(function):
    """Lines of a function's body without its signature and docstring."""
    is_docstring = ast.get_docstring(function) is not None
    work = function.body[1:] if is_docstring else function.body
    return (work[-1].end_lineno or 0) - work[0].lineno + 1 if work else 0


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_a_function_fits_on_a_screen(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    assert not [f.name for f in functions if lines_of_work(f) > 40]


def test_nothing_in_the_house_names_the_machine_it_was_built_on():
    paths = re.compile(r"(?<![\w.])/(?:work|root)/")
    named = [p.relative_to(ROOT) for p in TEXTS if paths.search(p.read_text(encoding="utf-8"))]
    assert not named
