"""The reference list of a JATS article: each entry with its printed number and its id."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid
from rapport.evidence.publication import Reference
from rapport.evidence.sources.jats.tree import (
    HREF,
    Element,
    children,
    lines_of,
    raw_text,
    string_of,
    text_of,
    texts_of,
)

_CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation")
_NOTES = ("note", "p")
_WORKS = (*_CITATIONS, "citation-alternatives", *_NOTES)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_NUMBER = re.compile(r"\W*(\d{1,3})\W*")
_TITLES = ("article-title", "part-title", "chapter-title", "data-title", "source")
_PRINTED = (*_TITLES, "year", "volume", "issue", "fpage", "elocation-id", "publisher-name")
_NAMES = ("surname", "given-names", "collab")
_WRITING = (None, "author", "allauthors")
_WANTED = frozenset((*_PRINTED, *_NAMES, "comment", "pub-id"))

_Words = dict[str, list[str]]


class _Parts(NamedTuple):
    """What stands in a citation: texts by name ("pub-id doi" too), groups of people, links."""

    words: _Words
    groups: list[Element]
    links: list[Element]


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


def cited_keys(parts: Sequence[Element]) -> tuple[str, ...]:
    """The keys of what `references` gives, in order, read without the entries."""
    entries = (ref for part in parts for ref in part.iter("ref"))
    return tuple(
        key
        for entry in entries
        if (key := entry.get("id")) and any(name in _WORKS for name, _ in children(entry))
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
        elif name in _NOTES:
            yield Reference(text=text_of(child), label=label, key=key)


def _reference(
    tagged: Element, printed: Element, key: str | None, label: str | None
) -> Reference:
    """One work: its parts from the tagged form, its text as printed."""
    parts = _parts(tagged)
    found = parts.words
    words = {name: found[name][0] for name in _PRINTED if name in found}
    authors = tuple(filter(None, _authors(tagged, parts)))
    bare = printed is tagged and printed.tag == "element-citation"
    text = _punctuated(authors, words, found) if bare else string_of(printed)
    return Reference(
        text=text,
        label=label,
        key=key,
        authors=authors,
        year=_year(words.get("year"), text),
        title=next((words[name] for name in _TITLES if words.get(name)), None),
        identifiers=_identifiers(parts),
    )


def _parts(citation: Element) -> _Parts:
    """What is of interest in a citation, in order, from one walk over its elements."""
    names: list[str] = []
    raw: list[str] = []
    parts = _Parts({}, [], [])
    for element in citation.iter():
        name = element.tag
        if name in _WANTED:
            names.append(name if name != "pub-id" else _kind_of_id(element))
            raw.append(raw_text(element) if len(element) else element.text or "")
        elif name == "person-group":
            parts.groups.append(element)
        elif name == "ext-link":
            parts.links.append(element)
    words = parts.words
    for name, text in zip(names, lines_of(raw), strict=True):
        if name in words:
            words[name].append(text)
        else:
            words[name] = [text]
    return parts


def _kind_of_id(element: Element) -> str:
    return "pub-id " + element.get("pub-id-type", "")


def _authors(citation: Element, parts: _Parts) -> Iterable[str]:
    """Authors as "Family Given", groups by name; editors only if there are no authors."""
    groups = [group for group in parts.groups if group.getparent() is citation]
    found = parts.words
    if len(groups) > 1:
        writing = [group for group in groups if group.get("person-group-type") in _WRITING]
        citation = (writing or groups)[0]
        found = _parts(citation).words
    families, given = found.get("surname", []), found.get("given-names", [])
    if len(families) == len(given):
        names = [f"{family} {name}" for family, name in zip(families, given, strict=True)]
    else:
        names = texts_of(citation.iter("name", "string-name"))
    if not names:
        names = texts_of(citation.iterfind("string-name"))
    return [*names, *found.get("collab", [])]


def _punctuated(authors: tuple[str, ...], words: dict[str, str], found: _Words) -> str:
    """The text of a citation that is only tagged: its parts in the usual order."""
    parts = filter(None, (", ".join(authors), *words.values(), *found.get("comment", [])))
    return ". ".join(part.rstrip(".") for part in parts)


def _year(tagged: str | None, text: str) -> int | None:
    """The year tagged as such; without a tag, the last year that stands in the text."""
    years = _YEAR.findall(text if tagged is None else tagged)
    return int(years[-1]) if years else None


def _identifiers(parts: _Parts) -> Identifiers:
    def given(kind: str) -> str | None:
        texts = parts.words.get(f"pub-id {kind}")
        return texts[-1] if texts else None

    pmid, doi = given("pmid"), given("doi") or _linked(parts.links)
    pmcid = given("pmcid") or given("pmc")
    if pmcid and pmcid.isdecimal():
        pmcid = f"PMC{pmcid}"
    return Identifiers(
        pmid=normalise_pmid(pmid) if pmid else None,
        pmcid=normalise_pmcid(pmcid) if pmcid else None,
        doi=normalise_doi(doi) if doi else None,
    )


def _linked(links: Iterable[Element]) -> str | None:
    """What a link to a DOI says or, if that is not the DOI, where it leads."""
    for link in links:
        address = link.get(HREF, "")
        if link.get("ext-link-type") == "doi" or "doi.org/" in address:
            said = text_of(link)
            return said if "10." in said else address
    return None
