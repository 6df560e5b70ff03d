"""A build that is killed hard, at any moment, leaves the old release or the new one."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rapport.evidence.build import build
from rapport.evidence.release.opened import Release
from rapport.evidence.release.swap import locked
from rapport.knowledge.load import load

ABSTRACT = "We asked {n} people with myalgic encephalomyelitis. Rest came with less pain."


def records(path, numbers):
    """A file of made-up records on the topic."""
    lines = (
        {
            "pmid": str(90_000_000 + n),
            "title": f"How people with ME/CFS rest at home: made-up survey number {n}",
            "abstract": ABSTRACT.format(n=20 + n),
        }
        for n in numbers
    )
    path.write_text("".join(json.dumps(one) + "\n" for one in lines))
    return path


@pytest.fixture
def sources(tmp_path):
    return [records(tmp_path / "old.jsonl", range(6))]


def built(sources, out):
    return build(sources, out, topic="me_cfs", knowledge=load(), processes=1)


@pytest.mark.parametrize(
    ("way", "least"),
    [
        ("exchange", 30),  # the files of the release, of the work folder, and their places
        ("renames", 4),  # two renames, what is removed and what is tidied
    ],
)
def test_a_kill_before_any_operation_on_a_file_leaves_the_old_release_or_the_new_one(
    sources, tmp_path, way, least
):
    old = str(sources[0])
    new = f"{old}:{records(tmp_path / 'new.jsonl', range(10, 14))}"
    script = Path(__file__).with_name("kill_everywhere.py")
    done = subprocess.run(
        [sys.executable, str(script), way, str(tmp_path), old, new],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    half = [kill for kill in kills if kill["found"] not in ("old", "new")]
    assert not half, "\n".join(f"before {one['before']}: half {one['found']}" for one in half)
    assert len(kills) > least
    found = [kill["found"] for kill in kills]
    assert found == sorted(found, reverse=True)  # once the new one is there, it stays
    assert {"old", "new"} == set(found)
    assert kills[-1]["before"] == "the end (status 0)"
    assert kills[-1]["left"] == ["lock", "readings.bin"]


BUILD = """
import sys
from pathlib import Path
from rapport.evidence.build import build
from rapport.knowledge.load import load
sources = [Path(name) for name in sys.argv[3:]]
def step(one):
    print(one.stage, one.done, flush=True)
build(sources, Path(sys.argv[1]), topic="me_cfs", knowledge=load(), processes=int(sys.argv[2]), progress=step)
"""


def killed_after(seconds, out, sources, processes=1):
    """Start a build and kill it, hard, so many seconds after its first step."""
    command = [sys.executable, "-c", BUILD, str(out), str(processes), *map(str, sources)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    child.stdout.readline()
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    child.stdout.close()
    return child.wait()


def test_a_killed_first_build_leaves_no_release_and_goes_on_later(sources, tmp_path):
    out = tmp_path / "out"
    killed_after(0.05, out, sources)
    if out.exists():
        Release(out).verify()
    built(sources, out)
    Release(out).verify()


def test_the_processes_of_a_killed_build_end_by_themselves(sources, tmp_path):
    killed_after(0.0, tmp_path / "out", sources, processes=2)
    mark = str(tmp_path / "out")
    deadline = time.monotonic() + 10
    while _alive(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _alive(mark)


def test_a_build_that_was_killed_holds_no_lock_though_its_processes_live_on(sources, tmp_path):
    killed_after(0.0, tmp_path / "out", sources, processes=2)
    with locked(tmp_path / "out"):
        pass


def _alive(mark):
    """Processes whose command line holds `mark` (Linux; elsewhere nothing can be seen)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found
