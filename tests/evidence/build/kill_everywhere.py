"""Kills a build at every operation on files, one after the other; run by test_kills.py.

Arguments: how the new release takes its place (`exchange` or `renames`), a folder, the sources
of an old release, those of a new one (both separated by `:`).
With `renames` the build is killed from the moment on at which the releases change places.
Each line on standard output is JSON: the operation before which the build was killed, and what
stands at its place then - `old`, `new`, or the names of the files that differ from both.

Everything is loaded before the first build, and each build runs in a fork: a change of the
program's files while this runs changes no byte of a release.
"""

import gc
import json
import os
import shutil
import signal
import sys
from pathlib import Path

import pyarrow.parquet  # noqa: F401  # loaded before the forks

from rapport.evidence.build import crew
from rapport.evidence.build.pipeline import build
from rapport.evidence.build.program import program_hash
from rapport.evidence.build.worker import Worker
from rapport.evidence.release import swap
from rapport.evidence.release.manifest import INDEX
from rapport.evidence.release.opened import Release
from rapport.evidence.release.swap import work_folder
from rapport.knowledge.load import load

_OPERATIONS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate"}
COUNTED = []
"""Not empty as soon as operations count."""
KNOWLEDGE = load()


def forked(work):
    """Run something in a process of its own; comes back with how it ended."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def building(out, sources):
    build(sources, out, topic="me_cfs", knowledge=KNOWLEDGE, processes=1)


def kill_before(number, folder, told):
    """Let this process kill itself before its so many-th operation on a file in `folder`."""
    seen = 0

    def hook(event, arguments):
        nonlocal seen
        if not COUNTED or event not in _OPERATIONS or not str(arguments[0]).startswith(folder):
            return
        seen += 1
        if seen == number:
            os.write(told, f"{event} {' '.join(map(str, arguments[:2]))}".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def files(out):
    """Name to bytes of everything outside the index of the release that stands for `out`."""
    out = Release(out).path
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.relative_to(out).parts[0] != INDEX
    }


def state(out, old, new):
    """Which release stands at `out`; the names of the files that are of neither."""
    Release(out).verify()
    found = files(out)
    if found in (old, new):
        return "old" if found == old else "new"
    names = found.keys() | old.keys() | new.keys()
    return sorted(
        name for name in names if found.get(name) not in (old.get(name), new.get(name))
    ) or ["a mixture of the old files and the new ones"]


def no_exchange(_one, _other):
    """As on a system that cannot exchange two folders."""
    COUNTED.append(True)
    return False


def main(way, folder, before, after):
    if way == "renames":  # nothing is other than with an exchange before it is tried
        swap.exchange = no_exchange
    else:
        COUNTED.append(True)
    program_hash()  # once, for all the forks, as are the rules
    worker = Worker(KNOWLEDGE.topics["me_cfs"], KNOWLEDGE)
    crew.Worker = lambda _topic, _knowledge: worker
    gc.freeze()  # what is loaded is not looked through again, so that the forks share it
    forked(lambda: building(folder / "kept" / "out", before))
    forked(lambda: building(folder / "expected", after))
    old, new = files(folder / "kept" / "out"), files(folder / "expected")
    place = folder / "place" / "out"
    number, ended = 0, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        number += 1
        if number == 1 or (place.exists() and files(place) != old):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(folder / "kept" / "out", place)
        listens, tells = os.pipe()

        def killed(number=number, tells=tells):
            kill_before(number, str(place.parent), tells)
            building(place, after)

        ended = forked(killed)
        os.close(tells)
        with os.fdopen(listens, "rb") as pipe:
            told = pipe.read().decode() or f"the end (status {ended})"
        found = state(place, old, new)
        left = sorted(path.name for path in work_folder(place).glob("*"))
        print(json.dumps({"before": told, "found": found, "left": left}), flush=True)


if __name__ == "__main__":
    main(
        sys.argv[1],
        Path(sys.argv[2]),
        [Path(name) for name in sys.argv[3].split(":")],
        [Path(name) for name in sys.argv[4].split(":")],
    )
