"""The parts of a text: title, results, conclusion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.parts import Part, Parts, Sentence
from rapport.knowledge.reading.text_parts import text_parts

PARTS = Parts(text_parts())


@pytest.mark.parametrize(
    "example", text_parts().examples, ids=lambda example: example.text[:30]
)
def test_the_examples_have_their_parts(example):
    assert tuple(each.part.value for each in PARTS.sentences(example.text)) == example.parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rest helps.\nForty people rested.", ["other", "other"]),  # a full stop ends no title
        (
            "RESULTS\nPain fell.\n\nCONCLUSION\nRest helps.",
            ["results"] * 1 + ["conclusion"] * 1,
        ),
        ("Results show a change.", ["other"]),  # the word, not a label
        ("Results Pain fell. Conclusions Rest helps.", ["results", "conclusion"]),
        ("Pain fell in group A.\nConclusion: Rest helps.", ["other", "conclusion"]),
        ("Public Involvement: Two women contributed to the work.", ["methods"]),
        ("", []),
        ("Pain", ["other"]),  # one line alone is no title
    ],
)
def test_labels_open_parts_and_titles_stand_above_other_lines(text, parts):
    found = [each.part.value for each in PARTS.sentences(text)]
    assert found[-len(parts) :] == parts if parts else found == []


@given(st.text(alphabet="aB .:\n?", max_size=60))
def test_whatever_the_text_its_sentences_hold_all_its_words_once(text):
    found = PARTS.sentences(text)
    assert "".join("".join(text[each.start : each.end].split()) for each in found) == "".join(
        text.split()
    )


@pytest.mark.parametrize(
    ("text", "read", "part", "is_labelled"),
    [
        ("Conclusion: Rest helps.", Part.RESULTS, Part.CONCLUSION, True),
        ("Conclusion: More work is needed.", Part.ASIDE, Part.ASIDE, False),
        ("Rest helps.", Part.RESULTS, Part.RESULTS, False),
        ("Methods: We asked them.", Part.RESULTS, Part.METHODS, True),
        ("Discussion: Rest helps.", Part.RESULTS, Part.CONCLUSION, False),  # it is weighed
        ("Discussion/Conclusion: Rest helps.", Part.RESULTS, Part.CONCLUSION, True),
    ],
)
def test_a_label_of_a_conclusion_outranks_a_reading_as_a_result(text, read, part, is_labelled):
    (found,) = PARTS.sentences(text, [Sentence(start=0, end=len(text), part=read)])
    assert (found.part, found.is_labelled) == (part, is_labelled)
