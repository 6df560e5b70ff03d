"""Plain rules in places where they were overlooked, and what stands near them and is no rule."""

import pytest
from tests.evidence.read.short_texts import ORIGIN, READER, C, F, I, M, N, O, R, S

from rapport.evidence.publication import Publication

SLEEP = "Sleep in ME/CFS"


def read(text, title=SLEEP):
    return READER.read(Publication(origin=ORIGIN, title=title, text=text)).pem


def judged(text, title=SLEEP):
    pem = read(text, title)
    return pem.badge, set(pem.definitions)


# Where a place is named, the sentence tells what was done there, not what a definition says.
PRACTICE = [
    (N, {F}, "At this clinic CFS is diagnosed with the Fukuda criteria. We reviewed the charts of 60 consecutive patients."),
    (R, {O}, "CFS has been diagnosed at Exampleton City Hospital and the diagnosis is based on fulfilling the Institute of Medicine 2015 criteria. Forty patients were randomised."),
    (R, {C}, "In both participating centres ME/CFS is diagnosed by the Canadian Consensus Criteria. We recruited 30 patients."),
    (R, {O}, "CFS has been diagnosed in this hospital since 2016, based on fulfilling the Institute of Medicine 2015 criteria. We describe the first 90 patients."),
]  # fmt: skip
IN_GENERAL = [
    "In most hospitals ME/CFS is diagnosed with the Fukuda criteria. We interviewed 30 patients on their sleep.",
    "In this country ME/CFS is diagnosed with the Canadian criteria. We interviewed 30 patients on their sleep.",
    "ME/CFS has been diagnosed with the Fukuda criteria since 1994. We interviewed 30 patients on their sleep.",
    "CFS, as described by Fukuda and others, overlaps with burnout. We interviewed 30 patients on their sleep.",
    "ME/CFS as defined by the Canadian criteria remains rare in care. We interviewed 30 patients on their sleep.",
    "Thirty patients filled in the DSQ, which gave Canadian criteria status for a table.",
]  # fmt: skip


@pytest.mark.parametrize(("badge", "definitions", "text"), PRACTICE)
def test_what_is_done_at_a_place_is_the_rule_of_its_patients(badge, definitions, text):
    assert judged(text) == (badge, definitions)


@pytest.mark.parametrize("text", IN_GENERAL)
def test_what_is_done_in_general_is_no_rule(text):
    assert read(text).badge is S


REGISTERED = "Low dose of a drug.\n\n{heading}\n{items}\n\nExclusion criteria\n- Pregnancy\n"


@pytest.mark.parametrize(
    "heading",
    [
        "Inclusion criteria",
        "Participant inclusion criteria",
        "Additional inclusion criteria for participants with ME/CFS",
        "Key eligibility criteria for adults",
        "Box 2. Entry criteria",
    ],
)
def test_a_list_of_criteria_is_known_by_its_heading_however_it_is_worded(heading):
    items = (
        "- Age 18 to 60\n- Meets the Canadian Consensus Criteria (assessed by questionnaire)"
    )
    assert judged(REGISTERED.format(heading=heading, items=items)) == (R, {C})


def test_symptoms_listed_below_a_definition_are_not_asked_for_one_by_one():
    items = (
        "1. Meet the 1994 case definition criteria for CFS (assessed through an interview):\n"
        "- Severe fatigue for six months\n- Four or more symptoms from:\n"
        "- Post-exertional malaise over 24 hours\n- Unrefreshing sleep"
    )
    assert judged(REGISTERED.format(heading="Inclusion Criteria:", items=items)) == (N, {F})


def test_what_is_assessed_is_no_item_of_a_list():
    items = "- Adults with fatigue\n- The Canadian criteria are assessed by questionnaire"
    assert read(REGISTERED.format(heading="Inclusion criteria", items=items)).badge is not R


BEHIND_THE_AIM = (
    "Background\nSleep is poor in many. {before}The aim of this study was to count hours of sleep. "
    "{after}\nResults\nPatients slept for six hours.\nConclusions\nSleep was short.\n"
)
MET = "The Fukuda criteria were used to define CFS patients. "


def test_what_follows_the_aim_below_background_is_told_of_this_study():
    assert judged(BEHIND_THE_AIM.format(before="", after=MET)) == (N, {F})


