"""JATS XML as a tree, read without trusting it, and the plain text of its elements."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from lxml import etree

Element = etree._Element  # pyright: ignore[reportPrivateUsage]  # lxml has no other name for it

HREF = "{http://www.w3.org/1999/xlink}href"

_MARK, _SAYS, _END = "\x01", "\x02", "\x03"
"""Stand around the ids and the words of a citation while text is gathered.

XML 1.0 allows none of the three in a document.
"""

_CITED = re.compile(f"{_MARK}([^{_SAYS}]*){_SAYS}([^{_END}]*){_END}")
_MARKS = str.maketrans("", "", _MARK + _SAYS + _END)

_STRING = etree.XPath("string()")

_APART = frozenset(
    {
        "p",
        "break",
        "disp-formula",
        "list",
        "list-item",
        "def",
        "def-item",
        "td",
        "th",
        "tr",
        "sec",
        "fn",
        "disp-quote",
        "verse-line",
        "attrib",
        "boxed-text",
        "statement",
        "label",
    }
)
"""Elements that a page sets apart: a space stands before and after their text."""

_SILENT = frozenset(
    {
        "table-wrap",
        "table-wrap-group",
        "fig",
        "fig-group",
        "graphic",
        "inline-graphic",
        "media",
        "supplementary-material",
        "alt-text",
        "long-desc",
        "object-id",
        "annotation",
        "annotation-xml",
        "private-char",
        "sub-article",
        "response",
        "ref-list",
        "index-term",
    }
)
"""Elements whose text does not belong to the running text around them."""


class BrokenXmlError(Exception):
    """The bytes are not XML this reader accepts; the message says why, for a person."""


class CitedWords(NamedTuple):
    """A place in a text where the reference list is pointed to, and the ids pointed to."""

    start: int
    end: int
    keys: tuple[str, ...]


class MarkedText(NamedTuple):
    """Plain text with single spaces, and where it cites."""

    text: str
    citations: tuple[CitedWords, ...]


def tree(data: bytes) -> Element:
    """The root element, with the JATS namespace (if one is declared) taken off the names.

    Nothing outside `data` is ever read, and no entity is expanded but the named characters of
    HTML, so that a file which carries a DOCTYPE is read the same with and without a network.
    Raises: BrokenXmlError for what is not well-formed, deeper than 256 elements, an entity bomb, or
        a reference to an entity that is not a named character.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise BrokenXmlError(f"not well-formed XML: {error}") from error
    for entity in list(root.iter(etree.Entity)):
        _put_character(entity)
    _take_off_namespace(root)
    return root


def _put_character(entity: Element) -> None:
    """Replace a reference such as &ndash; by its character."""
    character = html5.get((entity.text or "")[1:])
    above = entity.getparent()
    if character is None or above is None:
        raise BrokenXmlError(f"refers to the entity {entity.text}, which is not expanded here")
    before = entity.getprevious()
    said = character + (entity.tail or "")
    if before is None:
        above.text = (above.text or "") + said
    else:
        before.tail = (before.tail or "") + said
    entity.tail = None
    above.remove(entity)


def _take_off_namespace(root: Element) -> None:
    """Give the elements of the root's own namespace, whichever JATS version it is, bare names."""
    uri = etree.QName(root).namespace
    if uri:
        for element in root.iter(f"{{{uri}}}*"):
            element.tag = etree.QName(element).localname


def local_name(element: Element) -> str:
    """The name without a namespace; empty for comments, instructions and entities."""
    tag = element.tag
    if not isinstance(tag, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # a comment's is a function, whatever the stubs say
        return ""
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def children(element: Element) -> Iterator[tuple[str, Element]]:
    """The child elements with their local names, in order."""
    for child in element:
        name = local_name(child)
        if name:
            yield name, child


def one_line(text: str) -> str:
    """The text with every run of white space (no-break and thin spaces too) as one space."""
    return " ".join(text.split())


def text_of(element: Element | None) -> str:
    """The plain text of an element: tags dropped, nothing put in their place.

    White space is single spaces. Line breaks and elements a page sets apart (cells, list items,
    displayed formulas) are parted by a space. Missing: "" for None.
    """
    if element is None:
        return ""
    if len(element) == 0:
        return one_line(element.text or "")
    return marked(gathered(element)).text


def string(element: Element) -> str:
    """All character data of an element as one line: `text_of`, fast, for what is only words."""
    return one_line(str(_STRING(element)))


def gathered(element: Element) -> list[str]:
    """The pieces of an element's text, citations between marks: what `marked` wants."""
    into: list[str] = []
    _gather(element, into)
    return into


def marked(pieces: list[str]) -> MarkedText:
    """The pieces as one line, and the places in it that cite."""
    line = one_line("".join(pieces))
    if _MARK not in line:
        return MarkedText(line, ())
    text, citations = "", list[CitedWords]()
    between = _CITED.split(line)
    for before, keys, words in zip(between[::3], between[1::3], between[2::3], strict=False):
        text = _joined(text, before)
        start = len(text)
        text = _joined(text, words)
        start += len(text[start:]) - len(text[start:].lstrip())
        end = len(text.rstrip())
        if start < end:
            citations.append(CitedWords(start, end, tuple(keys.split())))
    return MarkedText(_joined(text, between[-1]).rstrip(), tuple(citations))


def _joined(text: str, more: str) -> str:
    """Both, with one space where each has one, and none at the beginning."""
    more = more.translate(_MARKS)
    if more.startswith(" ") and (not text or text.endswith(" ")):
        more = more[1:]
    return text + more


def _gather(element: Element, into: list[str]) -> None:
    if element.text:
        into.append(element.text)
    for child in element:
        gather_child(child, into)
        if child.tail:
            into.append(child.tail)


def gather_child(child: Element, into: list[str]) -> None:
    """Append the text of a child, if it belongs to the running text; never its tail."""
    name = local_name(child)
    if name in _APART:
        into.append(" ")
        _gather(child, into)
        into.append(" ")
    elif name in _SPECIAL:
        _SPECIAL[name](child, into)
    elif name and name not in _SILENT:
        _gather(child, into)


def _gather_citation(xref: Element, into: list[str]) -> None:
    """The words of an xref, between marks with its ids if it points to the references."""
    if xref.get("ref-type") not in ("bibr", "ref"):
        _gather(xref, into)
        return
    into.append(f"{_MARK}{xref.get('rid', '')}{_SAYS}")
    _gather(xref, into)
    into.append(_END)


def _gather_one(alternatives: Element, into: list[str]) -> None:
    """Append one of several forms of the same thing: MathML before TeX before the rest."""
    forms = dict(children(alternatives))
    for name in ("math", "tex-math", "textual-form", *forms):
        if name in forms:
            gather_child(forms[name], into)
            return


def _gather_formula(tex: Element, into: list[str]) -> None:
    """The formula inside a TeX document, without the document around it."""
    text = tex.text or ""
    inside = text.partition("\\begin{document}")[2].partition("\\end{document}")[0] or text
    into.append(inside.replace("$$", " ").strip())


_SPECIAL = {
    "xref": _gather_citation,
    "alternatives": _gather_one,
    "tex-math": _gather_formula,
}
