"""Outside knowledge: what a sentence says that the record it sums up does not say.

Numbers with their units, names, and things that are named without a capital letter. What the
knowledge base knows by several names counts as one thing.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

import msgspec

from rapport.cards.numbers_said import Number, Numbers
from rapport.knowledge.patterns import PatternGroups, TextPattern
from rapport.knowledge.reading.outside import OutsideRules, outside_rules

_NAME = re.compile(r"[^\W_][\w/&+.'’α-ωΑ-Ω-]*[^\W_]|[^\W\d_]")
_WORD = re.compile(r"[^\W_]+")
_REMEMBERED = 256
"""Texts kept read: the fields of a card and the words of its rules are asked again and again."""

_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]?\s+|[\n(“\"])\s*$")


class Kind(StrEnum):
    """What was brought in from outside."""

    NUMBER = "number"
    NAME = "name"
    THING = "thing"


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a sentence, at `[start, end)` in characters, that its record does not carry."""

    kind: Kind
    words: str
    start: int
    end: int


class _Text:
    """What one text says, each kind read when it is first asked for."""

    def __init__(self, text: str, numbers: Numbers) -> None:
        self.text = text
        self._reader = numbers

    @cached_property
    def _values(self) -> tuple[tuple[re.Match[str], Decimal], ...]:
        return tuple(self._reader.values(self.text))

    def has_number(self, number: Number) -> bool:
        return self._reader.carries(number, self.text, self._values)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in _WORD.findall(self.text))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(_plain(name) for name in _NAME.findall(self.text))


class _Record:
    """The texts of a record as one."""

    def __init__(self, texts: list[_Text]) -> None:
        self._texts = texts

    def has_number(self, number: Number) -> bool:
        return any(text.has_number(number) for text in self._texts)

    def has_thing(self, thing: TextPattern) -> bool:
        return any(thing.occurs_in(text.text) for text in self._texts)

    def has_word(self, word: str) -> bool:
        return any(word in text.words for text in self._texts)

    def has_name(self, name: str) -> bool:
        return any(name in text.names for text in self._texts)


class OutsideKnowledge:
    """Compares sentences with records; compiled once, pure."""

    def __init__(self, rules: OutsideRules | None = None) -> None:
        chosen = rules or outside_rules()
        self._numbers = Numbers(chosen)
        self._ordinary = frozenset(
            word.casefold()
            for said in (*chosen.ordinary, *chosen.about)
            for word in said.split()
        )
        things = [group for groups in chosen.things.values() for group in groups]
        self._things = [TextPattern(group, ignore_case=True) for group in things]
        self._which_things = PatternGroups(things)
        self._endings = TextPattern(
            [rf"\b(?:{ending})\b" for ending in chosen.endings], ignore_case=True
        )
        self._text = lru_cache(maxsize=_REMEMBERED)(self._read)

    def _read(self, text: str) -> _Text:
        return _Text(text, self._numbers)

    def found(self, sentence: str, record: Iterable[str]) -> tuple[Outside, ...]:
        """Everything in the sentence that the record's texts do not carry, in order.

        A sentence that stands in the record has none.
        """
        texts = tuple(record)
        if any(sentence in text for text in texts):
            return ()
        known = _Record([self._text(text) for text in texts])
        every = [
            *self._unknown_numbers(sentence, known),
            *self._unknown_things(sentence, known),
            *self._unknown_names(sentence, known),
        ]
        return tuple(_without_overlap(sorted(every, key=lambda each: (each.start, -each.end))))

    def _unknown_numbers(self, sentence: str, record: _Record) -> Iterator[Outside]:
        for number in self._numbers.said(sentence):
            if not record.has_number(number):
                yield Outside(
                    kind=Kind.NUMBER, words=number.words, start=number.start, end=number.end
                )

    def _unknown_things(self, sentence: str, record: _Record) -> Iterator[Outside]:
        for thing in self._things_in(sentence):
            if not record.has_thing(thing):
                for place in thing.places(sentence):
                    yield _outside(Kind.THING, sentence, *place)
        for start, end in self._endings.places(sentence):
            if not record.has_word(sentence[start:end].casefold()):
                yield _outside(Kind.THING, sentence, start, end)

    def _things_in(self, sentence: str) -> list[TextPattern]:
        found = self._which_things.found([sentence.encode("utf-8", "replace")])[0]
        return [self._things[number] for number in found]

    def _unknown_names(self, sentence: str, record: _Record) -> Iterator[Outside]:
        looked_at = [
            place for thing in self._things_in(sentence) for place in thing.places(sentence)
        ]
        looked_at += [(each.start, each.end) for each in self._numbers.said(sentence)]
        for match in _NAME.finditer(sentence):
            name = match.group()
            if not self._is_name(sentence, match) or self._is_known(name, record):
                continue
            if not any(start < match.end() and match.start() < end for start, end in looked_at):
                yield _outside(Kind.NAME, sentence, match.start(), match.end())

    def _is_name(self, sentence: str, match: re.Match[str]) -> bool:
        name = match.group()
        if not any(letter.isalpha() for letter in name):
            return False
        has_inner = any(letter.isupper() for letter in name[1:]) or (
            any(letter.isdigit() for letter in name) and not name[0].isdigit()
        )
        if has_inner:
            return True
        starts = _SENTENCE_START.search(sentence[: match.start()]) is not None
        return name[0].isupper() and not (starts and name.casefold() in self._ordinary)

    def _is_known(self, name: str, record: _Record) -> bool:
        plain = _plain(name)
        if record.has_name(plain) or name.casefold() in self._ordinary:
            return True
        parts = [part.casefold() for part in _WORD.findall(name)]
        return bool(parts) and all(
            record.has_word(part) or record.has_word(_singular(part)) for part in parts
        )


def _outside(kind: Kind, sentence: str, start: int, end: int) -> Outside:
    return Outside(kind=kind, words=sentence[start:end], start=start, end=end)


def _plain(name: str) -> str:
    """A name without its case, possessive or plural, so that forms of it are one."""
    return _singular(re.sub(r"['’]s?$", "", name).casefold())


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _without_overlap(found: list[Outside]) -> Iterator[Outside]:
    end = 0
    for each in found:
        if each.start >= end:
            yield each
            end = each.end
