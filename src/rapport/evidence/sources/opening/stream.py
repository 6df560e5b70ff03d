"""Reading a stream to its end, or to where it breaks, without losing what came before."""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from rapport.evidence.sources.raw import ByteStream

_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_UTF8 = re.compile("[\udc80-\udcff]+")


def begun(head: bytes) -> bytes:
    """The beginning of a file as `Blocks` gives it: UTF-8 without a byte-order mark."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if encoding == "utf-8-sig":
                return head[len(mark) :]
            return codecs.getincrementaldecoder(encoding)("replace").decode(head).encode()
    return head


class Whole(NamedTuple):
    """All bytes of a stream, or the first of them, and why the rest is not there."""

    data: bytes
    fault: str | None


def whole(stream: ByteStream, limit: int) -> Whole:
    """The stream to its end, or to a little beyond `limit` bytes."""
    blocks = Blocks(stream)
    pieces: list[bytes] = []
    length = 0
    for block in blocks:
        pieces.append(block)
        length += len(block)
        if length > limit:
            return Whole(b"".join(pieces), f"it is longer than {limit >> 20} MB")
    return Whole(b"".join(pieces), blocks.failure)


class Blocks:
    """The blocks of a stream; after the last one, `failure` says how it broke, if it did.

    A stream that begins with the byte-order mark of UTF-16 or UTF-32 comes out as UTF-8, any
    mark removed.
    """

    def __init__(self, stream: ByteStream, size: int = _BLOCK) -> None:
        self._stream = stream
        self._size = size
        self.failure: str | None = None

    def __iter__(self) -> Iterator[bytes]:
        first = self._read()
        while first and len(first) < 4 and (more := self._read()):
            first += more
        mark = next((mark for mark in _MARKS if first.startswith(mark[0])), None)
        if mark is None or mark[1] == "utf-8-sig":
            yield first[len(mark[0]) if mark else 0 :]
            yield from iter(self._read, b"")
        else:
            yield from self._transcoded(first, mark[1])

    def _read(self) -> bytes:
        if self.failure is not None:
            return b""
        try:
            return self._stream.read(self._size)
        except (OSError, EOFError, ValueError) as error:
            self.failure = str(error) or type(error).__name__
            return b""

    def _transcoded(self, first: bytes, encoding: str) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        yield decoder.decode(first).encode()
        for block in iter(self._read, b""):
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()


class Reopened:
    """A stream whose beginning, `head`, has been looked at and is read again."""

    def __init__(self, stream: ByteStream, size: int = 1 << 16) -> None:
        self._stream = stream
        self._failure: Exception | None = None
        try:
            self.head = stream.read(size)
        except (OSError, EOFError, ValueError) as error:
            self.head = b""
            self._failure = error
        self._waiting = self.head

    def read(self, size: int, /) -> bytes:
        """The beginning again, then the rest; what broke while it was looked at breaks now."""
        if self._waiting:
            given, self._waiting = self._waiting[:size], self._waiting[size:]
            return given
        if self._failure is not None:
            raise self._failure
        return self._stream.read(size)


class Lines:
    """The lines of a stream that are not blank, without their ends; `failure` as in Blocks.

    A line longer than `limit` bytes comes out in pieces of about that length.
    """

    def __init__(self, stream: ByteStream, limit: int) -> None:
        self._blocks = Blocks(stream)
        self._limit = limit

    @property
    def failure(self) -> str | None:
        """How the stream broke; None if it ended well, or has not ended yet."""
        return self._blocks.failure

    def __iter__(self) -> Iterator[bytes]:
        held: list[bytes] = []
        length = 0
        for block in self._blocks:
            if length == 0 and block.isspace():
                continue  # megabytes of blank lines are not looked at one by one
            *ended, rest = block.split(b"\n")
            for last in ended:
                line = b"".join([*held, last]) if held else last
                if line and not line.isspace():
                    yield line.removesuffix(b"\r")
                held, length = [], 0
            held.append(rest)
            length += len(rest)
            if length > self._limit:
                yield b"".join(held)
                held, length = [], 0
        if line := b"".join(held).strip(b"\r"):
            yield line


def decoded(data: bytes) -> str:
    """The text of `data`: UTF-8; bytes that are not are taken for Windows-1252 or Latin-1.

    Exports of reference managers mix the two within one file, even within one record.
    """
    text = data.decode("utf-8", errors="surrogateescape")
    return _NOT_UTF8.sub(_western, text)


def _western(match: re.Match[str]) -> str:
    wild = match.group().encode("utf-8", errors="surrogateescape")
    try:
        return wild.decode("cp1252")
    except UnicodeDecodeError:
        return wild.decode("latin-1")
