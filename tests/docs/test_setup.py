"""Set-up says in one sentence what is missing and how to mend it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path):
    """A copy of what set-up needs, without an environment."""
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def setup(folder, path, **env):
    """Run set-up with only the programs in `path`."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    for name in ("cat", "cksum", "dirname", "pwd", "rm", "sh"):
        target = shutil.which(name)
        if target and not (tools / name).exists():
            (tools / name).symlink_to(target)
    return subprocess.run(
        ["/bin/sh", "scripts/setup.sh", "run"],
        cwd=folder,
        env={"PATH": f"{path}{os.pathsep}{tools}", **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def fake_python(folder, body):
    """A program named python3 that answers as `body` says."""
    folder.mkdir()
    program = folder / "python3"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return folder


def one_sentence_and_a_cure(done):
    assert done.returncode == 2
    assert done.stderr.startswith("rapport: ")
    assert "\n  fix:   " in done.stderr
    assert len(done.stderr.strip().splitlines()) == 2


def test_without_python_it_says_so(copy):
    done = setup(copy, copy / "nothing")
    one_sentence_and_a_cure(done)
    assert "Python 3.11 or newer was not found" in done.stderr


def test_an_older_python_is_not_taken(copy):
    done = setup(copy, fake_python(copy / "bin", "exit 1"))
    one_sentence_and_a_cure(done)
    assert "Python 3.11 or newer was not found" in done.stderr


def test_without_the_venv_module_it_names_the_package(copy):
    body = 'case "$*" in *venv*) exit 1;; *) exit 0;; esac'
    done = setup(copy, fake_python(copy / "bin", body))
    one_sentence_and_a_cure(done)
    assert "venv" in done.stderr
    assert "python3-venv" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_in_a_folder_that_cannot_be_written_to_it_says_so(copy):
    tools = copy / "tools"
    tools.mkdir()
    copy.chmod(0o555)
    try:
        one_sentence_and_a_cure(setup(copy, fake_python(copy / "tools" / "bin", "exit 0")))
    finally:
        copy.chmod(0o755)
