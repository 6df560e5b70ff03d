"""The words around a number that tell what it counts, as patterns compiled once.

The words are data (knowledge/data/reading/participants). Which of them are asked about a number, on
which side of it and in what order, is the grammar of counting, and stands in the modules that ask.
"""

from functools import cache

from rapport.evidence.read.text.numbers import DIGITS, WORDS
from rapport.knowledge.patterns import BytesPattern
from rapport.knowledge.reading.people import around_rules, people_rules
from rapport.knowledge.reading.rules import filled


@cache
def around(rule: str) -> BytesPattern:
    """The patterns of a rule, and of those that it includes. Raises: KeyError for no rule."""
    patterns, also = _rules()[rule]
    included = (each for name in also for each in around(name).sources)
    return BytesPattern([*patterns, *included])


@cache
def _rules() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of each rule its patterns, words filled in, and the names of the rules it includes."""
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for file in around_rules():
        words = {"digits": DIGITS, "number": WORDS, **people_rules().words}
        for name, piece in file.words.items():
            words[name] = filled(piece, words)
        for rule in file.rules:
            found[rule.id] = (tuple(filled(each, words) for each in rule.patterns), rule.also)
    return found
