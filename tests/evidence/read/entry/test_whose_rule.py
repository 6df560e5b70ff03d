"""Sentences that name a definition, or PEM, and do not say how this study's people entered."""

import pytest
from tests.evidence.read.short_texts import M, N, R, S, read

TITLE = "Grip strength in ME/CFS"
FRONT = "We compared grip strength of 40 patients with ME/CFS and 40 healthy controls. "

NOT_OF_THIS_STUDY = (
    # Wishes, and what cannot be carried over.
    "Controlled trials in patients meeting the Canadian Consensus Criteria are warranted.",
    "A larger trial with people who satisfy the IOM criteria would be desirable.",
    "Replication is needed in patients diagnosed by the International Consensus Criteria.",
    "The work should be repeated among patients who meet the CCC.",
    "To extend the result to people fulfilling the IOM criteria will require more data.",
    "It remains to be shown in patients who fulfil the Canadian Consensus Criteria.",
    "Whether the same holds for patients who meet the CCC is unknown.",
    "The findings cannot be generalised to patients selected by the Canadian Consensus Criteria.",
    "The findings may not extend to patients selected by the Canadian Consensus Criteria.",
    "The result needs confirmation in a well-described cohort meeting the CCC.",
    "Future samples selected by the IOM criteria may show other values.",
    "The question remains open for people who satisfy the Canadian criteria.",
    "A weakness is that patients had not been assessed by the Canadian Consensus Criteria.",
    "Studies of patients diagnosed by the CCC are scarce.",
    "Patients with ME/CFS by the CCC are said to be weak.",
    "Whether they met the Fukuda criteria was not checked.",
    # Opinions.
    "We discuss dosing and the choice of patients by the Canadian Consensus Criteria.",
    "We argue that patients selected by the IOM criteria would gain most.",
    "This article considers selection of patients by the CCC.",
    "We advocate that diagnosis be made according to the International Consensus Criteria.",
    # What others know.
    "Few of the nurses were aware of post-exertional malaise as a compulsory criterion.",
    "Many had not heard of post-exertional malaise as a mandatory criterion.",
    "Each doctor was asked to call to mind a patient who met the Canadian Consensus Criteria.",
    # Other people's patients.
    "Other groups, using the Fukuda criteria, found lower values.",
    "Another team applied the Canadian Consensus Criteria in Malmo and found the reverse.",
    "Patients diagnosed by the Fukuda criteria in an earlier study from Lyon were weaker.",
    "Weakness has been reported in patients who met the Holmes criteria.",
    "Viral RNA was reported in muscle of patients who satisfied the Fukuda criteria.",
    "PEM was required in four of nine studies.",
    "PEM was mandatory in three of the ten trials.",
    "In line with work on Fukuda-defined patients by a Swiss team, strength was lower.",
    "This accords with the findings of Adeyemi and colleagues, whose patients met the CCC.",
    "Similar values were found in 30 women diagnosed with the Canadian criteria in Turku [9].",
    "Compared with published values of patients who met the Fukuda criteria, ours were lower.",
    # Borrowed numbers.
    "Rates of recovery were taken from a registry in which patients had to meet the CCC.",
    "Utilities were derived from a Dutch survey of patients who met the IOM criteria.",
    # Counts, scores.
    "Grip strength correlated with the CCC domain count and with PEM duration.",
    "The number of items of the CCC and PEM frequency were both higher in women.",
    # General and conditional.
    "When post-exertional malaise is not required, other illnesses are taken in.",
    "If post-exertional malaise is mandatory, the prevalence is lower.",
    # Nobody.
    "None of the controls or patients met the Canadian Consensus Criteria.",
    "No participant fulfilled the IOM criteria.",
    "Women were more likely to meet the ICC.",
    "People with idiopathic fatigue, who fell short of the Fukuda criteria, served for comparison.",
    "Medical exclusions followed the Fukuda criteria.",
    # What people with PEM, or those who rate it, had to do.
    "PEM after the test was required to end before discharge.",
    "PEM was a predictor of strength. PEM was also a requirement for the second visit.",
    "Patients had to rate PEM every day.",
    "Patients were required to avoid PEM.",
    "Patients had to have recovered from PEM before the second test.",
    "It was required that PEM be treated as an adverse event.",
    # Documents of a share.
    "In 31 of them, post-exertional malaise was documented in the notes.",
    "A record of post-exertional malaise was available for 120 of the patients.",
    "In a random sample of 50 charts, 20 documented post-exertional malaise.",
    "Post-exertional malaise was documented in the records of 31 patients.",
    # Definitions told of.
    "Experts have published several case definitions that require PEM: the CCC [4]; the ICC [5].",
    "Patients with PEM were required by the CCC panel to be offered rest.",
    "Those meeting the ICC had the lowest scores, and those who met the Fukuda criteria the highest.",
    # Another matter.
    "Canadian criteria for household food security were applied.",
    "The CDC criteria for obesity were used.",
)


