"""After a visit: three taps for each side, one question 48 hours later, and what did harm."""

import datetime
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from rapport.core.errors import InputError
from rapport.practice.records.kept import Kept
from rapport.practice.records.people import Side
from rapport.practice.records.visits import AfterVisit, Harm, TwoDaysLater, Visit, Worse

LATER = datetime.timedelta(hours=48)
LONGEST_WAIT = datetime.timedelta(days=14)
"""Until when the question of 48 hours later is still asked: later nobody can remember."""


class Tap(StrEnum):
    """The three questions, in their order."""

    TALKED = "talked"
    USEFUL = "useful"
    WORSE = "worse"


YES_NO = ("yes", "no")
HOW_MUCH = ("no", "a_little", "much")


def choices(tap: Tap) -> tuple[str, ...]:
    """The answers of a question."""
    return HOW_MUCH if tap is Tap.WORSE else YES_NO


def tapped(after: AfterVisit, tap: Tap, value: str) -> AfterVisit:
    """With one question answered; tapped twice, it is the same.

    Raises: InputError for an answer that the question does not have.
    """
    if value not in choices(tap):
        raise InputError(
            "This is not one of the answers.", where="after the visit", fix="choose one of them"
        )
    if tap is Tap.WORSE:
        return msgspec.structs.replace(after, worse=worse(value))
    is_yes = value == "yes"
    if tap is Tap.TALKED:
        return msgspec.structs.replace(after, talked=is_yes)
    return msgspec.structs.replace(after, useful=is_yes)


def worse(value: str) -> Worse:
    """How much worse, from an answer. Raises: InputError for an answer that there is not."""
    if value not in HOW_MUCH:
        raise InputError(
            "This is not one of the answers.", where="the question", fix="choose one of them"
        )
    return Worse(value.replace("_", " "))


def next_tap(after: AfterVisit | None) -> Tap | None:
    """The first question without an answer; None when all three are answered."""
    if after is None:
        return Tap.TALKED
    given = {Tap.TALKED: after.talked, Tap.USEFUL: after.useful, Tap.WORSE: after.worse}
    return next((tap for tap, value in given.items() if value is None), None)


def taps_of(kept: Iterable[Kept], visit: str, side: Side) -> Kept | None:
    """What a side has tapped after a visit; the first such record, None if there is none."""
    return next(
        (
            each
            for each in kept
            if isinstance(each.record, AfterVisit)
            and each.record.visit == visit
            and each.record.side is side
        ),
        None,
    )


def to_ask_later(
    about: Iterable[tuple[str, datetime.datetime]],
    said: Iterable[TwoDaysLater],
    now: datetime.datetime,
) -> tuple[str, ...]:
    """The ids of what the person is to be asked about: 48 hours to 14 days ago, not yet answered.

    `about` are ids of visits and check-ins with when they were.
    """
    answered = {each.about for each in said}
    return tuple(
        name
        for name, when in about
        if name not in answered and LATER <= now - when <= LONGEST_WAIT
    )


def visits_of(kept: Iterable[Kept]) -> tuple[Kept, ...]:
    """The visits, the newest first."""
    found = [(each.record.on, each) for each in kept if isinstance(each.record, Visit)]
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0], reverse=True))


def to_review(kept: Iterable[Kept]) -> tuple[Kept, ...]:
    """The harm log: what nobody has looked at yet first, the oldest of them at the top."""
    lines = [(each, each.record) for each in kept if isinstance(each.record, Harm)]
    waiting = [pair for pair in lines if pair[1].reviewed_on is None]
    done = [pair for pair in lines if pair[1].reviewed_on is not None]
    waiting.sort(key=lambda pair: (pair[1].on, pair[0].made_at))
    done.sort(key=lambda pair: (pair[1].on, pair[0].made_at), reverse=True)
    return tuple(each for each, _ in (*waiting, *done))


def reviewed(harm: Harm, review: str, on: datetime.date) -> Harm:
    """A line of the harm log with what came of looking at it. Raises: InputError without words."""
    if not review.strip():
        raise InputError("Nothing is written.", where="the review", fix="write what was done")
    return msgspec.structs.replace(harm, review=review.strip(), reviewed_on=on)
