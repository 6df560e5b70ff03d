"""What was ticked on paper, with every fault and nothing lost."""

from tests.practice.conftest import NAMES, NOW, WORDING, check_in

from rapport.practice.check_in.paper import keyed_in
from rapport.practice.check_in.screens import of
from rapport.practice.records.check_ins import Entered, Length

DRAFT = check_in(length=Length.FULL)
SCREENS = of(DRAFT, WORDING, NAMES)


def test_ticks_become_answers_and_empty_boxes_are_left_open():
    made, faults = keyed_in(DRAFT, SCREENS, {"S0": "0", "C1a": " 3 ", "NOTE": "slowly"}, NOW)
    assert faults == ()
    assert made.entered is Entered.PAPER
    assert made.answers == {"S0": 0, "C1a": 3}
    assert made.note == "slowly"
    assert "C6b" in made.cannot_say
    assert made.seconds == {}


def test_every_fault_is_told_and_the_rest_is_kept():
    made, faults = keyed_in(
        DRAFT, SCREENS, {"C1a": "9", "C1b": "two", "C2a": "1", "NOTE": "x" * 400}, NOW
    )
    assert [each.item for each in faults] == ["C1a", "C1b", "NOTE"]
    assert made.answers == {"C2a": 1}
    assert all(each.problem.endswith(".") for each in faults)
