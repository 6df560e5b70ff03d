"""Two sent check-ins as one result, which keeps the edition and thresholds of its day."""

import msgspec
import pytest
from tests.practice.conftest import NOW, check_in, kept, later

from rapport.practice.check_in.pairing import result, sides
from rapport.practice.records.people import Respondent, Side
from rapport.scoring.check_in import Status, Thresholds

ANSWERS = {"C1a": 0, "C1b": 1, "C1x": 4, "PICK": 5, "C5a": 3}
EXPECTED = {"C1a_pred": 3, "C1b_pred": 3, "C1o": 1, "C1x_c": 1}


def ours(days=0, **more):
    return kept(
        check_in(Side.PRACTITIONER, answers=EXPECTED, sent_at=later(days), **more), name="ours"
    )


def theirs(days=0, name="theirs", **more):
    return kept(check_in(answers=ANSWERS, sent_at=later(days), **more), name=name)


def ids(found):
    return (
        found.patient.id if found.patient else None,
        found.practitioner.id if found.practitioner else None,
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), (None, None)),
        ((theirs(),), ("theirs", None)),
        ((ours(),), (None, "ours")),
        ((theirs(), ours(27)), ("theirs", "ours")),
        ((theirs(), ours(28)), (None, "ours")),  # too far apart: the newer alone
        ((theirs(28), ours()), ("theirs", None)),
        ((theirs(), theirs(3, "newer"), ours(4)), ("newer", "ours")),
        ((theirs(edition="scc-0.2"), ours()), ("theirs", None)),  # other questions
        (
            (theirs(), theirs(3, "proxy", respondent=Respondent.PROXY), ours()),
            ("theirs", "ours"),
        ),
        ((theirs(), theirs(30, "proxy", respondent=Respondent.PROXY)), ("proxy", None)),
        ((kept(check_in(answers=ANSWERS), name="draft"), ours()), (None, "ours")),
    ],
)
def test_which_check_ins_belong_together(rows, expected):
    assert ids(sides(rows)) == expected


def test_the_one_that_was_just_sent_stands_for_its_side():
    proxy = theirs(3, "proxy", respondent=Respondent.PROXY)
    assert ids(sides([theirs(), proxy, ours()], about="proxy")) == ("proxy", "ours")
    assert ids(sides([theirs(40), ours()], about="ours")) == (None, "ours")


def test_both_come_to_one_result_with_the_edition_and_thresholds_of_the_day():
    used = Thresholds(id="strict", t_person=25)
    made = result(sides([theirs(), ours()]), later(1).date(), used)
    assert (made.patient, made.practitioner) == ("theirs", "ours")
    assert made.scored.edition == "scc-0.1"
    assert made.scored.thresholds.id == "strict"
    assert made.scored.picked == 5
    assert made.scored.severity_gap == 3
    assert made.scored.challenges[0].status is Status.SHARED_STRAIN
    # It can be read again as it was written, whatever the thresholds are by then.
    again = msgspec.json.decode(msgspec.json.encode(made), type=type(made))
    assert again == made


def test_one_side_alone_is_a_result_of_its_own():
    alone = result(sides([ours()]), NOW.date())
    assert alone.respondent is Respondent.PRACTITIONER
    assert alone.scored.challenges[0].status is Status.PRACTITIONER_STRAIN
    assert result(sides([]), NOW.date()) is None


def test_a_proxys_answers_that_nobody_can_see_do_not_count():
    made = result(sides([theirs(respondent=Respondent.PROXY)]), NOW.date())
    assert made.respondent is Respondent.PROXY
    assert [each.number for each in made.scored.challenges if each.answered] == []