@pytest.mark.parametrize("sentence", NOT_OF_THIS_STUDY)
def test_what_is_not_told_of_the_people_of_this_study_decides_nothing(sentence):
    assert read(TITLE, FRONT + sentence).pem.badge in (S, M)


@pytest.mark.parametrize("sentence", NOT_OF_THIS_STUDY)
def test_beside_it_the_rule_of_the_study_itself_still_decides(sentence):
    rule = "All patients fulfilled the Oxford criteria (Sharpe et al., 1991). "
    assert read(TITLE, FRONT + rule + sentence).pem.badge is N


OF_THIS_STUDY = (
    ("Patients in this trial met the Canadian Consensus Criteria, as other trials demand.", R),
    ("Patients were needed who met the Canadian Consensus Criteria; 40 were recruited.", R),
    ("We studied 40 patients, of whom all met the Canadian Consensus Criteria.", R),
    ("All patients, but none of the controls, met the Canadian Consensus Criteria.", R),
    ("No patient was left out, and all of them met the Fukuda criteria.", N),
    ("We recruited patients from an earlier study, all of whom met the IOM criteria.", R),
    ("Everyone was interviewed; those accepted as cases met the CCC or the IOM criteria.", R),
    ("PEM, and an infection before it, had to be documented in medical records.", R),
    ("All were also required to report a score of at least 3 for PEM.", R),
    ("Unlike most earlier teams we included only those who met the ICC.", R),
    ("As in previous studies, patients had to satisfy the Fukuda criteria.", N),
    ("Since many trials have used wider rules, we asked that all patients meet the CCC.", R),
    ("To be comparable with the work of other groups, the Fukuda criteria were used.", N),
    ("Of 90 people referred, 40 fulfilled the Fukuda criteria and were studied.", N),
    ("We invited 90 patients; those who did not fulfil the CCC were left out (n = 50).", R),
    (
        "In contrast with our previous trial, in which patients met the Fukuda criteria, patients"
        " now had to meet the CCC.",
        R,
    ),
    (
        "The sample differs from that of Okoro et al., who took patients by the Oxford criteria:"
        " our patients met the CCC.",
        R,
    ),
    ("Although the CCC are recommended, the Fukuda criteria were used to select patients.", N),
    ("While the CCC are stricter, we used the Fukuda criteria in all 40 patients.", N),
    ("The Fukuda criteria, which do not require PEM, were met by all 40 patients.", N),
    (
        "Patients met the CCC, and future work should study those who meet only the Fukuda"
        " criteria.",
        R,
    ),
    ("Patients were eligible if they met the Fukuda criteria and had PEM.", R),
    ("Records had to document post-exertional malaise for inclusion.", R),
    ("Patients were eligible if post-exertional malaise was present.", R),
    ("The Canadian Consensus Criteria for the diagnosis of the illness were met by all.", R),
    ("All patients met the Canadian criteria for at least one year.", R),
    ("We review the charts of 40 patients who were diagnosed by the Fukuda criteria.", N),
    ("We hypothesised less strength; patients who met the Fukuda criteria were recruited.", N),
    ("Patients diagnosed by the internationally recognised Fukuda criteria took part.", N),
)


@pytest.mark.parametrize(("sentence", "badge"), OF_THIS_STUDY)
def test_what_is_told_of_the_people_of_this_study_decides(sentence, badge):
    assert read(TITLE, FRONT + sentence).pem.badge is badge


