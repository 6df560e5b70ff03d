"""A search and its address: the one is always made from the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.vocabulary import Badge, Design, ReadScope
from rapport.knowledge.load import load
from rapport.web.errors import PageError
from rapport.web.search_page import FACETS, Asked, asked, facets, periods, toggled, valid

VALID = valid(load())


def read(address):
    from urllib.parse import parse_qs

    return asked(parse_qs(address.partition("?")[2]), VALID)


def values(facet):
    return st.lists(st.sampled_from(sorted(VALID.labels[facet])), max_size=3, unique=True)


searches = st.builds(
    Asked,
    q=st.text(max_size=60).map(lambda text: " ".join(text.split())),
    badge=values("badge").map(tuple),
    definition=values("definition").map(tuple),
    design=values("design").map(tuple),
    read=values("read").map(tuple),
    topic=values("topic").map(tuple),
    year_from=st.none() | st.integers(1900, 2000),
    year_to=st.none() | st.integers(2001, 2030),
)


@given(searches)
def test_the_address_of_a_search_leads_back_to_it(search):
    assert read(search.address()) == search


@given(searches, st.sampled_from(FACETS), st.data())
def test_a_value_chosen_twice_is_taken_away_again(search, facet, data):
    value = data.draw(st.sampled_from(sorted(VALID.labels[facet])))
    twice = toggled(toggled(search, facet, value), facet, value)
    assert set(getattr(twice, facet)) == set(getattr(search, facet))
    assert value in getattr(toggled(search, facet, value), facet) or value in getattr(
        search, facet
    )


def test_a_choice_leads_to_the_first_page():
    assert toggled(Asked(page=7), "badge", "required").page == 1


def test_every_mistake_is_told_at_once():
    with pytest.raises(PageError) as told:
        asked({"q": ["x" * 999], "badge": ["x"], "year_from": ["x"], "page": ["x"]}, VALID)
    assert told.value.status == 400
    assert len(told.value.fixes) == 4


def test_a_value_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(PageError) as told:
        asked({"badge": ["maybe"]}, VALID)
    assert all(badge.value in told.value.fixes[0] for badge in Badge)


def test_every_value_of_a_closed_facet_has_its_words():
    assert set(VALID.labels["badge"]) == {badge.value for badge in Badge}
    assert set(VALID.labels["design"]) == {design.value for design in Design}
    assert set(VALID.labels["read"]) == {scope.value for scope in ReadScope}
    assert set(VALID.labels["definition"]) == set(load().definitions)


def test_a_long_facet_shows_its_largest_values_first_and_keeps_the_rest():
    counts = {design.value: n for n, design in enumerate(Design, start=1)}
    design = next(f for f in facets(Asked(), {"design": counts}, VALID) if f.id == "design")
    shown = [choice.count for choice in (*design.shown, *design.more)]
    assert shown == sorted(shown, reverse=True)
    assert len(design.shown) == 6
    assert len(design.shown) + len(design.more) == len(Design)


def test_years_are_offered_where_there_are_cards():
    found = periods(Asked(), {"1994": 2, "2013": 3, "2019": 1, "2024": 5})
    assert [(choice.text, choice.count) for choice in found] == [
        ("2020 or later", 5),
        ("2010 to 2019", 4),
        ("Before 2000", 2),
    ]


def test_facets_can_widen_and_narrow_by_link_alone(client):
    page = client.get("/search?badge=required").content.decode()
    assert 'href="/search?badge=required&amp;badge=not_required"' in page
    assert 'aria-current="true"' in page
    assert "Without: PEM required" in page
