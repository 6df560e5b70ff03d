"""Text made to hurt: reading ends, in time that grows no faster than the text."""

import sys
import time

import pytest

from rapport.cards.facts import DesignRecord
from rapport.core.vocabulary import Design
from rapport.evidence.publication import Origin, Publication, Section
from rapport.evidence.read.badge.pem import pem
from rapport.evidence.read.entry.entry_reader import EntryReader
from rapport.evidence.read.reader import Reader
from rapport.evidence.read.text.document import document
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


# The same by counting calls, which no busy machine can disturb.


def _calls(words):
    """How many functions are called to read a text."""
    reader = Reader(load())
    publication = Publication(
        origin=Origin(file="made up", position=1, format="example"), title="ME/CFS", text=words
    )
    reader.read(publication)  # patterns are compiled
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        reader.read(publication)
    finally:
        sys.setprofile(before)
    return count


WHOLE = {
    **BAIT,
    "rules of long COVID": "Inclusion criteria: long COVID by the WHO definition; PCR positive. ",
    "lists": "(a) Fukuda criteria; (b) Canadian criteria; ",
    "reviews": "In this review we summarize posts on ME/CFS. ",
    "asides": "patients, but none of the controls, met ",
}


@pytest.mark.parametrize("piece", WHOLE.values(), ids=WHOLE)
def test_twice_the_text_takes_about_twice_the_calls(piece):
    once = _calls("Methods\n" + piece * 400)
    assert _calls("Methods\n" + piece * 800) < 2.6 * once + 2000


@pytest.mark.parametrize(
    "words",
    [
        "x" * 5_000_000,
        "patients slept and " * 270_000,
        "PEM " * 100_000,
        "(" * 10_000 + "Canadian criteria" + ")" * 10_000,
        "[" * 10_000 + "4" + "]" * 10_000,
        "Methods\n" + "a" * 300_000 + "!",
        "Methods\n" + " " * 300_000 + ".",
        "\x00\ufeff\u202e" * 20_000,
    ],
    ids=["one long word", "one long sentence", "one name again and again", "round", "square", "no end", "blank", "unprintable"],
)  # fmt: skip
def test_a_monster_of_a_text_is_read_to_its_end(words):
    publication = Publication(
        origin=Origin(file="made up", position=1, format="example"), title="ME/CFS", text=words
    )
    assert Reader(load()).read(publication).pem.badge is not None
