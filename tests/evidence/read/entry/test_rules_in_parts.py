"""Paragraphs of our own in which a rule is told in parts, in lists, or of somebody else."""

import pytest
from tests.evidence.read.short_texts import A, F, M, N, R, S, read, told

from rapport.core.vocabulary import Design
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

ME_CFS = ("Grip and ME/CFS", "We compared 40 patients with ME/CFS with healthy controls.")
CFS = ("Grip and CFS", "We compared 40 patients with chronic fatigue syndrome with controls.")
COVID = ("Grip after COVID-19", "We tested 40 people with long COVID. Values were low.")

ENTRY = [
    (ME_CFS, "PEM needed to be present for study entry.", R),
    (ME_CFS, "Patients who did not experience PEM were screened out before enrolment.", R),
    (ME_CFS, "To enter the study, patients needed to endorse PEM on the screening form.", R),
    (ME_CFS, "Participants had to confirm that effort made their symptoms worse the next day (post-exertional malaise).", R),
    (ME_CFS, "Patients were asked to confirm how often they had PEM.", S),
    (ME_CFS, "Criteria for inclusion were a diagnosis of ME/CFS, PEM for at least six months, and an age between 18 and 60.", R),
    (ME_CFS, "We only considered applicants with PEM.", R),
    (ME_CFS, "We only considered PEM and pain as outcomes.", S),
    (ME_CFS, "The participants all fulfilled the Canadian criteria, and 27 of them also the Fukuda criteria.", R),
    (CFS, "The participants all fulfilled the Fukuda criteria, and 27 of them also the Canadian criteria.", N),
    (ME_CFS, "In Norway patients were diagnosed by the Canadian criteria; in the UK cohort, the Fukuda criteria were used.", M),
    (CFS, "Cases satisfied the criteria of the US Centers for Disease Control and Prevention for chronic fatigue syndrome.", N),
    (ME_CFS, "Eligibility criteria: (a) ME/CFS diagnosed by a doctor; (b) post-exertional symptom exacerbation; (c) age 18 or over.", R),
    (ME_CFS, "Eligibility criteria: (a) ME/CFS diagnosed by a doctor; (b) age 18 or over. Outcomes: post-exertional malaise and pain.", S),
    (ME_CFS, "Inclusion criteria: (1) ME/CFS diagnosed by a doctor; (2) at least two of the following symptoms: pain, PEM, fever.", S),
    (ME_CFS, "Patients were eligible if they: were 18 to 65 years old; had been told that they had ME/CFS; met CCC as judged by a trial physician; lived nearby.", R),
    (ME_CFS, "A diagnosis by the CCC, or else confirmation by a physician, was accepted.", N),
    (ME_CFS, "Patients had been given a diagnosis based on the criteria from Canada (2003) and the international consensus (2011).", R),
    (ME_CFS, "All of them had been diagnosed before: CFS according to Fukuda [3], ME according to the international consensus criteria [4].", R),
    (ME_CFS, "Some had been diagnosed before: CFS according to Fukuda, ME according to the international consensus criteria.", S),
    (ME_CFS, "Members of the biobank comply with CDC-1994 and/or CCC. For this study only samples from participants who complied with the CCC were requested.", R),
    (ME_CFS, "Members of the biobank comply with CDC-1994 and/or CCC. Participants who complied with the CCC were older.", N),
    (ME_CFS, "Patients came from a support group. Criteria for severity followed NICE 2021: mild, moderate, severe.", S),
    (ME_CFS, "Patients of any severity met NICE 2021 criteria.", R),
    (ME_CFS, "Patients met Oxford criteria for CFS. Those who also met the London criteria were identified for stratification.", M),
    (CFS, "Patients fulfilled the CDC criteria.", N),
    (ME_CFS, "Patients fulfilled the CDC criteria.", S),
    (COVID, "Persons who had recovered from acute COVID-19 but had persistent symptoms for more than 3 months were invited.", N),
    (COVID, "Long COVID was taken as the presence of any new symptom that started within four weeks of infection and continued for eight weeks or longer.", N),
    (COVID, "Symptoms that continue for eight weeks or longer after the infection are common.", S),
    (COVID, "Patients hospitalised with COVID-19 in 2021 were recruited by telephone.", N),
    (COVID, "We recruited people from a support group, and controls who had never had confirmed COVID-19.", S),
    (COVID, "We recruited people with symptoms for three months after COVID-19. Of them, 14 fulfilled the Canadian Consensus Criteria for ME/CFS.", M),
]  # fmt: skip


