"""Spans: where in a source the words stand that carry a value."""

from collections.abc import Mapping

import msgspec


class Span(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Characters of one field of a publication's canonical text.

    Units: `start` and `end` count Unicode code points, `end` exclusive, so that
    `fields[span.field][span.start:span.end] == span.quote`. `field` is `title`, `abstract`,
    `text` (plain text as it was given) or `body` (of the canonical text).
    """

    field: str
    start: int
    end: int
    quote: str
    section: str | None = None


def span_of(
    fields: Mapping[str, str], field: str, start: int, end: int, section: str | None = None
) -> Span:
    """The span of `fields[field][start:end]`, with its words."""
    return Span(
        field=field, start=start, end=end, quote=fields[field][start:end], section=section
    )


def is_verbatim(span: Span, fields: Mapping[str, str]) -> bool:
    """Whether the span's quote is what stands at its place."""
    text = fields.get(span.field)
    return (
        text is not None and span.start < span.end and text[span.start : span.end] == span.quote
    )
