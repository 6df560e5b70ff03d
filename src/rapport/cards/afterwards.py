"""What happened to a work after it was published, and who says so."""

from enum import StrEnum

import msgspec

from rapport.core.ids import Identifiers


class EventKind(StrEnum):
    """What happened, the gravest first."""

    RETRACTION = "retraction"
    """Taken back as a whole; withdrawals and removals too."""
    PARTIAL_RETRACTION = "partial_retraction"
    CONCERN = "concern"
    CORRECTION = "correction"
    """Errata, corrigenda, addenda and clarifications."""
    NOTICE = "notice"
    """The source lists a notice about the work and does not say of which kind."""
    REPUBLICATION = "republication"
    REANALYSIS = "reanalysis"
    UPDATE = "update"
    REPLY = "reply"
    COMMENT = "comment"
    SUMMARY = "summary"
    """A summary for patients."""


class Teller(StrEnum):
    """What kind of source says that it happened."""

    RECORD = "record"
    """A record of the work itself."""
    NOTICE = "notice"
    """A record of the notice, comment or later work."""
    LIST = "list"
    """A list of notices, such as that of Retraction Watch."""
    LIKENESS = "likeness"
    """No source: title, authors and year look alike, and the title says what it is."""


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one source says.

    `source` is the format of a record or the name of a list; `identifiers` are those of the
    record that says so. `date` is ISO 8601 at the precision the source has, None where it states
    none. `label` is the source's own word for the kind, where it is another one.
    """

    by: Teller
    source: str
    kind: EventKind
    identifiers: Identifiers = Identifiers()
    date: str | None = None
    label: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened, with everything that is said of it.

    `kind` is the gravest that any source names. `date` is the most exact date where the sources
    agree, the earliest where they do not, that of the notice's own record where none states one;
    None means not stated. `identifiers` are those of the notice, empty where no source names it;
    `card` is its card in the release. `differ` names what the sources do not agree on: "kind",
    "date".
    """

    kind: EventKind
    date: str | None = None
    identifiers: Identifiers = Identifiers()
    card: str | None = None
    told: tuple[Told, ...] = ()
    differ: tuple[str, ...] = ()
