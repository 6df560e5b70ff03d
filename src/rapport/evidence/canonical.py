"""The canonical plain text of a publication: what the offsets of every span count in."""

import msgspec

from rapport.evidence.publication import Citation, Publication, Section


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stretch of one field under one heading.

    `start` and `end` bound the text without its heading; `titles` are the headings above it,
    outermost first; `kind` is what produced it: `prose`, `table`, `caption` or `heading`.
    """

    field: str
    start: int
    end: int
    titles: tuple[str, ...] = ()
    kind: str = "prose"


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """Where a field cites: the printed number or name, and the keys of the references meant."""

    field: str
    start: int
    end: int
    keys: tuple[str, ...]


class CanonicalText(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of one publication as plain text, and how each is divided.

    `fields` holds `title`, `abstract` and `body` or `text`, only those that are not empty.
    Parts are in order and do not overlap; text outside them is headings and white space.
    `citations` are in order too, and only those that the source tags.
    """

    fields: dict[str, str]
    parts: tuple[Part, ...]
    citations: tuple[Cited, ...] = ()


class _Writer:
    """Collects one field's text and notes the place of each part."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.pieces: list[str] = []
        self.length = 0
        self.parts: list[Part] = []
        self.citations: list[Cited] = []

    def add(self, text: str, *, titles: tuple[str, ...] = (), kind: str = "prose") -> None:
        """Append one paragraph, after a newline if it is not the first."""
        if not text:
            return
        if self.length:
            self._append("\n")
        start = self.length
        self._append(text)
        self.parts.append(
            Part(field=self.field, start=start, end=self.length, titles=titles, kind=kind)
        )

    def cite(self, citation: Citation) -> None:
        """Note a citation of the part added last."""
        start = self.parts[-1].start
        self.citations.append(
            Cited(
                field=self.field,
                start=start + citation.start,
                end=start + citation.end,
                keys=citation.keys,
            )
        )

    def _append(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def text(self) -> str:
        """All that was added."""
        return "".join(self.pieces)


def canonical(publication: Publication) -> CanonicalText:
    """The canonical text of a publication.

    White space inside the parts of a publication is already single spaces (the sources see to
    it), except in `text`, which stays exactly as it was given: its offsets are the caller's.
    """
    writers = [_title(publication), _abstract(publication), _body(publication)]
    fields = {writer.field: writer.text() for writer in writers if writer.length}
    parts = [part for writer in writers for part in writer.parts]
    if publication.text:
        fields["text"] = publication.text
        parts.append(Part(field="text", start=0, end=len(publication.text)))
    citations = tuple(cited for writer in writers for cited in writer.citations)
    return CanonicalText(fields=fields, parts=tuple(parts), citations=citations)


def _title(publication: Publication) -> _Writer:
    writer = _Writer("title")
    writer.add(publication.title or "")
    return writer


def _abstract(publication: Publication) -> _Writer:
    writer = _Writer("abstract")
    for part in publication.abstract:
        titles = (part.label,) if part.label else ()
        if part.label:
            writer.add(part.label, titles=titles, kind="heading")
        writer.add(part.text, titles=titles)
    return writer


def _body(publication: Publication) -> _Writer:
    writer = _Writer("body")
    above: list[str] = []
    for section in publication.sections:
        above = _headings(above, section)
        titles = tuple(title for title in above if title)
        if section.title:
            writer.add(section.title, titles=titles, kind="heading")
        _add_paragraphs(writer, section, titles)
    for table in publication.tables:
        _add_table(writer, table.label, table.caption, table.rows, table.foot)
    for figure in publication.figures:
        caption = " ".join(filter(None, (figure.label, figure.caption)))
        writer.add(caption, kind="caption")
    return writer


def _add_paragraphs(writer: _Writer, section: Section, titles: tuple[str, ...]) -> None:
    citations = iter(section.citations)
    cited = next(citations, None)
    for number, paragraph in enumerate(section.paragraphs):
        writer.add(paragraph, titles=titles)
        while cited is not None and cited.paragraph == number:
            writer.cite(cited)
            cited = next(citations, None)


def _headings(above: list[str], section: Section) -> list[str]:
    """The headings that hold for `section`, given those that held before it."""
    kept = above[: section.depth - 1]
    kept += [""] * (section.depth - 1 - len(kept))
    return [*kept, section.title or ""]


def _add_table(
    writer: _Writer,
    label: str | None,
    caption: str | None,
    rows: tuple[tuple[str, ...], ...],
    foot: str | None,
) -> None:
    writer.add(" ".join(filter(None, (label, caption))), kind="caption")
    for row in rows:
        writer.add(" | ".join(row), kind="table")
    writer.add(foot or "", kind="caption")
