"""Groups of patterns are told in a few passes, exactly as by a search for each."""

from hypothesis import given
from hypothesis import strategies as st

from rapport.knowledge.patterns import PatternGroups, TextPattern

GROUPS = (
    (r"\bmay\b", r"\bmight\b"),
    (r"\bwe (?:\w+ )?found\b", r"\bfound\b"),
    (r"\d ?%", r"^first\b"),
    (r"\b(?:small|low)\b.*\bsample\b",),
    (),
    (r"[^a-z]:$",),
)
WORDS = (
    "may",
    "Might",
    "we",
    "also",
    "found",
    "5 %",
    "First",
    "small",
    "sample",
    "é",
    ":",
    "x",
)


@given(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from((" ", "-", "_", "")))
def test_the_groups_found_are_those_whose_patterns_are_found(words, between):
    data = between.join(words).encode()
    alone = [TextPattern(each, ignore_case=True).is_in(data) for each in GROUPS]
    assert PatternGroups(GROUPS).found([b"", data])[1] == [
        n for n, held in enumerate(alone) if held
    ]


def test_each_text_is_told_apart_where_many_patterns_skip_words():
    groups = [[rf"\bword{n} (?:\w+ )?end\b"] for n in range(100)]
    assert PatternGroups(groups).found([b"word7 the end, word93 end", b"the end of word4"]) == [
        [7, 93],
        [],
    ]
