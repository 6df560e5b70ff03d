"""The shapes of the data of the open practice pages."""

import msgspec

from rapport.knowledge.practice import (
    CountryPack,
    EvidenceDirection,
    InterventionCard,
    RegisterEntry,
)
from rapport.practice.solo.result import SoloResult
from rapport.practice.solo.screens import Screen


class CardRow(msgspec.Struct, frozen=True, kw_only=True):
    """One card in a list: what it is for, and where it is."""

    number: int
    title: str
    purpose: str
    challenge: str
    page: str
    data: str


class CardList(msgspec.Struct, frozen=True, kw_only=True):
    """The six cards."""

    cards: tuple[CardRow, ...]


class Wing(msgspec.Struct, frozen=True, kw_only=True):
    """The front page: what the wing is and is not, and the six cards."""

    says: dict[str, str]
    intended_use: dict[str, str]
    cards: tuple[CardRow, ...]


class EvidenceData(msgspec.Struct, frozen=True, kw_only=True):
    """A finding on a card. `cards`: the ids of the study cards of this release on its works."""

    direction: EvidenceDirection
    about: str
    does_not_prove: str
    pem: str
    finding: RegisterEntry
    cards: tuple[str, ...]


class CardData(msgspec.Struct, frozen=True, kw_only=True):
    """An intervention card whole, with the findings it rests on."""

    header: str
    reviewed: str
    card: InterventionCard
    for_every_talk: tuple[str, ...]
    evidence: tuple[EvidenceData, ...]


class WarningSigns(msgspec.Struct, frozen=True, kw_only=True):
    """Signs that ask for a look at once."""

    says: str
    signs: tuple[str, ...]
    to_check: tuple[str, ...]


class HelpData(msgspec.Struct, frozen=True, kw_only=True):
    """Where help is. `is_made_up`: nothing in it leads anywhere."""

    is_made_up: bool
    pack: CountryPack
    warning_signs: WarningSigns


class SoloScreens(msgspec.Struct, frozen=True, kw_only=True):
    """The seven questions of solo mode, and what they are for."""

    says: dict[str, str]
    screens: tuple[Screen, ...]


class SoloAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Answers of solo mode, item to answer; what was skipped is left out. Nothing is kept."""

    answers: dict[str, int] = msgspec.field(default_factory=dict)


class SoloAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers come to, and the card for it."""

    result: SoloResult
    cards: tuple[CardRow, ...]
