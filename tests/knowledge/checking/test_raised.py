"""A file of the knowledge base that says something else has a new version."""

import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.knowledge.checking.raised import Stand, printed, read, renewed, stand, unraised

SCRIPT = Path(__file__).parents[3] / "scripts" / "rule_versions.py"
RULE = b'id = "rest"\nversion = 1\nreviewed_on = "2026-01-01"\npattern = "planned rest"\n'


@pytest.fixture
def rule_versions(tmp_path):
    """The script, run over a folder with one rule file that was recorded."""
    main = runpy.run_path(str(SCRIPT))["main"]
    (tmp_path / "rest.toml").write_bytes(RULE)
    assert main([str(tmp_path)]) == 0
    return lambda *options: main([*options, str(tmp_path)])


@pytest.mark.parametrize(
    ("changed", "is_unraised"),
    [
        (RULE, False),
        (RULE.replace(b"planned", b"paced"), True),
        (RULE.replace(b"planned", b"paced").replace(b"version = 1", b"version = 2"), False),
        (RULE.replace(b"planned", b"paced").replace(b"version = 1", b"version = 0"), True),
        (RULE + b'unless = "bed"\n', True),  # a key more
        (RULE.replace(b"2026-01-01", b"2027-01-01"), False),  # looked at again
        (RULE + b'checked_by = "A person"\n', False),
        (b"# why\n" + RULE, False),  # a comment is no rule
        (RULE.replace(b"version = 1", b"version = 2"), False),  # raised for nothing
    ],
)
def test_a_change_needs_a_higher_version(changed, is_unraised):
    recorded, now = {"a.toml": stand(RULE)}, {"a.toml": stand(changed)}
    assert bool(unraised(recorded, now)) is is_unraised


def test_a_new_file_and_one_that_is_gone_need_none():
    assert unraised({"old.toml": stand(RULE)}, {"new.toml": stand(RULE)}) == ()


STANDS = st.dictionaries(
    st.sampled_from(["a.toml", "b/c.toml", "b/d e.toml"]),
    st.builds(Stand, version=st.integers(0, 3), content=st.sampled_from(["aa", "bb"])),
)


@given(STANDS)
def test_a_record_is_read_as_it_was_printed(stands):
    assert read(printed(stands)) == stands


@given(STANDS, STANDS)
def test_renewing_hides_no_change_without_a_new_version(recorded, now):
    assert unraised(renewed(recorded, now), now) == unraised(recorded, now)


def test_the_check_names_the_file_and_the_cure(rule_versions, tmp_path, capsys):
    (tmp_path / "rest.toml").write_bytes(RULE.replace(b"planned", b"paced"))
    assert rule_versions("--check") == 1
    assert rule_versions() == 1  # writing the record does not help
    assert rule_versions("--check") == 1
    said = capsys.readouterr().err
    assert "rest.toml changed, but its version is still 1" in said
    assert "set version = 2" in said


def test_a_raised_version_is_recorded_and_then_holds(rule_versions, tmp_path):
    raised = RULE.replace(b"planned", b"paced").replace(b"version = 1", b"version = 2")
    (tmp_path / "rest.toml").write_bytes(raised)
    assert rule_versions("--check") == 1  # the record is stale until it is renewed
    assert rule_versions() == 0
    assert rule_versions("--check") == 0


def test_the_record_can_be_taken_anew(rule_versions, tmp_path):
    (tmp_path / "rest.toml").write_bytes(RULE.replace(b"planned", b"paced"))
    assert rule_versions("--anew") == 0
    assert rule_versions("--check") == 0
