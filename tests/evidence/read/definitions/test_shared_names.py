"""Names that several definitions share: settled by reference, year, date, or left open."""

import pytest

from rapport.evidence.publication import Reference
from rapport.evidence.read.definitions.mentions import Mentions
from rapport.evidence.read.definitions.surroundings import Surroundings
from rapport.knowledge.load import load

MENTIONS = Mentions(load())
CITED = {
    "1": Reference(text="Holmes GP, Kaplan JE. Chronic fatigue syndrome: a working case definition. Ann Intern Med 1988"),
    "2": Reference(text="Fukuda K, Straus SE. The chronic fatigue syndrome. Ann Intern Med 1994"),
    "3": Reference(text="Institute of Medicine. Redefining an illness. 2015"),
    "4": Reference(text="Carruthers BM. ME: International Consensus Criteria. J Intern Med 2011"),
}  # fmt: skip


def named(text, **known):
    found = MENTIONS.find(text, Surroundings(references=CITED, **known))
    return [mention.definition for mention in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met the CDC criteria [1].", ["holmes_1988"]),
        ("They met the CDC criteria (2).", ["fukuda_1994"]),
        ("They met the CDC criteria3.", ["iom_2015"]),
        ("They met the Centers for Disease Control case definition.1", ["holmes_1988"]),
        (
            "CFS by the criteria of the National Academy of Medicine3 was required.",
            ["iom_2015"],
        ),
        (
            "CFS (Centers for Disease Control and Prevention [CDC] criteria, 1988)",
            ["holmes_1988"],
        ),
        ("the US Centers for Disease Control (2015) diagnostic criteria", ["iom_2015"]),
        ("the working case definition of the Centers for Disease Control", ["holmes_1988"]),
        (
            "the definition of the Centers for Disease Control for the syndrome (Fukuda et al., 1994)",
            ["fukuda_1994"],
        ),
        ("They met the international consensus criteria [4].", ["icc_2011"]),
        ("They met the Fukuda criteria [9] and those for ME [4].", ["fukuda_1994", "icc_2011"]),
        ("They met the CDC criteria; pain was rated by criteria of 2016.", [None]),
        ("They met the international consensus criteria [2].", ["fukuda_1994"]),
    ],
)
def test_a_cited_work_or_a_year_settles_a_shared_name(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the CDC criteria of 1988 as well as those of 1994", ["holmes_1988", "fukuda_1994"]),
        ("the CDC definition of 1988 or 1994", ["holmes_1988", "fukuda_1994"]),
        ("the 1988 and 1994 CDC criteria", ["holmes_1988", "fukuda_1994"]),
        (
            "until 1994 the CDC definition of 1988, thereafter that of 1994",
            ["holmes_1988", "fukuda_1994"],
        ),
        ("the 2007 or 2021 NICE criteria", ["nice_2007", "nice_2021"]),
        ("the Fukuda criteria, in those of 1994 born abroad", ["fukuda_1994"]),
        ("the Canadian criteria of 2003 and 2010 people", ["ccc_2003"]),
    ],
)
def test_a_year_alone_names_another_edition(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, None),
        ({"year": 1991}, "holmes_1988"),
        ({"year": 2003}, "fukuda_1994"),
        ({"year": 2022}, None),
        ({"year": 2022, "recruited_from": 2010}, "fukuda_1994"),
        ({"certain": frozenset({"holmes_1988"})}, "holmes_1988"),
        ({"names_me": False}, "fukuda_1994"),
        ({"names_me": False, "year": 1992}, "holmes_1988"),
    ],
)
def test_a_replaced_edition_is_meant_only_at_its_time(known, expected):
    assert named("Patients met the CDC criteria.", **known) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ME/CFS patients (CDC/Canadian criteria)", [None, "ccc_2003"]),
        ("the Canadian and the CDC criteria", ["ccc_2003", None]),
        ("the Canadian criteria, and the CDC Symptom Inventory", ["ccc_2003"]),
        ("the Oxford criteria in London, the Fukuda criteria elsewhere", ["oxford_1991", "fukuda_1994"]),
    ],
)  # fmt: skip
def test_a_shared_name_counts_in_a_list_and_a_place_does_not(text, expected):
    assert named(text) == expected
