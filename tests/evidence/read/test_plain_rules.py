"""Rules that are told plainly in unusual words, and sentences near them that tell no rule."""

import pytest
from tests.evidence.read.short_texts import C, F, I, N, O, R, S, read, told

TITLES = {
    "me": "Sleep and pain in patients with ME/CFS",
    "cfs": "Sleep and pain in patients with chronic fatigue syndrome",
    "lc": "Sleep and pain after COVID-19: a cohort of people with Long COVID",
    "fat": "Chronic fatigue in the community",
}
# What the title names, the badge, the definitions (None: not compared), the sentence.
RULES = [
    ("cfs", N, {F}, "By the 1994 CDC definition 31 patients had CFS."),
    ("cfs", N, {F}, "By the Fukuda criteria, 40 of the women who were seen had CFS and took part."),
    ("cfs", N, {F}, "Entry was by the Fukuda criteria."),
    ("cfs", N, {F}, "Admission to the study was through the Fukuda definition, applied by two physicians."),
    ("cfs", N, {F}, "Forty patients complied with the diagnosis of CFS by means of the Fukuda criteria."),
    ("cfs", N, {F}, "The 1994 CDC criteria were taken as a basis for the diagnosis."),
    ("cfs", N, {F}, "The Fukuda criteria served as the basis for selection."),
    ("cfs", N, {F}, "The case definition was the 1994 definition (Fukuda et al.)."),
    ("cfs", N, {F}, "The case definition was that of Fukuda et al. (1994)."),
    ("cfs", N, {F}, "As case definition we took the Fukuda criteria."),
    ("me", R, {C}, "Our case definition was the Canadian Consensus Criteria."),
    ("me", R, {C}, "Only the 60 whose records fulfilled the Canadian Consensus Criteria were accepted as cases."),
    ("me", R, {C}, "Entry was by the Canadian criteria."),
    ("me", R, {C}, "The Canadian Consensus Criteria decided who was admitted to the study."),
    ("me", R, {I}, "The International Consensus Criteria for ME formed the basis of the diagnosis in all patients."),
    ("me", R, {C}, "Diagnosis: Canadian Consensus Criteria."),
    ("me", R, {O}, "The diagnosis rested on the Institute of Medicine criteria."),
    ("me", R, {O}, "Cases were accepted if they were in agreement with the IOM criteria of 2015."),
    ("me", R, {O}, "Thirty people who met the US Centers for Disease Control (2015) diagnostic criteria for ME/CFS were interviewed."),
    ("me", R, {O}, "ME/CFS participants met the criteria of the National Academy of Medicine48."),
    ("me", R, {"nice_2021"}, "Diagnosis of ME/CFS was confirmed by a specialist service in line with NICE guideline NG206."),
    ("me", R, {"nice_2021"}, "All had been diagnosed by a specialist service under NICE NG206."),
    ("cfs", N, {"holmes_1988"}, "The study population consisted of 21 CFS patients (Centers for Disease Control and Prevention [CDC] criteria, 1988) and 13 controls."),
    ("cfs", N, {"holmes_1988"}, "CFS was identified in 135 patients using the case definition provided in 1988."),
    ("cfs", N, {"holmes_1988"}, "CFS subjects were drawn from a clinic and met the 1988 Centers for Disease Control working case definition."),
    ("cfs", N, {F}, "Outpatients with CFS who satisfied the case definition of 1994 were told of the study."),
    ("cfs", N, {F}, "CFS was defined in accordance with the international research case definition of 19943."),
    ("cfs", N, {"reeves_2005"}, "CFS was classified by applying standardised thresholds, as recommended by Reeves et al. in 2005."),
    ("cfs", N, {"reeves_2005"}, "CFS was classified by standardised thresholds on three questionnaires as recommended by Reeves 2005."),
    ("cfs", N, {"oxford_1991"}, "All 30 patients were given the diagnosis in compliance with the Oxford criteria."),
    ("cfs", N, {"oxford_1991"}, "The Oxford criteria were the condition for taking part."),
    ("cfs", N, {F}, "Patients were diagnosed at the Fatigue Centre in accordance with the Fukuda criteria."),
    ("cfs", N, {F}, "Thirty patients (Fukuda criteria) and 20 controls walked on a treadmill."),
    ("cfs", N, {F}, "All are medically diagnosed, conform to Fukuda criteria, and have been ill for two years."),
    ("cfs", N, {F}, "For admission, the Fukuda criteria had to be satisfied."),
    ("me", R, {C}, "Selection followed the Canadian Consensus Criteria."),
    ("me", R, {C}, "The label ME/CFS was given in conformity with the Canadian Consensus Criteria."),
    ("me", R, {C}, "What counted as ME/CFS was laid down by the Canadian Consensus Criteria."),
    ("me", R, {C}, "CCC were fulfilled by all patients."),
    ("me", R, {C}, "CCC were met in every case."),
]  # fmt: skip

NO_RULES = [
    ("cfs", S, None, "Entry to most trials has been by the Fukuda criteria."),
    ("cfs", S, None, "In other studies the 1994 CDC criteria were taken as a basis for the diagnosis."),
    ("cfs", S, None, "The case definition most often used in research was that of Fukuda et al. (1994)."),
    ("cfs", S, None, "The Fukuda criteria did not serve as the basis for selection."),
    ("me", S, None, "Only 12 of the controls whose records fulfilled the Canadian Consensus Criteria were told so."),
    ("me", S, None, "The Canadian Consensus Criteria were not the basis of the diagnosis."),
    ("me", S, None, "The outcome was recovery by the Canadian Consensus Criteria."),
    ("me", S, None, "Entry was by self-report; the Canadian Consensus Criteria could not be checked."),
    ("me", S, None, "Controls were interviewed so that none met the Canadian Consensus Criteria."),
    ("me", S, None, "The Canadian Consensus Criteria were the subject of the interviews."),
    ("cfs", S, None, "Since 1994 the criteria have been widely used."),
    ("cfs", S, None, "Clinicians were asked whether they used the case definition of 1994."),
    ("cfs", S, None, "Depression was defined by the 1994 criteria of DSM-IV."),
    ("me", S, None, "The Canadian Consensus Criteria form the basis of the questionnaire."),
]  # fmt: skip


@pytest.mark.parametrize(("about", "badge", "definitions", "sentence"), [*RULES, *NO_RULES])
def test_a_sentence_of_the_methods_of_an_abstract(about, badge, definitions, sentence):
    abstract = f"BACKGROUND: Sleep is often poor. METHODS: {sentence} Forty were compared with 20 controls."
    found = read(TITLES[about], f"{abstract} RESULTS: Sleep was worse in patients.")
    assert told(found.pem, definitions) == (badge, definitions, None)
