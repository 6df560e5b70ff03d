"""What the README claims is what happens."""

import re
import tomllib
from pathlib import Path

import pytest

import rapport
from rapport.evidence.build.pipeline import build
from rapport.evidence.demo import records_path
from rapport.evidence.release.opened import Release
from rapport.knowledge.load import load
from rapport.web.card_text import card_text

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def block(name):
    """The text block behind a comment of that name."""
    return re.search(rf"<!-- {name} -->\n```\n(.*?)```", README, re.DOTALL)[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo atlas."""
    out = tmp_path_factory.mktemp("readme") / "demo"
    build([records_path()], out, topic="me_cfs", knowledge=load(), processes=1)
    return Release(out)


def test_the_card_shown_is_the_card_made(demo):
    knowledge = load()
    card = demo.card("23639303")
    paragraphs = card_text(card, knowledge.definitions, "").split("\n\n")
    for shown in block("card").strip().split("\n\n"):
        lines = set(shown.splitlines())
        assert any(lines <= set(paragraph.splitlines()) for paragraph in paragraphs), shown


def test_the_demo_has_as_many_records_as_is_said(demo):
    said = int(re.search(r"from (\d+) bundled records", README)[1])
    assert len(list(demo.ids())) == said
    assert f"{said} demo records" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_gate_says_what_is_shown(rapport):
    command, *expected = block("gate").splitlines()
    words = re.fullmatch(r'\$ echo "(.+)" \| \.venv/bin/rapport (.+)', command)
    done = rapport(*words[2].split(), given=words[1])
    assert done.stdout.rstrip().splitlines() == expected
    assert done.returncode == 1


def test_counts_of_the_knowledge_base_are_true():
    knowledge = load()
    said = re.search(
        r"(\d+) case definitions, (\d+) entry rules; (\d+) definitions not", README
    )
    unverified = [each for each in knowledge.definitions.values() if not each.is_verified]
    counted = (len(knowledge.definitions), len(knowledge.entry_rules), len(unverified))
    assert tuple(map(int, said.groups())) == counted
    assert not any(each.checked_by for each in knowledge.definitions.values())


def test_the_python_version_is_the_one_that_is_required():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = re.search(r"Python (3\.\d+) or newer", README)[1]
    assert project["requires-python"] == f">={needed}"


def test_the_citation_names_this_version():
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {rapport.__version__}\n" in cff


def test_the_readme_is_short():
    assert len(README.splitlines()) < 150


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


def test_every_command_that_make_is_asked_for_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8")):
            assert f"\n{target}:" in makefile, f"{page}: make {target}"
