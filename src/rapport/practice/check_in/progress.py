"""How far a check-in is, and what one more answer makes of it.

An answer can be given twice without harm: the record is then the same. Active time is the time
from when a page was made to when its answer came, less than `Limits.longest_screen`, and never
the time before the last answer that was counted: so no second counts twice, and none of a rest.
"""

import datetime
from collections.abc import Sequence

import msgspec

from rapport.core.errors import InputError
from rapport.practice.check_in.items import NOTE
from rapport.practice.check_in.limits import LIMITS, Limits
from rapport.practice.check_in.screens import Screen
from rapport.practice.draft import recap
from rapport.practice.records.check_ins import CheckIn


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How many screens are done, which is the next that is not, and which was answered last.

    `next` is None when all are done, `last` while none is. A screen is done when it was
    answered, or left open on purpose.
    """

    done: int
    total: int
    next: Screen | None
    last: Screen | None

    @property
    def words(self) -> str:
        """The recap in a line: "You have done 5 of 9. Last: ..."."""
        return recap(self.done, self.total, self.last.asks if self.last else "")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What came from one screen: `value` None leaves it open; `note` is that of the note.

    `served_at` is when the page was made, None where that is not known, `at` when it came back.
    """

    value: int | None = None
    note: str = ""
    served_at: datetime.datetime | None = None
    at: datetime.datetime


def progress(check_in: CheckIn, screens: Sequence[Screen]) -> Progress:
    """How far it is. The last one answered is the last in order before the next one, if any."""
    done = [each for each in screens if is_done(check_in, each.item)]
    return Progress(
        done=len(done),
        total=len(screens),
        next=next((each for each in screens if not is_done(check_in, each.item)), None),
        last=_last(check_in, done),
    )


def _last(check_in: CheckIn, done: Sequence[Screen]) -> Screen | None:
    """The screen that was answered last: `seconds` keeps the order in which answers came."""
    by_item = {each.item: each for each in done}
    timed = [by_item[item] for item in check_in.seconds if item in by_item]
    return timed[-1] if timed else (done[-1] if done else None)


def is_done(check_in: CheckIn, item: str) -> bool:
    """Whether the screen was answered or left open on purpose."""
    answered = bool(check_in.note) if item == NOTE else item in check_in.answers
    return answered or item in check_in.cannot_say


def answered(
    check_in: CheckIn, screen: Screen, given: Given, limits: Limits = LIMITS
) -> CheckIn:
    """The check-in with one screen answered. Raises: InputError for what cannot be kept.

    A note that is longer than may be is refused whole, and nothing of it is cut off.
    """
    _refuse(check_in, screen, given, limits)
    item = screen.item
    answers = {name: value for name, value in check_in.answers.items() if name != item}
    open_items = tuple(name for name in check_in.cannot_say if name != item)
    note = given.note.strip() if item == NOTE else check_in.note
    is_open = not note if item == NOTE else given.value is None
    if given.value is not None and item != NOTE:
        answers[item] = given.value
    return msgspec.structs.replace(
        check_in,
        answers=answers,
        cannot_say=(*open_items, item) if is_open else open_items,
        note=note,
        seconds=_timed(check_in, item, given, limits),
        counted_until=given.at,
    )


def _refuse(check_in: CheckIn, screen: Screen, given: Given, limits: Limits) -> None:
    if check_in.sent_at is not None:
        raise InputError("This check-in is sent.", where="the check-in", fix="begin a new one")
    if given.value is not None and not screen.words_of(given.value):
        raise InputError(
            "This is not one of the answers.",
            where=f"item {screen.item}",
            fix="choose one of the answers, or leave it open",
        )
    over = len(given.note.strip()) - limits.longest_note
    if screen.item == NOTE and over > 0:
        raise InputError(
            f"It is too long by {over} letters.",
            where="the note",
            fix="make it a little shorter",
        )


def active_seconds(check_in: CheckIn) -> float:
    """Seconds that were spent on screens, rests left out."""
    return sum(check_in.seconds.values())


def _timed(check_in: CheckIn, item: str, given: Given, limits: Limits) -> dict[str, float]:
    """The seconds of each screen; that of this answer comes last in the order."""
    others = {name: spent for name, spent in check_in.seconds.items() if name != item}
    spent = check_in.seconds.get(item, 0.0) + _spent(check_in, given, limits)
    return {**others, item: round(spent, 1)}


def _spent(check_in: CheckIn, given: Given, limits: Limits) -> float:
    if given.served_at is None:
        return 0.0
    known = [given.served_at, check_in.started_at, check_in.counted_until]
    begun = max(each for each in known if each is not None)
    return min(max((given.at - begun).total_seconds(), 0.0), limits.longest_screen)


def is_stop_offered(before: CheckIn, after: CheckIn, limits: Limits = LIMITS) -> bool:
    """Whether this answer crossed another `stop_after` active seconds: 3 minutes, 6, and so on."""
    each = limits.stop_after
    return active_seconds(after) // each > active_seconds(before) // each


def after(screens: Sequence[Screen], item: str) -> Screen | None:
    """The screen that follows in order; None after the last one."""
    return _beside(screens, item, 1)


def before(screens: Sequence[Screen], item: str) -> Screen | None:
    """The screen that comes before in order; None before the first one."""
    return _beside(screens, item, -1)


def _beside(screens: Sequence[Screen], item: str, step: int) -> Screen | None:
    names = [each.item for each in screens]
    place = names.index(item) + step
    return screens[place] if 0 <= place < len(screens) else None
