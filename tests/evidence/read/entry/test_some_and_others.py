"""Rules of some beside others: those left over, groups formed, parts by age, origin, year, place."""

import pytest
from tests.evidence.read.short_texts import DX, C, F, I, M, N, O, R, W, read, told

from rapport.core.vocabulary import Badge

ME = "Breathing in ME/CFS"
COVID = "Breathing in the post-COVID syndrome and in ME/CFS"

TOLD = [
    # Those left over show that the rule let nobody in.
    (COVID, "We saw 60 people with fatigue six months after COVID-19. The Canadian Consensus Criteria were met by 21; the other 39 had no ME/CFS.", M, {C}),
    (COVID, "All 70 had the post-COVID syndrome. In an interview, 32 of them proved to have ME/CFS by the Canadian criteria. These 32 were compared with the 38 who had not.", M, None),
    (ME, "All 50 met the Fukuda criteria. Those who in addition met the International Consensus Criteria (n = 30) made up the ME group; the rest are called CFS.", M, {F, I}),
    (COVID, "We followed 300 nurses after COVID-19. By the IOM criteria, 24 had ME/CFS and 276 had not.", M, {O}),
    # Left over, but not from the patients, or not by the rule.
    (ME, "Thirty patients met the Canadian Consensus Criteria. Fifteen cycled first; the other 15 rested.", R, {C}),
    (ME, "Thirty patients met the Canadian Consensus Criteria; the other 30 participants were healthy.", R, {C}),
    (ME, "Of 90 applicants, 40 met the IOM criteria and were enrolled. The remaining 50 did not and were not enrolled.", R, {O}),
    (ME, "Twenty patients met the Canadian criteria; the other 20 had multiple sclerosis.", R, {C}),
    # One met the first definition, and not the second.
    (ME, "Group A were 20 people with ME by the International Consensus Criteria. Group B were 22 people with CFS who met the Fukuda criteria but not the International Consensus Criteria.", M, {F, I}),
    (ME, "We compared a group with ME (International Consensus Criteria), a group with CFS (Fukuda criteria, not fulfilling the International Consensus Criteria) and a group of healthy persons.", M, {F, I}),
    (ME, "Patients met the Fukuda criteria but not the Canadian Consensus Criteria.", N, {F}),
    # Groups by a definition, taken up again by its name.
    (ME, "Patients with CFS by the Fukuda criteria were assigned to a CCC-positive group (n = 20) or a CCC-negative group (n = 19). Breathing was faster in the CCC-positive group.", M, {F, C}),
    # A word for all of the places is no word for all of the definitions.
    (ME, "Patients at both centres had to meet the Fukuda or the Canadian Consensus Criteria.", N, {F, C}),
    (ME, "All of the patients met the Fukuda or the Canadian Consensus Criteria.", N, {F, C}),
    # A share that met a second definition is a result.
    (ME, "All patients fulfilled the Fukuda criteria, and 31 also the Canadian Consensus Criteria.", N, {F}),
    (COVID, "Stratum 1 were patients with the post-COVID syndrome who had ME/CFS by the Canadian Consensus Criteria. Stratum 2 were patients with the post-COVID syndrome without ME/CFS.", M, {C}),
    # Kept out by a definition.
    (COVID, "Forty patients had the post-COVID-19 condition by the WHO definition. Patients who met the Canadian Consensus Criteria for ME/CFS were excluded.", N, {W}),
    (COVID, "Adults who had the post-COVID-19 condition according to the WHO case definition were randomised. People with ME/CFS by the IOM criteria were not eligible, for their safety.", N, {W}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "abstract", "badge", "definitions"), TOLD)
def test_some_who_met_a_definition_are_told_from_all(title, abstract, badge, definitions):
    pem = read(title, abstract).pem
    assert told(pem, definitions)[:2] == (badge, definitions)


PARTS = [
    ("Ambulatory patients met {}. Housebound patients met {}."),
    ("The Finnish patients met {}, the Italian patients {}."),
    ("Study 1 had recruited patients by {}. Studies 2 and 3 had recruited patients by {}."),
    ("Patients over 18 years met {}. Patients under 18 met {}."),
    ("Patients assessed in 2012 had been diagnosed by {}, patients assessed from 2018 by {}."),
    ("The first version of the protocol demanded {}. With an amendment {} took their place, and patients were enrolled under them."),
    ("Patients were diagnosed by the definition in local use (Turin: {}; Riga: {})."),
    ("In Turin, patients were enrolled if {} were met. In Riga, {} were used."),
    ("From 1996 to 2011 enrolment was by {} and since 2012 by {}."),
    ("One study had recruited patients according to {}, whereas for the other study {} had sufficed."),
    ("To give blood to biobank A one has to meet {}. Biobank B requires a diagnosis by {}."),
]  # fmt: skip
ASKS, ALSO_ASKS, DOES_NOT = (
    "the Canadian Consensus Criteria",
    "the 2015 IOM criteria",
    "the 1994 Fukuda criteria",
)


@pytest.mark.parametrize("words", PARTS)
@pytest.mark.parametrize(
    ("one", "other", "badge"),
    [
        (ASKS, DOES_NOT, Badge.MIXED),
        (DOES_NOT, ASKS, Badge.MIXED),
        (ASKS, ALSO_ASKS, Badge.REQUIRED),
        (ALSO_ASKS, ASKS, Badge.REQUIRED),
    ],
)
def test_parts_with_rules_of_their_own_are_mixed_only_if_these_answer_otherwise(
    words, one, other, badge
):
    text = f"We studied patients with ME/CFS. {words.format(one, other)}"
    assert read(ME, text).pem.badge is badge


ROUTES = [
    "Ambulatory participants had been diagnosed by the Canadian Consensus Criteria. For housebound participants a letter of the doctor with the diagnosis was accepted.",
    "Most participants came through a registry, for which a diagnosis by any doctor suffices. A smaller number came from our clinic; these met the Canadian Consensus Criteria.",
]  # fmt: skip


@pytest.mark.parametrize("words", ROUTES)
def test_a_route_without_criteria_may_be_told_before_or_behind_the_rule(words):
    pem = read(ME, words).pem
    assert told(pem, True)[:2] == (M, {C, DX})


def test_what_is_asked_of_one_part_beside_its_definition_is_not_asked_of_the_other():
    words = (
        "Estonian patients with ME/CFS had been diagnosed by their family doctors. Finnish "
        "patients had been diagnosed at a clinic, where the Fukuda criteria and, in addition, "
        "post-exertional malaise lasting at least 24 h are demanded."
    )
    assert told(read(ME, words).pem, True)[:2] == (M, {F, DX})
    of_all = "All patients had to have post-exertional malaise. " + words.replace(
        "had been diagnosed by their family doctors", "met the Canadian Consensus Criteria"
    )
    assert read(ME, of_all).pem.badge is R


def test_a_study_of_something_else_that_looked_for_the_illness_by_a_definition_has_a_badge():
    text = (
        "We followed 400 teachers with COVID-19 for two years. At the last visit, a physician "
        "determined whether each participant met the 2015 IOM criteria for ME/CFS."
    )
    assert read("Long-term outcome after COVID-19 in teachers", text).pem.badge is M
