"""The site's own words: there for every value, and easy to read."""

import inspect
import pkgutil
import re
from enum import Enum
from importlib import import_module

import pytest

from rapport import web
from rapport.cards.badge_words import BADGES
from rapport.core.vocabulary import ReadScope
from rapport.evidence import read
from rapport.evidence.after import crossref, retraction_watch
from rapport.evidence.evaluate import readings, statements
from rapport.evidence.publication import RelationKind
from rapport.web import content, words

# Words that have to be used and are explained; they are not counted as hard.
TERMS = re.compile(
    r"post-exertional malaise|myalgic encephalomyelitis|chronic fatigue syndrome|ME/CFS|PEM"
    r"|definitions?|abstract|criteria|retracted|Rapport|conclusions?",
    re.IGNORECASE,
)


def syllables(word):
    """A rough count: groups of vowels, less a silent e at the end."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(1, groups - silent)


def grade(texts):
    """The Flesch-Kincaid grade of all texts together."""
    text = TERMS.sub("term", " ".join(texts))
    sentences = [s for s in re.split(r"[.!?:]+\s", text + " ") if s.strip()]
    spoken = re.findall(r"[A-Za-z']+", text)
    per_sentence = len(spoken) / len(sentences)
    per_word = sum(syllables(word) for word in spoken) / len(spoken)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def tables():
    """By its address, every table of the site that says something for members of an enum."""
    found = {}
    for module in pkgutil.walk_packages(web.__path__, "rapport.web."):
        if module.name == "rapport.web.wsgi":  # starts the site
            continue
        for name, table in vars(import_module(module.name)).items():
            if isinstance(table, dict) and any(isinstance(key, Enum) for key in table):
                found.setdefault(id(table), (f"{module.name}.{name}", table))
    return dict(found.values())


TABLES = tables()
SOME_ONLY = {
    "rapport.web.curation.question_words._JOINED",  # one definition is joined to nothing
    "rapport.web.palettes.PALETTES",  # the device's own look is one of the others
    "rapport.web.people.access._ROLES",  # not every page asks for a role
    "rapport.web.practice.access.ROLES",  # pages that anybody may open ask for none
    "rapport.web.practice.check_in.begin.PROXY",  # a proxy is asked little
    "rapport.web.practice.pair.over_time._TO_THE_PERSON",  # "your own" is said to the person alone
    "rapport.web.since._RECORDS",  # for cards that are on one side alone
    "rapport.web.words.ILL",  # who could not leave the house is told in words of its own
}


@pytest.mark.parametrize("address", sorted(set(TABLES) - SOME_ONLY))
def test_every_value_has_its_words(address):
    vocabularies = {type(key) for key in TABLES[address]}
    assert {member for each in vocabularies for member in each} == set(TABLES[address])
    assert len(vocabularies) == 1


def test_the_tables_for_some_values_are_there_and_are_for_some():
    for address in SOME_ONLY:
        assert 0 < len(TABLES[address]) < len(type(next(iter(TABLES[address]))))


def test_every_relation_has_its_words():
    assert set(words.RELATIONS) == {kind.value for kind in RelationKind}


MODULES_OF_READING = [
    each.name for each in pkgutil.walk_packages(read.__path__, "rapport.evidence.read.")
]


def test_every_flag_that_the_reading_raises_has_its_words():
    sources = (inspect.getsource(import_module(one)) for one in MODULES_OF_READING)
    written = "".join(source for source in sources if "flags" in source)
    raised = set(re.findall(r'flags\.append\("(\w+)"\)|\(("\w+"),\)', written))
    names = {one.strip('"') for pair in raised for one in pair if one}
    assert names >= {"reworded", "own_rule"}  # the pattern still finds them
    assert names <= set(words.FLAGS)


def test_every_field_that_can_be_measured_has_its_words():
    of_statements = set(re.findall(r'evaluation\("(\w+)"', inspect.getsource(statements)))
    assert of_statements  # the pattern still finds them
    assert {*readings._FIELDS, *of_statements} <= set(words.MEASURED)


def test_a_digest_is_never_called_an_abstract():
    assert words.read(ReadScope.ABSTRACT, "source") == "title and abstract"
    assert words.read(ReadScope.ABSTRACT, "digest") == "title and our own digest"
    assert words.read(ReadScope.TITLE, "digest") == "title only"


def test_an_unknown_flag_or_relation_is_shown_as_it_is():
    assert words.flag("something_new") == "something new."
    assert words.relation("follow_up_of") == "follow up of"


@pytest.mark.parametrize(
    "texts",
    [
        [p for passage in content.HOW_IT_WORKS for p in passage.paragraphs],
        list(content.WEAK_SPOTS),
        [term.meaning for term in content.GLOSSARY],
        [badge.sentence for badge in BADGES.values()],
        [badge.meaning for badge in BADGES.values()],
        list(words.PEM_STATUS.values()) + list(words.VERIFICATION.values()),
        [*words.HARMS.values(), words.HARMS_PLANNED, words.HARMS_UNSAID],
        list(words.BLIND_LEVELS.values()),
    ],
)
def test_the_sites_own_words_are_easy_to_read(texts):
    assert grade(texts) <= 6.0


def test_sentences_are_short():
    texts = [p for passage in content.HOW_IT_WORKS for p in passage.paragraphs]
    lengths = [
        len(sentence.split()) for text in texts for sentence in re.split(r"[.!?]\s", text)
    ]
    assert max(lengths) <= 24
    assert sum(lengths) / len(lengths) <= 12


def test_every_word_explained_has_its_own_place():
    ids = [term.id for term in content.GLOSSARY]
    assert len(ids) == len(set(ids))
    assert [t.word.lower() for t in content.GLOSSARY] == sorted(
        term.word.lower() for term in content.GLOSSARY
    )


def test_every_list_of_notices_has_its_name():
    assert set(words.LISTS) == {retraction_watch.FORMAT, crossref.FORMAT}
