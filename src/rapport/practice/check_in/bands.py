"""Strain in four words, for whoever may not see answers."""

from collections.abc import Mapping

from rapport.practice.records.check_ins import Band
from rapport.scoring.check_in import CHALLENGES, strain

_FROM = ((75, Band.VERY_HARD), (50, Band.HARD), (25, Band.MOSTLY_EASY))
"""From which strain (0 to 100) each word is said. 50 is "partly", on average."""


def band(value: float) -> Band:
    """The word for a strain of 0 to 100."""
    return next((word for least, word in _FROM if value >= least), Band.EASY)


def bands(answers: Mapping[str, float], min_items: int = 1) -> dict[int, Band]:
    """The word for each challenge with enough answers."""
    strains = {k: strain(answers, k, min_items) for k in CHALLENGES}
    return {k: band(value) for k, value in strains.items() if value is not None}
