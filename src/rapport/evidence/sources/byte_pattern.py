"""Patterns over raw bytes: google-re2 behind the one typed border to it in this package."""

from functools import lru_cache
from typing import Any

import msgspec
import re2 as _untyped

_re2: Any = _untyped  # google-re2 has no types
_MEMORY = 256 * 1024 * 1024
"""RE2's default of 8 MiB makes a large alternation fall back to its slow engine."""


class BytesPattern(msgspec.Struct, frozen=True):
    """An RE2 pattern over bytes, case ignored; compiled once in each process that uses it."""

    source: bytes

    def find(self, data: bytes, start: int = 0, end: int | None = None) -> int | None:
        """Where the first match at or after `start` begins; None if there is none."""
        match = _compiled(self.source).search(data, start, end)
        return None if match is None else match.start()

    def matches(self, data: bytes) -> bool:
        """Whether it occurs in `data` at all."""
        return self.find(data) is not None


@lru_cache(maxsize=16)
def _compiled(source: bytes) -> Any:
    options = _re2.Options()
    options.encoding = _re2.Options.Encoding.LATIN1
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _MEMORY
    return _re2.compile(source, options)
