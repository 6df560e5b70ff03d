"""Rules of words applied to a text: which of them speaks first."""

from functools import cache

import msgspec

from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.rules import ReadingRule, filled, reading_rules
from rapport.knowledge.watched_words import WatchedWords


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says, by which rule of a file, and the entry rule that stands for."""

    says: str
    id: str
    rule: str | None


class _Compiled:
    def __init__(self, rule: ReadingRule, words: dict[str, str], watched: WatchedWords) -> None:
        self.cue = Cue(says=rule.says, id=rule.id, rule=rule.rule)
        self.sections = frozenset(rule.sections)
        self._found = TextPattern((filled(p, words) for p in rule.patterns), ignore_case=True)
        self._also = tuple(TextPattern([filled(p, words)], ignore_case=True) for p in rule.also)
        self._unless = TextPattern((filled(p, words) for p in rule.unless), ignore_case=True)
        wanted = (self._found, *self._also)
        self._bits = sum([watched.watch(each.needs) for each in wanted if each.needs_words])
        """The bits that a text must have for the rule to speak."""

    def speaks(self, data: bytes, section: str, bits: int) -> bool:
        if bits & self._bits != self._bits or (self.sections and section not in self.sections):
            return False
        if not self._found.is_in(data) or self._unless.is_in(data):
            return False
        return all(pattern.is_in(data) for pattern in self._also)


class Cues:
    """The rules of one file, compiled once, in their order."""

    def __init__(self, name: str) -> None:
        rules = reading_rules(name)
        self._watched = WatchedWords()
        self._rules = tuple(_Compiled(rule, rules.words, self._watched) for rule in rules.rules)

    def first(self, text: str, section: str = "", *, prefix: str = "") -> Cue | None:
        """The first rule (of those whose id begins with `prefix`) that speaks; None if none."""
        data = text.encode(errors="replace")
        bits = self._watched.bits_in(data)
        for rule in self._rules:
            if rule.cue.id.startswith(prefix) and rule.speaks(data, section, bits):
                return rule.cue
        return None


@cache
def cues(name: str) -> Cues:
    """The compiled rules of one file."""
    return Cues(name)
