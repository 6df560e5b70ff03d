"""XML files cut into their records as raw bytes, so that a broken one harms no other.

A file of a hundred thousand records never becomes a tree. Comments are dropped and CDATA is
turned into escaped text first; after that, a tag in the bytes is a tag.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_OPENING = re.compile(rb"<!--|<!\[CDATA\[")
_OPENINGS = (b"<!--", b"<![CDATA[")
_LONGEST_OPENING = 9
_BUFFER = 1 << 20
_LIMIT = 16 * 1024 * 1024
"""A record or a comment longer than this is broken; PubMed's longest are a hundredth of it."""


class XmlPiece(NamedTuple):
    """The bytes of a record, or those between records that belong to none, and what is wrong."""

    data: bytes
    fault: str | None = None


class RecordElements:
    """The names of the elements that are records, and of those that only stand around them."""

    def __init__(self, records: Iterable[str], wrappers: Iterable[str]) -> None:
        names = [name.encode() for name in records]
        self._ends = [b"</" + name for name in names]
        self.start = re.compile(rb"<(" + b"|".join(names) + rb")(?=[\s>/])")
        self.end = {name: re.compile(rb"</" + name + rb"\s*>") for name in names}
        around = b"|".join(name.encode() for name in wrappers)
        self._harmless = re.compile(
            rb"(?:\s|<\?[^>]*\?>|<!DOCTYPE[^\[>]*>|</?(?:" + around + rb")(?:\s[^>]*)?/?>)*"
        )

    def is_harmless(self, gap: bytes) -> bool:
        """Whether nothing is lost with these bytes: white space, prolog, surrounding tags."""
        gap = gap.strip()
        return not gap or self._harmless.fullmatch(gap) is not None

    def after_last(self, data: bytes) -> int:
        """The place behind the last end tag of a record; 0 if there is none."""
        place = 0
        for end in self._ends:
            found = data.rfind(end, place)
            if found >= 0:
                place = data.find(b">", found) + 1 or place
        return place


def buffers(blocks: Iterable[bytes], elements: RecordElements) -> Iterator[bytes]:
    """The bytes regrouped so that no record is divided between two buffers of about 1 MB.

    The last buffer ends as the file does. A record of more than 16 MB is divided.
    """
    pieces: list[bytes] = []
    length = 0
    needed = _BUFFER
    for block in _without_comments(blocks):
        pieces.append(block)
        length += len(block)
        if length >= needed:
            data = b"".join(pieces)
            cut = elements.after_last(data) or (length if length > _LIMIT else 0)
            if cut:
                yield data[:cut]
            pieces = [data[cut:]]
            length = len(pieces[0])
            needed = max(_BUFFER, 2 * length)  # doubling keeps the work linear
    yield b"".join(pieces)


def pieces_of(data: bytes, elements: RecordElements) -> Iterator[XmlPiece]:
    """The records of one buffer in order, and whatever else is in it that is not harmless."""
    ends = _Ends(data, elements)
    place = 0
    start = elements.start.search(data)
    while start is not None:
        yield from _between(data[place : start.start()], elements)
        following = elements.start.search(data, start.end())
        border = following.start() if following is not None else len(data)
        place = ends.next(start.group(1), start.end())
        if place <= border:
            yield XmlPiece(data[start.start() : place])
        else:
            place = border
            yield XmlPiece(data[start.start() : place], "the record is cut off before its end")
        start = following
    yield from _between(data[place:], elements)


class _Ends:
    """Where records end; every place is looked for once, however many starts come before it."""

    def __init__(self, data: bytes, elements: RecordElements) -> None:
        self._data = data
        self._elements = elements
        self._known: dict[bytes, int] = {}

    def next(self, name: bytes, place: int) -> int:
        """The place behind the first end tag of `name` from `place` on; past the data if none."""
        known = self._known.get(name, 0)
        if known <= place:
            end = self._elements.end[name].search(self._data, place)
            known = end.end() if end is not None else len(self._data) + 1
            self._known[name] = known
        return known


def _between(gap: bytes, elements: RecordElements) -> Iterator[XmlPiece]:
    if not elements.is_harmless(gap):
        yield XmlPiece(gap, _fault(gap))


def _fault(gap: bytes) -> str:
    if b"<!ENTITY" in gap:
        return "the file declares entities of its own, which are refused"
    if len(gap) >= _LIMIT:
        return "it is longer than 16 MB, which no record is"
    if gap.rfind(b"<") > gap.rfind(b">"):
        return "it breaks off in the middle of a tag; fetch the file again"
    return "there is something between the records that is not a record"


def _without_comments(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes without comments, and CDATA sections as escaped text.

    A section that is open at the end, or longer than 16 MB, is given as it stands.
    """
    pieces: list[bytes] = []
    length = 0
    needed = 0
    for block in blocks:
        pieces.append(block)
        length += len(block)
        if length >= needed:
            clean, held = _cleaned(pieces[0] if len(pieces) == 1 else b"".join(pieces))
            if len(held) > _LIMIT:
                clean, held = clean + held, b""
            yield clean
            pieces = [held] if held else []
            length = len(held)
            needed = 2 * length  # doubling keeps the work linear
    yield b"".join(pieces)


def _cleaned(data: bytes) -> tuple[bytes, bytes]:
    """The data without comments and CDATA, and the section that is open at its end."""
    clean: list[bytes] = []
    place = 0
    while b"!" in data and (opening := _OPENING.search(data, place)) is not None:
        is_comment = opening.group() == b"<!--"
        end = data.find(b"-->" if is_comment else b"]]>", opening.end())
        clean.append(data[place : opening.start()])
        if end < 0:
            return b"".join(clean), data[opening.start() :]
        if not is_comment:
            clean.append(_escaped(data[opening.end() : end]))
        place = end + 3
    cut = _open_end(data, place)
    clean.append(data[place:cut])
    return b"".join(clean) if len(clean) > 1 else clean[0], data[cut:]


def _open_end(data: bytes, place: int) -> int:
    """Where an opening begins that the end of the data divides; the end if there is none."""
    start = data.rfind(b"<", max(place, len(data) - _LONGEST_OPENING))
    if start >= 0 and any(opening.startswith(data[start:]) for opening in _OPENINGS):
        return start
    return len(data)


def _escaped(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
