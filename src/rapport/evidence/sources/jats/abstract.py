"""The abstract of a JATS article: the scientific one, in its labelled parts."""

import re
from collections.abc import Iterator

from rapport.evidence.publication import AbstractPart
from rapport.evidence.sources.jats.tree import Element, children, text_of

_SCIENTIFIC = frozenset(
    ("", "abstract", "section", "structured", "unstructured", "normal", "full")
) | {"summary", "executive-summary", "longsummary"}
"""Values of `abstract-type` (journals make up their own) that are an article's abstract."""

_SECOND = re.compile(
    r"(?:graphical|visual|video)\b|highlights?\b|key (?:points|messages)|plain|lay\b"
    r"|(?:author|editor)s?['’]?\s+(?:summary|commentary)|(?:in )?brief\b|teaser|synopsis"
    r"|what (?:is|this|are)|significance",
    re.IGNORECASE,
)
"""Titles of second abstracts: for lay readers, as a picture, as a list of highlights."""


def abstract(meta: Element | None) -> tuple[AbstractPart, ...]:
    """The parts of the article's own abstract; second and translated abstracts are left out."""
    chosen = _chosen(meta) if meta is not None else None
    return tuple(_parts(chosen, None)) if chosen is not None else ()


def _chosen(meta: Element) -> Element | None:
    """The first abstract without a type, else the first of a type that is an abstract's."""
    found = [
        element
        for element in meta.iterfind("abstract")
        if _type(element) in _SCIENTIFIC and not _SECOND.match(text_of(element.find("title")))
    ]
    return min(found, key=lambda element: _type(element) != "", default=None)


def _type(element: Element) -> str:
    return element.get("abstract-type", "").strip().lower()


def _parts(element: Element, label: str | None) -> Iterator[AbstractPart]:
    """One part a paragraph, or one a labelled section; sections inside sections in order."""
    own: list[str] = []
    for name, child in children(element):
        if name == "sec":
            yield from _joined(own, label)
            own, label = [], None if own else label
            yield from _parts(child, _label(child, label))
        elif name not in _NOT_TEXT:
            own.append(text_of(child))
    yield from _joined(own, label)


_NOT_TEXT = ("title", "label", "fig", "table-wrap", "object-id", "sec-meta", "kwd-group")


def _label(section: Element, above: str | None) -> str | None:
    return text_of(section.find("title")).rstrip(":").strip() or above


def _joined(paragraphs: list[str], label: str | None) -> Iterator[AbstractPart]:
    """A labelled section is one part; paragraphs without a label stay parts of their own."""
    texts = [text for text in paragraphs if text]
    if label is not None and texts:
        texts = [" ".join(texts)]
    for text in texts:
        yield AbstractPart(text=text, label=label)
