"""A publication as sentences: each with its section, its even text and its place in a field."""

from collections.abc import Mapping

import msgspec

from rapport.core.spans import Span, span_of
from rapport.evidence.canonical import CanonicalText, Part, canonical
from rapport.evidence.publication import Publication, Reference
from rapport.evidence.read.text.flow import flow
from rapport.evidence.read.text.layout import Block, blocks
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.placed import placed
from rapport.evidence.read.text.references import references
from rapport.evidence.read.text.sections import SectionKind, kind_of, label_pattern
from rapport.evidence.read.text.sentence import Sentence
from rapport.evidence.read.text.sentences import sentence_bounds
from rapport.evidence.read.text.unlabelled_methods import with_methods_named

__all__ = ["Document", "SectionKind", "Sentence", "document"]

_NO_TITLES: tuple[str, ...] = ()


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A publication cut into sentences, in order, and the works it cites by printed label.

    `lookup` finds patterns in the sentences; `placed` does so where a short text without a
    methods section counts as an abstract.
    """

    publication: Publication
    canonical: CanonicalText
    sentences: tuple[Sentence, ...]
    lookup: Lookup
    placed: Lookup
    references: Mapping[str, Reference]

    def span(self, sentence: Sentence) -> Span:
        """The sentence as it stands in its field, verbatim."""
        return span_of(
            self.canonical.fields,
            sentence.field,
            sentence.start,
            sentence.end,
            sentence.section.value,
        )


def document(publication: Publication) -> Document:
    """The publication as sentences.

    Missing: a record without abstract and text has the sentences of its title alone.
    """
    text = canonical(publication)
    layout = blocks(text.fields["text"]) if "text" in text.fields else ()
    writer = _Sentences(text)
    for part in text.parts:
        if part.field == "text":
            writer.add_blocks(layout)
        elif part.kind != "heading":
            writer.add_part(part)
    listed = tuple(block for block in layout if block.section is SectionKind.REFERENCES)
    sentences = with_methods_named(writer.found)
    lookup = Lookup(sentences)
    return Document(
        publication=publication,
        canonical=text,
        sentences=sentences,
        lookup=lookup,
        placed=placed(lookup, text.fields),
        references=references(publication, listed),
    )


class _Sentences:
    """Collects the sentences of one canonical text."""

    def __init__(self, text: CanonicalText) -> None:
        self.text = text
        self.found: list[Sentence] = []
        self.paragraph = -1

    def add_part(self, part: Part) -> None:
        """The sentences of a part of the title, abstract or body."""
        section = _section(part)
        ranges = ((part.start, part.end),)
        if section is SectionKind.TABLE:
            self._row(part)
        else:
            self._add(part.field, section, part.titles, ranges)

    def add_blocks(self, layout: tuple[Block, ...]) -> None:
        """The sentences of a plain text; the reference list has none."""
        for block in layout:
            if block.section is not SectionKind.REFERENCES:
                self._add("text", block.section, block.titles, block.ranges)

    def _row(self, part: Part) -> None:
        self.paragraph += 1
        even = flow(self.text.fields[part.field], ((part.start, part.end),)).text
        self._sentence(part.field, part.start, part.end, even, SectionKind.TABLE, part.titles)

    def _add(
        self,
        field: str,
        section: SectionKind,
        titles: tuple[str, ...],
        ranges: tuple[tuple[int, int], ...],
    ) -> None:
        self.paragraph += 1
        even = flow(self.text.fields[field], ranges)
        for start, end in sentence_bounds(even.text):
            words = even.text[start:end]
            if section is SectionKind.ABSTRACT:
                titles = _label(words) or titles
            first, last = even.bounds(start, end)
            self._sentence(field, first, last, words, section, titles)

    def _sentence(
        self,
        field: str,
        start: int,
        end: int,
        text: str,
        section: SectionKind,
        titles: tuple[str, ...],
    ) -> None:
        self.found.append(
            Sentence(
                field=field,
                start=start,
                end=end,
                text=text,
                section=section,
                titles=titles,
                paragraph=self.paragraph,
            )
        )


def _label(words: str) -> tuple[str, ...]:
    """The label that opens the sentence ("Methods: ..."), as a heading; empty if none."""
    match = label_pattern().match(words)
    return (match.group(1),) if match else _NO_TITLES


def _section(part: Part) -> SectionKind:
    if part.kind == "table":
        return SectionKind.TABLE
    if part.kind == "caption":
        return SectionKind.CAPTION
    if part.field == "title":
        return SectionKind.TITLE
    return SectionKind.ABSTRACT if part.field == "abstract" else kind_of(part.titles)
