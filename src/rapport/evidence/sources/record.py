"""What a source yields: a publication, or a record set aside with its reason."""

from collections.abc import Iterator

import msgspec

from rapport.evidence.publication import Origin, Publication


class Quarantined(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record that could not be read: where it stands and why, in words for a person.

    `withdraws` are the PMIDs of a list of deletions, which is no record of a study either.
    """

    origin: Origin
    reason: str
    withdraws: tuple[str, ...] = ()


Records = Iterator[Publication | Quarantined]
