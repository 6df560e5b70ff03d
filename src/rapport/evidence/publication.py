"""A publication as its source gives it, typed, before anything is read from it."""

from enum import StrEnum

import msgspec

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers


class TextOrigin(StrEnum):
    """Whose words the abstract and the text are."""

    SOURCE = "source"
    DIGEST = "digest"
    """Written by this project from published facts; shown as "digest by Rapport"."""


class RelationKind(StrEnum):
    """How another publication belongs to this one."""

    RETRACTION_OF = "retraction_of"
    RETRACTED_BY = "retracted_by"
    PARTIAL_RETRACTION_OF = "partial_retraction_of"
    PARTLY_RETRACTED_BY = "partly_retracted_by"
    CORRECTION_OF = "correction_of"
    CORRECTED_BY = "corrected_by"
    CONCERN_ABOUT = "concern_about"
    CONCERN_RAISED_BY = "concern_raised_by"
    COMMENT_ON = "comment_on"
    COMMENTED_BY = "commented_by"
    REANALYSIS_OF = "reanalysis_of"
    REANALYSED_BY = "reanalysed_by"
    SUMMARY_OF = "summary_of"
    """A summary for patients."""
    SUMMARISED_BY = "summarised_by"
    PREPRINT_OF = "preprint_of"
    PUBLISHED_AS = "published_as"
    HAS_PREPRINT = "has_preprint"
    UPDATE_OF = "update_of"
    UPDATED_BY = "updated_by"
    SAME_COHORT = "same_cohort"
    REPUBLICATION_OF = "republication_of"
    REPUBLISHED = "republished"
    """Published again as the other one."""
    VERSION_OF = "version_of"
    """The same title and authors elsewhere: a conference abstract and its article, say."""


class _Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Values of this module: frozen, compared by content, default values left out of JSON."""


class Origin(_Value, frozen=True):
    """Where a record came from: `file` as the user named it, `position` counted from 1."""

    file: str
    position: int
    format: str


class Author(_Value, frozen=True):
    """One author; a group has only `collective`. Initials stand in `given`."""

    family: str | None = None
    given: str | None = None
    collective: str | None = None


class AbstractPart(_Value, frozen=True):
    """A part of the abstract; `label` is the printed label ("RESULTS"), None if unlabelled."""

    text: str
    label: str | None = None


class Citation(_Value, frozen=True):
    """Where a section cites, as its source tags it: `paragraph` counts from 0 in the section.

    `start` and `end` bound the printed number or name in that paragraph; `keys` are those of
    the references meant, all of them for the end of a range ("[1-3]").
    """

    paragraph: int
    start: int
    end: int
    keys: tuple[str, ...]


class Section(_Value, frozen=True):
    """A section of the body; `depth` is 1 for a top section. Subsections follow in order.

    Text that follows a subsection but belongs to the section above it is a section without a
    title, one deeper than that section.
    """

    paragraphs: tuple[str, ...] = ()
    title: str | None = None
    depth: int = 1
    citations: tuple[Citation, ...] = ()


class Table(_Value, frozen=True):
    """A table: its label ("Table 1"), caption, rows of cells as text, and foot."""

    label: str | None = None
    caption: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    foot: str | None = None


class Figure(_Value, frozen=True):
    """A figure's label and caption."""

    label: str | None = None
    caption: str | None = None


class Reference(_Value, frozen=True):
    """An entry of the reference list; `label` is its printed number, so that "[27]" resolves."""

    text: str
    label: str | None = None
    key: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str | None = None
    identifiers: Identifiers = Identifiers()


class Relation(_Value, frozen=True):
    """Another publication that belongs to this one, as the source names it.

    `date` is the other one's, where the source states it.
    """

    kind: RelationKind
    identifiers: Identifiers = Identifiers()
    note: str | None = None
    date: PartialDate | None = None


class Publication(_Value, frozen=True):
    """One record of one source.

    Missing: None or an empty tuple means that the source does not give it. `text` is plain text
    as it was given (JSON Lines `text`, a .txt file); `sections` are a body with structure. A
    publication has one of the two, or neither.
    """

    origin: Origin
    identifiers: Identifiers = Identifiers()
    given_id: str | None = None
    title: str | None = None
    abstract: tuple[AbstractPart, ...] = ()
    sections: tuple[Section, ...] = ()
    text: str | None = None
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    authors: tuple[Author, ...] = ()
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    date: PartialDate | None = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    url: str | None = None
    """Where the work can be read; shown where it has no DOI or PMID."""
    licence: str | None = None
    language: str | None = None
    relations: tuple[Relation, ...] = ()
    text_origin: TextOrigin = TextOrigin.SOURCE

    @property
    def id(self) -> str:
        """The id given, else PMCID, PMID or DOI, else file and position."""
        best = self.given_id or self.identifiers.best()
        return best or f"{self.origin.file}#{self.origin.position}"
