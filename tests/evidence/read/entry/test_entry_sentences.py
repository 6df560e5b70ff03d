"""Sentences of our own, as methods sections word entry, and the badge each stands for."""

import pytest

from rapport.cards.facts import DesignRecord
from rapport.core.vocabulary import Badge, Design
from rapport.evidence.publication import AbstractPart, Origin, Publication, Section
from rapport.evidence.read.badge.pem import pem
from rapport.evidence.read.entry.entry_reader import EntryReader
from rapport.evidence.read.text.document import document
from rapport.knowledge.load import load

READER = EntryReader(load())
ORIGIN = Origin(file="made up", position=1, format="example")
TITLE = "Muscle function in ME/CFS"
ABSTRACT = "People with ME/CFS and healthy controls were compared."

SENTENCES = {
    Badge.REQUIRED: (
        "The study population comprised 40 patients with ME/CFS fulfilling the Canadian Consensus Criteria (CCC) (Carruthers et al., 2003) and 40 age- and sex-matched healthy controls.",
        "Diagnosis of ME/CFS was made by an experienced physician according to the 2003 Canadian Consensus Criteria.",
        "All ME/CFS patients were diagnosed at the outpatient clinic based on the Canadian Consensus Criteria with a minimum of 14 h of PEM.",
        "Participants were included if they met the Fukuda criteria and the Canadian Consensus Criteria.",
        "Inclusion criteria: (1) age 18-65 years; (2) diagnosis of ME/CFS according to the International Consensus Criteria; (3) informed consent.",
        "Eligible participants were adults with a diagnosis of ME/CFS who met the IOM 2015 criteria.",
        "We recruited 30 people who satisfied the IOM clinical diagnostic criteria for ME/CFS.",
        "ME/CFS patients were classified using the Institute of Medicine criteria.",
        "Study participants met the NICE (2021) criteria for ME/CFS.",
        "A diagnosis of ME/CFS was confirmed using the Canadian Consensus Criteria by the study physician.",
        "ME/CFS (Canadian Consensus Criteria) patients and controls were recruited.",
        "Twenty-five ME/CFS patients (CCC) and 25 controls took part.",
        "The patients all fulfilled both the CDC 1994 (Fukuda) criteria as well as the Canadian Consensus Criteria for ME/CFS.",
        "Subjects fulfilling the Fukuda criteria for CFS and the ICC for ME were invited.",
        "The diagnosis was made according to CCC or ICC.",
        "Patients were required to have post-exertional malaise.",
        "To be eligible, participants had to report post-exertional malaise lasting more than 24 hours.",
        "Participants in the ME/CFS group were diagnosed using the CCC, whereas those in the control group were healthy.",
        "Using the DSQ, we ascertained that all participants with ME/CFS fulfilled the IOM criteria.",
        "All participants were screened by a physician to confirm that they met the Canadian Consensus Criteria.",
        "All participants met the CCC and the majority also met the ICC.",
        "People were excluded if they did not experience PEM.",
        "Patients meeting the Canadian Clinical Case Definition for ME/CFS were enrolled.",
        "Adults with a clinician-confirmed diagnosis of ME/CFS fulfilling the NASEM (2015) diagnostic criteria were eligible.",
        "Adolescents fulfilling the paediatric case definition of Jason et al. (2006) were included.",
        "Patients were diagnosed with ME according to the International Consensus Criteria (Carruthers et al. 2011).",
        "ME/CFS patients met the CCC; patients with fibromyalgia met the ACR 2010 criteria.",
        "Participants fulfilled the Canadian Consensus Criteria (n = 20) or were healthy controls (n = 20).",
        "Women aged 18-50 with ME/CFS as defined by the Canadian Consensus Criteria were considered for inclusion.",
        "Patients were examined by two physicians to ensure fulfilment of Canadian criteria.",
        "Thirty-five ME/CFS patients, diagnosed in accordance with the Canadian Consensus Criteria, were recruited.",
        "The ME/CFS cohort was assembled on the basis of CCC, and no patient had another fatiguing illness.",
        "CCC were used to define ME/CFS.",
        "ME/CFS was defined by the IOM criteria.",
        "Diagnostic criteria: Canadian Consensus Criteria (2003).",
        "The clinical diagnosis was based on the Canadian Consensus Criteria and confirmed by the Institute of Medicine criteria.",
        "Patients fulfilled the CCC17 and were recruited from one clinic.",
        "Patients met the Canadian consensus criteria (CCC)18,19 for ME/CFS.",
        "Patients met the criteria proposed by the Institute of Medicine.",
        "ME/CFS diagnosis followed the IOM criteria (2015).",
        "Participants met the 2015 IOM/NAM criteria for ME/CFS.",
        "Participants met SEID criteria.",
        "Patients were diagnosed as per the International Consensus criteria.",
        "Patients with ME/CFS fulfilled the criteria of the International Consensus Criteria [12].",
        "CCC-positive patients were recruited.",
        "ME/CFS diagnoses were verified by a specialist against the Canadian Consensus Criteria.",
        "Patients who met the Canadian Consensus Criteria, had an illness duration of at least 2 years and were moderately to severely ill were eligible.",
        "Recruited patients were those who conformed to the CCC.",
        "Diagnostic evaluation was carried out according to the CCC (n = 40).",
        "Included were patients aged 18 to 60 with ME/CFS according to the Canadian Consensus Criteria.",
        "ME/CFS diagnosis based on CCC was an inclusion criterion.",
        "Fulfilment of the Canadian Consensus Criteria was required for inclusion.",
        "Our inclusion criteria were post-infectious onset, ME/CFS by CCC, and age under 65.",
        "The ME/CFS group consisted of 30 patients diagnosed based on the CCC.",
        "Thirty patients meeting both Fukuda and CCC criteria were studied.",
        "Patients met the Fukuda, CCC and ICC criteria.",
        "Participants fulfilled ICC and/or CCC.",
        "Patients fulfilled the CCC and/or ICC criteria for ME/CFS as assessed by an experienced clinician.",
        "ME/CFS was diagnosed when patients met the IOM criteria and had no other explanation.",
        "Only participants who endorsed post-exertional malaise were included in the analysis.",
        "PEM was mandatory for inclusion in the study.",
        "Participants were required to experience post-exertional symptom exacerbation.",
        "Patients met the CCC. Symptom severity was scored with the items of the Fukuda criteria.",
        "Patients met the CCC. Controls were excluded if they met the Fukuda criteria.",
        "Patients met CCC. Patients with long COVID met the WHO definition.",
        "ME/CFS patients fulfilled the Canadian 2003 definition.",
        "Diagnosis was confirmed by fulfilment of the CCC.",
        "Patients were evaluated with the CCC and only those who fulfilled them were enrolled.",
        "Participants self-reported a diagnosis of ME/CFS and were screened with a questionnaire to confirm they met the CCC or IOM criteria.",
        "Cases were drawn from the biobank, in which all ME/CFS participants meet the CCC or the IOM criteria.",
        "They met the diagnostic criteria for ME/CFS of the Institute of Medicine, the Canadian consensus and Fukuda.",
        "Patients met the criteria of both Fukuda and the Canadian consensus group.",
        "Patients fulfilled the IOM (n = 40), Canadian (n = 38) and Fukuda (n = 40) criteria.",
        "Patients met the Fukuda (1994), Canadian (2003) and International Consensus (2011) criteria.",
    ),
    Badge.NOT_REQUIRED: (
        "Patients were diagnosed with CFS according to the 1994 Centers for Disease Control and Prevention criteria (Fukuda et al., 1994).",
        "Participants with CFS met the 1994 case definition of Fukuda et al.",
        "CFS cases fulfilled the 1994 CDC case definition, as determined by clinical examination.",
        "The participants met the Oxford criteria for chronic fatigue syndrome.",
        "Eligible patients met Oxford criteria for CFS, had a score of at least 6 on the Chalder scale and 65 or less on the SF-36 physical function subscale.",
        "Patients were eligible if they met the CDC (1994) criteria for CFS and had a CIS fatigue score of 35 or higher.",
        "Patients satisfied the CDC 1994 and/or the Canadian criteria.",
        "ME/CFS participants were diagnosed by a physician and met the 1994 Fukuda criteria; exclusion criteria followed Reeves et al. (2003).",
        "Cases were defined according to the revised CDC 1994 criteria (Fukuda).",
        "All participants met Fukuda criteria, and 80% also met the CCC.",
        "CFS was diagnosed according to the Fukuda criteria and severity according to the NICE guideline.",
        "Fibromyalgia was diagnosed by the ACR criteria, and CFS by the Fukuda criteria.",
        "Participants with chronic fatigue syndrome were identified through the Fukuda case definition using the CDC symptom inventory.",
        "All patients fulfilled the Centers for Disease Control and Prevention (CDC) criteria for CFS (Fukuda et al. 1994).",
        "Patients had to fulfil either the Fukuda criteria or, if under 18, the Canadian criteria.",
        "Diagnostic criteria: Fukuda 1994.",
        "We studied 22 women with CFS (Fukuda criteria) and 22 controls.",
        "All patients fulfilled the Fukuda-criteria for CFS.",
        "Patients were diagnosed according to Fukuda's criteria.",
        "CFS was defined following the criteria by Fukuda.",
        "Cases fulfilled the CDC 1994 case definition.",
        "Fukuda-positive cases and controls were compared.",
        "Patients: 20 women fulfilling the CDC-1994 criteria.",
        "Patients met the Fukuda, CCC or ICC criteria.",
        "Patients met one or more of the following: Fukuda, CCC, IOM.",
        "Patients met at least one of three case definitions (Fukuda, Canadian Consensus or IOM).",
        "Patients met the Fukuda and/or the IOM criteria.",
        "Fukuda criteria were used but post-exertional malaise was not required.",
        "Patients met the 1994 Fukuda criteria. We also scored the Canadian criteria with a questionnaire.",
        "Patients were diagnosed by a specialist in line with the Fukuda criteria. Post-exertional malaise was the secondary outcome.",
        "Patients with CFS met Fukuda criteria; patients with MS met the McDonald criteria.",
        "Cases came from the biobank, whose participants meet the CDC-1994 and/or the CCC.",
        "Patients met Fukuda or Canadian criteria.",
        "Patients fulfilled Oxford, Fukuda or CCC definitions.",
        "Canadian patients who met the Fukuda criteria were recruited.",
        "Patients met the Fukuda criteria and were seen in London.",
        "Patients met the Fukuda and Oxford criteria.",
        "Patients were diagnosed using Fukuda criteria in Oxford, London and Canada.",
    ),
    Badge.NOT_STATED: (
        "Patients with a self-reported diagnosis of ME/CFS were recruited online.",
        "ME/CFS patients were recruited from a specialist clinic in Oxford.",
        "Participants completed the DePaul Symptom Questionnaire, which assesses symptoms of the Fukuda, Canadian and IOM criteria.",
        "Healthy controls were free of fatigue and did not meet the Fukuda criteria.",
        "The PEM questionnaire was completed at baseline.",
        "Patients met the diagnostic criteria for ME/CFS.",
        "Exclusion criteria: fulfilment of the Fukuda criteria in controls.",
        "ME/CFS was diagnosed by the patients' physicians.",
        "Diagnoses were identified through ICD-10 code G93.3.",
        "A total of 100 patients with ME/CFS registered with a patient organisation answered the survey.",
        "Patients with PEM so severe that testing was unsafe were excluded.",
        "The severity of post-exertional malaise was rated on a scale from 0 to 10.",
        "PEM was required to last for 24 hours to be counted as an adverse event.",
        "All participants reported PEM after the exercise test.",
        "Ninety-five percent of the patients had post-exertional malaise.",
        "Sarcoidosis patients with fatigue were compared to patients with chronic fatigue syndrome.",
        "Participants self-reported a diagnosis of ME/CFS and reported when they were diagnosed.",
    ),
}
CASES = [(badge, text) for badge, texts in SENTENCES.items() for text in texts]


def _badge(publication):
    return pem(document(publication), DesignRecord(value=Design.CASE_CONTROL), READER).badge


@pytest.mark.parametrize(("badge", "text"), CASES, ids=[text[:60] for _, text in CASES])
def test_a_sentence_of_the_methods_decides(badge, text):
    sections = (
        Section(title="Methods"),
        Section(title="Participants", depth=2, paragraphs=(text,)),
    )
    publication = Publication(
        origin=ORIGIN, title=TITLE, abstract=(AbstractPart(text=ABSTRACT),), sections=sections
    )
    assert _badge(publication) is badge


@pytest.mark.parametrize(("badge", "text"), CASES, ids=[text[:60] for _, text in CASES])
def test_the_same_sentence_in_an_abstract_decides_alike(badge, text):
    words = f"Little is known. {text} Function was lower."
    publication = Publication(origin=ORIGIN, title=TITLE, abstract=(AbstractPart(text=words),))
    assert _badge(publication) is badge
