"""Numbers as papers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.evidence.read.text.numbers import DIGITS, LARGEST, WORDS, number
from rapport.knowledge.patterns import BytesPattern


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24", 24),
        ("1,048", 1048),
        ("10 458", 10458),
        ("10\u202f458", 10458),
        ("Twenty-five", 25),
        ("thirty two", 32),
        ("One hundred and fifty", 150),
        ("one thousand and forty-eight", 1048),
        ("a hundred", 100),
        ("two hundred thousand", 200_000),
        ("3.5", None),
        ("", None),
        ("and", None),
        ("patients", None),
        ("10000000", None),  # nobody studies ten million: a page or a PMID
    ],
)
def test_a_number_is_read_from_digits_and_words(text, value):
    assert number(text) == value


@given(st.integers(min_value=0, max_value=LARGEST - 1))
def test_digits_with_and_without_separators_are_the_same_number(value):
    assert number(str(value)) == number(f"{value:,}") == value


@given(st.text(max_size=60))
def test_no_text_is_a_number_out_of_range(text):
    value = number(text)
    assert value is None or value >= 0


def test_the_patterns_find_the_whole_number():
    pattern = BytesPattern([DIGITS, WORDS])
    text = b"one thousand and forty-eight of 10,458 came"
    assert [text[start:end] for start, end in pattern.places(text)] == [
        b"one thousand and forty-eight",
        b"10,458",
    ]
