"""Rules that read values of closed vocabularies: files of cues in knowledge/data/reading."""

from functools import cache

import msgspec

from rapport.knowledge.model import Entry
from rapport.knowledge.reading.designs import Cue
from rapport.knowledge.reading.files import rule_file

CONDUCT = "design/conduct.toml"
DESCRIBED = "participants/described.toml"
HARMS = "harms/harms.toml"


class ValueCue(Cue, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cue for a value (`says`) of a field."""

    field: str
    says: str


class ValueRules(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The cues of one file; `{name}` in a pattern stands for a piece of `words`."""

    cues: tuple[ValueCue, ...]
    words: dict[str, str] = msgspec.field(default_factory=dict[str, str])

    def filled(self) -> tuple[ValueCue, ...]:
        """The cues with the pieces of `words` put in for their names."""
        return tuple(
            msgspec.structs.replace(
                cue,
                patterns=tuple(self._filled(each) for each in cue.patterns),
                unless=tuple(self._filled(each) for each in cue.unless),
            )
            for cue in self.cues
        )

    def _filled(self, pattern: str) -> str:
        for name, piece in self.words.items():
            pattern = pattern.replace("{" + name + "}", piece)
        return pattern


class CountryNames(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Each country's English name with the other ways to write it."""

    names: dict[str, tuple[str, ...]]


@cache
def value_rules(name: str) -> ValueRules:
    """One packaged file, read once. Raises: InputError if it does not fit its type."""
    return rule_file(name, ValueRules)


@cache
def country_names() -> CountryNames:
    """The packaged names, read once. Raises: InputError if the file does not fit its type."""
    return rule_file("participants/countries.toml", CountryNames)
