"""Formats of lines with tags (RIS, .nbib): cut into records, and a record into its fields."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapport.evidence.publication import Origin
from rapport.evidence.sources.opening.stream import Lines
from rapport.evidence.sources.raw import MAX_RECORD_BYTES, ByteStream, Piece, RawRecord
from rapport.evidence.sources.record import Quarantined


class TaggedFormat(NamedTuple):
    """How a format of tagged lines is cut: its name, any tag, the first and the last of a record.

    `ends_close` says that nothing of a record can follow its last tag.
    """

    name: str
    tag: re.Pattern[bytes]
    first: re.Pattern[bytes]
    last: re.Pattern[bytes]
    ends_close: bool


class _Cut(NamedTuple):
    lines: list[bytes]
    is_record: bool
    is_closed: bool


def split_tagged(stream: ByteStream, file: str, form: TaggedFormat) -> Iterator[Piece]:
    """The records in order, positions counted from 1.

    A record begins with its first tag whether or not the one before was closed. The last one
    of a file that closes its records, but not this one, is cut off and quarantined. So are
    tagged lines that belong to no record; lines without a tag there are an exporter's note.
    """
    lines = Lines(stream, MAX_RECORD_BYTES)
    position = 0
    closes = is_told = False
    for cut, is_final in _with_final(_cuts(lines, form)):
        closes = closes or cut.is_closed
        fault = _fault(cut, form, closes=closes, is_final=is_final, failure=lines.failure)
        if fault == "":
            continue
        position += 1
        origin = Origin(file=file, position=position, format=form.name)
        if fault is None:
            yield RawRecord(origin=origin, data=b"\n".join(cut.lines))
        else:
            is_told = is_final
            yield Quarantined(origin=origin, reason=fault)
    if lines.failure is not None and not is_told:
        origin = Origin(file=file, position=position + 1, format=form.name)
        yield Quarantined(origin=origin, reason=f"the file breaks off here: {lines.failure}")


def _fault(
    cut: _Cut, form: TaggedFormat, *, closes: bool, is_final: bool, failure: str | None
) -> str | None:
    """Why the lines are not a record that can be read; "" where nothing is lost with them."""
    if not cut.is_record:
        has_tags = any(form.tag.match(line) for line in cut.lines)
        return "its first lines are missing" if has_tags else ""
    if is_final and failure is not None and not cut.is_closed:
        return f"the file breaks off in this record: {failure}"
    if is_final and closes and not cut.is_closed:
        return "the record is cut off before its end"
    if any(b"\0" in line for line in cut.lines):
        return "the record is damaged: it holds bytes that are no text"
    if sum(map(len, cut.lines)) > MAX_RECORD_BYTES:
        return "the record is longer than 64 MB"
    return None


def _cuts(lines: Iterable[bytes], form: TaggedFormat) -> Iterator[_Cut]:
    held: list[bytes] = []
    is_record = is_closed = False
    for line in lines:
        if form.first.match(line):
            if held:
                yield _Cut(held, is_record, is_closed)
            held, is_record, is_closed = [line], True, False
        elif form.last.match(line) and is_record:
            held.append(line)
            is_closed = True
            if form.ends_close:
                yield _Cut(held, is_record, is_closed)
                held, is_record, is_closed = [], False, False
        elif line.strip():
            held.append(line)
    if held:
        yield _Cut(held, is_record, is_closed)


def _with_final(cuts: Iterator[_Cut]) -> Iterator[tuple[_Cut, bool]]:
    """Each cut, and whether it is the file's last."""
    previous = next(cuts, None)
    for cut in cuts:
        if previous is not None:
            yield previous, False
        previous = cut
    if previous is not None:
        yield previous, True


def fields_of(text: str, tag: re.Pattern[str]) -> list[tuple[str, str]]:
    """Tags with their values in order; lines without a tag continue the value before them."""
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        match = tag.match(line)
        if match is not None:
            found.append((match.group(1), [match.group(2).strip()]))
        elif found and line.strip():
            found[-1][1].append(line.strip())
    return [(name, " ".join(values)) for name, values in found]
