"""The gap report: no small number in one, and none between two."""

import datetime
import itertools
from collections import Counter, defaultdict

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.coalition.conftest import TODAY, day

from rapport.practice.coalition.gap_report import (
    agreed,
    cells,
    next_quarter,
    numbers_of,
    quarter_of,
    renewed,
    report,
    shown,
)
from rapport.practice.records.coalition import Domain, GapReason, NeedState
from rapport.practice.records.people import Consent, ConsentKind


def published(numbers, k):
    may, total = shown(dict(enumerate(numbers)), sum(numbers), k)
    return tuple(sorted(may.items())), total


@pytest.mark.parametrize(("k", "cells_", "most"), [(3, 3, 7), (3, 5, 4), (4, 4, 6), (5, 3, 12)])
def test_no_small_number_can_be_computed_back_even_by_who_knows_the_rule(k, cells_, most):
    # Every table there is, by what is published of it: wherever a small number stands in one,
    # another stands in a table with the very same publication.
    same = defaultdict(list)
    for numbers in itertools.product(range(most + 1), repeat=cells_):
        same[published(numbers, k)].append(numbers)
    for (_, total), tables in same.items():
        for position in range(cells_):
            may_be = {table[position] for table in tables}
            if may_be & set(range(1, k)):
                assert len(may_be) > 1, (tables[0], position)
                if total is not None:
                    assert may_be >= set(range(k)), (tables[0], position)


@given(
    st.dictionaries(st.sampled_from(GapReason), st.integers(0, 40), min_size=12, max_size=12),
    st.integers(3, 12),
)
def test_what_is_shown_is_true_and_large_enough(numbers, k):
    may, total = shown(numbers, sum(numbers.values()), k)
    assert all(numbers[key] == number >= k for key, number in may.items())
    assert total in (None, sum(numbers.values()))


ADDED = st.frozensets(
    st.tuples(st.sampled_from(list(Domain)[:2]), st.sampled_from(list(GapReason)[:3])),
    max_size=3,
).map(lambda each: frozenset({domain: (domain, why) for domain, why in sorted(each)}.values()))
"""What one person adds: at most one reason for an area."""
STATES = st.dictionaries(st.sampled_from([f"p{n}" for n in range(24)]), ADDED)


def counted(state, k, stood=None):
    return renewed(stood, {name: numbers_of(each) for name, each in state.items()}, k)


def made(state, k, stood=None):
    return report(counted(state, k, stood).numbers, k, TODAY)


@given(STATES, st.integers(3, 10))
def test_the_report_shows_only_groups_that_are_large_enough(state, k):
    numbers = Counter(cell for each in state.values() for cell in each)
    for row in made(state, k).rows:
        people = sum(n for (domain, _), n in numbers.items() if domain is row.domain)
        assert people >= k
        assert row.total in (None, people)
        for reason, number in row.reasons.items():
            assert number == numbers[row.domain, reason] >= k


def test_three_people_with_gaps_everywhere_are_still_three_people():
    everywhere = frozenset((domain, GapReason.UNKNOWN) for domain in Domain)
    assert made(dict.fromkeys("abc", everywhere), 10).rows == ()


@given(STATES, STATES, st.integers(3, 10))
def test_reports_of_states_that_fewer_people_than_the_smallest_group_tell_apart_are_the_same(
    state, other, k
):
    changed = sorted(
        name for name in state.keys() | other.keys() if state.get(name) != other.get(name)
    )
    after = state | {name: other.get(name, frozenset()) for name in changed[: k - 1]}
    assert made(after, k, counted(state, k)) == made(state, k)


@given(st.lists(STATES, min_size=2, max_size=6), st.integers(3, 10))
def test_from_a_report_to_the_next_a_number_is_the_same_or_a_group_has_changed_in_it(states, k):
    told = [counted(states[0], k)]
    for state in states[1:]:
        told.append(counted(state, k, told[-1]))
    for before, after in itertools.pairwise(told):
        for number in {*before.numbers, *after.numbers}:
            if before.numbers.get(number) != after.numbers.get(number):
                were, are = (
                    {name for name, numbers in each.people.items() if number in numbers}
                    for each in (before, after)
                )
                assert len(were ^ are) >= k


