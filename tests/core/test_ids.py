"""Identifiers come out in one normal form, whatever they were wrapped in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1016/j.brat.2013.02.001", "10.1016/j.brat.2013.02.001"),
        ("https://doi.org/10.1186/1741-7015-9-91", "10.1186/1741-7015-9-91"),
        ("doi:10.1016/S0140-6736(11)60096-2.", "10.1016/s0140-6736(11)60096-2"),  # own bracket
        ("(see 10.1371/journal.pone.0026358)", "10.1371/journal.pone.0026358"),  # not its own
        ("10.1002/14651858.CD003200.pub8", "10.1002/14651858.cd003200.pub8"),
        ("no identifier", None),
        ("", None),
        (None, None),
    ],
)
def test_a_doi_is_found_and_lowered(text, expected):
    assert normalise_doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23639303", "23639303"),
        ("PMID: 023639303", "23639303"),
        ("https://pubmed.ncbi.nlm.nih.gov/23639303/", "23639303"),
        ("volume 12", None),  # digits that nothing calls a PMID
        ("0", None),
        (None, None),
    ],
)
def test_a_pmid_is_digits_without_leading_zeros(text, expected):
    assert normalise_pmid(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PMC4685991", "PMC4685991"), ("pmc 4685991", "PMC4685991"), ("4685991", None)],
)
def test_a_pmcid_needs_its_prefix(text, expected):
    assert normalise_pmcid(text) == expected


@given(st.text(max_size=60))
def test_normal_forms_stay_as_they_are(text):
    for normalise in (normalise_doi, normalise_pmcid, normalise_pmid):
        once = normalise(text)
        assert once is None or normalise(once) == once


def test_the_best_identifier_is_pmcid_then_pmid_then_doi():
    every = Identifiers(pmid="1", pmcid="PMC2", doi="10.1000/x")
    assert every.best() == "PMC2"
    assert Identifiers(pmid="1", doi="10.1000/x").best() == "1"
    assert Identifiers(doi="10.1000/x").best() == "10.1000/x"
    assert Identifiers().best() is None
