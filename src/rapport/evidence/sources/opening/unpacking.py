"""Compressed streams read to the last whole byte, however they end."""

import bz2
import io
import lzma
from collections.abc import Callable
from typing import Protocol

from isal import isal_zlib

_CHUNK = 1 << 14
"""Small, so that what comes out of it stays in the processor's cache."""
_FIRST_CHUNK = 1 << 8
"""The first chunks are smaller: what is damaged costs the rest of its chunk."""
_MOST = 1 << 14
"""Bytes that xz and bzip2 give at a time; a few packed bytes can hold a gigabyte."""
_ISAL_ERROR: type[Exception] = isal_zlib.error  # pyright: ignore
_DAMAGED = (_ISAL_ERROR, lzma.LZMAError, OSError, ValueError)
_GZIP, _DEFLATE = 31, -15  # window bits of zlib


class Packed(Protocol):
    """Where compressed bytes come from."""

    def read(self, size: int, /) -> bytes | None:
        """At most `size` bytes; none at the end."""
        ...


class _Member(Protocol):
    """One compressed member, as the decompressors of the standard library have it."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes: ...


class Unpacking(io.RawIOBase):
    """The decompressed bytes of a stream of one or more members, or of just one if `single`.

    Unlike the files of the standard library and of isal, a stream that is cut short or damaged
    first gives all that could still be decompressed; only then does reading raise EOFError or
    OSError.
    """

    def __init__(
        self, packed: Packed, member: Callable[[], _Member], *, single: bool = False
    ) -> None:
        super().__init__()
        self._packed = packed
        self._new_member = member
        self._member = member()
        self._single = single
        self._chunk = _FIRST_CHUNK
        self._waiting = b""
        self._rest = b""
        self._started = False
        self._has_more = False
        self._ended = False
        self._failure: Exception | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At least one byte and at most `size`, unless the stream has ended; all if negative."""
        if size < 0:
            return self.readall()
        while not self._waiting:
            if self._failure is not None:
                raise self._failure
            if not self._advance():
                return b""
        given, self._waiting = self._waiting, b""
        if len(given) > size:
            given, self._waiting = given[:size], given[size:]
        return given

    def readall(self) -> bytes:
        """All that is left."""
        return b"".join(iter(lambda: self.read(_CHUNK), b""))

    def _advance(self) -> bool:
        """Decompress one chunk more; False at the proper end of the stream."""
        if not self._rest and not self._has_more:
            self._rest = self._next_chunk()
            if not self._rest:
                if self._started:
                    self._failure = EOFError("it ends in the middle; fetch it again")
                return self._started
        try:
            self._rest = self._decompress(self._rest)
        except _DAMAGED as error:
            self._failure = OSError(f"it is damaged here ({error}); fetch it again")
        return True

    def _next_chunk(self) -> bytes:
        if self._ended:
            return b""
        size, self._chunk = self._chunk, min(2 * self._chunk, _CHUNK)
        return self._packed.read(size) or b""

    def _decompress(self, data: bytes) -> bytes:
        """Feed `data` to the member that is open; what belongs to the next one comes back."""
        if not self._started:
            data = data.lstrip(b"\0")  # padding between members, as gzip and xz allow
            if not data:
                return b""
            self._started = True
        member = self._member
        self._waiting += member.decompress(data, _MOST)
        self._has_more = not member.eof and not member.needs_input
        if not member.eof:
            return b""
        self._member = self._new_member()
        self._started = False
        self._ended = self._single
        return b"" if self._single else member.unused_data


class _Inflating:
    """A member of gzip, or of a zip archive, by isal: all that a chunk gives comes at once."""

    needs_input = True

    def __init__(self, window_bits: int) -> None:
        self._isal = isal_zlib.decompressobj(window_bits)  # pyright: ignore[reportUnknownMemberType]  # zdict

    @property
    def eof(self) -> bool:
        return self._isal.eof

    @property
    def unused_data(self) -> bytes:
        return self._isal.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:  # noqa: ARG002  # deflate grows a chunk to 16 MB at most
        return self._isal.decompress(data)  # pyright: ignore[reportUnknownMemberType]  # bytes


def gunzip(packed: Packed) -> Unpacking:
    """The bytes of a gzip stream."""
    return Unpacking(packed, lambda: _Inflating(_GZIP))


def unxz(packed: Packed) -> Unpacking:
    """The bytes of an xz stream."""
    return Unpacking(packed, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ))


def unbz2(packed: Packed) -> Unpacking:
    """The bytes of a bzip2 stream."""
    return Unpacking(packed, bz2.BZ2Decompressor)


def inflated(packed: Packed) -> Unpacking:
    """The bytes of one deflated member of a zip archive; what follows it is not read."""
    return Unpacking(packed, lambda: _Inflating(_DEFLATE), single=True)
