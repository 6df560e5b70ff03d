"""Patterns are found in the same sentences as if each sentence were searched for each of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.evidence.read.text.cue_reader import CueReader
from rapport.evidence.read.text.lookup import Lookup
from rapport.evidence.read.text.sections import SectionKind
from rapport.evidence.read.text.sentence import Sentence
from rapport.knowledge.patterns import BytesPattern, TextPattern, Together
from rapport.knowledge.reading.designs import design_rules
from rapport.knowledge.reading.rules import RULE_FILES, filled, reading_rules
from rapport.knowledge.reading.statements import statement_cues
from rapport.knowledge.reading.strength_uses import strength_uses
from rapport.knowledge.watched_words import EVERYTHING


def _sentence(text, section=SectionKind.ABSTRACT):
    return Sentence(
        field="text", start=0, end=len(text), text=text, section=section, titles=(), paragraph=0
    )


def _cases():
    """(name, patterns, example sentences) of every rule for reading."""
    for name in RULE_FILES:
        rules = reading_rules(name)
        for rule in rules.rules:
            for part in (rule.patterns, rule.unless):
                sources = [filled(each, rules.words) for each in part]
                yield f"{name}:{rule.id}", sources, [*rule.hits, *rule.misses]
    for cue in (*design_rules().rules, *design_rules().kinds, *statement_cues().cues):
        yield cue.id, list(cue.patterns), [*cue.examples, *cue.counter_examples]
    for scope in strength_uses().scopes:
        yield scope.kind, list(scope.patterns), [*scope.examples]


CASES = list(_cases())
ALL_TEXTS = [text for _, _, texts in CASES for text in texts]


@pytest.mark.parametrize(
    ("sources", "texts"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_rule_is_found_wherever_it_stands(sources, texts):
    pattern = BytesPattern(sources)
    assert pattern.bit  # from here on the words of a text are asked for it
    lookup = Lookup([_sentence(text) for text in [*texts, *ALL_TEXTS[:200]]])
    found = [i for i, each in enumerate(lookup.encoded) if pattern.occurs_in(each)]
    assert list(lookup.indices(pattern)) == found
    assert lookup.has(pattern) == bool(found)
    assert lookup.count(pattern) == sum(len(pattern.spans(each)) for each in lookup.encoded)


@given(st.lists(st.text(alphabet="resting ;\u017f\u212a\u00e9.", max_size=20), max_size=5))
def test_any_text_is_searched_as_if_each_sentence_were_searched(texts):
    pattern = TextPattern([r"\brest", r"s;t", "\u00e9;"], ignore_case=True)
    assert pattern.bit
    lookup = Lookup([_sentence(text) for text in texts])
    assert list(lookup.indices(pattern)) == [
        index for index, text in enumerate(texts) if pattern.occurs_in(text)
    ]


def test_characters_that_only_the_engine_takes_for_letters_hide_nothing():
    pattern = TextPattern([r"\brest\b"], ignore_case=True)
    assert pattern.bit
    assert Lookup([_sentence("re\u017ft")]).has(pattern)


def test_a_pattern_compiled_after_the_text_was_read_is_found_in_it():
    lookup = Lookup([_sentence("They rested."), _sentence("They walked.")])
    assert list(lookup.indices(TextPattern([r"\bwalked\b"]))) == [1]


class _Read:
    """Cues in which a pattern needs no word, or another stands against it, or places count."""

    def __init__(self, name, patterns, unless=(), where=()):
        self.id, self.patterns, self.unless, self.where = name, patterns, unless, where


READ = [
    _Read("rested", [r"\brest(?:ed|ing)?\b"], unless=[r"\bnot\b"]),
    _Read("sign", ["[;:]", r"\bsign\b"], where=("results", "title")),
    _Read("counted", [r"\b\d+ people\b"], where=("abstract",)),
    _Read("all", [r"\ball of\b", "p < 0"], unless=[r"[;:]"]),
]
WORDS = (
    "We",
    "rested",
    "re\u017fting",
    "not",
    ";",
    "all of",
    "12 people",
    "p < 0",
    "a" * 41,
    "sign",
)


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join),
            st.sampled_from([SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.RESULTS]),
        ),
        max_size=5,
    )
)
def test_cues_are_read_as_if_each_were_searched_in_each_sentence_it_counts_in(told):
    sentences = [_sentence(text, section) for text, section in told]
    searched = [
        (cue.id, sentence)
        for cue in READ
        for sentence in sentences
        if not cue.where or sentence.section in cue.where
        if BytesPattern(cue.patterns).occurs_in(sentence.text.encode())
        if not BytesPattern(cue.unless).occurs_in(sentence.text.encode())
    ]
    before = Lookup(sentences)  # read before the cues are compiled, and after
    reader = CueReader(READ)
    for lookup in (before, Lookup(sentences)):
        assert [(each.cue, each.sentence) for each in reader.read(lookup)] == searched
        first = reader.first(lookup)
        assert (first and (first.cue, first.sentence)) == (searched[0] if searched else None)


def test_patterns_that_are_asked_together_are_possible_where_one_by_one_they_are():
    patterns = [BytesPattern([r"\brest\b"]), BytesPattern([";"]), BytesPattern([r"\bpain\b"])]
    together = Together(patterns)
    rest, always, pain = (pattern.bit for pattern in patterns)
    assert together.possible(0) == [1]
    assert together.possible(pain | rest) == [0, 1, 2]
    assert together.possible(EVERYTHING) == [0, 1, 2]
    assert together.count == max(rest, always, pain).bit_length()


def test_a_part_keeps_its_own_sentences_and_order():
    lookup = Lookup(
        [
            _sentence("Rest.", SectionKind.TITLE),
            _sentence("Pain.", SectionKind.RESULTS),
            _sentence("Rest again.", SectionKind.RESULTS),
            _sentence("Rest at last.", SectionKind.RESULTS),
        ]
    )
    pattern = BytesPattern([r"\brest\b"])
    assert list(lookup.indices(pattern)) == [0, 2, 3]
    results = lookup.within([SectionKind.RESULTS])
    assert [each.text for each in results.having(pattern)] == ["Rest again.", "Rest at last."]
    first = lookup.within(["title", "results"], at_most={SectionKind.RESULTS: 2})
    assert [each.text for each in first.sentences] == ["Rest.", "Pain.", "Rest again."]
    assert list(lookup.part([3, 1]).indices(pattern)) == [0]
