"""What the front matter of a JATS article says about it."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid
from rapport.evidence.publication import Author, Relation, RelationKind
from rapport.evidence.sources.jats.tree import HREF, Element, children, text_of
from rapport.evidence.sources.values.licence import licence_name
from rapport.evidence.sources.values.registrations import registrations
from rapport.evidence.sources.values.written_dates import (
    month_number,
    partial_date,
    written_date,
)

_RELATIONS = {
    "retracted-article": RelationKind.RETRACTION_OF,
    "retraction-forward": RelationKind.RETRACTED_BY,
    "retraction": RelationKind.RETRACTED_BY,
    "partially-retracted-article": RelationKind.PARTIAL_RETRACTION_OF,
    "partial-retraction": RelationKind.PARTLY_RETRACTED_BY,
    "corrected-article": RelationKind.CORRECTION_OF,
    "correction-forward": RelationKind.CORRECTED_BY,
    "correction": RelationKind.CORRECTED_BY,
    "addended-article": RelationKind.CORRECTION_OF,
    "addendum": RelationKind.CORRECTED_BY,
    "object-of-concern": RelationKind.CONCERN_ABOUT,
    "expression-of-concern": RelationKind.CONCERN_RAISED_BY,
    "commentary-article": RelationKind.COMMENT_ON,
    "letter": RelationKind.COMMENTED_BY,
    "commentary": RelationKind.COMMENTED_BY,
    "preprint": RelationKind.UPDATE_OF,
    "updated-article": RelationKind.UPDATE_OF,
    "update": RelationKind.UPDATED_BY,
    "republished-article": RelationKind.REPUBLICATION_OF,
    "republication": RelationKind.REPUBLISHED,
}
"""`related-article-type` as seen from this article.

Source: PMC Tagging Guidelines, related-article; JATS4R recommendations on corrections,
retractions and preprints.
"""

_TRIAL = re.compile("clinical[- ]trial")
_PUBLISHED = ("epub", "ppub", "collection", "epub-ppub", "pub", "epreprint")


def title(meta: Element | None) -> str | None:
    """The title, with its subtitle after a colon; an alternative title if there is no other."""
    group = meta.find("title-group") if meta is not None else None
    if group is None:
        return None
    main = text_of(group.find("article-title"))
    subtitles = (text_of(subtitle) for subtitle in group.iterfind("subtitle"))
    for subtitle in filter(None, subtitles):
        main = (
            f"{main} {subtitle}"
            if main.endswith((":", "?", "!", "."))
            else f"{main}: {subtitle}"
        )
    return main or text_of(group.find("alt-title")) or None


def identifiers(meta: Element | None) -> Identifiers:
    """PMID, PMCID and DOI of the article itself."""
    given: dict[str, str] = {}
    for article_id in meta.iterfind("article-id") if meta is not None else ():
        given.setdefault(article_id.get("pub-id-type", ""), text_of(article_id))
    pmcid = given.get("pmcid") or given.get("pmc")
    return Identifiers(
        pmid=normalise_pmid(given.get("pmid")),
        pmcid=normalise_pmcid(f"PMC{pmcid}" if pmcid and pmcid.isdecimal() else pmcid),
        doi=normalise_doi(given.get("doi")),
    )


def authors(meta: Element | None) -> tuple[Author, ...]:
    """The authors in order, groups by their name; editors and translators are left out."""
    found = (
        author
        for group in (meta.iterfind("contrib-group") if meta is not None else ())
        for contrib in group.iterfind("contrib")
        if contrib.get("contrib-type", "author") in ("author", "collab", "corresponding")
        for author in _contributor(contrib)
    )
    return tuple(dict.fromkeys(found))


def _contributor(contrib: Element) -> Iterator[Author]:
    for name, child in children(contrib):
        if name == "name-alternatives":
            names = dict(reversed(list(children(child))))
            child = names.get("name", child)
            name = "name" if "name" in names else ""
        if name in ("name", "string-name"):
            yield _person(child)
        elif name in ("collab", "collab-alternatives", "on-behalf-of"):
            yield Author(collective=_group_name(child))


def _person(name: Element) -> Author:
    surname = text_of(name.find("surname"))
    parts = (text_of(name.find("prefix")) if not surname else "", surname)
    family = " ".join(filter(None, (*parts, text_of(name.find("suffix")))))
    return Author(
        family=family or text_of(name) or None,
        given=text_of(name.find("given-names")) or None,
    )


def _group_name(collab: Element) -> str | None:
    """The group's name without the list of its members."""
    said = [collab.text or ""]
    for name, child in children(collab):
        if name not in ("contrib-group", "xref", "email", "fn", "address", "contrib-id", "aff"):
            said += [text_of(child)]
        said += [child.tail or ""]
    return " ".join("".join(said).split()).strip(" ,;") or None


