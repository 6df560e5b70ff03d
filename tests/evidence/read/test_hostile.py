"""Text made to hurt: reading ends, in time that grows no faster than the text."""

import time

import pytest

from rapport.cards.facts import DesignRecord
from rapport.core.vocabulary import Design
from rapport.evidence.publication import Origin, Publication, Section
from rapport.evidence.read.document import document
from rapport.evidence.read.entry import EntryReader
from rapport.evidence.read.pem import pem
from rapport.knowledge.load import load

READER = EntryReader(load())
BAIT = {
    "definitions without an end": "Fukuda and Canadian criteria or ",
    "clauses without an end": "PEM was required; ",
    "nested brackets": "(CCC [",
    "citations": "criteria [1,2-9] ",
    "digits in a list": "Fukuda 1111111111111111111111111111111111111111111111 ",
    "negations": "not meeting not meeting the CCC ",
    "shares": "12% of 34 of 56 met the CCC ",
}


def _seconds(piece, count):
    words = piece * count
    publication = Publication(
        origin=Origin(file="made up", position=1, format="example"),
        title="ME/CFS",
        sections=(Section(title="Methods", paragraphs=(words,)),),
    )
    started = time.process_time()
    pem(document(publication), DesignRecord(value=Design.OTHER), READER)
    return time.process_time() - started


@pytest.mark.parametrize("piece", BAIT.values(), ids=BAIT)
def test_reading_takes_time_in_proportion_to_the_text(piece):
    _seconds(piece, 10)  # patterns are compiled
    once = min(_seconds(piece, 300), _seconds(piece, 300))
    assert _seconds(piece, 2400) < 8 * 4 * max(once, 0.02)
