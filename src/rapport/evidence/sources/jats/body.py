"""The body and back matter of a JATS article as sections, in the order of the article.

Paragraphs are what a page sets apart: a list item with its label, a quotation or a box is one
of its own, also where JATS nests it in a <p>. No text is left out, but tables, figures and
references stand apart (see `tables`, `references`).
"""

from collections.abc import Callable, Iterable, Mapping

from rapport.evidence.publication import Section
from rapport.evidence.sources.jats.citations import ReferenceOrder, citations
from rapport.evidence.sources.jats.tree import (
    Element,
    MarkedText,
    children,
    gather_child,
    gathered,
    marked,
    text_of,
)

_ELSEWHERE = """
    title label table-wrap table-wrap-group fig fig-group graphic ref-list sec-meta
    object-id permissions bio sub-article response alt-text long-desc kwd-group
    alternatives processing-meta abstract
"""
"""Read by another module, or not text of the article."""

_UNTITLED = {"ack": "Acknowledgements", "glossary": "Abbreviations"}
"""Titles that a page prints although the file need not give them."""


def sections(parts: Iterable[Element], order: ReferenceOrder) -> tuple[Section, ...]:
    """The sections of the body, the back matter and what floats, in this order."""
    flow = _Flow(order)
    for part in parts:
        _walk(part, 0, flow)
    return flow.done()


class _Flow:
    """The sections so far, and the one that paragraphs are now added to.

    `owner` is the depth of the section whose own text is being added: text that follows a
    subsection belongs to the section above it again.
    """

    def __init__(self, order: ReferenceOrder) -> None:
        self._order = order
        self._sections: list[Section] = []
        self._title: str | None = None
        self._depth = 1
        self._owner = 0
        self._paragraphs: list[MarkedText] = []

    def open(self, title: str | None, depth: int) -> None:
        """Begin a section; the one before is complete."""
        self._close()
        self._title, self._depth, self._owner = title, depth, depth

    def add(self, paragraph: MarkedText, owner: int) -> None:
        """One paragraph more of the section at depth `owner`, unless it is empty."""
        if not paragraph.text:
            return
        if owner != self._owner:
            self.open(None, owner + 1)
            self._owner = owner
        self._paragraphs.append(paragraph)

    def done(self) -> tuple[Section, ...]:
        """All sections."""
        self._close()
        return tuple(self._sections)

    def _close(self) -> None:
        if self._paragraphs or self._title:
            section = Section(
                paragraphs=tuple(paragraph.text for paragraph in self._paragraphs),
                title=self._title,
                depth=self._depth,
                citations=citations(self._paragraphs, self._order),
            )
            self._sections.append(section)
        self._title, self._paragraphs = None, []


def _walk(element: Element, depth: int, flow: _Flow) -> None:
    """Everything below `element`; `depth` is that of the section whose text it is."""
    for name, child in children(element):
        _BLOCKS.get(name, _plain)(child, depth, flow)


def _skip(element: Element, depth: int, flow: _Flow) -> None:
    """Nothing: it is read elsewhere."""


def _plain(element: Element, depth: int, flow: _Flow) -> None:
    """Text in an element without rules of its own: a displayed formula, code, verse."""
    flow.add(marked(gathered(element)), depth)


def _titled(element: Element, depth: int, flow: _Flow) -> None:
    """A section, or anything else with a title of its own; a box without one is only text."""
    name = element.tag
    title = heading(element) or _UNTITLED.get(name)
    if title or name == "sec":
        depth += 1
        flow.open(title, depth)
    _walk(element, depth, flow)


def heading(element: Element) -> str | None:
    """The label and title of an element as one line, also where they stand in its caption."""
    title = element.find("title")
    if title is None:
        title = element.find("caption/title")
    return f"{text_of(element.find('label'))} {text_of(title)}".strip() or None


def _group(element: Element, depth: int, flow: _Flow) -> None:
    """A list, a quotation: its title, if any, is a paragraph like the others."""
    flow.add(MarkedText(text_of(element.find("title"))), depth)
    _walk(element, depth, flow)


def _labelled(element: Element, depth: int, flow: _Flow) -> None:
    """A list item or a note: its label stands before its first paragraph."""
    label = text_of(element.find("label"))
    for name, child in children(element):
        if name == "p" and label:
            _paragraph(child, depth, flow, f"{label} ")
            label = ""
        else:
            _BLOCKS.get(name, _plain)(child, depth, flow)


def _paragraph(element: Element, depth: int, flow: _Flow, label: str = "") -> None:
    """The paragraph, divided where it holds a list, a quotation or a box."""
    pieces = [label, element.text or ""]
    for child in element:
        name = child.tag
        if name in _DIVIDING:
            flow.add(marked(pieces), depth)
            pieces = []
            _BLOCKS[name](child, depth, flow)
        else:
            gather_child(child, pieces)
        pieces.append(child.tail or "")
    flow.add(marked(pieces), depth)


def _definition(element: Element, depth: int, flow: _Flow) -> None:
    term, meaning = text_of(element.find("term")), text_of(element.find("def"))
    flow.add(MarkedText(": ".join(filter(None, (term, meaning)))), depth)


def _supplement(element: Element, depth: int, flow: _Flow) -> None:
    """What is printed of a file that comes with the article: its label and caption."""
    said = (text_of(part) for part in element.iter("label", "caption"))
    flow.add(MarkedText(" ".join(filter(None, said))), depth)


_BLOCKS: Mapping[str, Callable[[Element, int, _Flow], None]] = {
    "p": _paragraph,
    "list-item": _labelled,
    "fn": _labelled,
    "def-item": _definition,
    "supplementary-material": _supplement,
    "media": _supplement,
    **dict.fromkeys(("sec", "app", "ack", "notes", "glossary", "boxed-text"), _titled),
    **dict.fromkeys(("statement", "fn-group"), _titled),
    **dict.fromkeys(("list", "def-list", "disp-quote", "verse-group", "speech"), _group),
    **dict.fromkeys(("app-group", "disp-formula-group", "caption"), _walk),
    **dict.fromkeys(_ELSEWHERE.split(), _skip),
}

_DIVIDING = frozenset(
    (
        "list",
        "def-list",
        "disp-quote",
        "verse-group",
        "speech",
        "boxed-text",
        "statement",
        "media",
    )
) | {"supplementary-material"}
"""Elements inside a <p> that a page sets as paragraphs of their own."""