@pytest.mark.parametrize(("front", "methods", "badge"), ENTRY)
def test_a_rule_told_in_parts_or_in_a_list_is_read(front, methods, badge):
    title, abstract = front
    assert told(read(title, abstract, methods).pem, None)[0] is badge


FRONTS = [
    ("Attitudes of family doctors to ME/CFS", "We surveyed 300 general practitioners about what they know of ME/CFS. Most had never heard of post-exertional malaise.", A),
    ("Carers of people with ME/CFS", "We asked 40 carers of people with ME/CFS about their lives. They were tired.", A),
    ("Views of patients and clinicians on ME/CFS", "We interviewed ten patients with ME/CFS and ten clinicians.", S),
    ("How general practitioners treat ME/CFS", "Records of 200 patients with ME/CFS were read. They had been treated by 40 general practitioners.", S),
    ("ME/CFS after Epstein-Barr virus infection", "We followed 200 students with mononucleosis. At six months, 22 (11%) met the Canadian Consensus Criteria for ME/CFS.", M),
    ("Sleep in ME/CFS", "We saw 200 patients with ME/CFS. In all, 22 (11%) met the Canadian Consensus Criteria.", S),
]  # fmt: skip


@pytest.mark.parametrize(("title", "abstract", "badge"), FRONTS)
def test_those_who_treat_the_ill_are_no_patients(title, abstract, badge):
    assert read(title, abstract).pem.badge is badge


@pytest.mark.parametrize(
    ("title", "badge"),
    [
        ("Plan for clinics for ME/CFS is too small, charities say.", A),
        ("A new blood test for ME/CFS: what experts think", A),
        ("Blood volume in ME/CFS", S),
        ("What patients with ME/CFS say of pacing: an interview study", S),
    ],
)
def test_a_title_of_news_has_nobody_in_it(title, badge):
    publication = Publication(
        origin=Origin(file="made up", position=1, format="text"), title=title, text=title
    )
    assert Reader(load()).read(publication).pem.badge is badge


def test_definitions_of_a_list_are_told_with_the_rule():
    pem = read(
        *ME_CFS, "Inclusion criteria: (1) Fukuda criteria; (2) PEM; (3) age 18 or over."
    ).pem
    assert told(pem, {F}) == (R, {F}, None)


DESIGNS = [
    ("Blood samples were drawn from patients with ME/CFS and healthy controls. The samples were randomized and measured in one run.", Design.CASE_CONTROL),
    ("We read electronic health records of 4,000 patients with COVID-19 who were followed for a year and compared them with 9,000 matched controls.", Design.COHORT_RETROSPECTIVE),
    ("Genome-wide analysis comparing 15,000 cases with 250,000 controls found two loci for ME/CFS.", Design.CASE_CONTROL),
    ("We asked how tests differ by conducting a systematic review and meta-analysis. Six studies of ME/CFS patients and healthy controls were selected.", Design.META_ANALYSIS),
    ("Breathing was recorded in 30 patients with ME/CFS. It was fast (p < 0.01).", Design.CROSS_SECTIONAL),
]  # fmt: skip


@pytest.mark.parametrize(("abstract", "value"), DESIGNS)
def test_designs_that_only_deeds_tell(abstract, value):
    assert read("Breath in ME/CFS", abstract).design.value is value
