"""The reading of one publication: every value with its span."""

import msgspec

from rapport.cards.facts import DesignRecord, Participants, PemRecord, ReadStatement
from rapport.cards.stated import Harms
from rapport.cards.study_card import Versions
from rapport.core.ids import Identifiers
from rapport.core.vocabulary import ReadScope

READER_VERSION = "10"
"""Raised with every change that can change a reading."""


class Reading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was read of one publication (one line of `rapport atlas read`).

    Missing: `harms` is None, and absent from the line, where the text says nothing of them.
    """

    id: str
    identifiers: Identifiers
    read: ReadScope
    pem: PemRecord
    design: DesignRecord
    participants: Participants
    statements: tuple[ReadStatement, ...]
    versions: Versions
    harms: Harms | None = None
