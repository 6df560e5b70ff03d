"""A text that comes without its study: what its sentences do, so that the gate can tell."""

import pytest

from rapport.cards.parts import Part
from rapport.evidence.read.pasted import pasted
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

READER = Reader(load())

ABSTRACT = (
    "Many people with the illness sleep badly. "
    "We aimed to find out whether sleep matters. "
    "We asked ninety people with a questionnaire. "
    "Poor sleep was associated with pain in both groups. "
    "Age was not associated with pain in either group. "
    "We conclude that poor sleep causes pain."
)


@pytest.mark.parametrize("title", ["", "Sleep and pain\n"])
def test_the_sentences_of_an_abstract_have_their_parts_at_their_places(title):
    text = title + ABSTRACT
    found = {text[each.start : each.end]: each.part for each in pasted(text, READER).sentences}
    assert found["Many people with the illness sleep badly."] is Part.BACKGROUND
    assert found["We asked ninety people with a questionnaire."] is Part.METHODS
    assert found["Poor sleep was associated with pain in both groups."] is Part.RESULTS
    assert found["We conclude that poor sleep causes pain."] is Part.CONCLUSION


def test_a_text_too_short_for_an_abstract_has_no_background():
    read = pasted("Poor sleep causes pain. Rest was associated with less pain.", READER)
    assert Part.BACKGROUND not in {each.part for each in read.sentences}


def test_what_looks_like_background_behind_what_was_done_is_not_told_apart():
    behind = "Many people with the illness sleep badly."
    text = f"{ABSTRACT} {behind}"
    parts = [each.part for each in pasted(text, READER).sentences if each.start > len(ABSTRACT)]
    assert Part.BACKGROUND not in parts