def test_what_stands_before_the_aim_was_known_before():
    assert read(BEHIND_THE_AIM.format(before=MET, after="")).badge is S


def test_a_background_beside_labelled_methods_holds_none():
    text = BEHIND_THE_AIM.format(before="", after=MET)
    assert (
        read(text.replace("\nResults", "\nMethods\nWe asked 40 patients.\nResults")).badge is S
    )


SO_MANY = "In 50 patients with fatigue after COVID-19 we looked at sleep. {}"


@pytest.mark.parametrize(
    ("badge", "text"),
    [
        (M, SO_MANY.format("Twenty patients fulfilled the Canadian Consensus Criteria.")),
        (R, SO_MANY.format("All 50 patients fulfilled the Canadian Consensus Criteria.")),
        (R, SO_MANY.format("Fifty patients fulfilled the Canadian Consensus Criteria.")),
        (R, "Sleep was recorded. Twenty patients fulfilled the Canadian Consensus Criteria."),
    ],
)
def test_fewer_than_were_counted_before_are_a_part_of_them(badge, text):
    assert read(text, "Sleep after COVID-19 and in ME/CFS").badge is badge


@pytest.mark.parametrize(
    ("definitions", "text"),
    [
        ({"holmes_1988"}, "Patients had CFS as defined by the CDC in 1988."),
        ({F}, "Diagnoses were made by physicians using the CDC definition of Fukuda."),
        ({F}, "Diagnoses were made with the CDC criteria published by Fukuda et al."),
        ({"oxford_1991"}, "Each patient was diagnosed according to the UK (Oxford) criteria."),
        ({F}, "The diagnosis of CFS was made with the CDC-definition by paediatricians."),
    ],
)
def test_a_body_and_its_author_or_year_name_one_definition(definitions, text):
    assert judged(text, "Sleep in CFS") == (N, definitions)


def test_the_international_criteria_are_known_under_a_wrong_name():
    text = "Participants will be included by the International Clinical Criteria for ME/CFS."
    assert judged(text) == (R, {I})
    assert read("Patients met the International Clinical Criteria for sepsis.").badge is S


@pytest.mark.parametrize(
    ("definitions", "text"),
    [
        ({C}, "Participants were diagnosed at home using the Canadian guidelines."),
        ({I}, "The diagnosis was established according to ICC by two consultants."),
        ({C}, "ME/CFS status: all fulfilled CCC."),
        ({C}, "The ME/CFS group were 30 women. Each of them met the Canadian criteria."),
        ({O}, "Volunteers had to report PEM and to meet the IOM criteria."),
        (
            {C},
            "In our clinic ME/CFS is diagnosed by the Canadian criteria. We recruited 30 patients.",
        ),
    ],
)
def test_unusual_words_for_a_plain_rule(definitions, text):
    assert judged(text) == (R, definitions)


@pytest.mark.parametrize(
    "text",
    [
        "Asthma was diagnosed using the Canadian guidelines.",
        "Agreement on the diagnosis according to the ICC was 0.9.",
        "Each of them was told of the Canadian criteria.",
    ],
)
def test_near_those_words_there_is_no_rule(text):
    assert read(text).badge is S


def test_when_people_were_seen_is_no_edition_of_the_criteria():
    text = "CFS patients, all fulfilling CDC criteria, were recruited between 2011 and 2014."
    assert read(text, "Sleep in CFS").badge is not R
    named = "CFS patients met the CDC criteria published in 1994."
    assert judged(named, "Sleep in CFS") == (N, {F})


def test_one_cohort_and_the_other_have_rules_of_their_own():
    text = "One cohort was selected with the Fukuda criteria (n=40), the other with the {}."
    assert read(text.format("Canadian criteria (n=35)")).badge is M
    assert read(text.format("CDC 1994 criteria (n=35)")).badge is N


def test_the_edition_of_a_guideline_is_told_by_when_an_abstract_says_people_were_recruited():
    text = (
        "Patients meeting the NICE criteria for CFS were recruited from two clinics between {}."
    )
    assert judged(text.format("May 2011 and June 2013")) == (R, {"nice_2007"})
    assert read(text.format("spring and autumn")).badge is S
