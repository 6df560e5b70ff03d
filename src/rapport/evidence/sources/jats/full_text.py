"""JATS full text: one article, or many in the wrappers of PMC efetch, Europe PMC and OAI-PMH."""

import re
from collections.abc import Iterator

from rapport.evidence.publication import Origin, Publication
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.jats.article import completed, outline
from rapport.evidence.sources.jats.cut import articles
from rapport.evidence.sources.jats.tree import Element, tree
from rapport.evidence.sources.opening.stream import Blocks
from rapport.evidence.sources.raw import (
    MAX_RECORD_BYTES,
    ByteStream,
    Format,
    Piece,
    RawRecord,
    Wanted,
    quarantined,
)
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.xml_tree import BrokenRecordError

_WRAPPERS = re.compile(rb"<(?:[\w.-]+:)?(?:pmc-articleset|OAI-PMH|article)(?=[\s>/])")


def sniff(head: bytes, name: str) -> bool:  # noqa: ARG001  # the content says it all
    """Whether an article, or the wrapper of a collection of them, is among the first bytes."""
    return head.lstrip().startswith(b"<") and _WRAPPERS.search(head) is not None


def split(stream: ByteStream, file: str, wanted: BytesPattern | None) -> Iterator[Piece]:  # noqa: ARG001  # not a bulk format
    """Each article of the file as a document of its own, never more than one in memory."""
    blocks = Blocks(stream)
    position = 0
    for position, cut in enumerate(articles(blocks, MAX_RECORD_BYTES), start=1):
        origin = Origin(file=file, position=position, format=FORMAT.name)
        if len(cut.data) > MAX_RECORD_BYTES:
            yield Quarantined(origin=origin, reason="the article is longer than 64 MB")
        elif not cut.is_whole:
            yield Quarantined(origin=origin, reason="the article is cut off before its end")
        else:
            yield RawRecord(origin=origin, data=cut.data)
    origin = Origin(file=file, position=position + 1, format=FORMAT.name)
    if blocks.failure is not None:
        yield Quarantined(origin=origin, reason=f"the file breaks off: {blocks.failure}")
    elif position == 0:
        yield Quarantined(origin=origin, reason="the file holds no <article>")


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The article as a publication; quarantined if it is broken XML or says nothing at all."""
    told = _outlined(raw)
    return told if isinstance(told, Quarantined) else completed(*told)


def parse_wanted(raw: RawRecord, wanted: Wanted) -> Publication | Quarantined | None:
    """As `parse`; None if its title, abstract, keywords and text are not wanted."""
    told = _outlined(raw)
    if isinstance(told, Quarantined):
        return told
    return completed(*told) if wanted(told[0]) else None


def _outlined(raw: RawRecord) -> tuple[Publication, Element] | Quarantined:
    try:
        root = tree(raw.data)
    except BrokenRecordError as error:
        return quarantined(raw, str(error))
    found = outline(root, raw.origin)
    if found.title or found.abstract or found.sections:
        return found, root
    return quarantined(raw, "the article has no title, no abstract and no text")


FORMAT = Format(
    name="jats",
    title="JATS full text (XML)",
    sniff=sniff,
    split=split,
    parse=parse,
    parse_wanted=parse_wanted,
)
