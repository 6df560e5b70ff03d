"""Texts are cut into clauses at their own places, without losing a word."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.clauses import clauses

CASES = [
    ("", []),
    (" \n ", []),
    ("Sleep was poor.", ["Sleep was poor."]),
    ("Sleep was poor. Rest helped.", ["Sleep was poor.", "Rest helped."]),
    # a clause that turns stands by itself
    ("Sleep was poor, but rest was good.", ["Sleep was poor,", "but rest was good."]),
    ("Sleep was poor; pain was not felt.", ["Sleep was poor;", "pain was not felt."]),
    ("Sleep was poor whereas pain was mild.", ["Sleep was poor", "whereas pain was mild."]),
    ("Sleep was poor, and we saw more pain.", ["Sleep was poor,", "and we saw more pain."]),
    # a list is one clause
    ("Sleep, pain, and mood were poor.", ["Sleep, pain, and mood were poor."]),
    # a label is no clause of its own
    ("Conclusion: sleep was poor.", ["Conclusion: sleep was poor."]),
    # abbreviations, initials and numbers end no sentence
    ("Smith et al. found pain.", ["Smith et al. found pain."]),
    ("As J. Smith said, p = 0.04 is small.", ["As J. Smith said, p = 0.04 is small."]),
    ("Pain, e.g. in the neck, was felt.", ["Pain, e.g. in the neck, was felt."]),
    # a question and a quotation end sentences
    ('Does it work? "It does." So she said.', ["Does it work?", '"It does."', "So she said."]),
    ("First heading here\n\nThen a text.", ["First heading here", "Then a text."]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_is_cut_into_its_clauses(text, expected):
    assert [clause.text for clause in clauses(text)] == expected


@given(
    st.text()
    | st.lists(st.sampled_from([*list('aB .,;:?!\n–"”'), "but ", "e.g. "])).map("".join)
)
def test_clauses_stand_at_their_places_and_hold_every_word(text):
    found = list(clauses(text))
    assert all(text[clause.start : clause.end] == clause.text for clause in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert "".join("".join(clause.text for clause in found).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "bait", ["a" * 200_000, "but " * 50_000, "; " * 100_000, "e.g. " * 40_000]
)
def test_a_hostile_text_takes_no_more_than_moments(bait):
    start = time.perf_counter()
    list(clauses(bait))
    assert time.perf_counter() - start < 5
