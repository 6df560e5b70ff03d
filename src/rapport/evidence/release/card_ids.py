"""Ids of cards: stable, safe in a URL, and the other names that lead to the same card.

A card is named after the best identifier of its work: `pmid-23426536`, else `pmc3616393`, else
`doi-10.1177-1359105313-4f1c2a`, else the first words of its title and a hash. PMIDs come first
because they are never reassigned and are there before a PMCID is. Every other identifier of the
work is an alias, so an address made from any of them keeps working when a record with more
identifiers joins later.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from rapport.core.ids import (
    Identifiers,
    normalise_doi,
    normalise_pmcid,
    normalise_pmid,
)

_UNSAFE = re.compile(r"[^a-z0-9.]+")
_MAX_SLUG = 48


def card_id(identifiers: Identifiers, *, title: str | None, given_id: str | None) -> str:
    """The id of a work's card: lower case letters, digits, dots and hyphens, at most 64 long.

    `title` and `given_id` (only without a title) count only where there is no identifier. Two
    works may come to the same id (a title twice, a wrong DOI): the caller tells them apart.
    """
    if identifiers.pmid:
        return f"pmid-{identifiers.pmid}"
    if identifiers.pmcid:
        return identifiers.pmcid.lower()
    if identifiers.doi:
        return f"doi-{_slug(identifiers.doi)}-{_digest(identifiers.doi, 6)}"
    words = " ".join((title or given_id or "").lower().split())
    return f"{_slug(words) or 'untitled'}-{_digest(words, 10)}"


def aliases(
    identifiers: Iterable[Identifiers], *, titles: Iterable[str], given_ids: Iterable[str]
) -> tuple[str, ...]:
    """Every id the card could have had, so that each leads to it; sorted.

    One for each identifier, title and own id of the records of the work.
    """
    names = {card_id(Identifiers(), title=title, given_id=None) for title in titles if title}
    names.update(_own(given) for given in given_ids)
    for one in identifiers:
        names.update(_each(one))
    return tuple(sorted(names))


def alias_keys(name: str) -> tuple[str, ...]:
    """The aliases that `name`, as a person wrote it, may mean, the most likely first."""
    identifiers = Identifiers(
        pmid=normalise_pmid(name), pmcid=normalise_pmcid(name), doi=normalise_doi(name)
    )
    return tuple(dict.fromkeys((name.lower(), *_each(identifiers), _own(name))))


def _each(identifiers: Identifiers) -> Iterator[str]:
    """The id that each single identifier gives."""
    for single in (
        Identifiers(doi=identifiers.doi),
        Identifiers(pmcid=identifiers.pmcid),
        Identifiers(pmid=identifiers.pmid),
    ):
        if single.best():
            yield card_id(single, title=None, given_id=None)


def _own(given: str) -> str:
    """A record's own id as an alias."""
    return f"own-{_slug(given.lower())}-{_digest(given.lower(), 6)}"


def _slug(text: str) -> str:
    slug = _UNSAFE.sub("-", text.lower())[:_MAX_SLUG].rstrip(".-").lstrip(".-")
    return slug.replace("..", ".")


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
