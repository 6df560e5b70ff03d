"""A file of the knowledge base that says something else has a new version."""

import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.knowledge.checking.raised import raised

SCRIPT = Path(__file__).parents[3] / "scripts" / "rule_versions.py"
RULE = raised(
    'id = "rest"\nversion = 1\nreviewed_on = "2026-01-01"\npattern = "planned rest"\n'
)


@pytest.fixture
def rule_versions(tmp_path):
    """The script, run over a folder with one rule file."""
    main = runpy.run_path(str(SCRIPT))["main"]
    (tmp_path / "rest.toml").write_text(RULE, encoding="utf-8")
    return lambda *options: main([*options, str(tmp_path)])


def test_a_new_file_keeps_its_version_and_gets_a_fingerprint():
    assert RULE.splitlines()[1].startswith("version = 1  # ")


@pytest.mark.parametrize(
    ("changed", "is_raised"),
    [
        (RULE, False),
        (RULE.replace("planned", "paced"), True),
        (RULE + 'unless = "bed"\n', True),  # a key more
        (RULE.replace("2026-01-01", "2027-01-01"), False),  # looked at again
        (RULE + 'checked_by = "A person"\n', False),
        ("# why\n" + RULE, False),  # a comment is no rule
    ],
)
def test_a_change_gets_the_next_version(changed, is_raised):
    assert ("version = 2  # " in raised(changed)) is is_raised
    assert (raised(changed) != changed) is is_raised


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "Zs"])))
def test_a_raised_file_says_what_it_said_and_stands(words):
    changed = RULE.replace("planned rest", words)
    once = raised(changed)
    assert raised(once) == once
    assert once.splitlines()[2:] == changed.splitlines()[2:]


def test_the_check_names_the_file_and_the_cure_and_changes_nothing(
    rule_versions, tmp_path, capsys
):
    file = tmp_path / "rest.toml"
    changed = RULE.replace("planned", "paced")
    file.write_text(changed, encoding="utf-8")
    assert rule_versions("--check") == 1
    assert file.read_text(encoding="utf-8") == changed
    said = capsys.readouterr().err
    assert "rest.toml is new or changed, and its version is not" in said
    assert "make generate" in said


def test_the_script_raises_a_version_once_and_then_it_holds(rule_versions, tmp_path):
    (tmp_path / "rest.toml").write_text(RULE.replace("planned", "paced"), encoding="utf-8")
    assert [rule_versions(), rule_versions(), rule_versions("--check")] == [0, 0, 0]
    assert "version = 2  # " in (tmp_path / "rest.toml").read_text(encoding="utf-8")


def test_a_file_without_a_version_is_named(rule_versions, tmp_path, capsys):
    (tmp_path / "bare.toml").write_text('id = "bare"\n', encoding="utf-8")
    assert rule_versions() == 1
    assert "bare.toml: there is no line: version = 1" in capsys.readouterr().err