@given(STATES, st.sets(st.sampled_from([f"p{n}" for n in range(24)])), st.integers(3, 10))
def test_nobody_can_be_found_by_erasing_or_by_taking_back(state, gone, k):
    before = counted(state, k)
    few = sorted(gone & state.keys())[: k - 1]
    left = {name: each for name, each in state.items() if name not in few}
    erased = msgspec.structs.replace(
        before, people={name: each for name, each in before.people.items() if name in left}
    )
    for stood in (before, erased):
        assert report(counted(left, k, stood).numbers, k, TODAY) == made(state, k)


def test_whoever_is_erased_counts_as_one_who_left():
    cell = frozenset({(Domain.FOOD, GapReason.UNKNOWN)})
    twelve = counted({f"p{n}": cell for n in range(12)}, 5)
    only = msgspec.structs.replace(twelve, people={"p0": twelve.people["p0"]})
    assert report(twelve.numbers, 5, TODAY).rows[0].total == 12
    assert made({"p0": cell}, 5, only).rows == ()


def test_a_number_follows_once_a_group_has_changed():
    cell = frozenset({(Domain.FOOD, GapReason.UNKNOWN)})
    ten, nineteen, twenty = ({f"p{n}": cell for n in range(many)} for many in (10, 19, 20))
    first = counted(ten, 10)
    slow = counted(nineteen, 10, first)
    assert slow.numbers == first.numbers
    assert made(twenty, 10, slow).rows[0].total == 20


def test_numbers_of_different_days_that_do_not_fit_hide_the_total():
    numbers = {"a": 20, "b": 12}
    for total in (8, 19):
        assert shown(numbers, total, 10) == (numbers, None)


@pytest.mark.parametrize(
    ("when", "quarter", "following"),
    [
        ((2026, 1, 1), "2026-Q1", (2026, 4, 1)),
        ((2026, 3, 31), "2026-Q1", (2026, 4, 1)),
        ((2026, 4, 1), "2026-Q2", (2026, 7, 1)),
        ((2026, 9, 30), "2026-Q3", (2026, 10, 1)),
        ((2026, 12, 31), "2026-Q4", (2027, 1, 1)),
    ],
)
def test_a_quarter_and_the_next(when, quarter, following):
    assert quarter_of(datetime.date(*when)) == quarter
    assert next_quarter(datetime.date(*when)) == datetime.date(*following)


def test_one_patient_adds_one_reason_for_an_area_of_life(coalition):
    closed = msgspec.structs.replace(coalition.needs["n1"], state=NeedState.UNMET)
    held = msgspec.structs.replace(coalition, needs={**coalition.needs, "n1": closed})
    assert cells(held, TODAY) == {
        (Domain.INCOME, GapReason.UNKNOWN),
        (Domain.FOOD, GapReason.UNKNOWN),
    }


def consent(kind, days, withdrawn=None):
    return Consent(
        consent=kind,
        text="t",
        version=1,
        given_at=datetime.datetime.combine(day(days), datetime.time(), datetime.UTC),
        method="screen",
        withdrawn_at=None
        if withdrawn is None
        else datetime.datetime.combine(day(withdrawn), datetime.time(), datetime.UTC),
    )


COUNTS = ConsentKind.GAP_COUNTS


@pytest.mark.parametrize(
    ("consents", "may"),
    [
        ([], False),
        ([consent(ConsentKind.RESEARCH, -9)], False),
        ([consent(COUNTS, -9)], True),
        ([consent(COUNTS, -9, withdrawn=-3)], False),
        # Taken back, and given again later.
        ([consent(COUNTS, -2), consent(COUNTS, -9, withdrawn=-3)], True),
    ],
)
def test_only_who_agreed_and_did_not_take_it_back_is_counted(consents, may):
    assert agreed(consents) is may
