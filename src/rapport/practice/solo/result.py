"""What solo mode comes to: the challenge at hand and its card, and what else may be wanted. Pure."""

from enum import StrEnum

import msgspec

from rapport.practice.solo.screens import PICK, Answers, Screen
from rapport.scoring.check_in import CHALLENGES, CheckIn, Thresholds, check_in


class Why(StrEnum):
    """Why this challenge stands first, or why none does."""

    PICKED = "picked"
    STRAINED = "strained"
    NO_STRAIN = "no_strain"
    NOTHING_ANSWERED = "nothing_answered"


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What was said on one screen, in words; `words` is None where it was skipped."""

    text: str
    words: str | None


class SoloResult(msgspec.Struct, frozen=True, kw_only=True):
    """The challenge at hand, 1 to 6, None where none stands out; `also` is offered after it.

    `check_in` is what was computed, with its thresholds. It is no score of anybody.
    """

    challenge: int | None
    also: int | None
    why: Why
    answered: tuple[Answered, ...]
    check_in: CheckIn


def result(
    answers: Answers, asked: tuple[Screen, ...], edition: str, thresholds: Thresholds
) -> SoloResult:
    """What the answers of the practitioner's own side come to: their own pick first, then strain."""
    computed = check_in(answers, edition, thresholds)
    first, *others = (*computed.cards, None)
    return SoloResult(
        challenge=first,
        also=next(iter(others), None),
        why=_why(answers, first),
        answered=tuple(
            Answered(text=screen.text, words=_words(answers, screen)) for screen in asked
        ),
        check_in=computed,
    )


def _why(answers: Answers, first: int | None) -> Why:
    if first is not None:
        return Why.PICKED if answers.get(PICK) == first else Why.STRAINED
    asked = any(f"C{number}o" in answers for number in CHALLENGES)
    return Why.NO_STRAIN if asked else Why.NOTHING_ANSWERED


def _words(answers: Answers, screen: Screen) -> str | None:
    value = answers.get(screen.item)
    return next((c.words for c in screen.choices if c.value == str(value)), None)
