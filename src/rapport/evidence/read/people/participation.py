"""Whether anybody took part of whom the badge could speak: none in reviews, essays, data, texts."""

import re
from functools import cache

import msgspec

from rapport.core.vocabulary import NOBODY, Design
from rapport.evidence.read.people.population import Population, front_of
from rapport.evidence.read.text.document import Document, SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.patterns import TextPattern
from rapport.knowledge.reading.rules import filled, reading_rules

_SHORTEST = 400
"""Characters of title and abstract below which silence about people says nothing."""
_WITH_PEOPLE = frozenset(Design) - NOBODY - {Design.IN_VITRO_OR_ANIMAL}
_OF_OTHERS = ("summary_data", "studies_pooled")
"""Rules that hold though people are counted: they are those of other studies."""
_TELLING = ("review_told", "tool_told")
"""Rules that do not hold where the design is one with people."""
_OWN_WORK = (SectionKind.METHODS, SectionKind.RESULTS, SectionKind.TABLE, SectionKind.CAPTION)


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """Why the badge does not apply: the flag that says so, and the sentence that shows it."""

    flag: str
    sentence: Sentence


def absence(document: Document, people: Population, design: Design | None) -> Absence | None:
    """Why nobody took part of whom the badge could speak; None where somebody may have.

    A title alone is not enough for it, unless it is one of news.
    """
    front = front_of(document.lookup)
    if not len(front):
        return None
    if _is_title_alone(document) and _speaks("news_titled", document.publication.title or ""):
        return _shown_by(front.sentences[0])
    if set(document.canonical.fields) == {"title"}:
        return None
    own = document.lookup.within(_OWN_WORK)
    if _is_titled_review(document.publication.title or ""):
        return _shown_by(front.sentences[0])
    found = _without_people(front, own, design)
    if found is not None:
        return found
    others = _others_alone(front, document.publication.title or front.sentences[0].text)
    if others is not None:
        return Absence(flag="nobody_studied", sentence=others)
    if people.studied_as_me_cfs or people.found_afterwards:
        return None
    return _about_something_else(document, front, own)


def _is_title_alone(document: Document) -> bool:
    """Whether there is nothing to read but the title, be it given twice."""
    fields = document.canonical.fields
    title = fields.get("title", "").strip()
    return bool(title) and all(words.strip() in ("", title) for words in fields.values())


def _others_alone(front: Lookup, title: str) -> Sentence | None:
    """The sentence on those who took part, where the title names them and none of the ill did."""
    if not front.has(_pattern("others_asked")):
        return None
    if not _speaks("others_titled", _CARED_FOR.sub(" ", title)):
        return None
    told = [(each, _CARED_FOR.sub(" ", each.text)) for each in front.sentences]
    if any(_speaks("ill_took_part", words) for _, words in told):
        return None
    return next((each for each, words in told if _speaks("others_asked", words)), None)


# "Carers of people with ME/CFS" names the ill, and counts none of them.
_CARED_FOR = re.compile(
    r"(?<=\w)\s(?:of|for|to|treating|supporting|caring for|looking after|working with"
    r"|who (?:treat|see|support|care for|look after|work with)|managing|diagnosing) "
    r"(?:[\w-]+ ){0,3}(?:patients|people|persons|individuals|adults|children|adolescents"
    r"|young people|students|relatives?|those)\b",
    re.I,
)


def _speaks(rule: str, words: str) -> bool:
    return _pattern(rule).occurs_in(words) and not _unless(rule).occurs_in(words)


def _is_titled_review(title: str) -> bool:
    return _speaks("review_titled", title) or _speaks("review_planned", title)


def _without_people(front: Lookup, own: Lookup, design: Design | None) -> Absence | None:
    for rule in (*_OF_OTHERS, *_TELLING, "texts_studied"):
        if rule not in _OF_OTHERS and front.has(_pattern("own_people")):
            return None
        if rule in _TELLING and design in _WITH_PEOPLE:
            continue
        for sentence in front.having(_pattern(rule)):
            if not _unless(rule).occurs_in(sentence.text):
                return _shown_by(sentence)
    animals = front.having(_pattern("animals_studied"))
    persons = _pattern("persons_named")
    if animals and not front.has(persons) and not own.has(persons):
        return _shown_by(animals[0])
    return None if _names_people(front, own) else _shown_by(front.sentences[-1])


def _names_people(front: Lookup, own: Lookup) -> bool:
    """Whether people are named, or may be: what is short or not in English says too little."""
    length = sum(len(sentence.text) for sentence in front.sentences)
    if length < _SHORTEST or not front.has(_pattern("in_english")):
        return True
    people = _pattern("people_named")
    return front.has(people) or own.has(people)


def _shown_by(sentence: Sentence) -> Absence:
    return Absence(flag="no_participants", sentence=sentence)


def _about_something_else(document: Document, front: Lookup, own: Lookup) -> Absence | None:
    """Whether the illness is at most mentioned: in passing, or nowhere."""
    title = document.publication.title or front.sentences[0].text
    general = _pattern("people_in_general").occurs_in(title)
    if _pattern("illness_in_question").occurs_in(title) and not general:
        return None
    if not front.has(_pattern("in_english")):
        return None
    illness = _pattern("illness_named")
    named = front.indices(illness)
    if (len(named) > 1 and not general) or own.has(illness):
        return None
    if any(_counted(front.sentences[index].text) for index in named):
        return None
    return Absence(flag="nobody_studied", sentence=front.sentences[0])


def _counted(text: str) -> bool:
    found = _pattern("illness_counted").occurs_in(text)
    return found and not _unless("illness_counted").occurs_in(text)


@cache
def _pattern(rule: str) -> TextPattern:
    return _compiled(rule, of_unless=False)


@cache
def _unless(rule: str) -> TextPattern:
    return _compiled(rule, of_unless=True)


def _compiled(rule: str, *, of_unless: bool) -> TextPattern:
    rules = reading_rules("without_participants")
    found = next(each for each in rules.rules if each.id == rule)
    sources = found.unless if of_unless else found.patterns
    return TextPattern((filled(p, rules.words) for p in sources), ignore_case=True)
