"""The elements of a JATS article and their plain text, with the places that cite."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from rapport.evidence.sources import xml_tree

Element = xml_tree.Element

HREF = "{http://www.w3.org/1999/xlink}href"

_MATHML = "{http://www.w3.org/1998/Math/MathML}"

_MARK, _SAYS, _END, _NEXT = "\x01", "\x02", "\x03", "\x04"
"""Stand around the ids and the words of a citation, and between texts, while text is gathered.

XML 1.0 allows none of the four in a document.
"""

_STRING = etree.XPath("string()", smart_strings=False)
_CITED = re.compile(f"{_MARK}([^{_SAYS}]*){_SAYS}([^{_MARK}{_END}]*){_END}")
_IDS = re.compile(f"{_MARK}[^{_SAYS}]*{_SAYS}|{_END}")


class CitedWords(NamedTuple):
    """A place in a text where the reference list is pointed to, and the ids pointed to."""

    start: int
    end: int
    keys: tuple[str, ...]


class MarkedText(NamedTuple):
    """Plain text with single spaces, and where it cites."""

    text: str
    citations: tuple[CitedWords, ...] = ()


def tree(data: bytes) -> Element:
    """The root element, with the JATS namespace (if one is declared) taken off the names.

    Raises: BrokenRecordError, as `xml_tree.tree` does.
    """
    root = xml_tree.tree(data)
    uri = etree.QName(root).namespace
    if uri:
        for element in root.iter(f"{{{uri}}}*"):
            element.tag = etree.QName(element).localname
    return root


def children(element: Element) -> Iterator[tuple[str, Element]]:
    """The child elements with their names, in order."""
    for child in element:
        yield child.tag, child


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
    return _unmarked(one_line("".join(gathered(element))))


def texts_of(elements: Iterable[Element]) -> list[str]:
    """`text_of` each element; many short ones at once cost a quarter of one by one."""
    return lines_of([raw_text(element) for element in elements])


def raw_text(element: Element) -> str:
    """The text of an element as it was gathered: what `lines_of` wants."""
    return "".join(gathered(element)) if len(element) else element.text or ""


def lines_of(raw: list[str]) -> list[str]:
    """Each of the gathered texts as one line, without the marks of citations."""
    if not raw:
        return []
    line = _unmarked(one_line(_NEXT.join(raw)))
    return [text.strip() for text in line.split(_NEXT)]


def _unmarked(line: str) -> str:
    return _IDS.sub("", line) if _MARK in line else line


def string_of(element: Element) -> str:
    """All character data of an element as one line: `text_of` for what is only words, faster."""
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
        return MarkedText(line)
    between = _CITED.split(line)
    citations: list[CitedWords] = []
    end = 0
    for before, keys, words in zip(between[::3], between[1::3], between[2::3], strict=False):
        start = end + len(before)
        end = start + len(words)
        citations.append(CitedWords(start, end, tuple(keys.split())))
    del between[1::3]  # the ids
    return MarkedText("".join(between), tuple(citations))


def _gather(element: Element, into: list[str]) -> None:
    if element.text:
        into.append(element.text)
    for child in element:
        _GATHER.get(child.tag, _gather)(child, into)
        if child.tail:
            into.append(child.tail)


def gather_child(child: Element, into: list[str]) -> None:
    """Append the text of a child, if it belongs to the running text; never its tail."""
    _GATHER.get(child.tag, _gather)(child, into)


def _gather_nothing(element: Element, into: list[str]) -> None:
    """Nothing: this text does not belong to the running text around it."""


def _gather_apart(element: Element, into: list[str]) -> None:
    """The text between spaces: a page sets it apart."""
    into.append(" ")
    _gather(element, into)
    into.append(" ")


def _gather_citation(xref: Element, into: list[str]) -> None:
    """The words of an xref, between marks with its ids if it points to the references.

    White space at their edges goes before and behind the marks. A citation inside another,
    which JATS does not allow, is only words.
    """
    if xref.get("ref-type") not in ("bibr", "ref"):
        _gather(xref, into)
        return
    said = _unmarked(raw_text(xref))
    words = said.strip()
    if not words:
        into.append(said)
        return
    before, _, behind = said.partition(words)
    into.append(f"{before}{_MARK}{xref.get('rid', '')}{_SAYS}{words}{_END}{behind}")


def _gather_one(alternatives: Element, into: list[str]) -> None:
    """One of several forms of the same thing: MathML before TeX before the rest."""
    forms = dict(children(alternatives))
    for name in (f"{_MATHML}math", "tex-math", "textual-form", *forms):
        if name in forms:
            gather_child(forms[name], into)
            return


def _gather_formula(tex: Element, into: list[str]) -> None:
    """The formula inside a TeX document, without the document around it."""
    text = tex.text or ""
    inside = text.partition("\\begin{document}")[2].partition("\\end{document}")[0] or text
    into.append(inside.replace("$$", " ").strip())


_APART = """
    p break disp-formula list list-item def def-item td th tr sec fn disp-quote verse-line
    attrib boxed-text statement label
"""
_SILENT = f"""
    table-wrap table-wrap-group fig fig-group graphic inline-graphic media object-id
    supplementary-material alt-text long-desc private-char sub-article response ref-list
    index-term {_MATHML}annotation {_MATHML}annotation-xml
"""
_GATHER: dict[str, Callable[[Element, list[str]], None]] = {
    **dict.fromkeys(_APART.split(), _gather_apart),
    **dict.fromkeys(_SILENT.split(), _gather_nothing),
    "xref": _gather_citation,
    "alternatives": _gather_one,
    "tex-math": _gather_formula,
}
"""How the text of an element is taken; all others simply give what is in them."""
