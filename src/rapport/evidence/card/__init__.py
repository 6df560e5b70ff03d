"""From a reading to a study card: what it found, who was studied, and what it does not prove."""

from rapport.evidence.card.assemble import study_card

__all__ = ["study_card"]
