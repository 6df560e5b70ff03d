"""What a release folder holds, and the manifest that says what it was made from."""

import msgspec

from rapport.cards.study_card import Refusal, RelatedWork
from rapport.core.ids import Identifiers
from rapport.evidence.after.listed import ListRead
from rapport.evidence.publication import Origin

FORMAT = 1
"""Raised when the files of a release change in a way that an older reader cannot open."""

MANIFEST = "manifest.json"
CARDS = "cards.jsonl"
CARDS_PARQUET = "cards.parquet"
WORKS = "works.jsonl"
ALIASES = "aliases.jsonl"
QUARANTINE = "quarantine.jsonl"
REFUSED = "refused.jsonl"
INDEX = "index"
"""A folder derived from the cards; everything else is the same bytes for the same inputs."""

FILES = (ALIASES, CARDS, CARDS_PARQUET, QUARANTINE, REFUSED, WORKS)
"""The files beside the manifest, which names each with its size and hash."""


class FileEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the release: `bytes` is its size, `sha256` its hash in hexadecimal digits."""

    bytes: int
    sha256: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger: `records` = `read` + `off_topic` + `duplicate` + `quarantined`.

    `passed_over` is the part of `off_topic` that was never parsed, because its bytes did not
    match the topic; `withdrawn` is the part of `quarantined` whose PMID PubMed withdrew in a list
    of deletions among the sources. `read` = `cards` + `refused`. `studies` are the cards, those on
    the same people counted once; None in releases that did not count them.
    """

    records: int
    read: int
    off_topic: int
    passed_over: int
    duplicate: int
    quarantined: int
    cards: int
    refused: int
    withdrawn: int = 0
    studies: int | None = None

    def balanced(self) -> bool:
        """Whether no record was lost on the way."""
        parts = self.read + self.off_topic + self.duplicate + self.quarantined
        return self.records == parts and self.read == self.cards + self.refused


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What was read: names of the sources as given, and one hash over all their records.

    `sha256` is over the sorted hashes of the raw records, so neither the order of files nor how
    they are packed changes it. `notices` are the lists of retractions and corrections.
    """

    sources: tuple[str, ...]
    sha256: str
    notices: tuple[ListRead, ...] = ()


class Makers(msgspec.Struct, frozen=True, kw_only=True):
    """What made the release: versions, and a hash over the program that reads and writes."""

    rapport: str
    reader: str
    knowledge: str
    program: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The first file of a release to open.

    `release` is its content hash: over inputs, makers, topic, date and every other file.
    `refusals` counts the refused cards by rule; `topics` the cards by topic class. `as_of` is
    the date the build was made for, None if it was made for none. `reviews` is the hash of the
    reviewers' decisions that were used, None without any. `flags` are problems a person should
    look at, such as a decision about a work that is not there.
    """

    format: int
    release: str
    topic: str
    as_of: str | None
    inputs: Inputs
    reviews: str | None
    makers: Makers
    counts: Counts
    refusals: dict[str, int]
    topics: dict[str, int]
    files: dict[str, FileEntry]
    flags: tuple[str, ...] = ()


class Member(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record of a work; `used` is true for the one whose text was read."""

    origin: Origin
    identifiers: Identifiers = Identifiers()
    given_id: str | None = None
    used: bool = False


class Work(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One work: its card's id, its records (the best first), and the works it belongs to.

    `id` names the card, or the refusal where the gate refused the card.
    """

    id: str
    members: tuple[Member, ...]
    titles: tuple[str, ...] = ()
    """In their normal form: what a card's id is made of where there is no identifier."""
    relations: tuple[RelatedWork, ...] = ()


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """Another name of a card: an identifier in its normal form, lower case."""

    id: str
    card: str


class RefusedCard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A card the gate refused: which work, and every reason."""

    id: str
    citation: str
    refusals: tuple[Refusal, ...]
