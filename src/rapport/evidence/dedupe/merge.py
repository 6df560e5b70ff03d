"""Several records of one work as one publication."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from rapport.core.ids import Identifiers
from rapport.evidence.publication import Publication

T = TypeVar("T")
_FILLED = ("title", "authors", "journal", "volume", "issue", "pages", "date", "language")
_UNITED = ("publication_types", "mesh", "keywords", "registrations", "relations")


def merged(ordered: Sequence[Publication]) -> Publication:
    """One publication of the records of one work, the best record first.

    The text is the best record's alone (its spans, licence and origin stay true); an abstract
    is taken over where it has none, from a record whose words are of the same origin. Gaps in
    the bibliographic facts are filled from the others in order, identifiers and subject
    headings are united.
    """
    best = ordered[0]
    if len(ordered) == 1:
        return best
    filled: dict[str, Any] = {name: _first(ordered, name) for name in _FILLED}
    united: dict[str, Any] = {name: _all(ordered, name) for name in _UNITED}
    return msgspec.structs.replace(
        best,
        identifiers=_identifiers([one.identifiers for one in ordered]),
        abstract=best.abstract or _abstract(best, ordered),
        references=best.references or _first(ordered, "references"),
        **filled,
        **united,
    )


def _abstract(best: Publication, ordered: Iterable[Publication]) -> Any:
    return next(
        (
            one.abstract
            for one in ordered
            if one.abstract and one.text_origin is best.text_origin
        ),
        (),
    )


def _identifiers(ordered: Sequence[Identifiers]) -> Identifiers:
    return Identifiers(
        pmid=next((one.pmid for one in ordered if one.pmid), None),
        pmcid=next((one.pmcid for one in ordered if one.pmcid), None),
        doi=next((one.doi for one in ordered if one.doi), None),
    )


def _first(ordered: Sequence[Publication], name: str) -> Any:
    """The first value that is not missing; the best record's own where all are."""
    values = [getattr(one, name) for one in ordered]
    return next((value for value in values if value not in (None, ())), values[0])


def _all(ordered: Iterable[Publication], name: str) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(value for one in ordered for value in getattr(one, name)))
