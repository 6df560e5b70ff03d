"""The released card. Only the gate may import this module, so only the gate can make one."""

import msgspec

from rapport.cards.study_card import StudyCard


class ReleasedCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card that passed the gate; `card.state` is `released`."""

    card: StudyCard
