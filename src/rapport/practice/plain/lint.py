"""What is wrong with the words of the wing: banned terms, long sentences, hard reading. Pure."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from rapport.knowledge.checking.problem import Problem, error
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.practice import Audience, BannedTerm, SafetyRule
from rapport.practice.plain.reading import grade, longest, sentences, words
from rapport.practice.safety.effects import Effect
from rapport.practice.safety.rules import moment

HIGHEST_GRADE = {Audience.PERSON: 6.0, Audience.PRACTITIONER: 9.0}
MOST_WORDS = {Audience.PERSON: 12, Audience.PRACTITIONER: 25}
"""Words of a sentence."""
ENOUGH_WORDS = 30
"""Words from which on a grade means something."""


class UserText(msgspec.Struct, frozen=True, kw_only=True):
    """Words that somebody reads, and where they stand.

    `may_name`: banned terms may stand here, since it tells what to avoid or what a study said.
    """

    where: str
    text: str
    audience: Audience
    may_name: bool = False


class Lint:
    """Checks texts; the banned terms are compiled once."""

    def __init__(self, banned: Iterable[BannedTerm]) -> None:
        self._banned = [
            (TextPattern((term.pattern,), ignore_case=True), term.why) for term in banned
        ]

    def problems(self, texts: Iterable[UserText]) -> Iterator[Problem]:
        """Everything wrong with the texts. The grade is that of all that stands in one place."""
        places: dict[tuple[str, Audience], list[str]] = {}
        for text in texts:
            yield from self.terms(text)
            yield from _too_long(text)
            places.setdefault((text.where, text.audience), []).append(text.text)
        for (where, audience), parts in places.items():
            yield from _too_hard(where, audience, "\n".join(parts))

    def terms(self, text: UserText) -> Iterator[Problem]:
        """The banned terms that a text says."""
        if text.may_name:
            return
        for pattern, why in self._banned:
            for start, end in pattern.places(text.text):
                yield error(
                    text.where,
                    f"it says “{text.text[start:end]}”: {why}",
                    "say it in other words; it may stand under “avoid” and in notes on evidence",
                )


def lint_of(rules: Mapping[str, SafetyRule]) -> Lint:
    """The lint with the terms that the safety rules ban, while a rule refuses texts for them."""
    refuses = moment({"text": "banned_term"}, rules).has(Effect.REFUSE_TEXT)
    return Lint(term for rule in rules.values() for term in rule.banned if refuses)


def _too_long(text: UserText) -> Iterator[Problem]:
    most = MOST_WORDS[text.audience]
    for part in sentences(text.text):
        if len(words(part)) > most:
            yield error(
                text.where,
                f"a sentence for the {text.audience.value} has {len(words(part))} words: {part}",
                f"make it {most} words at most",
            )


def _too_hard(where: str, audience: Audience, text: str) -> Iterator[Problem]:
    found, most = grade(text), HIGHEST_GRADE[audience]
    if len(words(text)) >= ENOUGH_WORDS and found > most:
        yield error(
            where,
            f"its reading level for the {audience.value} is grade {found:.1f}",
            f"make it grade {most:g} at most: shorter words, and sentences shorter than "
            f"“{' '.join(longest(text))}”",
        )
