"""Labelled quotes find their sentences."""

from rapport.evidence.evaluate.matching import matched

SENTENCES = [
    ("Sleep was poor in both groups.", True),
    ("Sleep was poor in both groups.", False),
    ("First, the sample was small and everyone knew it.", False),
]


def test_white_space_and_punctuation_do_not_count():
    assert matched([("Sleep was  poor in both groups", True)], SENTENCES) == [0]


def test_of_equal_sentences_the_one_in_the_same_part_is_taken():
    assert matched([(SENTENCES[1][0], False)], SENTENCES) == [1]


def test_a_sentence_cut_elsewhere_is_found_by_its_longest_piece():
    quote = "We note this. First, the sample was small and everyone knew it."
    assert matched([(quote, False)], SENTENCES) == [2]


def test_a_quote_that_is_not_there_has_no_sentence():
    assert matched(
        [("Nothing of the kind was ever said here by anyone.", False)], SENTENCES
    ) == [None]
