"""Numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.number_words import SCALES, SUMMANDS, from_words

WORD_OF = {value: word for word, value in SUMMANDS.items()}


def spelt(value):
    """The words of a number, as one says it."""
    for word, scale in reversed(SCALES.items()):
        if value >= scale:
            rest = value % scale
            joined = ["and"] if rest and word == "hundred" else []
            return [*spelt(value // scale), word, *joined, *(spelt(rest) if rest else [])]
    if value in WORD_OF:
        return [WORD_OF[value]]
    return [WORD_OF[value - value % 10], WORD_OF[value % 10]]


@given(st.integers(0, 999_999_999))
def test_a_number_that_is_spelt_out_is_read_back(value):
    assert from_words(spelt(value)) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty five", 25),
        ("a hundred", 100),
        ("thousand", 1000),
        ("two hundred thousand", 200_000),
        ("one thousand and forty eight", 1048),
        ("zero", 0),
        ("", None),
        ("and", None),
        ("two a", None),
        ("two patients", None),
    ],
)
def test_numbers_are_read_from_words(words, value):
    assert from_words(words.split()) == value
