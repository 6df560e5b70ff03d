"""Compressed files and archives as streams, never unpacked to disk and never held in memory.

What a hostile archive tries is refused, member by member, with the reason: paths that lead
outside, links and devices, encrypted, sparse or huge members, archives inside archives, and
anything that unpacks to far more than it should.
"""

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple, cast

from rapport.evidence.publication import Origin
from rapport.evidence.sources.opening.salvage import Slice, local_members
from rapport.evidence.sources.opening.unpacking import Packed, gunzip, inflated, unbz2, unxz
from rapport.evidence.sources.raw import ByteStream
from rapport.evidence.sources.record import Quarantined

HEAD_BYTES = 64 * 1024
"""How much of the beginning of a file is looked at to know what it is."""

MAX_MEMBER_BYTES = 2 * 1024**3
"""A member beyond this is refused; the largest baseline file of PubMed is a quarter of it."""

FREE_BYTES = 100 * 1024**2
_MOST_TIMES = 200
"""Beyond FREE_BYTES, a file that grows more than 200 times is refused; XML grows about 10 times."""

_PIECE = 64 * 1024
_SMALL_PIECE = 4 * 1024
_TAR_BLOCK = 512
_FAILURES = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    lzma.LZMAError,
    zlib.error,
    tarfile.TarError,
    zipfile.BadZipFile,
)


class Member(NamedTuple):
    """A file inside an archive: its name as a person finds it, and its bytes."""

    name: str
    stream: ByteStream


class Peeked:
    """A stream whose beginning can be looked at before it is read.

    `head` is up to 64 kB; `failure` says how reading them ended badly, if it did.
    """

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self.failure: str | None = None
        self.head = self._first()
        self._waiting = self.head

    def _first(self) -> bytes:
        pieces: list[bytes] = []
        wanted = HEAD_BYTES
        try:
            while wanted > 0 and (piece := self._stream.read(wanted)):
                pieces.append(piece)
                wanted -= len(piece)
        except (OSError, EOFError, ValueError) as error:
            self.failure = str(error) or type(error).__name__
        return b"".join(pieces)

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, the head first; empty at the end."""
        if self._waiting:
            size = len(self._waiting) if size < 0 else size
            given, self._waiting = self._waiting[:size], self._waiting[size:]
            return given
        if self.failure is not None:
            raise OSError(self.failure)
        return self._stream.read(size)


class _Measured:
    """A stream that counts its bytes, given in small pieces so that none unpacks to much."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(_PIECE if size < 0 else min(size, _PIECE))
        self.count += len(data)
        return data


class _Careful:
    """A member of an archive read in small pieces: a failure costs no more than one of them."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._failure: Exception | None = None

    def read(self, size: int, /) -> bytes:
        pieces: list[bytes] = []
        left = size
        while left > 0 and self._failure is None:
            try:
                piece = self._stream.read(min(left, _SMALL_PIECE))
            except _FAILURES as error:
                self._failure = error
                break
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
        if not pieces and self._failure is not None:
            raise self._failure
        return b"".join(pieces)


class _Bounded:
    """An unpacked stream that fails as soon as it has grown out of all proportion.

    Whatever the unpacking library raises comes out as OSError.
    """

    def __init__(self, stream: ByteStream, packed: Callable[[], int]) -> None:
        self._stream = stream
        self._packed = packed
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._stream.read(size)
        except _FAILURES as error:
            raise OSError(_in_words(error)) from error
        self.count += len(data)
        if self.count > FREE_BYTES and self.count > _MOST_TIMES * self._packed():
            raise OSError("it unpacks to more than 200 times its size")
        return data


def _in_words(error: Exception) -> str:
    """What broke, with the cure; what `Unpacking` raises says it already."""
    said = str(error)
    if isinstance(error, OSError) or "fetch it again" in said:
        return said or type(error).__name__
    if isinstance(error, EOFError) or "end of data" in said:
        return "it ends in the middle; fetch it again"
    return f"it is damaged here ({said}); fetch it again"


def unpacked(name: str, stream: Peeked) -> tuple[str, Peeked]:
    """The stream with its compression (gzip, xz, bzip2) taken off, and its name without it.

    A stream that is not compressed comes back as it is.
    """
    opener = next((open_ for magic, open_ in _PACKED if stream.head.startswith(magic)), None)
    if opener is None:
        return name, stream
    packed = _Measured(stream)
    bounded = _Bounded(opener(packed), lambda: packed.count)
    return _bare(name), Peeked(bounded)


_PACKED: tuple[tuple[bytes, Callable[[Packed], ByteStream]], ...] = (
    (b"\x1f\x8b\x08", gunzip),
    (b"\xfd7zXZ\x00", unxz),
    (b"BZh", unbz2),
)


def _bare(name: str) -> str:
    for ending, instead in ((".tgz", ".tar"), (".txz", ".tar"), (".gz", ""), (".xz", "")):
        if name.lower().endswith(ending):
            return name[: -len(ending)] + instead
    return name.removesuffix(".bz2")


def is_zip(head: bytes) -> bool:
    """Whether a file that begins so is a zip archive (also an empty one)."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_tar(head: bytes) -> bool:
    """Whether the first block is a header of tar, by its checksum."""
    if len(head) < 512:
        return False
    stated = head[148:156].strip(b"\0 ")
    if not stated.isdigit() or len(stated) > 7:
        return False
    total = sum(head[:148]) + 8 * ord(" ") + sum(head[156:512])
    return total == int(stated, 8) if all(byte in b"01234567" for byte in stated) else False


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so holds other files."""
    return is_zip(head) or is_tar(head)


def tar_members(name: str, stream: ByteStream) -> Iterator[Member | Quarantined]:
    """The files of a tar stream in its order; each must be read before the next is asked for."""
    try:
        ended = _Ended(stream)
        archive = tarfile.open(fileobj=cast("BinaryIO", ended), mode="r|")  # noqa: SIM115  # closed below
    except _FAILURES as error:
        yield _refused(name, f"the archive cannot be read: {_in_words(error)}")
        return
    with archive:
        while True:
            try:
                member = archive.next()
            except _FAILURES as error:
                yield _refused(name, f"the archive breaks off: {_in_words(error)}")
                return
            if member is None:
                if not ended.is_marked:
                    yield _refused(
                        name, "the archive ends without its end mark; fetch it again"
                    )
                return
            # Else every member that was read is kept in memory until the end.
            archive.members = []  # pyright: ignore[reportAttributeAccessIssue]  # not in the stubs
            yield from _tar_member(name, archive, member)


class _Ended:
    """A tar stream that knows whether what was read last is the mark of its end: zeros."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._last = b""

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(size)
        self._last = (self._last + data)[-_TAR_BLOCK:]
        return data

    @property
    def is_marked(self) -> bool:
        return len(self._last) == _TAR_BLOCK and not any(self._last)


