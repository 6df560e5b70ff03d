"""Short forms and headlines, told as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.evidence.card.plain_writing import PlainWriting, is_headline, long_form, long_forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We measured time in bed (TIB).", {"TIB": "time in bed"}),
        ("The evening light score (ELS) and time awake (TA)", {"ELS": "evening light score", "TA": "time awake"}),
        ("Lists of worries about money (WAMs)", {"WAM": "worries about money"}),
        ("Adults with chronic fatigue syndrome (CFS)", {}),  # known better by its short form
        ("It was long ago (LA). Nobody (XQZ) came", {"LA": "long ago"}),
        ("a number (12) and a word (so)", {}),
        # the letters do not stand in the words before
        ("They slept well (QRS)", {}),
        ("(TIB)", {}),
    ],
)  # fmt: skip
def test_a_text_explains_its_short_forms_in_brackets(text, expected):
    assert dict(long_forms(text)) == expected


def test_a_long_form_ends_at_the_end_of_its_sentence():
    assert long_form("TB", "They went to town. Beds were empty") is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Evening Light and Sleep Quality in Adults with Long Shifts", True),
        ("Evening light and sleep quality in adults in Norway", False),
        ("", False),
    ],
)
def test_a_headline_writes_most_words_with_a_capital(title, expected):
    assert is_headline(title) is expected


@given(st.text(max_size=200), st.text(max_size=200), st.booleans())
def test_a_text_without_short_forms_and_headlines_leaves_phrases_alone(
    title, phrase, is_of_title
):
    writing = PlainWriting(None, ["all is said in small letters."])
    assert writing.of(phrase, is_of_title=is_of_title) == phrase


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_the_text_it_is_read(text, phrase):
    said = PlainWriting(text, [text, f"{text} ({phrase})"]).of(phrase, is_of_title=True)
    assert isinstance(said, str)
