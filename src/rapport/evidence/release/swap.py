"""Putting a release in its place, so that a kill at any moment leaves the old one or the new.

Everything is written into a work folder beside the release (`.NAME.work`), flushed to disk, and
then put in place in one step: by a rename where nothing was, by exchanging the two folders where
a release was (renameat2 on Linux, renamex_np on macOS). A file system that can do neither gets
two renames; a kill between them leaves the old release in the work folder, from where the next
build and `Release` take it back.
"""

import ctypes
import fcntl
import os
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from rapport.core.errors import InputError, UsageError, UserError
from rapport.evidence.release.manifest import MANIFEST

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of <linux/fs.h> and RENAME_SWAP of <sys/stdio.h>


class BusyError(UserError):
    """Another build is writing to the same place."""

    code = "busy"


def work_folder(out: Path) -> Path:
    """The folder beside `out` in which its next release is made and finished readings are kept."""
    place = out.resolve()
    return place.parent / f".{place.name}.work"


def check_target(out: Path) -> None:
    """Nothing, if a release may be written to `out`: it is absent, empty, or a release.

    Raises: UsageError for anything else, so that no other folder is ever replaced.
    """
    place = out.resolve()
    if not place.exists() or (place / MANIFEST).is_file():
        return
    if not place.is_dir():
        raise UsageError(
            "A release is a folder, and there is a file of this name.",
            where=str(out),
            fix="name another folder with --out",
        )
    if any(place.iterdir()):
        raise UsageError(
            "This folder holds other things than a release, and a build would replace them.",
            where=str(out),
            fix="name a new or an empty folder with --out",
        )


@contextmanager
def locked(out: Path) -> Generator[Path, None, None]:
    """The work folder of `out`, locked against other builds until the block ends.

    A release that an interrupted exchange left in the work folder is put back first.
    Raises: BusyError if another build holds the lock; InputError if the place is not writable.
    """
    folder = work_folder(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "lock").open("w")
    except OSError as error:
        raise InputError(
            f"The release cannot be written here: {error.strerror}.",
            where=str(out),
            fix="name a folder with --out whose parent folder you may write to",
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError(
                "Another build is writing to this folder.",
                where=str(out),
                fix="wait until it has ended, or name another folder with --out",
            ) from error
        recover(out)
        for left in ("new", "old"):
            shutil.rmtree(folder / left, ignore_errors=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder / "new", ignore_errors=True)


def recover(out: Path) -> None:
    """Put back the release that a kill between two renames left in the work folder."""
    old = work_folder(out) / "old"
    if not out.exists() and (old / MANIFEST).is_file():
        old.rename(out.resolve())


def put_in_place(new: Path, out: Path) -> None:
    """Make `new` the release at `out`; what was there is removed afterwards."""
    place = out.resolve()
    flush(new)
    if not place.exists() or not any(place.iterdir()):
        new.rename(place)  # also over an empty folder, in one step
    elif not exchange(new, place):
        old = work_folder(out) / "old"
        place.rename(old)
        new.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    for folder in (place.parent, work_folder(out)):
        _flush_one(folder)
    shutil.rmtree(new, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    names = (os.fsencode(one), os.fsencode(other))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return library.renamex_np(*names, _EXCHANGE) == 0
    if hasattr(library, "renameat2"):
        return library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0
    return False


def flush(folder: Path) -> None:
    """Have every file and folder below `folder` written to the disk."""
    for path in sorted(folder.rglob("*")):
        _flush_one(path)
    _flush_one(folder)


def _flush_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
