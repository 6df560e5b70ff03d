"""What is asked of whom: each in their order, in the words of the questionnaire."""

import pytest
from tests.practice.conftest import NAMES, WORDING

from rapport.knowledge.load import instruments
from rapport.practice.check_in import items
from rapport.practice.check_in.screens import screens
from rapport.practice.records.check_ins import Length
from rapport.practice.records.people import Respondent, Side

P, C = Side.PATIENT, Side.PRACTITIONER
SELF, SCRIBE, PROXY = Respondent.SELF, Respondent.SCRIBE, Respondent.PROXY
OTHER = Respondent.PRACTITIONER


@pytest.mark.parametrize(
    ("side", "length", "respondent", "how_many"),
    [
        (P, Length.FULL, SELF, 16),
        (P, Length.SHORT, SELF, 9),
        (P, Length.ONE_A_DAY, SELF, 9),  # the short one, spread over days
        (P, Length.FULL, SCRIBE, 16),  # a scribe taps the person's own answers: all of them
        (P, Length.FULL, PROXY, 5),  # a proxy says what can be seen
        (P, Length.SHORT, PROXY, 5),
        (C, Length.FULL, OTHER, 20),
        (C, Length.SHORT, OTHER, 14),
    ],
)
def test_how_many_screens_each_has(side, length, respondent, how_many):
    assert len(screens(side, length, respondent, WORDING, NAMES)) == how_many


def of(side, length, respondent):
    return {each.item: each for each in screens(side, length, respondent, WORDING, NAMES)}


def test_safety_is_asked_first_and_the_choice_and_the_note_last():
    names = list(of(P, Length.FULL, SELF))
    assert names[0] == "S0"
    assert names[1:4] == ["C1a", "C1b", "C1x"]
    assert names[-2:] == ["PICK", "NOTE"]


def test_a_proxy_is_asked_only_what_can_be_seen():
    assert set(of(P, Length.FULL, PROXY)) == {"C1x", "C4b", "C5b", "C6a", "C6b"}


def test_the_practitioner_reads_the_sentences_of_the_person_word_for_word():
    theirs, ours = of(P, Length.FULL, SELF), of(C, Length.FULL, OTHER)
    for item in items.SENTENCES:
        assert ours[items.predicted(item)].asks == theirs[item].asks
        assert ours[items.predicted(item)].quoted
        assert ours[items.predicted(item)].before == "How would Ada answer?"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("C1a", ["Not at all", "A little", "Partly", "Mostly", "Completely"]),
        ("S0", ["No", "Yes, in the next days", "Yes, now"]),
        ("PICK", ["Being believed", "What causes it and what to try", "Being stuck",
                  "Who knows what, and who has a say", "Telling my story", "Getting services",
                  "Something else", "Nothing now"]),
    ],
)  # fmt: skip
def test_answers_stand_in_the_order_of_the_screen(item, words):
    assert [each.words for each in of(P, Length.SHORT, SELF)[item].choices] == words


def test_only_the_practitioners_first_item_has_no_doubts():
    ours = of(C, Length.SHORT, OTHER)
    assert ours["C1o"].choices[-1].words == "I have no doubts"
    assert len(ours["C2o"].choices) == 5


def test_the_name_of_the_other_side_stands_above_the_sentence():
    assert (
        of(P, Length.SHORT, SELF)["C1a"].before == "Thinking of your last contacts with Dr Lee"
    )


@pytest.mark.parametrize("side", [P, C])
@pytest.mark.parametrize("length", list(Length))
def test_every_answer_of_a_screen_is_one_of_the_key(side, length):
    key = instruments()["scc-p" if side is P else "scc-c"]
    respondent = SELF if side is P else OTHER
    for screen in screens(side, length, respondent, WORDING, NAMES):
        if screen.item == items.NOTE:
            continue
        group = key.group_of(screen.item)
        assert sorted(each.value for each in screen.choices) == sorted(group.words.values())


def test_no_sentence_of_the_person_has_more_than_twelve_words():
    for screen in screens(P, Length.FULL, SELF, WORDING, NAMES):
        for sentence in screen.asks.split(". "):
            assert len(sentence.split()) <= 12
