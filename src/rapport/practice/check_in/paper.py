"""The paper sheet: the same questions under the same ids, and what was ticked on it.

On the sheet the answers stand in the order of the screen, a box before each.
"""

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from rapport.core.errors import InputError
from rapport.practice.check_in import items
from rapport.practice.check_in.limits import LIMITS, Limits
from rapport.practice.check_in.progress import Given, answered
from rapport.practice.check_in.screens import Screen
from rapport.practice.records.check_ins import CheckIn, Entered


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What cannot be taken of one question, and what to do. It repeats no answer."""

    item: str
    problem: str


def keyed_in(
    draft: CheckIn,
    screens: Sequence[Screen],
    fields: Mapping[str, str],
    at: datetime.datetime,
    limits: Limits = LIMITS,
) -> tuple[CheckIn, tuple[Fault, ...]]:
    """The draft with what was ticked, and every fault; nothing is timed.

    A field is an item's id with the number of an answer as text; empty or missing is left open.
    With faults the draft that comes back holds all the others: nothing is lost.
    """
    made = msgspec.structs.replace(draft, entered=Entered.PAPER)
    faults: list[Fault] = []
    for screen in screens:
        text = fields.get(screen.item, "").strip()
        try:
            made = answered(made, screen, _given(screen, text, at), limits)
        except InputError as error:
            faults.append(Fault(item=screen.item, problem=f"{error.problem} {_do(error.fix)}"))
    return msgspec.structs.replace(made, seconds={}, counted_until=None), tuple(faults)


def _given(screen: Screen, text: str, at: datetime.datetime) -> Given:
    if screen.item == items.NOTE:
        return Given(note=text, at=at)
    if not text:
        return Given(at=at)
    is_number = text.isascii() and text.isdecimal() and len(text) < 3
    return Given(value=int(text) if is_number else -1, at=at)


def _do(fix: str) -> str:
    return f"{fix[:1].upper()}{fix[1:]}."