def _tar_member(
    name: str, archive: tarfile.TarFile, member: tarfile.TarInfo
) -> Iterator[Member | Quarantined]:
    if member.isdir() or is_hidden(member.name):
        return
    reason = _fault(member.name, member.size)
    if member.issym() or member.islnk():
        reason = "it is a link"
    elif not member.isreg() or member.issparse():
        reason = "it is not a plain file"
    stream = archive.extractfile(member) if reason is None else None
    if stream is None:
        yield _refused(f"{name}:{member.name}", reason or "it cannot be opened")
    else:
        yield Member(f"{name}:{member.name}", _Bounded(_Careful(stream), lambda: member.size))


def zip_members(name: str, file: BinaryIO, size: int) -> Iterator[Member | Quarantined]:
    """The files of a zip archive of `size` bytes in the order of its directory."""
    try:
        archive = zipfile.ZipFile(file)
    except _FAILURES:
        yield from _salvaged(name, file, size)
        return
    unpacked_bytes = 0
    with archive:
        for info in archive.infolist():
            unpacked_bytes += info.file_size
            if unpacked_bytes > FREE_BYTES and unpacked_bytes > _MOST_TIMES * size:
                yield _refused(name, "it unpacks to more than 200 times its size")
                return
            yield from _zip_member(name, archive, info)


def _zip_member(
    name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Iterator[Member | Quarantined]:
    if info.is_dir() or is_hidden(info.filename):
        return
    whole_name = f"{name}:{info.filename}"
    reason = _fault(info.filename, info.file_size)
    if info.flag_bits & 0x1:
        reason = "it is encrypted"
    elif stat.S_ISLNK(info.external_attr >> 16):
        reason = "it is a link"
    if reason is not None:
        yield _refused(whole_name, reason)
        return
    try:
        stream = archive.open(info)
    except _FAILURES as error:
        yield _refused(whole_name, f"it cannot be opened: {error}")
        return
    with stream:
        yield Member(whole_name, _Bounded(_Careful(stream), lambda: info.compress_size))


def _salvaged(name: str, file: BinaryIO, size: int) -> Iterator[Member | Quarantined]:
    """The files of a zip archive that ends before its directory, as far as they go."""
    for found in local_members(file, size):
        if found.name.endswith("/") or is_hidden(found.name):
            continue
        reason = _fault(found.name, found.end - found.start)
        if found.flags & 0x1:
            reason = "it is encrypted"
        elif found.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            reason = "it is packed in a way that only the archive's directory explains"
        if reason is not None:
            yield _refused(f"{name}:{found.name}", reason)
            continue
        packed = Slice(file, found.start, found.end)
        stream = inflated(packed) if found.method == zipfile.ZIP_DEFLATED else packed
        yield Member(
            f"{name}:{found.name}", _Bounded(stream, lambda packed=packed: packed.count)
        )
    yield _refused(name, "the archive ends in the middle, before its directory; fetch it again")


def is_hidden(path: str) -> bool:
    """Whether a part of the path begins with a full stop, or is macOS's own."""
    parts = set(PurePosixPath(path).parts) - {".", ".."}
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _fault(path: str, size: int) -> str | None:
    """Why a member with this path and size is refused; None if it is not."""
    pure = PurePosixPath(path.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or ":" in path.split("/")[0]:
        return "its path leads out of the archive"
    return "it is larger than 2 GB" if size > MAX_MEMBER_BYTES else None


def _refused(file: str, reason: str) -> Quarantined:
    return Quarantined(origin=Origin(file=file, position=1, format="archive"), reason=reason)
