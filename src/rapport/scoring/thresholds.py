"""Thresholds of the check-in from a set in the knowledge base."""

import msgspec

from rapport.knowledge.practice import ThresholdSet
from rapport.scoring.check_in import Thresholds


def thresholds(found: ThresholdSet) -> Thresholds:
    """What the check-in uses of a set, under the set's id."""
    values = {
        field.name: getattr(found, field.name) for field in msgspec.structs.fields(Thresholds)
    }
    return Thresholds(**values)
