"""Gzip streams read to the last whole byte, however they end."""

import io

from isal import isal_zlib

_CHUNK = 1 << 14
"""Small, so that what comes out of it stays in the processor's cache."""
_DAMAGED: type[Exception] = isal_zlib.error  # pyright: ignore
_GZIP = 31  # window bits of zlib for a gzip member


class Gunzip(io.RawIOBase):
    """The decompressed bytes of a gzip stream of one or more members.

    Unlike `isal.igzip` and `gzip`, a stream that is cut short or damaged first gives all that
    could still be decompressed; only then does reading raise EOFError or OSError.
    """

    def __init__(self, compressed: io.BufferedIOBase | io.RawIOBase) -> None:
        super().__init__()
        self._compressed = compressed
        self._member = _member()
        self._waiting = b""
        self._started = False
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
        chunk = self._compressed.read(_CHUNK) or b""
        if not chunk:
            if self._started:
                self._failure = EOFError("the compressed file ends too early")
            return self._started
        try:
            while chunk:
                chunk = self._decompress(chunk)
        except _DAMAGED as error:
            self._failure = OSError(f"the compressed file is damaged ({error})")
        return True

    def _decompress(self, chunk: bytes) -> bytes:
        """Feed `chunk` to the member that is open; what belongs to the next one comes back."""
        if not self._started:
            chunk = chunk.lstrip(b"\0")  # padding between members, as gzip allows
            if not chunk:
                return b""
            self._started = True
        self._waiting += self._member.decompress(chunk)  # pyright: ignore[reportUnknownMemberType]  # bytes
        if not self._member.eof:
            return b""
        rest = self._member.unused_data
        self._member = _member()
        self._started = False
        return rest


def _member() -> isal_zlib.Decompress:
    return isal_zlib.decompressobj(_GZIP)  # pyright: ignore[reportUnknownMemberType]  # zdict
