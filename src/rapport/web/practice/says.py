"""What the pages of the practice wing say, from the knowledge base; read once."""

import functools

from rapport.knowledge.load import instruments
from rapport.knowledge.load_practice import own, thresholds
from rapport.practice.check_in import limits as _limits
from rapport.practice.check_in.limits import Limits
from rapport.practice.check_in.wording import Wording
from rapport.scoring.check_in import Thresholds
from rapport.scoring.thresholds import thresholds as _of_check_in


@functools.cache
def wording() -> Wording:
    """The words of the check-ins."""
    return Wording(instruments=instruments(), practice=own())


@functools.cache
def limits() -> Limits:
    """How often and how long."""
    return _limits.limits(thresholds())


@functools.cache
def used_thresholds() -> Thresholds:
    """From where something is spoken of."""
    return _of_check_in(thresholds())


def screen_words(passage: str, **filled: object) -> str:
    """A passage of the texts around the questions."""
    return wording().says("check_in_screens", passage, **filled)
