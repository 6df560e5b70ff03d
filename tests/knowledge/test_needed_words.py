"""The words that a pattern needs are derived from the pattern, and never one too many."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from rapport.knowledge.needed_words import needed_words
from rapport.knowledge.watched_words import WatchedWords, words_of

NEEDED = {
    "fatigue": {"fatigue"},
    r"\bfatigue\b": {" fatigue "},
    r"\bfatigu": {" fatigu"},
    r"fatigued?\b": {"fatigue ", "fatigued "},
    r"\brandomi[sz]ed\b": {" randomised ", " randomized "},
    r"\b(?:rest|pacing)\b": {" rest ", " pacing "},
    r"\bpost-exertional malaise\b": {" exertional "},
    r"\bpost-? ?exertional": {" exertional", " postexertional"},
    r"\bwe (?:\w+ ){0,2}excluded\b": {" excluded "},
    r"\b(?i:Canadian)\s+criteria": {" canadian "},
    r"\bn ?= ?\d": {" n "},
    r"\bcovid-?19\b": {" covid ", " covid00 "},
    r"\b(?:19|20)\d\d\b": {" 0000 "},
    r"\d ?%": {"0 "},
    r"rest{2}": {"rest"},
    r"ab{0,1}c": {"ac", "abc"},
    r"a.*longest": {"longest"},
    r"(?:a|b)+ tired": {" tired"},
    r"[aeiou]x\x{A0}y": {"ax ", "ex ", "ix ", "ox ", "ux "},
    r"Caf\x{E9} rest": {" rest"},
}
NO_WORD = ["", r"\W%", r"\[\s", ";", "fatigue|;", "(?:fatigue)?", "(?:fatigue)*", r"\w+", "."]
NOT_UNDERSTOOD = [r"\pL rest", "rest(", r"\Arest\z", "(?=rest)", "[[:alpha:]"]


@pytest.mark.parametrize("pattern", NEEDED)
def test_the_words_that_a_pattern_needs(pattern):
    assert needed_words(pattern) == NEEDED[pattern]


@pytest.mark.parametrize("pattern", NO_WORD)
def test_a_pattern_that_can_be_found_without_a_word_needs_none(pattern):
    assert needed_words(pattern) is None


@pytest.mark.parametrize("pattern", NOT_UNDERSTOOD)
def test_of_a_pattern_that_is_not_understood_nothing_is_claimed(pattern):
    assert needed_words(pattern) is None


def _nested(inner):
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: f"(?:{'|'.join(each)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{1,2}", "{2}", "{1}"])).map(
            lambda each: f"(?:{each[0]}){each[1]}"
        ),
    )


_LEAVES = st.sampled_from(
    ["a", "b", "ab", " ", "-", r"\b", r"\B", "[ab]", "[a-c]", "[^a]", r"\w", r"\W", r"\d", r"\s",
     ".", r"\.", "1", "A", "\u00e9", "^", "$", "(?i:Ab)", r"[\sb]", r"[\d-]"]
)  # fmt: skip


@given(
    st.recursive(_LEAVES, _nested, max_leaves=8),
    st.text(alphabet="aabbABc 1-.\u00e9_\n", max_size=14),
)
def test_a_text_in_which_a_pattern_is_found_has_a_word_that_it_needs(pattern, text):
    needed = needed_words(pattern)
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    if needed is None or re2.compile(pattern, options).search(text) is None:
        return
    watched = WatchedWords()
    bit = watched.watch([needed])
    assert watched.bits_of(words_of(text.encode())) & bit


def test_each_pattern_has_a_bit_of_its_own():
    watched = WatchedWords()
    rest, tired = watched.watch([[" rest "]]), watched.watch([["tire"], [" worn "]])
    assert watched.bits_of([b"rest"]) == rest
    assert watched.bits_of([b"untired", b"resting"]) == tired
    assert watched.bits_of([b"worn", b"rest", b"patients"]) == rest | tired


def test_a_pattern_that_is_watched_later_counts_for_words_known_before():
    watched = WatchedWords()
    assert not watched.bits_of([b"rest"])
    assert watched.watch([[" rest "]]) == watched.bits_of([b"rest"])


def test_a_word_longer_than_any_word_rules_nothing_out():
    watched = WatchedWords()
    bit = watched.watch([[" rest "]])
    assert watched.bits_of([b"a" * 5_000_000]) & bit