def date(meta: Element | None) -> PartialDate | None:
    """The earliest date of publication (online, print or collection), as precise as it is.

    A collection is often dated by its year alone: of two that may be the same, the more
    precise one stands.
    """
    if meta is None:
        return None
    found = (
        _date(element)
        for element in meta.iterfind("pub-date")
        if (element.get("pub-type") or element.get("date-type") or "pub") in _PUBLISHED
    )
    return min(filter(None, found), key=_earliest, default=None)


def _earliest(when: PartialDate) -> tuple[int, int, int]:
    return (when.year, when.month or 13, when.day or 32)


def _date(element: Element) -> PartialDate | None:
    year = text_of(element.find("year"))
    if not year[:4].isdecimal():
        return written_date(text_of(element.find("string-date")))
    day = text_of(element.find("day"))
    return partial_date(
        int(year[:4]),
        month_number(text_of(element.find("month"))),
        int(day) if day.isdecimal() else None,
    )


def licence(meta: Element | None) -> str | None:
    """The licence's short name where it is a known one, else what the file says of it."""
    if meta is None:
        return None
    words_of = (text_of(part) for part in meta.iter("license-p", "p"))
    named = (licence_name(words) for words in chain(_licence_addresses(meta), words_of))
    known = (name for name in named if name and name.startswith(("CC", "Public Domain")))
    return next(known, None)


def _licence_addresses(meta: Element) -> Iterator[str]:
    for licence_element in meta.iter("license"):
        yield licence_element.get(HREF, "")
        for name, child in children(licence_element):
            if name.endswith("license_ref"):
                yield text_of(child)
        for link in licence_element.iter("ext-link", "uri"):
            yield link.get(HREF, "") or text_of(link)


def relations(meta: Element | None) -> tuple[Relation, ...]:
    """Retractions, corrections, comments, concerns and preprints that the article names."""
    if meta is None:
        return ()
    return tuple(
        Relation(
            kind=_RELATIONS[kind],
            identifiers=_named(element),
            note="preprint" if kind == "preprint" else None,
            date=_date_within(element),
        )
        for element in meta.iterfind("related-article")
        if (kind := element.get("related-article-type", "")) in _RELATIONS
    )


def _date_within(element: Element) -> PartialDate | None:
    """The date of the related article, which stands in a date of its own or bare."""
    within = element.find("date")
    return _date(element if within is None else within)


def _named(element: Element) -> Identifiers:
    """The identifiers of the related article: the link's, then those that stand within."""
    given = element.get(HREF) or text_of(element)
    linked = _identified(given, element.get("ext-link-type", ""))
    within = [
        _identified(text_of(each), each.get("pub-id-type", ""))
        for each in element.iterfind("pub-id")
    ]
    every = (linked, *within)
    return Identifiers(
        pmid=next((one.pmid for one in every if one.pmid), None),
        pmcid=next((one.pmcid for one in every if one.pmcid), None),
        doi=next((one.doi for one in every if one.doi), None),
    )


def _identified(given: str, kind: str) -> Identifiers:
    return Identifiers(
        pmid=normalise_pmid(given) if kind in ("pubmed", "pmid") else None,
        pmcid=normalise_pmcid(f"PMC{given}" if given.isdecimal() else given)
        if kind in ("pmc", "pmcid")
        else None,
        doi=normalise_doi(given),
    )


def registered(parts: Iterable[Element]) -> tuple[str, ...]:
    """Trial registrations that the file tags as such, or that stand under that heading."""
    said = [words for part in parts for words in _registered(part)]
    return registrations(" ".join(said))


def _registered(part: Element) -> Iterator[str]:
    for link in part.iter("ext-link", "related-object"):
        kind = link.get("ext-link-type") or link.get("document-type")
        if kind is not None and _TRIAL.search(kind):
            yield f"{text_of(link)} {link.get('document-id', '')} {link.get(HREF, '')}"
    for section in part.iter("sec"):
        if "registration" in text_of(section.find("title")).lower():
            yield text_of(section)
