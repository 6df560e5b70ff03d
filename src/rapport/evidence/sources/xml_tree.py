"""One record of XML as a tree, read without trusting it, and the plain text of its elements."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import cast

from lxml import etree

from rapport.evidence.sources.opening.stream import decoded

Element = etree._Element  # pyright: ignore[reportPrivateUsage]  # lxml has no other name for it

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_PREFIX = re.compile(rb"</?([A-Za-z][\w.-]{0,31}):")
_ROOT = re.compile(rb"<[^\s/>]+")
_ENTITY = re.compile(r"Entity '([^']{1,80})'")


class BrokenRecordError(Exception):
    """The bytes are not XML that is read here; the message says why, for a person."""


def tree(data: bytes) -> Element:
    """The root element. Nothing outside `data` is read and no entity is ever expanded.

    Three things that careless exports do are put right: named characters of HTML are read as
    those characters, prefixes that are not declared are declared, and bytes that are not UTF-8
    are read as Western ones.
    Raises: BrokenRecordError for what is not well-formed, is nested deeper than 256 elements,
        declares a document type or refers to an entity.
    """
    if b"<!DOCTYPE" in data:
        raise BrokenRecordError("it declares a document type inside a record")
    try:
        return _parsed(data)
    except etree.XMLSyntaxError as error:
        mended = _mended(data)
        if mended == data:
            raise BrokenRecordError(_reason(error)) from error
    try:
        return _parsed(mended)
    except etree.XMLSyntaxError as error:
        raise BrokenRecordError(_reason(error)) from error


def _reason(error: etree.XMLSyntaxError) -> str:
    entity = _ENTITY.search(str(error))
    if entity is not None:
        return f"it refers to the entity &{entity.group(1)};, and entities are not expanded"
    return "it is not well-formed XML: " + str(error).replace(" (<string>, line 1)", "")


def _mended(data: bytes) -> bytes:
    if not data.startswith(b"<?xml"):  # a declaration may name another encoding than UTF-8
        data = decoded(data).encode()
    data = _NAMED.sub(_character, data)
    prefixes = sorted(set(_PREFIX.findall(data)))
    missing = [prefix for prefix in prefixes if b"xmlns:" + prefix + b"=" not in data]
    declared = b"".join(b' xmlns:%b="undeclared:%b"' % (each, each) for each in missing)
    return _ROOT.sub(lambda root: root.group() + declared, data, count=1) if declared else data


def _parsed(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _character(match: re.Match[bytes]) -> bytes:
    name = match.group(1)
    character = html5.get(f"{name.decode()};")
    if name in _OF_XML or character is None:
        return match.group()
    return "".join(f"&#{ord(part)};" for part in character).encode()


def text_of(element: Element | None) -> str | None:
    """The text of an element, tags dropped, white space as single spaces; None if it is empty.

    Nothing is put in the place of tags, so that H<sub>2</sub>O reads H2O.
    """
    if element is None:
        return None
    raw = "".join(_pieces(element)) if len(element) else element.text or ""
    return " ".join(raw.split()) or None


def _pieces(element: Element) -> Iterator[str]:
    return cast("Iterator[str]", element.itertext())  # its stubs allow bytes too


def child_at(element: Element | None, path: str) -> Element | None:
    """The element at `path` (names between slashes), going into the first of each name."""
    for name in path.split("/"):
        if element is None:
            return None
        element = next(element.iterchildren(name), None)
    return element


def text_at(element: Element | None, path: str) -> str | None:
    """The text of the element at `path` below `element`; None if there is none."""
    return text_of(child_at(element, path))


def texts_at(element: Element | None, path: str) -> tuple[str, ...]:
    """The texts of all elements at `path`, those without text left out."""
    if element is None:
        return ()
    found = (text_of(each) for each in element.iterfind(path))
    return tuple(text for text in found if text is not None)
