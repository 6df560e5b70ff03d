"""Answers as they are given, checked against the key: every item known, every value possible.

No error here repeats a value: answers belong to people. It names the item and what may stand there.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import cast

from rapport.core.errors import InputError, UserError
from rapport.knowledge.instrument import Instrument, Items

WHERE = "the answers"


def checked(
    instrument: Instrument, given: Mapping[str, object], *, where: str = WHERE
) -> dict[str, float]:
    """The answers as numbers, by the ids of the key.

    A value is a number, or one of the item's answers in words. Items with parts may be given in
    one ({"14": {"frequency": 2, "severity": 3}}) or apart (14f and 14s).
    Items that the key names as not scored are passed over.
    Missing: an item that is left out, or null, is missing, and not in the result.
    Errors: InputError for an unknown item, text where a number belongs, or a value outside the
        item's range, naming the item; for no answers at all.
    """
    flat = _flat(instrument, given, where)
    groups = {
        f"{item}{part}": group
        for group in instrument.items
        for item in group.ids
        for part in group.parts or ("",)
    }
    found: dict[str, float] = {}
    for item, value in flat.items():
        if item not in groups:
            raise _unknown(instrument, item, where)
        if value is not None:
            found[item] = _number(groups[item], item, value, where)
    if not found:
        raise InputError(
            "there are no answers",
            where=where,
            fix=f"give them as {{item: value}}: {_asked(instrument)}",
        )
    return found


def refuse_incomplete(instrument: Instrument) -> None:
    """UserError (refused) where the key is not known well enough to score anything."""
    if instrument.incomplete:
        raise UserError(
            f"{instrument.name} is not scored: {instrument.incomplete}",
            where=f"the key of {instrument.id}",
            fix="use scores that were made by somebody who has the key; "
            f"rapport knowledge show {instrument.id} says what is known",
        )


def _flat(instrument: Instrument, given: Mapping[str, object], where: str) -> dict[str, object]:
    """The answers with those in parts apart."""
    parts = {
        item: group.parts for group in instrument.items for item in group.ids if group.parts
    }
    flat: dict[str, object] = {}
    for name, value in given.items():
        if name.strip() in instrument.not_scored:
            continue
        for item, answer in _apart(name.strip(), value, parts.get(name.strip(), {}), where):
            if item in flat:
                raise InputError(
                    "the item is answered twice", where=f"{where}, item {item}", fix="keep one"
                )
            flat[item] = answer
    return flat


def _apart(
    item: str, value: object, parts: Mapping[str, str], where: str
) -> list[tuple[str, object]]:
    if not isinstance(value, Mapping):
        return [(item, value)]
    names = {
        **{short: short for short in parts},
        **{full: short for short, full in parts.items()},
    }
    found: list[tuple[str, object]] = []
    for name, answer in cast("Mapping[str, object]", value).items():
        if name not in names:
            raise InputError(
                "the item has no such part",
                where=f"{where}, item {item}",
                fix=f"give {' and '.join(parts.values())}" if parts else "give one value",
            )
        found.append((f"{item}{names[name]}", answer))
    return found


def _number(group: Items, item: str, value: object, where: str) -> float:
    if isinstance(value, str):
        value = _word(group, value)
    if isinstance(value, bool) and set(group.words) == {"yes", "no"}:
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(
            "the answer is not a number", where=f"{where}, item {item}", fix=_possible(group)
        )
    if not is_possible(group, value):
        raise InputError(
            "the answer is not a possible one",
            where=f"{where}, item {item}",
            fix=_possible(group),
        )
    return float(value)


def _word(group: Items, text: str) -> object:
    """The number of an answer in words, whatever its case; the text where it is none of them."""
    words = {word.casefold(): number for word, number in group.words.items()}
    return words.get(" ".join(text.split()).casefold(), text)


def is_possible(group: Items, value: float) -> bool:
    """Whether an item of the group can have this value; what is not a number is none."""
    if not group.lowest <= value <= group.highest:
        return False
    return not group.whole or value == int(value)


def _possible(group: Items) -> str:
    kind = "a whole number" if group.whole else "a number"
    words = f", or one of: {'; '.join(group.words)}" if group.words else ""
    return f"give {kind} from {group.lowest:g} to {group.highest:g}{words}; leave out what was not answered"


def _unknown(instrument: Instrument, item: str, where: str) -> InputError:
    near = get_close_matches(item, instrument.answer_ids(), n=1)
    return InputError(
        f"{instrument.id} has no such item, or its key does not use it",
        where=f"{where}, item {item[:40]}",
        fix=f"did you mean {near[0]}?" if near else f"leave it out; {_asked(instrument)}",
    )


def _asked(instrument: Instrument) -> str:
    ids = instrument.answer_ids()
    return f"its items are {', '.join(ids[:8])}{' and so on' if len(ids) > 8 else ''}"
