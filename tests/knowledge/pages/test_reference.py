"""Reference pages: whoever reads them sees the source, how sure it is, and who has checked it."""

import importlib.util
import sys
from pathlib import Path

import msgspec
import pytest

from rapport.knowledge.entries import NOT_CHECKED, VERIFICATION_IN_WORDS, entries
from rapport.knowledge.load import everything
from rapport.knowledge.model import Criterion, Verification
from rapport.knowledge.pages.definition import criterion_lines
from rapport.knowledge.pages.entry import entry_text
from rapport.knowledge.pages.markdown import plain, unescaped
from rapport.knowledge.pages.reference import PAGES

KNOWLEDGE = everything()
DRAWN = {path: draw(KNOWLEDGE) for path, draw in PAGES.items()}
EVERY = [pytest.param(kind, entry, id=entry.id) for kind, entry in entries(KNOWLEDGE)]


@pytest.mark.parametrize(("kind", "entry"), EVERY)
def test_an_entry_shows_how_far_it_can_be_trusted(kind, entry):
    text = entry_text(kind, entry)
    assert VERIFICATION_IN_WORDS[entry.verification] in text
    assert NOT_CHECKED in text
    assert f"reviewed on {entry.reviewed_on}" in text
    assert f"next review by {entry.review_by}" in text
    assert entry.authored_by in text
    assert entry.why in text
    for source in entry.sources:
        assert (source.url or source.what) in text


@pytest.mark.parametrize(("kind", "entry"), EVERY)
def test_an_entry_that_is_not_verified_says_so_before_anything_else(kind, entry):
    assert entry_text(kind, entry).startswith("> **NOT VERIFIED") is not entry.is_verified


def test_a_checker_is_named_where_there_is_one():
    entry = msgspec.structs.replace(KNOWLEDGE.definitions["ccc_2003"], checked_by="A. Reader")
    text = entry_text("definitions", entry)
    assert "checked by A. Reader" in text
    assert NOT_CHECKED not in text


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("definitions", "knowledge/definitions.md"),
        ("entry_rules", "knowledge/entry-rules.md"),
        ("designs", "knowledge/designs.md"),
        ("wording_levels", "knowledge/wording.md"),
        ("wording_guards", "knowledge/wording.md"),
        ("wording_rules", "knowledge/wording.md"),
        ("topics", "knowledge/topics.md"),
    ],
)
def test_a_page_has_every_entry_of_its_kind(kind, path):
    for name, entry in entries(KNOWLEDGE):
        if name == kind:
            assert f'<a id="{entry.id}"></a>' in DRAWN[path]


def test_the_definitions_page_marks_each_that_is_not_verified():
    page = DRAWN["knowledge/definitions.md"]
    count = sum(not each.is_verified for each in KNOWLEDGE.definitions.values())
    assert page.count("> **NOT VERIFIED") == count
    assert page.count("| **NOT VERIFIED**") == count


def test_a_page_is_the_same_every_time():
    assert {path: draw(KNOWLEDGE) for path, draw in PAGES.items()} == DRAWN


def test_a_verification_level_without_words_cannot_be_added():
    assert set(VERIFICATION_IN_WORDS) == set(Verification)


def test_a_logic_is_said_in_words():
    logic = Criterion(
        all_of=(
            "pain",
            Criterion(at_least=2, of=("a", "b", Criterion(feature="months", more_than=6))),
            Criterion(none_of=("other",)),
        )
    )
    said = {
        "pain": "pain",
        "a": "first",
        "b": "second",
        "months": "months ill",
        "other": "other",
    }
    assert criterion_lines(logic, said, 0) == [
        "- all of:",
        "  - pain",
        "  - at least 2 of:",
        "    - first",
        "    - second",
        "    - months ill: more than 6",
        "  - none of:",
        "    - other",
    ]


@pytest.mark.parametrize("text", ["a [4] b", "<b>", "a_b*c", "`x`", "back\\slash"])
def test_text_keeps_its_characters(text):
    assert unescaped(plain(text)) == text


@pytest.fixture
def generate(monkeypatch):
    """The script that writes the pages, as a module."""
    folder = Path(__file__).parents[3] / "scripts"
    monkeypatch.syspath_prepend(str(folder))
    spec = importlib.util.spec_from_file_location("generate", folder / "generate.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "generate", module)
    spec.loader.exec_module(module)
    return module


def test_a_page_that_differs_is_stale_until_it_is_written(generate, tmp_path):
    pages = {"docs/a.md": lambda: "drawn\n", "docs/b.md": lambda: "drawn too\n"}
    assert generate.stale(pages, tmp_path) == ["docs/a.md", "docs/b.md"]
    assert generate.write(pages, tmp_path) == ["docs/a.md", "docs/b.md"]
    assert generate.stale(pages, tmp_path) == []
    (tmp_path / "docs/a.md").write_text("edited by hand\n")
    assert generate.stale(pages, tmp_path) == ["docs/a.md"]


def test_check_fails_on_a_folder_without_the_pages(generate, tmp_path, capsys):
    assert generate.main(["--check", str(tmp_path)]) == 1
    assert "stale: docs/reference/knowledge/definitions.md" in capsys.readouterr().err
