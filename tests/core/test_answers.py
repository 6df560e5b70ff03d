"""Three-valued logic against the truth tables, and against trying out what is not known."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.answers import Answer, all_of, any_of, at_least, negation

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.NOT_STATED
answers = st.lists(st.sampled_from(Answer), max_size=6)


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (NO, NO, NO, NO),
        (NO, UNKNOWN, NO, UNKNOWN),  # Fukuda or an unresolved name: not known to be enough
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_the_truth_tables_are_kleenes(left, right, both, either):
    assert all_of([left, right]) is all_of([right, left]) is both
    assert any_of([left, right]) is any_of([right, left]) is either


def possible_worlds(listed):
    """Every way in which what is not stated could turn out."""
    choices = [(YES, NO) if answer is UNKNOWN else (answer,) for answer in listed]
    return list(product(*choices))


@given(answers, st.integers(0, 6))
def test_at_least_is_known_exactly_when_every_possible_world_agrees(listed, k):
    counts = {world.count(YES) >= k for world in possible_worlds(listed)}
    expected = UNKNOWN if len(counts) == 2 else (YES if counts.pop() else NO)
    assert at_least(k, listed) is expected


@given(answers)
def test_de_morgan_holds(listed):
    assert negation(all_of(listed)) is any_of([negation(answer) for answer in listed])
