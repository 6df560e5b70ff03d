"""Works on the same people count once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.study_card import RelatedWork
from rapport.core.ids import Identifiers
from rapport.evidence.after.cohorts import cohorts

ABSENT = Identifiers(doi="10.9999/absent")


def related(kind, card=None, identifiers=None):
    return RelatedWork(kind=kind, card=card, identifiers=identifiers or Identifiers())


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        ({"a": (), "b": ()}, []),
        ({"a": (related("preprint_of", "b"),), "b": ()}, ["ab"]),
        ({"a": (related("same_cohort", "b"),), "b": (related("has_preprint", "c"),), "c": ()}, ["abc"]),
        # Two reports of one preprint that is not here.
        ({"a": (related("has_preprint", None, ABSENT),), "b": (related("has_preprint", None, ABSENT),)}, ["ab"]),
        # A comment is about other people's people.
        ({"a": (related("commented_by", "b"),), "b": (related("comment_on", "a"),)}, []),
        # A notice is no study of its own ...
        ({"a": (related("corrected_by", "n"),), "n": (related("correction_of", "a"),)}, ["an"]),
        # ... and one about two works does not make one of them.
        ({"a": (), "b": (), "n": (related("correction_of", "a"), related("correction_of", "b"))}, []),
        ({"a": (related("reanalysed_by", "b"),), "b": ()}, ["ab"]),
    ],
)  # fmt: skip
def test_who_shares_people(works, expected):
    groups = {"".join(sorted(group)) for group in cohorts(works).values()}
    assert sorted(groups) == expected


PAIRS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8)


@given(PAIRS, st.randoms())
def test_groups_are_the_same_in_every_order_and_do_not_overlap(pairs, random):
    works = {name: [] for name in "abcdef"}
    for one, other in pairs:
        if one != other:
            works[one].append(related("same_cohort", other))
    names = list(works)
    random.shuffle(names)
    found = cohorts(works)
    assert cohorts({name: works[name][::-1] for name in names}) == found
    assert all(found[member] == group for group in found.values() for member in group)
