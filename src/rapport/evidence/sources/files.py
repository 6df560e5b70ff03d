"""From files, folders, archives and standard input to raw records and publications.

What a file is, its content says first. A file that a person named and that cannot be read is an
error; one that was merely found in a folder or an archive is set aside with the reason.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from rapport.core.errors import InputError
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.formats import FORMATS, sniffed
from rapport.evidence.sources.opening import archives
from rapport.evidence.sources.opening.archives import Peeked
from rapport.evidence.sources.parse import publication
from rapport.evidence.sources.raw import PassedOver, Piece, RawRecord
from rapport.evidence.sources.record import Quarantined

Progress = Callable[[str], None]
"""Is told the name of every file, and of every member of an archive, as it is begun."""

STDIN = Path("-")


def publications(
    paths: Sequence[Path],
    *,
    wanted: BytesPattern | None = None,
    progress: Progress | None = None,
) -> Iterator[Publication | Quarantined | PassedOver]:
    """What `raw_records` yields, parsed. Raises: InputError, as `raw_records` does."""
    for piece in raw_records(paths, wanted=wanted, progress=progress):
        yield publication(piece) if isinstance(piece, RawRecord) else piece


def raw_records(
    paths: Sequence[Path],
    *,
    wanted: BytesPattern | None = None,
    progress: Progress | None = None,
) -> Iterator[Piece]:
    """The raw records of files, folders and archives in order; "-" is standard input.

    Folders are walked in the order of names, hidden files left out; pipes and devices in them are
    set aside unopened. Bulk formats pass over the
    records in which `wanted` does not occur.
    Raises: InputError at once, before any record, for a path that does not exist or cannot be
        opened, an empty file or folder, and a file of no known format.
    """
    for path in paths:
        _check(path)
    return _Reader(wanted, progress or _quiet).all(paths)


def _quiet(name: str) -> None:
    """Say nothing."""


class _Reader:
    """Reads with one `wanted` and one `progress`."""

    def __init__(self, wanted: BytesPattern | None, progress: Progress) -> None:
        self._wanted = wanted
        self._progress = progress

    def all(self, paths: Sequence[Path]) -> Iterator[Piece]:
        """The records of each path in turn."""
        for path in paths:
            if path == STDIN:
                stream = Peeked(sys.stdin.buffer)
                yield from _something("stdin", self._stream("stdin", stream, named=True))
            elif path.is_dir():
                for file in files_below(path):
                    yield from self._found(file)
            else:
                yield from _something(str(path), self._file(path, named=True))

    def _found(self, file: "Path | Quarantined") -> Iterator[Piece]:
        if isinstance(file, Quarantined):
            yield file
            return
        if file.exists() and not file.is_file():
            # A pipe without a writer would be waited for without end.
            yield _set_aside(str(file), "it is a pipe, a socket or a device, and not a file")
            return
        try:
            yield from self._file(file, named=False)
        except OSError as error:
            yield _set_aside(str(file), f"it cannot be opened: {error.strerror or error}")

    def _file(self, path: Path, *, named: bool) -> Iterator[Piece]:
        with path.open("rb") as file:
            stream = Peeked(file)
            if archives.is_zip(stream.head) and file.seekable():
                yield from self._zip(str(path), file)
            else:
                yield from self._stream(str(path), stream, named=named)

    def _zip(self, name: str, file: BinaryIO) -> Iterator[Piece]:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        yield from self._members(name, archives.zip_members(name, file, size))

    def _stream(self, name: str, packed: Peeked, *, named: bool) -> Iterator[Piece]:
        bare, stream = archives.unpacked(name, packed)
        if archives.is_tar(stream.head):
            yield from self._members(name, archives.tar_members(name, stream))
        else:
            yield from self._records(name, bare, stream, named=named)

    def _members(
        self, name: str, members: Iterator[archives.Member | Quarantined]
    ) -> Iterator[Piece]:
        is_empty = True
        for member in members:
            is_empty = False
            if isinstance(member, Quarantined):
                yield member
            else:
                yield from self._member(member)
        if is_empty:
            raise InputError(
                "There is no file in the archive.",
                where=name,
                fix="Give an archive that holds publications.",
            )

    def _member(self, member: archives.Member) -> Iterator[Piece]:
        bare, stream = archives.unpacked(member.name, Peeked(member.stream))
        if archives.is_archive(stream.head):
            yield _set_aside(member.name, "it is an archive inside an archive")
        else:
            yield from self._records(member.name, bare, stream, named=False)

    def _records(self, name: str, bare: str, stream: Peeked, *, named: bool) -> Iterator[Piece]:
        """The records of one file, called `bare` without its compression."""
        self._progress(name)
        form = sniffed(stream.head, bare) if stream.head else None
        if form is not None:
            yield from form.split(stream, name, self._wanted)
            return
        if named:
            raise _unreadable(name, stream)
        yield _set_aside(name, _fault(stream))


def _something(name: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces of a file that a person named.

    Raises: InputError if all of them were set aside, before any of them comes out.
    """
    aside: list[Quarantined] = []
    for piece in pieces:
        if not isinstance(piece, Quarantined) or piece.withdraws:
            yield from aside
            yield piece
            yield from pieces
            return
        aside.append(piece)
    if aside:
        first = aside[0]
        raise InputError(
            f"Nothing in the file can be read: {first.reason}.",
            where=name if first.origin.file == name else first.origin.file,
            fix="Fetch it again, or give a file that holds whole records.",
        )


