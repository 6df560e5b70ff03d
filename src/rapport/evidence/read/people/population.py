"""Whom a study is about: people studied as ME/CFS, another group, or nobody."""

import re
from functools import cache

import msgspec

from rapport.evidence.read.text.document import Document, SectionKind
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.rules import ReadingRule, filled, reading_rules

_FRONT = (SectionKind.TITLE, SectionKind.ABSTRACT)
_MOST_FRONT = 40
_YEAR = re.compile(r"\b(19[89]\d|20[0-3]\d)\b")
_RECRUITED = TextPattern(["recruit", "enrol", "collected", "conducted"], ignore_case=True)
_LONG_TEXT = 5000
_FEWEST = 2


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """What title and abstract say of the people studied.

    `me_cfs` and `long_covid` count mentions; `studied_as_me_cfs` says that a group is called
    ME/CFS patients; `found_afterwards` that ME/CFS was looked for in a cohort of another kind.
    """

    me_cfs: int
    long_covid: int
    studied_as_me_cfs: int
    found_afterwards: int
    is_notice: bool

    @property
    def is_covid_cohort(self) -> bool:
        """Whether the people are, first of all, people after COVID-19."""
        return self.long_covid > 0 and self.long_covid >= self.me_cfs


@cache
def pattern_of(rule: str) -> TextPattern:
    """The patterns of one rule of populations.toml."""
    words = reading_rules("populations").words
    return TextPattern((filled(p, words) for p in _rule(rule).patterns), ignore_case=True)


@cache
def said_by(rule: str) -> str:
    """What one rule of populations.toml says."""
    return _rule(rule).says


def _rule(rule: str) -> ReadingRule:
    return next(each for each in reading_rules("populations").rules if each.id == rule)


def population(document: Document) -> Population:
    """Whom the study is about, from its title and abstract (or its first sentences)."""
    front = front_of(document.lookup)
    text = " \n".join(sentence.text for sentence in front.sentences)
    title = document.publication.title or (front.sentences[0].text if len(front) else "")
    return Population(
        me_cfs=front.count(pattern_of("me_cfs")),
        long_covid=front.count(pattern_of("long_covid")),
        studied_as_me_cfs=front.count(pattern_of("studied_as_me_cfs")),
        found_afterwards=len(front.indices(pattern_of("found_afterwards"))),
        is_notice=pattern_of("notice").occurs_in(title)
        or (len(text) < 600 and pattern_of("notice").occurs_in(text)),
    )


def front_of(lookup: Lookup) -> Lookup:
    """Title and abstract; of a text without an abstract its first sentences."""
    sections = [sentence.section for sentence in lookup.sentences]
    front = [index for index, section in enumerate(sections) if section in _FRONT]
    if len(front) < _FEWEST + 1:
        front += [index for index, section in enumerate(sections) if section not in _FRONT][:12]
    return lookup.part(front[:_MOST_FRONT])


def publication_year(document: Document) -> int | None:
    """The year of publication: the record's, else the latest year a long text names."""
    date = document.publication.date
    if date is not None:
        return date.year
    text = document.canonical.fields.get("text", "")
    years = [int(year) for year in _YEAR.findall(text)] if len(text) >= _LONG_TEXT else []
    return max(years, default=None)


def recruited_from(lookup: Lookup) -> int | None:
    """The first year that a sentence of the methods, or of the abstract, about recruitment names.

    Missing: None if none does.
    """
    methods = lookup.within([SectionKind.METHODS]) or lookup.within([SectionKind.ABSTRACT])
    years = [
        int(year)
        for sentence in methods.having(_RECRUITED)
        for year in _YEAR.findall(sentence.text)
    ]
    return min(years, default=None)
