"""Sentences about entry, as papers word them, are read as they should be."""

import pytest

from .entry_phrases import EVERY

from rapport.evidence.publication import AbstractPart, Origin, Publication, Section
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

READER = Reader(load())
BADGES = {"R": "required", "N": "not_required", "M": "mixed", "S": "not_stated"}


def read(words):
    return READER.read(
        Publication(
            origin=Origin(file="made up", position=1, format="example"),
            title="Sleep in people with ME/CFS",
            abstract=(
                AbstractPart(text="People with ME/CFS and healthy controls were compared."),
            ),
            sections=(Section(title="Methods", paragraphs=(words,)),),
        )
    ).pem


@pytest.mark.parametrize(("words", "badge", "definitions", "joined"), EVERY)
def test_a_sentence_about_entry_gives_its_badge(words, badge, definitions, joined):
    found = read(words)
    assert found.badge.value == BADGES[badge]
    if definitions is not None:
        assert set(found.definitions) == set(definitions.split())
    if joined is not None:
        assert found.combination.value == joined
