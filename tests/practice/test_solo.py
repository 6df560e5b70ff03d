"""Solo mode: seven screens lead to a challenge and its card, whatever is skipped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.knowledge.load import instruments
from rapport.knowledge.load_practice import own
from rapport.practice.solo.result import Why, result
from rapport.practice.solo.screens import ITEMS, Go, after, screens, taken
from rapport.scoring.check_in import Thresholds

KEY = instruments()["scc-c"]
ASKED = screens(KEY, own().challenges)


def came_to(**answers):
    found = result(answers, ASKED, KEY.edition, Thresholds())
    return found.challenge, found.also, found.why


CASES = [
    # answers, challenge, also, why
    ({"C3o": 0}, 3, None, Why.STRAINED),
    ({"C3o": 1, "C5o": 0}, 5, 3, Why.STRAINED),  # the harder one first
    ({"C2o": 1, "C4o": 1}, 2, 4, Why.STRAINED),  # a tie: in their order
    ({"C3o": 0, "PICKo": 6}, 6, 3, Why.PICKED),  # their own pick first
    ({"C1o": 4, "C2o": 4, "PICKo": 2}, 2, None, Why.PICKED),  # picked without any strain
    ({"C1o": 5, "C2o": 2}, None, None, Why.NO_STRAIN),  # no doubts is no strain; partly is none
    ({"C2o": 4, "PICKo": 0}, None, None, Why.NO_STRAIN),
    ({}, None, None, Why.NOTHING_ANSWERED),
    ({"PICKo": 0}, None, None, Why.NOTHING_ANSWERED),
    ({f"C{k}o": 0 for k in range(1, 7)}, 1, 2, Why.STRAINED),  # at most two are offered
]


@pytest.mark.parametrize(("answers", "challenge", "also", "why"), CASES)
def test_what_the_answers_come_to(answers, challenge, also, why):
    assert came_to(**answers) == (challenge, also, why)


def test_there_are_seven_screens_of_one_question_each():
    assert tuple(screen.item for screen in ASKED) == ITEMS
    assert [screen.number for screen in ASKED] == [1, 2, 3, 4, 5, 6, 7]
    assert [choice.words for choice in ASKED[1].choices] == [
        "Not at all",
        "A little",
        "Partly",
        "Mostly",
        "Completely",
    ]
    assert ASKED[0].choices[-1].words == "I have no doubts"
    assert [choice.value for choice in ASKED[6].choices] == ["1", "2", "3", "4", "5", "6", "0"]


def test_nothing_of_the_questions_is_about_anybody_by_name():
    assert all("{" not in screen.text for screen in ASKED)


@pytest.mark.parametrize(
    ("at", "go", "expected"),
    [
        (1, Go.NEXT, 2),
        (7, Go.NEXT, None),
        (3, Go.BACK, 2),
        (1, Go.BACK, 1),
    ],
)
def test_where_a_press_leads(at, go, expected):
    assert after(at, go, len(ASKED)) == expected


@pytest.mark.parametrize(
    ("sent", "answers"),
    [
        ({}, {}),
        ({"C1o": ""}, {}),
        ({"C1o": "5", "PICKo": "0", "other": "x"}, {"C1o": 5, "PICKo": 0}),
        ({"C2o": "5"}, None),  # only the first question has a fifth answer
        ({"C1o": "yes"}, None),
        ({"PICKo": "7"}, None),
    ],
)
def test_only_answers_of_the_screens_are_taken(sent, answers):
    assert taken(sent, ASKED) == answers


ANY = st.fixed_dictionaries(
    {},
    optional={
        screen.item: st.sampled_from([int(choice.value) for choice in screen.choices])
        for screen in ASKED
    },
)


@given(ANY)
def test_at_most_two_cards_are_offered_and_never_the_same_one(answers):
    challenge, also, why = came_to(**answers)
    assert challenge is None or challenge != also
    assert (challenge is None) == (why in (Why.NO_STRAIN, Why.NOTHING_ANSWERED))
    assert also is None or challenge is not None


@given(ANY, st.integers(1, 6))
def test_what_the_practitioner_picks_is_what_is_shown_first(answers, pick):
    challenge, _, why = came_to(**{**answers, "PICKo": pick})
    assert (challenge, why) == (pick, Why.PICKED)


@given(ANY, st.sampled_from(ITEMS[:-1]))
def test_a_harder_answer_never_takes_a_challenge_off_the_list(answers, item):
    before = result(answers, ASKED, KEY.edition, Thresholds()).check_in.first
    worse = {**answers, item: 0}
    after_ = result(worse, ASKED, KEY.edition, Thresholds()).check_in.first
    assert set(before) <= set(after_)
