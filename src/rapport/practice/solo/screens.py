"""The seven screens of solo mode, and the way through them. Pure: answers in, the next screen out."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from rapport.knowledge.instrument import Instrument
from rapport.knowledge.practice import Challenges

ITEMS = ("C1o", "C2o", "C3o", "C4o", "C5o", "C6o", "PICKo")
PICK = ITEMS[-1]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that can be chosen; `value` as it stands in a form."""

    value: str
    words: str


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `number` counts from 1."""

    item: str
    number: int
    text: str
    choices: tuple[Choice, ...]


class Go(StrEnum):
    """Where a press leads."""

    NEXT = "next"
    BACK = "back"
    STOP = "stop"


Answers = Mapping[str, int]
"""Item to answer; an item that was skipped is not in it."""


def screens(key: Instrument, challenges: Challenges) -> tuple[Screen, ...]:
    """The seven screens from the questionnaire; the last one asks which challenge is hardest."""
    texts = {item: text for group in key.items for item, text in group.texts.items()}
    return tuple(
        Screen(
            item=item,
            number=number,
            text=texts[item],
            choices=_picks(challenges) if item == PICK else _scale(key, item),
        )
        for number, item in enumerate(ITEMS, 1)
    )


def taken(sent: Mapping[str, str], asked: tuple[Screen, ...]) -> dict[str, int] | None:
    """The answers of a form; an empty one is skipped. None if a value is no answer of its screen."""
    found: dict[str, int] = {}
    for screen in asked:
        value = sent.get(screen.item, "")
        if value == "":
            continue
        if value not in {choice.value for choice in screen.choices}:
            return None
        found[screen.item] = int(value)
    return found


def after(at: int, go: Go, count: int) -> int | None:
    """The number of the screen that follows, 1 to `count`; None past the last."""
    following = at - 1 if go is Go.BACK else at + 1
    return max(1, following) if following <= count else None


def _scale(key: Instrument, item: str) -> tuple[Choice, ...]:
    """The answers from least to most, as the questionnaire words them."""
    words = sorted(key.group_of(item).words.items(), key=lambda pair: pair[1])
    return tuple(
        Choice(value=str(value), words=word[:1].upper() + word[1:]) for word, value in words
    )


def _picks(challenges: Challenges) -> tuple[Choice, ...]:
    """The six challenges in the practitioner's words, and none of them."""
    listed = (
        Choice(value=str(each.number), words=each.practitioner_label)
        for each in challenges.challenges
    )
    return (*listed, Choice(value="0", words=challenges.none))
