"""The screens of a check-in: one question each, in the words of the questionnaire."""

import msgspec

from rapport.knowledge.instrument import Instrument
from rapport.practice.check_in import items
from rapport.practice.check_in.wording import Wording
from rapport.practice.records.check_ins import CheckIn, Length
from rapport.practice.records.people import Respondent, Side

INSTRUMENT = {Side.PATIENT: "scc-p", Side.PRACTITIONER: "scc-c"}
_LAST_FIRST = {items.PICK: (1, 2, 3, 4, 5, 6, 7, 0), items.OWN_PICK: (1, 2, 3, 4, 5, 6, 0)}


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One answer, and what it says."""

    value: int
    words: str


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `before` stands above it; `quoted` says that it is the person's own sentence.

    `choices` is empty for the note. `open_words` is the answer that leaves it open.
    """

    item: str
    asks: str
    before: str = ""
    quoted: bool = False
    choices: tuple[Choice, ...] = ()
    open_words: str = ""

    def words_of(self, value: int) -> str:
        """What an answer says; empty for a value that the question does not have."""
        return next((each.words for each in self.choices if each.value == value), "")


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """How the two are called on screens."""

    patient: str
    practitioner: str


def screens(
    side: Side,
    length: Length,
    respondent: Respondent,
    wording: Wording,
    names: Names,
) -> tuple[Screen, ...]:
    """The questions of a check-in in their order, worded for whoever answers."""
    key = wording.instruments[INSTRUMENT[side]]
    return tuple(
        _screen(item, respondent, key, wording, names)
        for item in items.items(side, length, respondent)
    )


def of(check_in: CheckIn, wording: Wording, names: Names) -> tuple[Screen, ...]:
    """The questions of this check-in."""
    return screens(check_in.side, check_in.length, check_in.respondent, wording, names)


def _screen(
    item: str, respondent: Respondent, key: Instrument, wording: Wording, names: Names
) -> Screen:
    if item == items.NOTE:
        return Screen(item=item, asks=wording.says("check_in_screens", "note_asks"))
    before, quoted = _before(item, respondent, wording, names)
    return Screen(
        item=item,
        asks=_asks(item, key, names),
        before=before,
        quoted=quoted,
        choices=_choices(item, key),
        open_words=wording.says("check_in_screens", "cannot_say"),
    )


def _before(
    item: str, respondent: Respondent, wording: Wording, names: Names
) -> tuple[str, bool]:
    """What stands above the question, and whether the question is a sentence of the person."""
    if item in (items.HELP, items.PICK, items.OWN_PICK, items.LEVEL_SEEN):
        return "", False
    if items.sentence_of(item):
        return f"How would {names.patient} answer?", True
    if respondent is Respondent.PROXY:
        return f"Think of {names.patient}. As far as you can see:", item != items.LEVEL
    if item == items.LEVEL:
        return "", False
    other = names.patient if item in items.OWN else names.practitioner
    return wording.says("check_in_screens", "intro_name", practitioner=other), False


def _asks(item: str, key: Instrument, names: Names) -> str:
    if item == items.LEVEL_SEEN:
        return f"On most days now, {names.patient}:"
    return key.group_of(item).texts[item]


def _choices(item: str, key: Instrument) -> tuple[Choice, ...]:
    """The answers in the order of the screen; a level that is said of somebody stands in quotes."""
    words = {value: word for word, value in key.group_of(item).words.items()}
    order = _LAST_FIRST.get(item, tuple(sorted(words)))
    mark = ("“", "”") if item == items.LEVEL_SEEN else ("", "")
    return tuple(
        Choice(value=value, words=f"{mark[0]}{_capital(words[value])}{mark[1]}")
        for value in order
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
