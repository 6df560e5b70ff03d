"""The header that every entry of the knowledge base has: who says it, and how sure it is."""

from enum import StrEnum

import msgspec


class Verification(StrEnum):
    """How sure an entry is: what it was checked against."""

    PRIMARY_READ = "primary_read"
    PRIMARY_READ_IN_PART = "primary_read_in_part"
    PRIMARY_USE_READ = "primary_use_read"
    SECONDARY_READ = "secondary_read"
    SECONDARY_READ_AGREEING = "secondary_read_agreeing"
    EXISTENCE_ONLY = "existence_only"
    UNVERIFIED = "unverified"
    PRINCIPLE = "principle"


class KnowledgeSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a fact comes from, and what part of that was read."""

    what: str
    url: str | None = None
    doi: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The header every entry has. Dates are ISO 8601; `version` counts up from 1."""

    id: str
    title: str
    version: int
    why: str
    verification: Verification
    sources: tuple[KnowledgeSource, ...]
    authored_by: str
    reviewed_on: str
    review_by: str
    checked_by: str = ""
    licence: str = "CC BY 4.0"
    verification_detail: str | None = None
    """What exactly was read, or what of the entry is still open, where the level is too coarse."""
    notes: tuple[str, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether the wording was checked against any source at all."""
        return self.verification not in (Verification.UNVERIFIED, Verification.EXISTENCE_ONLY)
