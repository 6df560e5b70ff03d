"""The words of the check-ins: the questionnaires, and the passages that stand around them."""

from collections.abc import Mapping

import msgspec

from rapport.knowledge.instrument import Instrument
from rapport.knowledge.practice import Practice


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that screens of the check-ins say, from the knowledge base."""

    instruments: Mapping[str, Instrument]
    practice: Practice

    def says(self, text: str, passage: str, **filled: object) -> str:
        """A passage of a text, with what it leaves to be filled in.

        Raises: KeyError for one that the knowledge base does not have.
        """
        return self.practice.texts[text].passages[passage].format(**filled)

    def lines(self, text: str) -> Mapping[str, str]:
        """The lines of a text to choose from, by name."""
        return self.practice.texts[text].lines

    def passages(self, text: str) -> Mapping[str, str]:
        """All passages of a text, by name."""
        return self.practice.texts[text].passages

    @property
    def labels(self) -> dict[int, str]:
        """The six challenges in the words of the person's screens."""
        return {each.number: each.label for each in self.practice.challenges.challenges}
