"""A pattern is searched only where its words stand, and found wherever it was found before."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.evidence.read.text.worded import WordedPatterns

LISTED = WordedPatterns()
RAISED = LISTED.add(r"\s(?P<verb>rais(?:e|ed))\s+by\s", also=("by",))
MISSED = LISTED.add(r"\bmiss\w+", also=("me", "us"))
WORDS = ("was", "raised", "by", "them", "Missed", "us", "me", ",", "mi\u017fsed", "M\u0130SSES")


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_what_is_found_with_its_words_is_what_the_search_finds(words):
    text = " ".join([*words, "us"])
    for each in (RAISED, MISSED):
        found = each.search(text, LISTED.possible(text))
        searched = each.pattern.search(text)
        assert (found and found.span()) == (searched and searched.span())


@pytest.mark.parametrize("text", ["It was raised for us", "By then it rose", ""])
def test_a_text_without_the_words_is_not_searched(text):
    assert LISTED.possible(text) & RAISED.bits != RAISED.bits


def test_words_that_are_given_are_not_told_anew():
    possible = LISTED.possible(" raised by x", {b"raised", b"by"})
    assert isinstance(RAISED.search(" raised by x", possible), re.Match)


def test_a_pattern_without_words_is_not_taken():
    with pytest.raises(ValueError, match="without words"):
        WordedPatterns().add(r"[,;]\s")
