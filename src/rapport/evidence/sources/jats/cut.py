"""Cutting a stream of XML into its <article> elements without understanding them.

A document type stays behind, and with it every entity it declares: an article that needs one
is set aside when it is parsed. What stands in comments and CDATA is not taken for markup.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapport.evidence.sources.byte_pattern import BytesPattern

_MARKUP = re.compile(
    rb"<!--|<!\[CDATA\[|<(?:[\w.-]{1,32}:)?article(?=[\s>])|</(?:[\w.-]{1,32}:)?article\s*>"
)
_PERHAPS = BytesPattern(rb"<!--|<!\[CDATA\[|</?([\w.-]{1,32}:)?article[\s>]")
"""Finds at the speed of memory every place where `_MARKUP` can match."""
_CLOSES = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_NAMESPACE = re.compile(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"[^"]*"|'[^']*')""")
_HEAD_BYTES = 64 * 1024
_LONGEST_MARKUP = 128


class CutArticle(NamedTuple):
    """An <article> as a document, as far as it goes if it never ends."""

    data: bytes
    is_whole: bool


def articles(blocks: Iterable[bytes], limit: int) -> Iterator[CutArticle]:
    """Each <article> as a document, with the encoding and namespaces of the file around it.

    Of one longer than `limit` bytes come out a few more than `limit`.
    """
    cutter = _Cutter(limit)
    for block in blocks:
        yield from cutter.feed(block)
    yield from cutter.close()


class _Cutter:
    """Where the cutting stands: what is not looked at yet, and the article that is open."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._head = b""
        self._waiting = b""
        self._closes: bytes | None = None
        self._open: bytearray | None = None

    def feed(self, block: bytes) -> Iterator[CutArticle]:
        """Look at one block more; every article that ends in it comes out."""
        text = self._waiting + block
        at = 0
        while True:
            found = self._next(text, at)
            if found is None:
                break
            start, end = found
            if self._is_start(text, start):
                self._keep(text[at:start])
                yield from self.close()
                self._open = bytearray()
                self._keep(text[start:end])
            else:
                self._keep(text[at:end])
                if text.startswith(b"</", start):
                    yield from self.close(is_whole=True)
            at = end
        whole = self._certain(text, at)
        self._keep(text[at:whole])
        self._waiting = text[whole:]

    def close(self, *, is_whole: bool = False) -> Iterator[CutArticle]:
        """The article that is open, if any, as far as it goes."""
        if self._open is not None:
            yield CutArticle(_document(self._head, bytes(self._open)), is_whole)
        self._open = None

    def _next(self, text: bytes, at: int) -> tuple[int, int] | None:
        """Where the next markup begins and ends; inside a comment or CDATA, its end."""
        if self._closes is not None:
            found = text.find(self._closes, at)
            if found < 0:
                return None
            self._closes = None
            return found, found + 3
        match = _search(text, at)
        if match is None:
            return None
        self._closes = _CLOSES.get(match.group())
        return match.span()

    def _is_start(self, text: bytes, start: int) -> bool:
        return text.startswith(b"<", start) and text[start + 1 : start + 2] not in (b"/", b"!")

    def _certain(self, text: bytes, at: int) -> int:
        """Up to where `text` can be done with: markup may be cut by the end of a block."""
        if self._closes is not None:
            return max(at, len(text) - 2)
        last = text.rfind(b"<", max(at, len(text) - _LONGEST_MARKUP))
        return last if last >= 0 and b">" not in text[last:] else len(text)

    def _keep(self, piece: bytes) -> None:
        if self._open is None:
            self._head = (self._head + piece)[:_HEAD_BYTES]
        elif len(self._open) <= self._limit:
            self._open += piece


def _search(text: bytes, at: int) -> re.Match[bytes] | None:
    """The first markup at or after `at`."""
    while (place := _PERHAPS.find(text, at)) is not None:
        match = _MARKUP.match(text, place)
        if match is not None:
            return match
        at = place + 1
    return None


def _document(head: bytes, body: bytes) -> bytes:
    """The article's bytes as a document that stands alone."""
    start, bracket, rest = body.partition(b">")
    declared = {match.group(1) for match in _NAMESPACE.finditer(start)}
    inherited = {match.group(1): match.group() for match in _NAMESPACE.finditer(head)}
    added = b"".join(
        text
        for prefix, text in sorted(inherited.items(), key=_by_prefix)
        if prefix not in declared
    )
    return _declaration(head) + start + added + bracket + rest


def _by_prefix(item: tuple[bytes | None, bytes]) -> bytes:
    return item[0] or b""


def _declaration(head: bytes) -> bytes:
    match = _ENCODING.match(head)
    # A file in UTF-16 or UTF-32 has been made UTF-8 by now, whatever it still says.
    if match is None or match.group(1).lower().startswith((b"utf-", b"ucs-", b"iso-10646")):
        return b""
    return b'<?xml version="1.0" encoding="%s"?>' % match.group(1)
