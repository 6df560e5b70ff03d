"""Shares, scores and intervals, against cases worked by hand."""

from random import Random  # noqa: TID251  # seeded

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.evidence.evaluate.metrics import (
    bootstrap,
    confusion,
    f1,
    macro_f1,
    share,
    value_scores,
    wilson,
)

# Expected, read: a 3 of 4 found and 1 of 4 read wrongly; b 1 of 2 found; c never read.
PAIRS = [("a", "a")] * 3 + [("a", "b")] + [("b", "b"), ("b", "a")] + [("c", "b")]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),  # Newcombe 1998, the printed method 3, to four places
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (0, 0, 0.0, 1.0),  # nothing is known of nothing
    ],
)
def test_wilson_interval(right, of, low, high):
    interval = wilson(right, of)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_a_share_of_nothing_is_not_known():
    assert share(0, 0).value is None
    assert share(3, 4).value == 0.75


def test_f1_by_hand():
    # a: precision 3/4, recall 3/4; b: precision 1/3, recall 1/2; c: never read
    assert f1(PAIRS, "a") == pytest.approx(0.75)
    assert f1(PAIRS, "b") == pytest.approx(0.4)
    assert f1(PAIRS, "c") == 0
    assert f1(PAIRS, "d") is None


def test_macro_f1_is_over_the_values_that_were_expected():
    assert macro_f1(PAIRS) == pytest.approx((0.75 + 0.4 + 0) / 3)
    assert macro_f1(PAIRS, ["a", "b"]) == pytest.approx(0.575)
    assert macro_f1([]) is None


def test_precision_and_recall_of_each_value():
    by_value = {s.value: s for s in value_scores(PAIRS, range(len(PAIRS)), Random(1), 10)}
    assert (by_value["b"].precision.right, by_value["b"].precision.of) == (1, 3)
    assert (by_value["b"].recall.right, by_value["b"].recall.of) == (1, 2)
    assert by_value["c"].precision.value is None


def test_the_confusion_table_holds_every_pair():
    assert confusion(PAIRS) == {"a": {"a": 3, "b": 1}, "b": {"a": 1, "b": 1}, "c": {"b": 1}}


def test_the_bootstrap_draws_whole_groups():
    # Two papers, one all right and one all wrong: only 0, 1/2 and 1 can be drawn.
    items, groups = [1, 1, 1, 0, 0, 0], ["x", "x", "x", "y", "y", "y"]
    drawn = set()

    def mean(values):
        drawn.add(sum(values) / len(values))
        return sum(values) / len(values)

    interval = bootstrap(items, groups, mean, Random(1), 200)
    assert drawn == {0, 0.5, 1}
    assert (interval.low, interval.high) == (0, 1)


def test_the_same_seed_gives_the_same_interval():
    once, again = (
        bootstrap(PAIRS, range(len(PAIRS)), macro_f1, Random(7), 50) for _ in range(2)
    )
    assert once == again


def test_nothing_has_no_interval():
    assert bootstrap([], [], macro_f1, Random(1), 10) is None


@given(st.integers(0, 200), st.integers(0, 200))
def test_an_interval_holds_its_share(right, more):
    whole = share(right, right + more)
    assert 0 <= whole.low <= whole.high <= 1
    assert whole.value is None or whole.low <= whole.value <= whole.high


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_the_order_of_the_pairs_does_not_matter(pairs):
    assert macro_f1(pairs) == pytest.approx(macro_f1(pairs[::-1]))
