"""A JATS article as a publication."""

import re
from collections.abc import Iterator

import msgspec

from rapport.evidence.publication import Origin, Publication, Section
from rapport.evidence.sources.jats import front as front_matter
from rapport.evidence.sources.jats.abstract import abstract
from rapport.evidence.sources.jats.body import sections
from rapport.evidence.sources.jats.citations import ReferenceOrder
from rapport.evidence.sources.jats.references import cited_keys, references
from rapport.evidence.sources.jats.tables import figures, tables
from rapport.evidence.sources.jats.tree import Element, children, text_of

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_TYPES = {
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "case-report": "Case Reports",
    "letter": "Letter",
    "reply": "Comment",
    "editorial": "Editorial",
    "article-commentary": "Comment",
    "correction": "Published Erratum",
    "retraction": "Retraction Notice",
    "expression-of-concern": "Expression of Concern",
    "protocol": "Clinical Trial Protocol",
    "preprint": "Preprint",
    "news": "News",
}
"""`article-type` as the publication type of PubMed; others stay as they are."""

_KIND_OF_ARTICLE = re.compile(
    r"review|trial|protocol|letter|editorial|case (?:report|series)|comment|correspondence"
    r"|correction|corrigend|errat|retract|meta-?analys|perspective|opinion|viewpoint|hypothes"
    r"|research|original|brief|short|guideline|consensus|pilot|reply|abstract|poster|concern"
    r"|study|paper|report",
    re.IGNORECASE,
)
"""Headings of a journal's contents that say what kind of article stands under them."""


def outline(root: Element, origin: Origin) -> Publication:
    """What says what the article is about: title, abstract, keywords, types and text.

    Peer reviews and replies published inside the file are not part of it.
    """
    _, meta, text = _parts(root)
    types, keywords = _subjects(root, meta)
    return Publication(
        origin=origin,
        title=front_matter.title(meta),
        abstract=abstract(meta),
        sections=_with_funding(sections(text, ReferenceOrder(cited_keys(text))), meta),
        publication_types=types,
        keywords=keywords,
    )


def completed(outlined: Publication, root: Element) -> Publication:
    """The whole publication, of its outline."""
    journal, meta, text = _parts(root)
    return msgspec.structs.replace(
        outlined,
        identifiers=front_matter.identifiers(meta),
        tables=tables(text),
        figures=figures(text),
        references=references(text),
        authors=front_matter.authors(meta),
        journal=_journal(journal),
        volume=_given(meta, "volume"),
        issue=_given(meta, "issue"),
        pages=_pages(meta),
        date=front_matter.date(meta),
        registrations=front_matter.registered(
            [part for part in (meta, *text) if part is not None]
        ),
        licence=front_matter.licence(meta),
        language=root.get(_LANGUAGE),
        relations=front_matter.relations(meta),
    )


def _parts(root: Element) -> tuple[Element | None, Element | None, list[Element]]:
    """What is said of the journal and of the article, and the parts that hold text."""
    parts = dict(children(root))
    front = parts.get("front")
    meta = front.find("article-meta") if front is not None else None
    journal = front.find("journal-meta") if front is not None else None
    text = [parts[name] for name in ("body", "back", "floats-group") if name in parts]
    return journal, meta, text


def _given(meta: Element | None, name: str) -> str | None:
    return text_of(meta.find(name)) or None if meta is not None else None


def _journal(journal: Element | None) -> str | None:
    if journal is None:
        return None
    found = (text_of(title) for title in journal.iter("journal-title"))
    return next(filter(None, found), None)


def _pages(meta: Element | None) -> str | None:
    first, last = _given(meta, "fpage"), _given(meta, "lpage")
    if first is None:
        return _given(meta, "elocation-id")
    return first if last in (None, first) else f"{first}-{last}"


def _subjects(root: Element, meta: Element | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Publication types (the article's type, headings that name a kind), and keywords."""
    kind = root.get("article-type", "").strip()
    types = [_TYPES.get(kind, kind)] if kind else []
    keywords: list[str] = []
    for is_heading, subject in _headings(meta):
        named_kind = is_heading and _KIND_OF_ARTICLE.search(subject) is not None
        (types if named_kind else keywords).append(subject)
    if meta is not None:
        keywords += [text_of(keyword) for keyword in meta.iter("kwd")]
    return tuple(dict.fromkeys(types)), tuple(filter(None, dict.fromkeys(keywords)))


def _headings(meta: Element | None) -> Iterator[tuple[bool, str]]:
    categories = meta.find("article-categories") if meta is not None else None
    for group in categories.iter("subj-group") if categories is not None else ():
        is_heading = group.get("subj-group-type") in (None, "heading")
        for subject in group.iterfind("subject"):
            yield is_heading, text_of(subject)


def _with_funding(found: tuple[Section, ...], meta: Element | None) -> tuple[Section, ...]:
    """The sections, and the statement of funding where only the front matter has one."""
    stated = meta.find("funding-group/funding-statement") if meta is not None else None
    said = text_of(stated)
    if not said or any("funding" in (section.title or "").lower() for section in found):
        return found
    return (*found, Section(paragraphs=(said,), title="Funding"))
