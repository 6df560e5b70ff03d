"""The reading of one publication: every value with its span."""

import msgspec

from rapport.cards.facts import DesignRecord, Participants, PemRecord, ReadStatement
from rapport.cards.study_card import Versions
from rapport.core.ids import Identifiers
from rapport.core.vocabulary import ReadScope

READER_VERSION = "1"
"""Raised with every change that can change a reading."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of one publication (one line of `rapport atlas read`)."""

    id: str
    identifiers: Identifiers
    read: ReadScope
    pem: PemRecord
    design: DesignRecord
    participants: Participants
    statements: tuple[ReadStatement, ...]
    versions: Versions