PARTS = (
    # One part of the sample by a rule that requires PEM, the other by one that does not.
    (
        "Cohort A (n = 20) came from one clinic where everyone had to meet the CCC. Cohort B"
        " (n = 20) came from another; there either the Fukuda or the Canadian criteria were"
        " considered sufficient.",
        M,
    ),
    (
        "Adults (stratum 1, n = 20) were eligible if they met the Fukuda criteria. Adolescents"
        " (stratum 2, n = 20) were eligible if they met the NICE 2021 criteria for ME/CFS.",
        M,
    ),
    (
        "Children were seen by a paediatrician and satisfied the paediatric case definition of"
        " Jason et al. (2006); adults came from a clinic and satisfied the Fukuda criteria.",
        M,
    ),
    (
        "In the clinic arm, patients had been diagnosed by a neurologist according to the CCC."
        " In the registry arm, everyone with the code G93.3 was invited; criteria were not"
        " checked.",
        M,
    ),
    (
        "Clinic patients (n = 20) were invited if they met the IOM criteria; in addition, 20"
        " people answered an advertisement and stated that they had been given a diagnosis.",
        M,
    ),
    (
        "The Leeds patients were diagnosed by the Oxford criteria; the Bergen patients were"
        " diagnosed by the Canadian criteria.",
        M,
    ),
    (
        "For the first wave the Fukuda criteria were used. For the second wave the CCC were used.",
        M,
    ),
    (
        "People recruited at the hospital met the IOM criteria. People recruited through a forum"
        " had a self-reported diagnosis.",
        M,
    ),
    # One part, told of twice.
    (
        "The clinic sample met the Fukuda criteria. All people in the clinic sample also met the"
        " ICC.",
        R,
    ),
    ("All adults met the Fukuda criteria. The adults also had to meet the CCC.", R),
    # Each part by a rule of its own that does not require PEM.
    (
        "Diagnosis followed the practice of each centre: the Oxford criteria in London, and the"
        " Fukuda criteria in Utrecht.",
        N,
    ),
    (
        "Patients in Leeds met the Oxford criteria (Sharpe et al., 1991), those in Utrecht the"
        " Fukuda criteria.",
        N,
    ),
    (
        "In the clinic arm, patients were diagnosed by a neurologist or an immunologist according"
        " to the CCC. In the online arm people had a self-reported diagnosis.",
        M,
    ),
    (
        "TRIAL-1 enrolled adults who met the Fukuda criteria. In TRIAL-2 adults had to meet the"
        " Canadian Consensus Criteria.",
        M,
    ),
    (
        "The American sample (n = 20) met the Fukuda criteria, the Swedish sample (n = 20) met"
        " the Canadian criteria.",
        M,
    ),
    # Groups formed after entry.
    (
        "All patients met the Fukuda criteria. ME was then diagnosed in those who met the CCC;"
        " the rest are called CFS.",
        M,
    ),
    # Analyses of a part, and strata of the randomisation, form no groups.
    (
        "All patients met the Fukuda criteria. In a sensitivity analysis only those who met the"
        " CCC were kept.",
        N,
    ),
    (
        "Patients had to meet the Oxford criteria (Sharpe et al., 1991). Randomisation was"
        " stratified by centre and by whether they also met the London criteria for ME.",
        N,
    ),
)


@pytest.mark.parametrize(("sentences", "badge"), PARTS)
def test_a_rule_of_a_part_is_not_the_rule_of_all(sentences, badge):
    assert read(TITLE, FRONT + sentences).pem.badge is badge


WAIVED = (
    "Patients had to meet the Canadian criteria, except that PEM was not insisted upon.",
    "Patients met the CCC, but PEM was waived.",
    "The Fukuda criteria were used with the PEM item struck from the list.",
    "We studied 40 patients who had been diagnosed by the Fukuda criteria without reference to PEM.",
    "The CCC were applied without demanding PEM.",
    "Patients met the Fukuda criteria. PEM was not a condition of entry.",
    "Patients met all of the CCC but for PEM.",
    "Patients met the Canadian Consensus Criteria, with PEM left out of account.",
)


@pytest.mark.parametrize("sentence", WAIVED)
def test_where_pem_was_waived_it_was_not_required(sentence):
    assert read(TITLE, FRONT + sentence).pem.badge is N


def test_people_shut_out_for_too_few_symptoms_waive_nothing():
    told = FRONT + (
        "All met the Fukuda criteria and reported PEM, which was mandatory. Fatigue without at"
        " least four of eight symptoms led to exclusion."
    )
    assert read(TITLE, told).pem.badge is R
