"""Hard or not hard: what is shown of a challenge whose answers are not."""

from collections.abc import Mapping

from rapport.practice.records.check_ins import Band
from rapport.scoring.check_in import CHALLENGES, Thresholds, strain

WORDS = {Band.STRAIN: "hard", Band.EASE: "not hard"}


def band(value: float, least: float) -> Band:
    """The band of a strain of 0 to 100, hard from `least` on."""
    return Band.STRAIN if value >= least else Band.EASE


def bands(answers: Mapping[str, float], used: Thresholds) -> dict[int, Band]:
    """The band of each challenge with enough answers."""
    strains = {k: strain(answers, k, used.min_items) for k in CHALLENGES}
    return {k: band(value, used.t_person) for k, value in strains.items() if value is not None}
