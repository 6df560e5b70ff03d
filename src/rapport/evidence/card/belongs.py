"""Whether a sentence belongs in the part of the card that its kind would put it in.

The kind of a sentence is weighed from its words and its place; a card asks more. A remaining
question asks for work or names what is not known. A conclusion concludes: a plain result is one
wherever it stands. What stands in one part stands in no other. The words are
knowledge/data/reading/statements/belongs.toml.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapport.cards.facts import ReadStatement
from rapport.core.vocabulary import StatementKind
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.belonging import belonging

_RULES = belonging()
_ASKS, _DONE, _REPORTS, _CONCLUDES, _ANNOUNCES = (
    TextPattern(patterns, ignore_case=True)
    for patterns in (
        _RULES.asks,
        _RULES.done,
        _RULES.reports,
        _RULES.concludes,
        _RULES.announces,
    )
)
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_FEWEST_WORDS = 8
_ALIKE = 0.9
"""Share of the words of the shorter sentence that the longer one has too, from which on
they say the same."""


def asks(text: str) -> bool:
    """Whether a sentence asks for work that is to come, or names what is not known."""
    said = _even(text)
    return _ASKS.occurs_in(said) and not _DONE.occurs_in(said)


def only_reports(text: str) -> bool:
    """Whether a sentence tells a result, or where results are, and concludes nothing from it."""
    said = _even(text)
    return _REPORTS.occurs_in(said) and not _CONCLUDES.occurs_in(said)


def announces(text: str) -> bool:
    """Whether a sentence says what the text is going to do: nothing is found or concluded."""
    return _ANNOUNCES.occurs_in(_even(text))


def _even(text: str) -> str:
    """The text with one plain space for each stretch of white space, as the patterns have it."""
    return " ".join(text.split())


def belongs(statement: ReadStatement) -> bool:
    """Whether a card has a place for the sentence: as a question that asks, as a conclusion
    that concludes. Findings have one, if they tell more than what is to come."""
    if statement.kind is StatementKind.OPEN:
        return asks(statement.quote)
    if announces(statement.quote):
        return False
    return statement.kind is not StatementKind.INFERRED or not only_reports(statement.quote)


def each_once(statements: Iterable[ReadStatement]) -> list[ReadStatement]:
    """The sentences without those that say what an earlier one says, whatever their kind.

    Two findings are the same only if their words are: one word may turn the other around.
    """
    kept: list[ReadStatement] = []
    for each in statements:
        if not any(_says_the_same(each, one) for one in kept):
            kept.append(each)
    return kept


def _says_the_same(one: ReadStatement, other: ReadStatement) -> bool:
    some, others = _words(one.quote), _words(other.quote)
    if one.kind is other.kind is StatementKind.OBSERVED:
        return some == others
    fewest = min(len(some), len(others))
    is_long = fewest >= _FEWEST_WORDS
    return some == others or (is_long and len(some & others) >= _ALIKE * fewest)


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))
