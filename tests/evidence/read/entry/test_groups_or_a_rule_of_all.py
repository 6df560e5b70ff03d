"""Definitions, and PEM, that tell people apart: groups of those who are in, and no rule of all."""

import pytest
from tests.evidence.read.short_texts import read

TOLD = [
    ("mixed", "Do case definitions matter? ME/CFS by two criteria", "The current study compared patients with CFS as defined by Fukuda with those who met the Canadian criteria. Patients meeting the Canadian criteria were more disabled."),
    ("mixed", "How case definitions of ME/CFS differ", "We examined differences between CFS as defined by Fukuda and ME as defined by the International Consensus Criteria. Data of 113 patients were analysed."),
    ("mixed", "Are ME and CFS different?", "We analysed two data sets of patients. The International Consensus Criteria identified more impaired patients than the Fukuda criteria."),
    ("mixed", "SEID in adolescents", "120 adolescents with CFS were subgrouped post hoc according to the SEID criteria. Those with SEID were not worse than those without."),
    ("mixed", "Post-exertional malaise and muscle in ME/CFS", "Patients with CFS were divided into those with PEM lasting more than 24 hours and those without PEM. Muscle strength was lower in those with PEM."),
    ("mixed", "Criteria and outcome in ME/CFS", "Of 210 patients who met the Oxford criteria, 130 fulfilled the Fukuda criteria and 88 the Canadian criteria. Groups were compared on function."),
    ("mixed", "Immune cells in ME and CFS", "Twenty patients with ME (ICC), 22 with CFS (Fukuda) and 30 healthy controls gave blood."),
    ("mixed", "Prevalence of ME/CFS by definition", "In a community sample, 0.4% met the Fukuda criteria and 0.2% met the Canadian criteria. Those who met both were more disabled."),
    ("mixed", "ME/CFS after mononucleosis", "Of 200 students followed after mononucleosis, 30 met the Fukuda criteria and 12 met the Canadian criteria at six months; they were compared with the recovered."),
    ("mixed", "Exercise and definitions in ME/CFS", "Patients were grouped into those fulfilling the ICC (n = 40) and those fulfilling the Fukuda criteria only (n = 35)."),
    ("not_applicable", "A review of the case definitions of ME/CFS", "This review compares the Fukuda, Canadian and IOM definitions. We argue that the Canadian definition identifies more impaired patients."),
    ("required", "Sleep in ME/CFS", "Definitions of ME/CFS differ: the Fukuda criteria do not require PEM, while the Canadian criteria do. We included 40 patients who met the Canadian criteria."),
    ("not_required", "Sleep in ME/CFS", "Forty patients who met the Fukuda criteria were asked about PEM. PEM was reported by 80%."),
    ("not_required", "Sleep in ME/CFS", "Forty patients who met the Fukuda criteria were divided into two groups by age."),
    ("not_required", "Immune cells in ME/CFS", "All patients met the Fukuda criteria. Earlier studies compared patients by the Canadian and the Fukuda criteria."),
    ("required", "Cells in ME/CFS", "33 patients with CFS fulfilling the Canadian and Fukuda criteria were compared with 24 healthy controls."),
    ("required", "Cells in ME/CFS", "Differences between patients with ME/CFS (Canadian criteria) and healthy controls were examined."),
    ("not_stated", "Sleep in ME/CFS", "Patients with ME/CFS with frequent PEM were compared with those with rare PEM."),
]  # fmt: skip


@pytest.mark.parametrize(("badge", "title", "abstract"), TOLD)
def test_definitions_that_tell_people_apart_make_groups_and_no_rule_of_all(
    badge, title, abstract
):
    assert read(title, abstract).pem.badge == badge


@pytest.mark.parametrize(
    "words",
    [
        "Previous studies compared patients who met the Fukuda criteria with patients who met the CCC.",
        "Future studies should compare patients meeting the Fukuda criteria with those meeting the ICC.",
        "It is known that patients with PEM are more disabled than those without PEM.",
    ],
)
def test_what_others_told_apart_forms_no_groups_here(words):
    abstract = (
        f"Sleep is bad in ME/CFS. {words} We asked 40 patients who met the Fukuda criteria."
    )
    assert read("Sleep in ME/CFS", abstract).pem.badge == "not_required"
