"""Raw records: what a file is divided into before anything in it is understood.

Every format has two halves. `split` cuts a stream of bytes into raw records without
understanding them, so that a broken one harms no other; `parse` turns one raw record into a
publication, or into a quarantined record with the reason. A raw record is small, immutable and
picklable: parsing happens in worker processes.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec

from rapport.evidence.publication import Origin, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.record import Quarantined

MAX_RECORD_BYTES = 64 * 1024 * 1024
"""A single record beyond this is quarantined: the largest full texts stay under a tenth of it."""


class RawRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of one record as the file has them; `origin.format` names its parser."""

    origin: Origin
    data: bytes


class PassedOver(msgspec.Struct, frozen=True, kw_only=True):
    """How many records of a bulk file the raw-byte screen passed over, and so never parsed."""

    file: str
    count: int


class ByteStream(Protocol):
    """A readable stream of bytes; a failing one raises OSError, EOFError or ValueError."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""
        ...


Piece = RawRecord | Quarantined | PassedOver
Split = Callable[[ByteStream, str, BytesPattern | None], Iterator[Piece]]
Parse = Callable[[RawRecord], Publication | Quarantined]
Wanted = Callable[[Publication], bool]
"""Whether a publication is wanted; asks for no more than its title, abstract, keywords, subject
headings and text."""
ParseWanted = Callable[[RawRecord, Wanted], Publication | Quarantined | None]
Sniff = Callable[[bytes, str], bool]


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A format of publication files.

    `sniff(head, name)` says whether a file that begins with `head` (some kilobytes) is of this
    format; `split(stream, file, wanted)` yields its records in order, positions counted from 1;
    `parse(raw)` understands one of them. Only bulk formats heed `wanted`. Full texts have
    `parse_wanted`, which comes back with None before it has read the reference list, tables and
    whatever else is not needed to say that the publication is not wanted.
    """

    name: str
    title: str
    sniff: Sniff
    split: Split
    parse: Parse
    parse_wanted: ParseWanted | None = None


def quarantined(raw: RawRecord, reason: str) -> Quarantined:
    """The record set aside, for `reason`."""
    return Quarantined(origin=raw.origin, reason=reason)
