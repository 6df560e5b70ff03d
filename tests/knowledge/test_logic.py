"""Three-valued logic over named features: unknown is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.answers import Answer
from rapport.knowledge.load import load
from rapport.knowledge.logic import feature_names, fits
from rapport.knowledge.model import Criterion

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.NOT_STATED
MONTHS = Criterion(feature="months", minimum=6)


@pytest.mark.parametrize(
    ("criterion", "features", "expected"),
    [
        ("pain", {"pain": True}, YES),
        ("pain", {"pain": False}, NO),
        ("pain", {}, UNKNOWN),
        (MONTHS, {"months": 6}, YES),  # the bound itself is in
        (MONTHS, {"months": 5.9}, NO),
        (MONTHS, {}, UNKNOWN),
        (Criterion(feature="months", more_than=6), {"months": 6}, NO),  # the bound is out
        (Criterion(feature="months", maximum=6), {"months": 6}, YES),
        (Criterion(feature="months", less_than=6), {"months": 6}, NO),
        (Criterion(feature="age", minimum=18, maximum=65), {"age": 70}, NO),
        (Criterion(all_of=("a", "b")), {"a": True}, UNKNOWN),
        (Criterion(all_of=("a", "b")), {"a": False}, NO),  # b can no longer help
        (Criterion(any_of=("a", "b")), {"a": True}, YES),  # b no longer matters
        (Criterion(any_of=("a", "b")), {"a": False}, UNKNOWN),
        (Criterion(none_of=("a", "b")), {"a": False, "b": False}, YES),
        (Criterion(none_of=("a", "b")), {"a": True}, NO),
        (Criterion(none_of=("a", "b")), {"a": False}, UNKNOWN),
        (Criterion(at_least=2, of=("a", "b", "c")), {"a": True, "b": True}, YES),
        (Criterion(at_least=2, of=("a", "b", "c")), {"a": True}, UNKNOWN),
        (Criterion(at_least=2, of=("a", "b", "c")), {"a": False, "b": False}, NO),
    ],
)
def test_a_criterion_is_met_or_not_or_cannot_be_known(criterion, features, expected):
    assert fits(criterion, features) is expected


@pytest.mark.parametrize(
    ("criterion", "features"),
    [("months", {"months": 7}), (MONTHS, {"months": True}), (Criterion(), {})],
)
def test_a_mistake_in_the_data_is_an_error_and_not_an_answer(criterion, features):
    with pytest.raises(ValueError, match=r"feature|criterion"):
        fits(criterion, features)


def test_the_names_come_in_the_order_of_the_tree():
    tree = Criterion(all_of=("a", Criterion(any_of=("b", MONTHS)), "a"))
    assert list(feature_names(tree)) == ["a", "b", "months", "a"]


KNOWN = [each for each in load().definitions.values() if each.logic is not None]


@given(st.data())
def test_an_answer_that_is_known_stays_when_more_becomes_known(data):
    definition = data.draw(st.sampled_from(KNOWN))
    numbers = {part.feature for part in bounds(definition.logic)}
    values = {
        name: data.draw(st.floats(0, 100) if name in numbers else st.booleans())
        for name in definition.features
    }
    kept = data.draw(st.sets(st.sampled_from(sorted(values))))
    some = fits(definition.logic, {name: values[name] for name in kept})
    everything = fits(definition.logic, values)
    assert everything is not UNKNOWN
    assert some in (UNKNOWN, everything)


def bounds(node):
    """Every numeric bound in the tree."""
    if isinstance(node, str):
        return []
    own = [node] if node.feature else []
    below = (*node.all_of, *node.any_of, *node.none_of, *node.of)
    return own + [found for part in below for found in bounds(part)]
