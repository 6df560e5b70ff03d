"""Plain text: one file is one publication, its text exactly as it stands in the file."""

from collections.abc import Iterator
from pathlib import PurePath

from rapport.evidence.publication import Origin, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.opening.stream import decoded, whole
from rapport.evidence.sources.raw import (
    MAX_RECORD_BYTES,
    ByteStream,
    Format,
    Piece,
    RawRecord,
    quarantined,
)
from rapport.evidence.sources.record import Quarantined

_ENDINGS = {".txt", ".text", ".md"}


def sniff(head: bytes, name: str) -> bool:
    """Whether the name ends as a text's does and what begins it is not binary."""
    return PurePath(name.lower()).suffix in _ENDINGS and b"\0" not in head


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """The one record of the file; quarantined if it is too long or the file breaks off."""
    origin = Origin(file=file, position=1, format=FORMAT.name)
    data, fault = whole(stream, MAX_RECORD_BYTES)
    if fault is not None:
        yield Quarantined(origin=origin, reason=f"the text cannot be read: {fault}")
    else:
        yield RawRecord(origin=origin, data=data)


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The text as a publication without title or abstract; an empty one is quarantined."""
    text = decoded(raw.data)
    if not text.strip():
        return quarantined(raw, "the file holds no text")
    return Publication(origin=raw.origin, text=text)


FORMAT = Format(name="plain_text", title="Plain text", sniff=sniff, split=split, parse=parse)
