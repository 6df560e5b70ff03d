"""What some of the people met as well is no rule of all; what all of them met is."""

import pytest
from tests.evidence.read.short_texts import read

from rapport.core.vocabulary import Badge

TITLE = "Breathing in ME/CFS"


@pytest.mark.parametrize(
    "rule",
    [
        "We enrolled 60 patients meeting the Fukuda criteria, 20 of whom also fulfilled the CCC.",
        "Eighty people with CFS (Fukuda criteria), 35 of them meeting the ICC, gave blood.",
        "Patients had CFS by the Fukuda criteria, some of whom met the Canadian criteria.",
        "All patients met the Fukuda criteria, and many also fulfilled the CCC.",
        "All patients met the Fukuda criteria, and twenty also the Canadian criteria.",
        "We included 60 patients with CFS (Fukuda), including 20 who also met the Canadian criteria.",
        "Patients met the Fukuda criteria, and where possible the Canadian criteria.",
        "Patients met the Fukuda criteria and preferably also the Canadian criteria.",
        "All participants met the Fukuda criteria. Forty-one participants also met the IOM criteria.",
    ],
)
def test_a_definition_that_some_met_as_well_is_no_rule_of_all(rule):
    assert read(TITLE, rule).pem.badge in (Badge.NOT_REQUIRED, Badge.MIXED)


@pytest.mark.parametrize(
    "rule",
    [
        "The 33 patients, 20 of whom were women, met the Canadian criteria.",
        "Patients, 12 of whom were housebound, met the Fukuda and the Canadian criteria.",
        "Sixty patients met the Fukuda criteria, all of whom also met the Canadian criteria.",
        "Sixty patients met the Canadian criteria, 41 of whom also met the Fukuda criteria.",
        "Forty patients, several of whom had taken part before, fulfilled the ICC.",
        "Sixty patients who met the Fukuda criteria and also fulfilled the CCC were enrolled.",
        "Recruitment was restricted to people who met the Canadian Consensus Criteria.",
        "Patients met the Fukuda or IOM criteria; documentation of PEM in the records was required.",
    ],
)
def test_what_all_of_them_had_to_meet_stays_a_rule_of_all(rule):
    assert read(TITLE, rule).pem.badge is Badge.REQUIRED
