"""Definitions, or PEM, that tell people apart make groups; a rule that was asked of all stays one."""

import pytest

from rapport.core.vocabulary import Badge
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

GROUPS = [
    (
        "Sleep in chronic fatigue syndrome by two definitions",
        "Background: It is not known whether the choice of criteria matters for sleep. Methods: Ninety patients seen at a fatigue clinic were examined. We compared those who met the Fukuda criteria only with those who also met the International Consensus Criteria. Results: Sleep was worse in the latter.",
    ),
    (
        "Cytokines in chronic fatigue syndrome",
        "Of 120 patients with CFS, 74 were subgrouped post hoc according to the SEID criteria. Cytokines did not differ between those who did and did not meet SEID.",
    ),
    (
        "Quality of life under alternative definitions of ME/CFS",
        "We analysed questionnaires of 400 participants meeting alternative case definitions: Fukuda (n=400), the Canadian criteria (n=280) and the ME-ICC (n=190). Quality of life was lowest in those meeting the ME-ICC.",
    ),
    (
        "Gene expression in CFS with and without PEM",
        "Patients with CFS were split into two groups, with and without post-exertional malaise, and compared with controls. Gene expression differed between the groups.",
    ),
    (
        "Screening for ME/CFS after infection",
        "We followed 220 students after glandular fever. At six months 29 met criteria for ME/CFS: 12 fulfilled only the Fukuda criteria and 17 fulfilled the Canadian criteria too.",
    ),
    (
        "Ramsay ME and Fukuda CFS compared",
        "We contrasted 20 patients with myalgic encephalomyelitis by the criteria of Ramsay with 30 patients with chronic fatigue syndrome by the 1994 criteria. ME patients had more neurological signs.",
    ),
    (
        "Discordant diagnoses",
        "In our outpatient department 88 patients with suspected ME/CFS were seen. Fifty met both the Fukuda and the Canadian criteria, 25 met only Fukuda and 13 met neither.",
    ),
    (
        "Myalgic encephalomyelitis with and without PEM: immune cells",
        "Forty patients with CFS (Fukuda) gave blood. Patients with PEM (n=24) and without PEM (n=16) were compared. NK cells were fewer in those with PEM.",
    ),
    (
        "Salivary cortisol and choice of definition in CFS",
        "Cortisol was measured in 70 patients with CFS (Fukuda). We repeated the analysis in the 33 patients who also satisfied the Canadian criteria.",
    ),
    (
        "Prevalence of CFS and ME in general practice",
        "We screened 9,000 patients of general practices. CFS by Fukuda was found in 0.19% and ME by the Canadian criteria in 0.11%.",
    ),
    (
        "Predicting who meets ME/CFS criteria after mononucleosis",
        "College students were followed after mononucleosis. After six months 30 met the Fukuda criteria and 15 of these also met the CCC for ME/CFS; the others had recovered.",
    ),
    (
        "Functional impairment in ME and CFS as defined by different criteria",
        "Objectives: To look at differences in disability between CFS as defined by Fukuda and ME as defined by the International Consensus Criteria. Methods: 210 people filled in a symptom questionnaire. Results: People who met the ME criteria were more disabled than people with CFS.",
    ),
    (
        "Agreement between criteria for ME/CFS in a primary care sample",
        "We asked 150 patients with unexplained fatigue to take part. Each was assessed against the Fukuda, Canadian and IOM criteria. Agreement between the definitions was moderate (kappa 0.51). The prevalence was 62% by Fukuda and 40% by the Canadian criteria.",
    ),
    (
        "Lactate in CFS",
        "Fifty women with CFS (Fukuda) took part; 31 of them also met the Canadian Consensus Criteria. Lactate was raised only in these 31.",
    ),
    (
        "Activity and PEM",
        "Sixty adults with chronic fatigue syndrome were grouped by whether they had post-exertional malaise. Activity was lower in the PEM group (n=38).",
    ),
    (
        "How many people with long COVID meet ME/CFS criteria?",
        "Ninety patients with long COVID attended our clinic. At the visit 41 of them fulfilled the Canadian Consensus Criteria for ME/CFS and were compared with the other 49.",
    ),
    (
        "Adolescents and adults",
        "Adults had to meet the Canadian criteria; adolescents were included with three months of disabling fatigue and no further criteria. Actigraphy was done in both.",
    ),
    (
        "Autonomic findings in ME/CFS",
        "Patients with ME/CFS seen at our hospital between 2012 and 2018 were sorted into two groups: those satisfying only the CDC 1994 definition (n=28) and those satisfying the Canadian definition (n=35). Pupils reacted more slowly in the second group.",
    ),
    (
        "PEM and step counts in chronic fatigue syndrome",
        "Patients with chronic fatigue syndrome were dichotomised on the basis of post-exertional malaise. Steps per day differed between the two groups.",
    ),
    (
        "Employment in ME/CFS",
        "Of 300 members of a patient charity with ME/CFS, 188 fulfilled the ICC on a questionnaire. Members who fulfilled the ICC worked fewer hours than the other members.",
    ),
    (
        "Sudden and gradual onset after COVID-19",
        "Of 150 people with long COVID, those who met the IOM criteria for ME/CFS (n=60) were compared with those who did not (n=90).",
    ),
    (
        "Agreement of IOM and CDC criteria in CFS",
        "We studied 88 patients of a CFS clinic. Kappa for the agreement between the IOM and the 1994 CDC criteria was 0.4.",
    ),
    (
        "Which case definition finds the sickest patients?",
        "Using data of 300 patients with chronic fatigue, we applied the Fukuda criteria, the Canadian criteria and the IOM criteria. The Canadian criteria picked out a group that was more impaired than the Fukuda criteria did.",
    ),
    (
        "Prevalence of ME/CFS by three case definitions",
        "In a population survey of 4,000 adults we estimated how many had ME/CFS. The prevalence was 0.8% by Fukuda, 0.4% by the Canadian Consensus Criteria and 0.2% by the ICC.",
    ),
    (
        "Orthostatic symptoms in ME and in CFS",
        "Twenty-five patients with ME (International Consensus Criteria) and 25 patients with CFS (Fukuda criteria) stood for ten minutes. Heart rate rose more in ME.",
    ),
    (
        "A multi-site cohort of ME/CFS",
        "Patients were recruited at three sites. In Oslo the Canadian criteria were used, whereas the site in Chicago used the Fukuda criteria. Blood was drawn in all.",
    ),
    (
        "Does the label matter?",
        "Using the Fukuda criteria 130 of 180 tired patients had CFS, and using the ICC 70 did. Patients who met the ICC had poorer physical function than patients who met Fukuda but not the ICC.",
    ),
    (
        "Case definitions and outcome of rehabilitation",
        "We re-analysed a cohort of 310 patients treated at a fatigue service to see whether outcome depended on the case definition. Patients were classified by Oxford, Fukuda and Canadian criteria. Outcome was the same.",
    ),
    (
        "Cognition in CFS and ME",
        "Participants with CFS meeting Fukuda criteria performed better on a memory test than participants meeting the ME International Consensus Criteria.",
    ),
    (
        "Chronic fatigue syndrome: one illness or two?",
        "One hundred and ten patients with chronic fatigue syndrome were studied. On the basis of post-exertional malaise for more than a day 60 were labelled ME and 50 CFS. Cytokines were higher in ME.",
    ),
    (
        "Hand grip in CFS subgroups",
        "Grip strength of women with CFS/ME was compared across subgroups fulfilling Fukuda only, Fukuda and CCC, or Fukuda, CCC and ICC.",
    ),
    (
        "Pain thresholds in ME and CFS",
        "Pressure pain was tested in women with ME/CFS. Women fulfilling the International Consensus Criteria (n=21) had lower thresholds than women fulfilling Fukuda alone (n=19).",
    ),
    (
        "Exercise and ME/CFS by case definition",
        "Results of an exercise trial in CFS were analysed separately for participants who met the Oxford criteria, the CDC criteria and the London criteria for ME.",
    ),
]
OF_ALL_OR_NONE = [
    (
        "Vagal tone in ME/CFS",
        "We studied 33 patients with CFS fulfilling the Canadian and Fukuda criteria and 30 healthy controls. Heart rate variability was lower in patients.",
        Badge.REQUIRED,
    ),
    (
        "Comparison of ME/CFS with multiple sclerosis",
        "Patients with ME/CFS who met the International Consensus Criteria were compared with patients with multiple sclerosis who met the McDonald criteria.",
        Badge.REQUIRED,
    ),
    (
        "Severity groups in ME/CFS",
        "All 90 patients met the Canadian criteria. They were divided into mild, moderate and severe groups by the Bell scale.",
        Badge.REQUIRED,
    ),
    (
        "Muscle in ME/CFS",
        "Twenty patients who met the 2015 IOM criteria and 20 healthy people gave a biopsy. Earlier studies compared the Fukuda and Canadian definitions and found differences.",
        Badge.REQUIRED,
    ),
    (
        "Sleep in CFS",
        "Patients (n=50) met the 1994 CDC criteria. PEM was reported by 92%. Sleep was recorded for two nights.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Cortisol in chronic fatigue syndrome",
        "Sixty patients with CFS according to the Fukuda criteria were compared with 60 patients with fibromyalgia according to the ACR criteria.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Depression in CFS by sex",
        "Patients meeting the Oxford criteria were divided into men and women. Depression was as frequent in both.",
        Badge.NOT_REQUIRED,
    ),
    (
        "CBT for CFS",
        "Participants fulfilled Fukuda or Canadian criteria; either was sufficient. They were randomised to CBT or waiting list.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Symptoms in CFS",
        "One hundred patients with CFS defined by Fukuda rated 54 symptoms. PEM was rated as severe more often than in controls.",
        Badge.NOT_REQUIRED,
    ),
    (
        "PEM as outcome",
        "In 45 patients who fulfilled the Fukuda criteria we measured post-exertional malaise after a bicycle test for seven days. PEM was the primary outcome.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Fatigue trial",
        "The participants had CFS (Fukuda). The DePaul questionnaire, which scores the Canadian criteria, was one of the secondary measures.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Subgroups by duration",
        "Patients with CFS by the 1994 criteria were divided into those ill for less than three years and those ill for longer; cytokines differed.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Methylation in CFS",
        "Cases (n=61) met the Fukuda criteria. In a sensitivity analysis results were the same with the Reeves criteria.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Exercise intolerance in ME",
        "Participants were diagnosed by the ICC. Controls were sedentary volunteers without PEM. Groups were compared on peak oxygen uptake.",
        Badge.REQUIRED,
    ),
    (
        "Plasma proteins in ME/CFS",
        "Forty patients with ME/CFS fulfilling the Fukuda and the Canadian criteria were compared with 40 patients with depression and 40 controls.",
        Badge.REQUIRED,
    ),
    (
        "Exercise in ME/CFS: who recovers?",
        "Everyone with ME/CFS had been diagnosed by the ICC. Participants were divided into those who recovered within a week and those who did not.",
        Badge.REQUIRED,
    ),
    (
        "PEM length in ME/CFS",
        "All participants with ME/CFS met the Canadian criteria. They were divided by whether PEM lasted one day or longer.",
        Badge.REQUIRED,
    ),
    (
        "Severe and mild ME/CFS",
        "Patients with ME/CFS (ICC) who were housebound were compared with patients with ME/CFS (ICC) who could work.",
        Badge.REQUIRED,
    ),
    (
        "Cerebral flow in ME/CFS with and without POTS",
        "Patients had ME/CFS according to the IOM criteria. Those with POTS were compared with those without.",
        Badge.REQUIRED,
    ),
    (
        "Two samples of people with ME/CFS",
        "Sample A met the ICC and sample B met the CCC for ME/CFS. The same test was done in both.",
        Badge.REQUIRED,
    ),
    (
        "Sleep apnoea in CFS",
        "CFS was diagnosed by Fukuda. Patients with sleep apnoea were compared with those without. Post-exertional malaise was equally frequent in both.",
        Badge.NOT_REQUIRED,
    ),
    (
        "PEM after exercise in CFS",
        "Patients with CFS (Fukuda) and controls cycled. Post-exertional malaise was compared between patients and controls.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Recovery criteria in CFS",
        "Patients met the Oxford criteria for CFS. Two definitions of recovery were compared; by the first 20% and by the second 7% had recovered.",
        Badge.NOT_REQUIRED,
    ),
    (
        "CFS in twins",
        "Twin pairs discordant for CFS by the 1994 criteria took part. A prior study contrasted patients meeting the CCC with patients meeting Fukuda.",
        Badge.NOT_REQUIRED,
    ),
    (
        "GET or pacing in CFS",
        "Patients fulfilling the Oxford criteria for CFS were randomised. Randomisation was stratified by the CDC criteria of Reeves and by depression.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Duration and CFS",
        "Patients with CFS who satisfied the Fukuda criteria were split into short and long duration. Future studies should compare patients meeting Fukuda with those meeting the ICC.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Vision in ME/CFS",
        "Twenty patients with ME/CFS (both Fukuda and ICC) were compared with 20 patients with migraine.",
        Badge.REQUIRED,
    ),
    (
        "ME/CFS in men and women",
        "Patients with ME/CFS met the IOM criteria. Men had lower scores than women.",
        Badge.REQUIRED,
    ),
    (
        "Microbiome in ME/CFS",
        "ME/CFS patients fulfilled the Canadian criteria. Those with irritable bowel had fewer species than those without.",
        Badge.REQUIRED,
    ),
    (
        "Grip in ME/CFS",
        "All patients with ME/CFS were diagnosed according to the CCC and divided into severe and moderate by the SF-36. Severe patients were weaker than the others.",
        Badge.REQUIRED,
    ),
    (
        "ME/CFS and PEM triggers",
        "Participants with ME/CFS satisfying the ICC reported PEM after physical and cognitive effort. PEM after cognitive effort was shorter.",
        Badge.REQUIRED,
    ),
    (
        "Coping in CFS",
        "Patients with CFS (Fukuda) who coped well were less tired than the others.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Fibromyalgia and CFS",
        "Patients fulfilling the Fukuda criteria for CFS were compared with patients fulfilling the ACR criteria for fibromyalgia.",
        Badge.NOT_REQUIRED,
    ),
    (
        "PEM measured in CFS",
        "In patients who met the Fukuda criteria for CFS, 85% reported PEM, and PEM scores predicted disability.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Oxford and Fukuda CFS",
        "Patients with CFS who met Oxford were compared with patients who also met Fukuda. Outcomes were alike.",
        Badge.NOT_REQUIRED,
    ),
    (
        "Experiences of young people with ME/CFS",
        "We interviewed 18 young people with ME/CFS about school. Different case definitions are in use, and some ask for PEM. Themes were loss and coping.",
        Badge.NOT_STATED,
    ),
    (
        "Sleep and ME/CFS",
        "Fifty patients with ME/CFS took part. Case definitions such as Fukuda and the Canadian criteria differ in whether PEM is compulsory, which future studies should compare.",
        Badge.NOT_STATED,
    ),
    (
        "What doctors think of the criteria",
        "General practitioners were asked which of the Fukuda, NICE and Canadian criteria they use for ME/CFS, and 60 people with ME/CFS were interviewed about being diagnosed.",
        Badge.NOT_STATED,
    ),
    (
        "PEM in ME/CFS: a survey",
        "A total of 1,500 people with ME/CFS described their post-exertional malaise in an online survey. It lasted longer than 24 hours in 90%.",
        Badge.NOT_STATED,
    ),
    (
        "Triggers of PEM",
        "People with ME/CFS (n=80) kept a diary of post-exertional malaise. Physical triggers were more frequent than cognitive ones.",
        Badge.NOT_STATED,
    ),
    (
        "Blood pressure in ME/CFS",
        "We measured blood pressure in 70 patients with ME/CFS and 70 controls. Background: definitions vary; the ICC selects more impaired people than Fukuda.",
        Badge.NOT_STATED,
    ),
    (
        "PEM diaries in ME/CFS",
        "Thirty adults with ME/CFS kept diaries for two weeks. PEM was divided into immediate and delayed.",
        Badge.NOT_STATED,
    ),
    (
        "Carers of people with ME/CFS",
        "We interviewed 20 people with ME/CFS and their carers. It is known that patients who meet the ICC are sicker than patients who meet Fukuda.",
        Badge.NOT_STATED,
    ),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load())


def _badge(reader: Reader, title: str, text: str) -> Badge:
    origin = Origin(file="made up", position=1, format="text")
    return reader.read(Publication(origin=origin, title=title, text=text)).pem.badge


@pytest.mark.parametrize(("title", "text"), GROUPS)
def test_people_told_apart_by_definition_or_pem_are_mixed(reader, title, text):
    assert _badge(reader, title, text) is Badge.MIXED


@pytest.mark.parametrize(("title", "text", "badge"), OF_ALL_OR_NONE)
def test_a_comparison_of_something_else_tells_nobody_apart(reader, title, text, badge):
    assert _badge(reader, title, text) is badge
