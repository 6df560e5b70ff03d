"""The reference list of a JATS article: each entry with its printed number and its id."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid
from rapport.evidence.publication import Reference
from rapport.evidence.sources.jats_tree import (
    HREF,
    Element,
    children,
    local_name,
    string,
    text_of,
)

_CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_NUMBER = re.compile(r"\D*(\d{1,4})\D*")
_TITLES = ("article-title", "part-title", "chapter-title", "data-title", "source")
_PRINTED = (*_TITLES, "year", "volume", "issue", "fpage", "elocation-id", "publisher-name")
_NAMES = ("person-group", "name", "string-name", "surname", "given-names", "collab")
_WANTED = (*_PRINTED, *_NAMES, "pub-id", "ext-link", "comment")


def references(parts: Sequence[Element]) -> tuple[Reference, ...]:
    """The entries in order; one that holds several works (a, b) gives several, same label.

    Where the list prints no numbers but the text cites by number, the numbers in the text give
    the labels, so that "[27]" can be resolved.
    """
    entries = [ref for part in parts for ref in part.iter("ref")]
    labels = _labels(entries, parts)
    return tuple(
        reference
        for entry, label in zip(entries, labels, strict=True)
        for reference in _entry(entry, label)
    )


def _labels(entries: Sequence[Element], parts: Iterable[Element]) -> list[str | None]:
    printed = [_number(text_of(entry.find("label"))) for entry in entries]
    if any(printed):
        return printed
    cited = _cited_numbers(parts)
    known = [cited.get(entry.get("id", "")) for entry in entries]
    places = [str(place) for place in range(1, len(entries) + 1)]
    in_order = all(
        label in (None, place) for label, place in zip(known, places, strict=True)
    ) and any(known)
    return list(places) if in_order else known


def _number(label: str) -> str | None:
    """The label without brackets and full stop: "[27]" and "27." are "27"."""
    return label.strip("[]().: ") or None


def _cited_numbers(parts: Iterable[Element]) -> Mapping[str, str]:
    """By id, the number with which the text cites an entry; those it names are left out."""
    found: dict[str, str] = {}
    for part in parts:
        for xref in part.iter("xref"):
            key = xref.get("rid", "")
            if xref.get("ref-type") in ("bibr", "ref") and key not in found:
                match = _NUMBER.fullmatch(text_of(xref))
                if match is not None:
                    found[key] = match.group(1)
    return found


def _entry(entry: Element, label: str | None) -> Iterator[Reference]:
    key = entry.get("id")
    for name, child in children(entry):
        if name in _CITATIONS:
            yield _reference(child, child, key, label)
        elif name == "citation-alternatives":
            forms = dict(children(child))
            tagged = next((forms[form] for form in _CITATIONS if form in forms), child)
            yield _reference(tagged, forms.get("mixed-citation", tagged), key, label)
        elif name in ("note", "p"):
            yield Reference(text=text_of(child), label=label, key=key)


class _Tagged:
    """What is tagged inside one citation, gathered in a single pass (there are very many)."""

    def __init__(self, citation: Element) -> None:
        self.words: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.link: str | None = None
        self.comments: list[str] = []
        self._writing: list[list[str]] = []
        self._others: list[list[str]] = []
        self._names = self._writing
        for element in citation.iter(*_WANTED):
            self._take(element, str(element.tag))

    def _take(self, element: Element, tag: str) -> None:
        if tag == "surname":
            self._last().insert(0, string(element))
        elif tag == "given-names":
            self._last().append(string(element))
        elif tag == "name":
            self._names.append([])
        elif tag in ("string-name", "collab"):
            self._names.append(
                [] if tag == "string-name" and len(element) else [text_of(element)]
            )
        elif tag == "person-group":
            writes = element.get("person-group-type") in (None, "author", "allauthors")
            self._names = self._writing if writes else self._others
        else:
            self._take_word(element, tag)

    def _take_word(self, element: Element, tag: str) -> None:
        if tag == "pub-id":
            self.ids[element.get("pub-id-type", "")] = text_of(element)
        elif tag == "ext-link":
            self._take_link(element)
        elif tag == "comment":
            self.comments.append(text_of(element))
        elif tag not in self.words:
            self.words[tag] = text_of(element)

    def _take_link(self, element: Element) -> None:
        address = element.get(HREF, "")
        if element.get("ext-link-type") == "doi" or "doi.org/" in address:
            said = text_of(element)
            self.link = said if "10." in said else address

    def _last(self) -> list[str]:
        if not self._names:
            self._names.append([])
        return self._names[-1]

    def authors(self) -> tuple[str, ...]:
        """Authors as "Family Given", groups by name; editors only if there are no authors."""
        names = (" ".join(filter(None, parts)) for parts in self._writing or self._others)
        return tuple(filter(None, names))


def _reference(
    tagged: Element, printed: Element, key: str | None, label: str | None
) -> Reference:
    """One work: its parts from the tagged form, its text as printed."""
    found = _Tagged(tagged)
    authors = found.authors()
    bare = printed is tagged and local_name(printed) == "element-citation"
    text = _punctuated(authors, found) if bare else string(printed)
    titles = (found.words.get(name) for name in _TITLES)
    return Reference(
        text=text,
        label=label,
        key=key,
        authors=authors,
        year=_year(found.words.get("year"), text),
        title=next(filter(None, titles), None),
        identifiers=_identifiers(found),
    )


def _punctuated(authors: tuple[str, ...], found: _Tagged) -> str:
    """The text of a citation that is only tagged: its parts in the usual order."""
    rest = (found.words.get(name) for name in _PRINTED)
    parts = filter(None, (", ".join(authors), *rest, *found.comments))
    return ". ".join(part.rstrip(".") for part in parts)


def _year(tagged: str | None, text: str) -> int | None:
    """The year tagged as such; without a tag, the last year that stands in the text."""
    years = _YEAR.findall(text if tagged is None else tagged)
    return int(years[-1]) if years else None


def _identifiers(found: _Tagged) -> Identifiers:
    pmcid = found.ids.get("pmcid") or found.ids.get("pmc") or ""
    return Identifiers(
        pmid=normalise_pmid(found.ids.get("pmid")),
        pmcid=normalise_pmcid(pmcid if not pmcid.isdecimal() else f"PMC{pmcid}"),
        doi=normalise_doi(found.ids.get("doi") or found.link),
    )
