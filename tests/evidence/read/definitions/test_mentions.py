"""Names of case definitions are found and resolved to a version, or stay open."""

import pytest

from rapport.evidence.publication import Reference
from rapport.evidence.read.definitions.citations import citations
from rapport.evidence.read.definitions.mentions import Mentions
from rapport.evidence.read.definitions.surroundings import Surroundings
from rapport.knowledge.load import load

MENTIONS = Mentions(load())
FUKUDA = Reference(
    label="1",
    text="Fukuda K, Straus SE, et al. The chronic fatigue syndrome: a comprehensive approach to "
    "its definition and study. Ann Intern Med. 1994;121:953-9.",
)
CCC = Reference(
    label="2",
    text="Carruthers BM, et al. Myalgic encephalomyelitis/chronic fatigue syndrome: clinical "
    "working case definition, diagnostic and treatment protocols. J CFS. 2003;11:7-115.",
)
ICC = Reference(
    label="3",
    text="Carruthers BM, et al. Myalgic encephalomyelitis: International Consensus Criteria. "
    "J Intern Med. 2011;270:327-38.",
)
IOM = Reference(
    label="4",
    text="Institute of Medicine. Beyond ME/CFS: redefining an illness. Washington; 2015.",
)
CITED = {one.label: one for one in (FUKUDA, CCC, ICC, IOM)}


def found(text, **surroundings):
    mentions = MENTIONS.find(text, Surroundings(**{"references": CITED, **surroundings}))
    return [mention.definition for mention in mentions]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Patients met the Canadian Consensus Criteria (CCC).", ["ccc_2003"]),
        ("Patients met the 1994 CDC (Fukuda) criteria.", ["fukuda_1994"]),
        ("Patients met the Fukuda and Canadian criteria.", ["fukuda_1994", "ccc_2003"]),
        ("They met the Canadian [2] and IOM [4] criteria.", ["ccc_2003", "iom_2015"]),
        # A printed superscript glued to the word.
        ("ME/CFS was diagnosed using Canadian criteria2 in all.", ["ccc_2003"]),
        # Quotation marks around a part of the name, single or double, straight or curly.
        ('Diagnosed by the "Canadian" criteria.', ["ccc_2003"]),
        (
            "Diagnosed by \u2018Fukuda\u2019 and \u201cCanadian consensus\u201d criteria.",
            ["fukuda_1994", "ccc_2003"],
        ),
        ("Patients' doctors used the 'Oxford' criteria.", ["oxford_1991"]),
        ("They met Fukuda's criteria.", ["fukuda_1994"]),
        ("They met the Canada Consensus Criteria.", ["ccc_2003"]),
        # The second name of a criterion set in brackets is no second set.
        ("They met the international consensus criteria (ME-ICC).", ["icc_2011"]),
        # The statistic, the university and the physician of another disease.
        ("Agreement was good (ICC = 0.87).", []),
        ("Patients were seen at the University of Oxford.", []),
        ("Balance was tested with the Fukuda stepping test.", []),
    ],
)
def test_names_are_found_once_each(text, ids):
    assert found(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("They fulfilled the criteria of Carruthers et al. [2].", ["ccc_2003"]),
        ("They fulfilled the criteria of Carruthers et al. [3].", ["icc_2011"]),
        ("They met the CDC criteria (1).", ["fukuda_1994"]),
        ("They met the CDC criteria [4].", ["iom_2015"]),
        ("They met international consensus criteria [3].", ["icc_2011"]),
        # Where no name is given, the work cited beside "criteria" is the name.
        ("They met published criteria for the illness [2].", ["ccc_2003"]),
        ("They met criteria for CFS [1] and for ME [3].", ["fukuda_1994", "icc_2011"]),
        # Without a work that settles it, the name stays open.
        ("They met the CDC criteria [9].", [None]),
    ],
)
def test_a_cited_work_settles_which_version_is_meant(text, ids):
    assert found(text) == ids


@pytest.mark.parametrize(
    ("text", "surroundings", "ids"),
    [
        ("They met the CDC criteria.", {"year": 2009}, ["fukuda_1994"]),
        ("They met the CDC criteria.", {"year": 2020}, [None]),
        (
            "They met the CDC criteria.",
            {"certain": frozenset({"fukuda_1994"})},
            ["fukuda_1994"],
        ),
        ("They met CDC criteria, and some the IOM criteria.", {}, ["fukuda_1994", "iom_2015"]),
        ("They met the NICE criteria for ME/CFS.", {"recruited_from": 2016}, ["nice_2007"]),
        ("They met the NICE criteria for ME/CFS.", {"recruited_from": 2023}, ["nice_2021"]),
        ("They met the NICE criteria for ME/CFS.", {}, [None]),
    ],
)
def test_year_neighbours_and_dates_settle_what_they_can(text, surroundings, ids):
    assert found(text, references={}, **surroundings) == ids


def test_what_settled_a_name_is_said():
    (mention,) = MENTIONS.find("They met the CDC criteria [1].", Surroundings(references=CITED))
    assert mention.by == "reference"
    assert set(mention.candidates) == {"holmes_1988", "fukuda_1994", "iom_2015"}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("as defined [4, 6-8].", ("6", "7", "8", "4")),
        ("as defined (12).", ("12",)),
        ("the criteria\u2076 were met", ("6",)),
        ("(n = 25) and 3 of 4 in 2003", ()),
        ("in 2003 (2003)", ()),
    ],
)
def test_citations_by_number_are_read_as_printed(text, labels):
    assert tuple(label for one in citations(text) for label in one.labels) == labels