def files_below(folder: Path) -> Iterator["Path | Quarantined"]:
    """All files in a folder and in those within it, in the order of their names.

    Hidden ones are left out. A folder that cannot be opened is set aside with the reason; one
    that is its own descendant by a link is not entered again.
    """
    yield from _below(folder, frozenset((os.path.realpath(folder),)))


def _below(folder: Path, above: frozenset[str]) -> Iterator["Path | Quarantined"]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        yield _set_aside(str(folder), f"it cannot be opened: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            yield entry
        elif (real := os.path.realpath(entry)) not in above:
            yield from _below(entry, above | {real})


def _check(path: Path) -> None:
    """Raise InputError if a named path cannot be read at all."""
    if path == STDIN:
        return
    try:
        if path.is_dir():
            _check_folder(path)
        else:
            _check_file(path)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise InputError(
            "There is no such file or folder." if missing else "It cannot be opened.",
            where=f"{path}" if missing else f"{path} ({error.strerror or error})",
            fix="Check the path." if missing else "Check that you may read it.",
        ) from error


def _check_folder(path: Path) -> None:
    os.scandir(path).close()
    if next(files_below(path), None) is None:
        raise InputError(
            "There is no file in the folder.",
            where=str(path),
            fix="Give a folder that holds publications.",
        )


def _check_file(path: Path) -> None:
    with path.open("rb") as file:
        if not file.seekable():
            return  # a pipe: what is looked at is gone, so it has to wait for its turn
        packed = Peeked(file)
        if archives.is_zip(packed.head):
            return
        bare, stream = archives.unpacked(str(path), packed)
        is_known = archives.is_tar(stream.head) or sniffed(stream.head, bare) is not None
        if not (stream.head and is_known):
            raise _unreadable(str(path), stream)


def _fault(stream: Peeked) -> str:
    """Why a stream that no format claims cannot be read."""
    if stream.failure is not None:
        return stream.failure
    if not stream.head:
        return "it is empty"
    if stream.head.count(0) > len(stream.head) // 3 and any(stream.head[:64:2]) != any(
        stream.head[1:64:2]
    ):
        return "it is in UTF-16 without a byte-order mark; save it as UTF-8"
    return "it is of a format that cannot be read"


def _unreadable(name: str, stream: Peeked) -> InputError:
    known = ", ".join(form.title for form in FORMATS.values())
    is_whole = bool(stream.head) and stream.failure is None
    return InputError(
        f"The file cannot be read: {_fault(stream)}.",
        where=name,
        fix=f"Give one of: {known}; plain or packed (.gz, .xz, .tar, .zip)."
        if is_whole
        else "Fetch it again.",
    )


def _set_aside(name: str, reason: str) -> Quarantined:
    return Quarantined(origin=Origin(file=name, position=1, format="unknown"), reason=reason)
