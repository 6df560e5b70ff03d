"""Cards keep their addresses: ids come from identifiers, every other name is an alias."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.ids import Identifiers
from rapport.evidence.release.card_ids import alias_keys, aliases, card_id


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        (Identifiers(pmid="123", pmcid="PMC9", doi="10.1/x"), "pmid-123"),
        (Identifiers(pmcid="PMC9", doi="10.1/x"), "pmc9"),
        (Identifiers(doi="10.1234/rest.1"), "doi-10.1234-rest.1-"),
        (Identifiers(), "how-people-rest-"),
    ],
)
def test_the_best_identifier_names_the_card(identifiers, expected):
    assert card_id(identifiers, title="How people rest", given_id="7").startswith(expected)


@given(title=st.text(max_size=200), doi=st.none() | st.text(min_size=1, max_size=80))
def test_every_id_is_short_and_safe_in_an_address(title, doi):
    name = card_id(Identifiers(doi=doi), title=title, given_id=None)
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,63}", name)
    assert ".." not in name


def test_an_address_from_fewer_identifiers_still_leads_to_the_card():
    known = Identifiers(doi="10.1234/rest.1")
    old = card_id(known, title="How people rest", given_id=None)
    now = Identifiers(pmid="123", doi="10.1234/rest.1")
    names = aliases([now], titles=["how people rest"], given_ids=[])
    assert old in names
    assert card_id(Identifiers(), title="how people rest", given_id=None) in names


@given(st.text(max_size=120))
def test_any_text_can_be_looked_up(name):
    assert all(isinstance(key, str) for key in alias_keys(name))
