"""Works as Crossref's REST API gives them, a line each: what they update, what updates them.

Source: Crossref, "Get Retraction Watch metadata from Crossref's API" (2025), and the REST API's
description of `update-to` and `updated-by`. A line may also be a whole answer of the API, with
one work or a list of them in its `message`.
"""

from collections.abc import Iterator

import msgspec

from rapport.cards.afterwards import EventKind
from rapport.core.ids import Identifiers, normalise_doi
from rapport.evidence.after.listed import Listed
from rapport.evidence.sources.values.written_dates import partial_date, written_date

FORMAT = "crossref_json"

_KINDS = {
    "retraction": EventKind.RETRACTION,
    "withdrawal": EventKind.RETRACTION,
    "removal": EventKind.RETRACTION,
    "partial_retraction": EventKind.PARTIAL_RETRACTION,
    "expression_of_concern": EventKind.CONCERN,
    "correction": EventKind.CORRECTION,
    "corrigendum": EventKind.CORRECTION,
    "erratum": EventKind.CORRECTION,
    "addendum": EventKind.CORRECTION,
    "clarification": EventKind.CORRECTION,
    "new_edition": EventKind.UPDATE,
    "new_version": EventKind.UPDATE,
}
_SOURCES = {
    None: "Crossref",
    "publisher": "Crossref",
    "retraction-watch": "Retraction Watch by way of Crossref",
}


class _Value(msgspec.Struct, frozen=True, kw_only=True):
    """Values of this module: the fields of an answer that are used here."""


class _When(_Value, frozen=True, rename="kebab"):
    date_parts: tuple[tuple[int | None, ...], ...] = ()
    date_time: str | None = None


class _Update(_Value, frozen=True):
    doi: str | None = msgspec.field(name="DOI", default=None)
    type: str | None = None
    source: str | None = None
    updated: _When = _When()


class _Work(_Value, frozen=True, rename="kebab"):
    doi: str | None = msgspec.field(name="DOI", default=None)
    update_to: tuple[_Update, ...] = ()
    updated_by: tuple[_Update, ...] = ()
    indexed: _When = _When()


class _Message(_Work, frozen=True, rename="kebab"):
    items: tuple[_Work, ...] = ()


class _Answer(_Message, frozen=True, rename="kebab"):
    """A work, or an answer with works in its message."""

    message: _Message | None = None


_DECODER = msgspec.json.Decoder(_Answer)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one line holds; `indexed` is the day on which Crossref last looked at the work."""

    listed: tuple[Listed, ...]
    passed_over: int
    indexed: str | None


def line(data: bytes) -> Line:
    """The notices in one line, and how many were passed over for want of a DOI.

    Raises: msgspec.DecodeError for a line that is not such a work or answer.
    """
    answer = _DECODER.decode(data)
    held = answer if answer.message is None else answer.message
    works = (held, *held.items)
    found = [one for work in works for one in _updates(work)]
    days = [day for work in works if (day := _day(work.indexed)) is not None]
    return Line(
        listed=tuple(one for one in found if one is not None),
        passed_over=found.count(None),
        indexed=max(days, default=None),
    )


def _updates(work: _Work) -> Iterator[Listed | None]:
    """What the work updates, it being the notice, and what updates it."""
    for update in work.update_to:
        yield _listed(original=update.doi, notice=work.doi, update=update)
    for update in work.updated_by:
        yield _listed(original=work.doi, notice=update.doi, update=update)


def _listed(*, original: str | None, notice: str | None, update: _Update) -> Listed | None:
    of, by = normalise_doi(original), normalise_doi(notice)
    if of is None or by is None:
        return None
    kind = _KINDS.get((update.type or "").lower(), EventKind.NOTICE)
    is_said = update.type is None or update.type.lower() == kind.value
    return Listed(
        original=Identifiers(doi=of),
        notice=Identifiers(doi=by),
        kind=kind,
        source=_SOURCES.get(update.source, f"Crossref ({update.source})"),
        date=_day(update.updated),
        label=None if is_said else (update.type or "").replace("_", " "),
    )


def _day(when: _When) -> str | None:
    """The date as far as it is stated: [[2019, 7, 26]], [[2019]], or a moment."""
    parts = when.date_parts[0] if when.date_parts else ()
    year, month, day = (*parts, None, None, None)[:3]
    if year is not None:
        return str(partial_date(year, month, day))
    moment = written_date((when.date_time or "")[:10])
    return str(moment) if moment else None
