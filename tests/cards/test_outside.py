"""Outside knowledge: what a sentence brings in that its record does not carry."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rapport.cards.numbers_said import Numbers
from rapport.cards.outside import OutsideKnowledge
from rapport.knowledge.reading.outside import outside_rules

RULES = outside_rules()
CHECK = OutsideKnowledge()
NUMBERS = Numbers(RULES)

RECORD = (
    "Ninety-two patients with CFS were followed for 12 weeks in Oslo. Pain fell by 12.4% "
    "(95% CI 3.1 to 21.7). Half of them took 50 mg of sertraline. IL-6 was unchanged.",
)


def outside(sentence, record=RECORD):
    return [each.words for each in CHECK.found(sentence, record)]


@pytest.mark.parametrize("example", RULES.examples, ids=lambda example: example.sentence)
def test_the_examples_bring_in_what_they_say(example):
    assert sorted(outside(example.sentence, (example.record,))) == sorted(example.outside)


CASES = [
    ("The 92 people came from Oslo.", []),
    ("Pain fell by 12 per cent over twelve weeks.", []),  # words, rounding, another unit's word
    ("Pain fell by 13%.", ["13%"]),
    ("Pain fell by 12.40%.", []),
    ("Pain fell by 12.5%.", ["12.5%"]),  # as precise as the record, and different
    ("About 90 people took part.", []),  # said to be rounded
    ("90 people took part.", ["90"]),
    ("12 people took part.", []),
    ("Pain fell in 12% of them.", []),
    ("50% took sertraline.", []),  # half
    ("They took 50 g.", ["50 g"]),
    ("They took it for 12 days.", ["12 days"]),
    ("Fifty of them took it.", []),  # 50 mg has a unit, the sentence names none
    ("It was done in London.", ["London"]),
    ("Fluoxetine was given.", ["Fluoxetine"]),
    ("They took fluoxetine.", ["fluoxetine"]),
    ("IL-10 was unchanged.", ["IL-10"]),
    ("IL-6 was unchanged.", []),
    ("The chronic fatigue syndrome patients rested.", []),
    ("The patients with lupus rested.", ["lupus"]),
    ("Children were studied.", ["Children"]),
    ("One of them rested.", []),
    ("Two thirds of them rested.", ["Two thirds"]),
    ("Nothing new is said here.", []),
    ("Walking was hard.", ["Walking"]),  # a first word that is in no list: strict, and known
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_a_sentence_may_say_only_what_its_record_says(sentence, expected):
    assert outside(sentence) == expected


WORDS = st.sampled_from(
    [
        "patients",
        "pain",
        "fell",
        "by",
        "%",
        "in",
        "Oslo",
        "CFS",
        "IL-6",
        "sertraline",
        "weeks",
        "mg",
        "half",
        "of",
        "rested",
        "The",
        "12",
        "3.5",
    ]
) | st.integers(0, 3000).map(str)
SENTENCES = st.lists(WORDS, min_size=1, max_size=10).map(lambda words: " ".join(words) + ".")


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.data())
def test_a_sentence_quoted_from_the_record_always_passes(sentences, data):
    quoted = data.draw(st.sampled_from(sentences))
    assert outside(quoted, (" ".join(sentences),)) == []


@given(
    st.lists(st.integers(1, 5000), min_size=1, max_size=6),
    st.integers(1, 9999),
    st.sampled_from(["", "%", " weeks", " mg", " points"]),
)
def test_a_changed_number_always_refuses(known, changed, unit):
    assume(changed not in known)
    record = " ".join(f"Pain was {number}{unit} then." for number in known)
    for number in known:
        assert (
            outside(f"Later pain was {number}{unit}.".replace("Later", "Then"), (record,)) == []
        )
    assert f"{changed}{unit}" in outside(f"Pain was {changed}{unit}.", (record,))


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_the_texts_what_is_found_stands_at_its_place(sentence, record):
    for each in CHECK.found(sentence, (record,)):
        assert sentence[each.start : each.end] == each.words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("one hundred and twenty", [120]),
        ("twenty-three of 1,204", [23, 1204]),
        ("three thousand five hundred", [3500]),
        ("no one", []),
        ("SF-36 and IL6", []),  # names
        ("p < .05", ["0.05"]),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(text, values):
    assert [str(each.value.normalize() + 0) for each in NUMBERS.said(text)] == [
        str(value) for value in values
    ]


def test_a_number_of_more_digits_than_are_told_apart_refuses_nothing_else():
    text = f"We counted {'7' * 60} cells in 12 samples."
    found = CHECK.found("It was 12.0 samples and 13.5 others.", [text])
    assert [each.words for each in found] == ["13.5"]
