"""How a card moves: one table, and a diagram that says the same."""

import pytest

from rapport.cards.transitions import TRANSITIONS, diagram, may_become
from rapport.core.vocabulary import CardState

MOVES = {(move.now, move.to) for move in TRANSITIONS}


def test_every_state_is_in_the_table():
    assert {state for move in MOVES for state in move} == set(CardState)


@pytest.mark.parametrize("now", CardState)
@pytest.mark.parametrize("to", CardState)
def test_a_card_may_become_what_the_table_says_and_nothing_else(now, to):
    assert may_become(now, to) is ((now, to) in MOVES)


def test_no_card_is_released_unchecked_and_a_released_card_stays():
    assert not may_become(CardState.DRAFT, CardState.RELEASED)
    assert not any(now is CardState.RELEASED for now, _ in MOVES)


def test_every_move_is_in_the_diagram_once():
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    for now, to in MOVES:
        assert sum(f"{now.value} --> {to.value}:" in line for line in lines) == 1
    assert len(lines) == 2 + len(MOVES) + 1
