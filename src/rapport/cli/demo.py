"""The demo atlas: built once from the bundled records, kept, and built again when it is stale."""

import datetime
import multiprocessing
import os
import sys
from pathlib import Path

from rapport.cli.clock import now
from rapport.cohort import LAYERS
from rapport.core.encoding import content_hash
from rapport.core.errors import InputError, UserError
from rapport.core.program import code_hash
from rapport.evidence.build.program import program_hash
from rapport.evidence.demo import records_path
from rapport.evidence.release.opened import Release
from rapport.knowledge.load import load
from rapport.store.home import Home, file_home

TOPIC = "me_cfs"
HERE = Path("rapport-demo")
LAYERS_OF_CLINIC = ("practice", "scoring", "store")
RESET_AFTER = datetime.timedelta(days=7)


def demo_release() -> Path:
    """The folder of the demo release, built first if it is missing or stale.

    It is kept in the user's cache (`XDG_CACHE_HOME`, else `~/.cache`), or in `./rapport-demo`
    where that cannot be written to.
    Raises: InputError where neither can be.
    """
    wanted = _key()
    for home in (_cache(), HERE):
        if _is_fresh(home, wanted):
            return home / "demo"
    failures: list[str] = []
    for home in (_cache(), HERE):
        try:
            home.mkdir(parents=True, exist_ok=True)
            return _built(home, wanted)
        except OSError as error:
            failures.append(f"{home}: {error.strerror or error}")
    raise InputError(
        "There is no folder in which the demo atlas can be kept.",
        where="; ".join(failures),
        fix="go to a folder that you may write to, or set XDG_CACHE_HOME to one",
    )


def demo_report() -> Path | None:
    """The folder of the report of a made-up clinic, computed first if it is missing or stale.

    It stands beside the demo release. None where nothing can be kept: the atlas is served
    without it.
    """
    key = content_hash(code_hash(*LAYERS).encode(), load().version.encode())
    for home in (_cache(), HERE):
        if (home / "demo.key").is_file():
            try:
                return _report(home, key)
            except (OSError, InputError):
                sys.stderr.write(f"The report of a made-up clinic cannot be kept in {home}.\n")
    return None


def demo_clinic() -> Home | None:
    """The store of the demo clinic, made first if it is missing, stale or a week old.

    It stands beside the demo release. None where nothing can be kept: the atlas is served
    without it.
    """
    key = content_hash(code_hash(*LAYERS_OF_CLINIC).encode(), load().version.encode())
    for folder in (_cache(), HERE):
        if (folder / "demo.key").is_file():
            try:
                return _clinic(folder, key)
            except (OSError, UserError):
                sys.stderr.write(f"The demo clinic cannot be kept in {folder}.\n")
    return None


def _clinic(folder: Path, key: str) -> Home:
    file, kept = folder / "demo-clinic.sqlite", folder / "demo-clinic.key"
    if kept.is_file() and file.is_file() and kept.read_text() == key and _is_young(kept):
        return file_home(file)
    sys.stderr.write("Making the demo clinic. This is done once.\n")
    for old in (kept, *folder.glob("demo-clinic.sqlite*")):
        old.unlink(missing_ok=True)
    made = file_home(file)
    # In a process of its own: Django is settled once a process, and here on nothing but a store.
    apart = multiprocessing.get_context("spawn").Process(target=_fill, args=(made, now()))
    apart.start()
    apart.join()
    if apart.exitcode != 0:
        raise OSError("the demo clinic was not made")
    kept.write_text(key)
    return made


def _fill(made: Home, at: datetime.datetime) -> None:
    # Imported here: a demo that is fresh need not wait for what speaks to a database.
    from rapport.store.tables import renew

    renew(made)
    from rapport.store.practice.demo import make

    make(at)


def _is_young(kept: Path) -> bool:
    """Whether something was made in the last week: the demo tells of days ago."""
    age = now() - datetime.datetime.fromtimestamp(kept.stat().st_mtime, datetime.UTC)
    return age < RESET_AFTER


def _report(home: Path, key: str) -> Path:
    folder, kept = home / "demo-report", home / "demo-report.key"
    if kept.is_file() and kept.read_text() == key and (folder / "report.html").is_file():
        return folder
    # Imported here: a report that is fresh need not wait for numpy.
    from rapport.cohort.demo import write_demo

    sys.stderr.write("Computing the report of a made-up clinic. This is done once.\n")
    kept.unlink(missing_ok=True)
    write_demo(folder, load())
    kept.write_text(key)
    return folder


def _cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME")
    home = Path(named) if named else Path("~/.cache").expanduser()
    return home / "rapport"


def _key() -> str:
    """Changes when the records, the knowledge base or the program do."""
    records = records_path().read_bytes()
    return content_hash(records, load().version.encode(), program_hash().encode())


def _is_fresh(home: Path, wanted: str) -> bool:
    try:
        if (home / "demo.key").read_text() != wanted:
            return False
        Release(home / "demo")
    except (OSError, InputError):
        return False
    return True


def _built(home: Path, key: str) -> Path:
    # Imported here: a demo that is fresh need not wait for the reader.
    from rapport.evidence.build.pipeline import build

    sys.stderr.write("Building the demo atlas. This is done once.\n")
    (home / "demo.key").unlink(missing_ok=True)
    build([records_path()], home / "demo", topic=TOPIC, knowledge=load())
    (home / "demo.key").write_text(key)
    return home / "demo"
