"""PubMed XML cut into records; bulk files are screened as raw bytes before anything is parsed."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from rapport.evidence.publication import Origin
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.cutting.xml_pieces import (
    RecordElements,
    XmlPiece,
    buffers,
    pieces_of,
)
from rapport.evidence.sources.opening.stream import Blocks
from rapport.evidence.sources.raw import ByteStream, PassedOver, Piece, RawRecord
from rapport.evidence.sources.record import Quarantined

_WRAPPERS = (
    "PubmedArticleSet",
    "PubmedBookArticleSet",
    "MedlineCitationSet",
    "DeleteCitation",
    "DeleteDocument",
)
_PUBMED = RecordElements(("PubmedArticle", "PubmedBookArticle", "DeleteCitation"), _WRAPPERS)
_MEDLINE = RecordElements(("MedlineCitation", "DeleteCitation"), _WRAPPERS)
_DELETION = b"<DeleteCitation"
_PMID = re.compile(rb"<PMID\b[^>]*>\s*(\d+)\s*</PMID>")
_MARK = b"PubmedArticle>"
_SLASH, _LESS = ord("/"), ord("<")

Place = tuple[int, int]


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:
    """The records in order; with `wanted`, only those in whose bytes it is found.

    The others are counted, and reported as one PassedOver at the end. Bytes that belong to no
    record, such as the broken end of a truncated file, are quarantined.
    """
    counter = _Counter(file)
    blocks = Blocks(stream)
    elements = _PUBMED
    for number, data in enumerate(buffers(blocks, _PUBMED)):
        if number == 0 and b"<MedlineCitationSet" in data:
            elements = _MEDLINE
        if wanted is None:
            yield from (counter.piece(piece) for piece in pieces_of(data, elements))
        else:
            yield from _screened(data, elements, wanted, counter)
    if blocks.failure is not None:
        yield counter.quarantined(f"the file breaks off here: {blocks.failure}")
    if counter.passed_over:
        yield PassedOver(file=file, count=counter.passed_over)


class _Counter:
    """Gives every record of a file its position, whatever becomes of it."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._position = 0
        self.passed_over = 0

    def piece(self, piece: XmlPiece) -> Piece:
        """The piece as the next record."""
        if piece.fault is not None:
            return self.quarantined(piece.fault)
        if piece.data.startswith(_DELETION):
            return self._deletion(piece.data)
        return RawRecord(origin=self._next(), data=piece.data)

    def quarantined(self, reason: str) -> Quarantined:
        """The next record, set aside."""
        return Quarantined(origin=self._next(), reason=reason)

    def _deletion(self, data: bytes) -> Quarantined:
        pmids = tuple(number.decode() for number in _PMID.findall(data))
        listed = ", ".join(pmids)
        reason = f"PubMed withdraws {len(pmids)} records here: PMID {listed}"
        return Quarantined(origin=self._next(), reason=reason, withdraws=pmids)

    def pass_over(self, count: int) -> None:
        """Count records that are not wanted."""
        self._position += count
        self.passed_over += count

    def _next(self) -> Origin:
        self._position += 1
        return Origin(file=self._file, position=self._position, format="medline_xml")


def _screened(
    data: bytes, elements: RecordElements, wanted: BytesPattern, counter: _Counter
) -> Iterator[Piece]:
    places = _regular(data, elements)
    if places is not None:
        yield from _hits(data, places, wanted, counter)
        return
    for piece in pieces_of(data, elements):
        is_kept = piece.fault is not None or piece.data.startswith(_DELETION)
        if is_kept or wanted.matches(piece.data):
            yield counter.piece(piece)
        else:
            counter.pass_over(1)


def _hits(
    data: bytes, places: list[Place], wanted: BytesPattern, counter: _Counter
) -> Iterator[Piece]:
    """The records that the pattern is found in, by one scan over all of them together."""
    starts = [start for start, _ in places]
    seen = 0
    hit = wanted.find(data)
    while hit is not None:
        number = bisect_right(starts, hit) - 1
        end = places[number][1] if number >= 0 else hit + 1
        if number >= seen and hit < end:
            counter.pass_over(number - seen)
            yield counter.piece(XmlPiece(data[places[number][0] : end]))
            seen = number + 1
        hit = wanted.find(data, max(end, hit + 1))
    counter.pass_over(len(places) - seen)


def _regular(data: bytes, elements: RecordElements) -> list[Place] | None:
    """Where the records stand, if there is nothing but whole, plain <PubmedArticle> records.

    None sends the buffer the slow way, which looks at every start and end tag.
    """
    places: list[Place] = []
    start, previous_end = -1, 0
    mark = data.find(_MARK)
    while mark > 0:
        before, after = data[mark - 1], mark + len(_MARK)
        if before == _SLASH and start >= 0:
            places.append((start, after))
            start, previous_end = -1, after
        elif before == _LESS and start < 0:
            start = mark - 1
            if not elements.is_harmless(data[previous_end:start]):
                return None
        else:
            return None
        mark = data.find(_MARK, after)
    regular = start < 0 and elements.is_harmless(data[previous_end:])
    return places if regular else None
