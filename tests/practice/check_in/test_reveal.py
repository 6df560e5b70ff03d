"""Both sides together: only with both words, and only what each may read."""

import re

import pytest
from tests.practice.conftest import NAMES, NOW, WORDING, check_in, kept

from rapport.practice.check_in.pairing import result, sides
from rapport.practice.check_in.reveal import Stage, stage, together
from rapport.practice.check_in.screens import screens
from rapport.practice.records.check_ins import Band, Length, Reveal, Share
from rapport.practice.records.people import Respondent, Side
from rapport.scoring.check_in import Status

OPEN, AGREED, DECLINED = Reveal.OPEN, Reveal.AGREED, Reveal.DECLINED
SCREENS = {
    each.item: each
    for each in screens(Side.PATIENT, Length.FULL, Respondent.SELF, WORDING, NAMES)
}
SAID = {"C1a": 1, "C1b": 1, "C5a": 3, "C5b": 4, "C1x": 4, "PICK": 5, "C2b": 2}
EXPECTED = {"C1a_pred": 3, "C1b_pred": 4, "C5a_pred": 1, "C5b_pred": 1, "C1x_c": 1,
            "C2b_pred": 3, "C3o": 0}  # fmt: skip
ALL = dict.fromkeys(range(1, 7), Share.ANSWERS)
NEVER = re.compile(
    r"(?i)wrong|inaccurate|incorrect|mistak|non-?complian|difficult|fail|score|\d"
)


def mine(said=OPEN, **more):
    return check_in(sent_at=NOW, reveal=said, **more)


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (None, mine(), Stage.NOT_SENT),
        (check_in(), mine(), Stage.NOT_SENT),
        (mine(), None, Stage.YOUR_WORD),  # asked before the other side has sent
        (mine(OPEN), mine(AGREED), Stage.YOUR_WORD),
        (mine(AGREED), None, Stage.WAITING),
        (mine(AGREED), check_in(), Stage.WAITING),
        (mine(AGREED), mine(OPEN), Stage.WAITING),
        (mine(AGREED), mine(DECLINED), Stage.WAITING),  # nobody has to explain a no
        (mine(DECLINED), mine(AGREED), Stage.DECLINED),
        (mine(AGREED), mine(AGREED), Stage.TOGETHER),
    ],
)
def test_how_far_the_two_are(own, other, expected):
    assert stage(own, other) is expected


def read(reader, *, shares=ALL, released=False, said=SAID, expected=EXPECTED):
    patient = mine(AGREED, answers=said, shares=shares)
    practitioner = check_in(
        Side.PRACTITIONER,
        answers=expected,
        sent_at=NOW,
        reveal=AGREED,
        own_side_released=released,
    )
    both = sides([kept(patient, "p"), kept(practitioner, "c")])
    scored = result(both, NOW.date()).scored
    return together(reader, patient, practitioner, scored, SCREENS, WORDING), scored


def challenge(seen, number):
    return next(each for each in seen.challenges if each.number == number)


def test_what_the_person_chose_comes_first_and_two_cards_at_most():
    seen, scored = read(Side.PRACTITIONER)
    assert seen.challenges[0].number == seen.picked == 5
    assert len(seen.cards) <= 2
    assert seen.cards == scored.cards


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        (Side.PRACTITIONER, "You expected “mostly”. They answered “a little”. Ask about it."),
        (
            Side.PATIENT,
            "They expected “mostly”. You answered “a little”. You can talk about it.",
        ),
    ],
)
def test_a_gap_is_a_question_to_ask(reader, words):
    assert challenge(read(reader)[0], 1).gap[0] == words


def test_a_gap_to_the_good_side_is_good_news():
    told = challenge(read(Side.PRACTITIONER)[0], 5).gap
    assert told[0].endswith("That is good news to share.")


def test_with_one_pair_of_answers_they_only_differ():
    told = challenge(read(Side.PRACTITIONER)[0], 2).gap
    assert told[0].startswith("Your answers differ here")


def test_both_see_where_the_days_are_seen_in_two_ways():
    seen, _ = read(Side.PRACTITIONER)
    assert "You: “I am at home”" in seen.severity
    seen, _ = read(Side.PATIENT)
    assert "They: “I am at home”" in seen.severity


def test_with_bands_only_the_practitioner_reads_no_answer_and_no_gap():
    seen, _ = read(Side.PRACTITIONER, shares={})
    assert seen.severity is None
    assert not seen.has_gap
    assert all(not each.pairs and not each.gap for each in seen.challenges)
    assert challenge(seen, 1).band is Band.STRAIN
    assert challenge(seen, 5).says == WORDING.says("statuses", Status.EASE.value)


def test_the_person_reads_the_practitioners_own_side_only_if_it_was_released():
    hidden = WORDING.says("statuses_person", Status.EASE.value)
    shown = WORDING.says("statuses_person", Status.PRACTITIONER_STRAIN.value)
    assert challenge(read(Side.PATIENT)[0], 3).says == hidden
    assert challenge(read(Side.PATIENT, released=True)[0], 3).says == shown


@pytest.mark.parametrize("reader", list(Side))
@pytest.mark.parametrize("shares", [ALL, {}])
def test_nothing_is_called_wrong_and_no_number_is_shown(reader, shares):
    seen, _ = read(reader, shares=shares, released=True)
    told = [seen.severity or "", *(line for each in seen.challenges for line in each.gap)]
    told += [each.says for each in seen.challenges]
    assert not [line for line in told if NEVER.search(line)]
