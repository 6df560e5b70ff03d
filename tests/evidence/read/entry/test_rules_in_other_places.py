"""Rules in aims, titles, lists and boxes, over two sentences, and by cited or dated names."""

import pytest
from tests.evidence.read.short_texts import ORIGIN, READER, A, M, N, R, S

from rapport.evidence.publication import Publication

TITLE = "A study in ME/CFS"
FUKUDA = "Fukuda K, Straus SE, et al. The chronic fatigue syndrome: a comprehensive approach to its definition and study. Ann Intern Med 1994;121:953."


def badge(title, text):
    return READER.read(Publication(origin=ORIGIN, title=title, text=text)).pem.badge


AIMS = [
    (
        R,
        "Objective: To determine whether rest after work lessens pain in adults with ME/CFS who meet the Canadian criteria. Fifty took part.",
    ),
    (
        N,
        "Aim: To estimate how common dizziness is. We estimated the prevalence of dizziness in patients with CFS diagnosed by the Fukuda criteria (n = 40).",
    ),
    (
        R,
        "Aim: To examine gut flora in people who have ME/CFS according to the ICC. Methods: Stool of 30 such people was studied.",
    ),
    (
        N,
        "Aim: We examined whether reaction time differs between CFS patients (Fukuda criteria) and controls. Thirty of each came.",
    ),
    (
        N,
        "Background and aims: Fatigue is common. To describe how often stiffness occurs in women with CFS who met the 1994 Fukuda criteria. Methods: 70 women were asked.",
    ),
    # What is looked for is no rule of entry.
    (
        S,
        "Aim: To determine whether 40 patients with ME/CFS diagnosed by a physician meet the Canadian criteria. The answer is given below.",
    ),
]
TITLES = [
    (
        R,
        "Taste and smell in ME/CFS as defined by the International Consensus Criteria",
        "Methods\nThirty patients named twelve smells.",
    ),
    (
        N,
        "Singing for chronic fatigue syndrome (Oxford criteria): a trial",
        "Methods\nWe recruited 40 patients, who sang or rested.",
    ),
    (
        A,
        "Singing for chronic fatigue syndrome (Oxford criteria): a systematic review",
        "Methods\nTrials were searched for. Six were found.",
    ),
]
LISTS = [
    (
        R,
        "Methods\nInclusion criteria\n\u2022 Age 20 to 60\n\u2022 ME/CFS (Institute of Medicine, 2015)\n\u2022 Illness of a year or more\nExclusion criteria\n\u2022 Cancer",
    ),
    (
        N,
        "Methods\nWe took a diagnosis by Fukuda, the Canadian criteria or the ICC. Seventy patients with ME/CFS came.",
    ),
    (
        M,
        "Methods\nTwo groups were formed: ME/CFS (Canadian criteria; n=20) and CFS (Fukuda criteria only; n=18).",
    ),
]
NEXT_SENTENCES = [
    (
        N,
        "Methods\nA doctor looked at the Fukuda criteria on the first visit. Patients who qualified were randomised (n = 50).",
    ),
    (
        R,
        "Methods\nSeventy people were assessed against the Canadian criteria. Of these, only the 44 who met them proceeded to the study.",
    ),
    (
        R,
        "Methods\nThe Japanese clinical criteria for ME/CFS were used: less activity, post-exertional malaise, and poor sleep. All of these had to be present. Thirty patients came.",
    ),
    (
        R,
        "Methods\nThe Japanese clinical criteria for ME/CFS were used: less activity, post-exertional malaise, poor sleep; all three had to be present. Thirty patients came.",
    ),
    # Those who met them are only compared: nobody was let in by it.
    (
        S,
        "Methods\nForty patients with a doctor's diagnosis were asked about the Fukuda criteria. Those who passed were compared with the rest.",
    ),
]
PEM_EXPLAINED = [
    (
        R,
        "Methods\nPost-exertional malaise, defined as a worse day after effort, had to be present. Forty people with long COVID came.",
    ),
    (
        S,
        "Methods\nPost-exertional malaise, defined as a worse day after effort, was rated by 40 people with a doctor's diagnosis of ME.",
    ),
]
NAMES = [
    (
        N,
        "Methods\nFor the diagnosis of CFS, the criteria laid down by the Centers for Disease Control in 1994 were followed. Forty patients came.",
    ),
    (
        N,
        "Methods\nThe criteria for CFS established by the CDC in 1988 were met by all 20 women.",
    ),
    (N, "Methods\nOur 30 patients had CFS as specified by the 1994 revised CDC definition."),
    (
        R,
        "Methods\nEligible were adults with ME/CFS by the 2003 clinical working case definition by Carruthers and colleagues. Twenty came.",
    ),
    (
        N,
        "Methods\nThe working definition published in the Annals of Internal Medicine in 1994 was used to diagnose CFS in 40 patients.",
    ),
    (
        R,
        "Methods\nBesides the Fukuda criteria, patients had to fulfil those of the IOM. Forty were included.",
    ),
]
CITED = [
    (
        N,
        f"Methods\nThe patients (n = 20) suffered from CFS as described elsewhere [2]. They were weighed.\nReferences\n2. {FUKUDA}",
    ),
    (
        S,
        f"Methods\nThirty patients had a physician's diagnosis of CFS. As described by Fukuda et al. [2], fatigue has many causes.\nReferences\n2. {FUKUDA}",
    ),
]
BORROWED_PEOPLE = [
    (
        R,
        "Methods\nThis is a secondary analysis of one cohort, in which all participants met the IOM criteria. Data of 90 participants were complete.",
    ),
    (
        R,
        "Methods\nThe study used serum of 40 ME/CFS cases from a repository. Cases in it are classified with the CCC after review of records.",
    ),
    (
        R,
        "Methods\nData of three studies were joined. In each of these studies, patients had to fulfil the Canadian criteria. There were 80.",
    ),
    (
        S,
        "Methods\nThe reference group, from earlier work elsewhere, satisfied the Canadian criteria. Our 50 patients had a doctor's diagnosis of CFS/ME.",
    ),
]
NOT_TOLD_OF_ENTRY = [
    "The DePaul questionnaire permits classification by the Fukuda, Canadian and IOM criteria. We used its items in 60 people with a diagnosis of ME/CFS.",
    "We asked whether an app can help physicians to use the IOM criteria. Sixty patients with fatigue tried it.",
    "A chatbot was built that explains the IOM criteria. Forty people with a diagnosis of ME/CFS used it.",
    "We asked 60 people with a diagnosis of ME/CFS whether they thought that the Canadian criteria described their illness.",
    "The trial was planned with the Canadian criteria, but this was abandoned; 60 patients with a clinical diagnosis came.",
    "Severity was rated by the International Consensus Criteria grades in 40 patients with a doctor's diagnosis of ME.",
    "Experts were asked how the Fukuda and Canadian criteria should be combined. Twelve patients with ME/CFS listened.",
    "Patients had a diagnosis of CFS. Whether they met the 1994 CDC criteria could not be verified.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "text"),
    [*AIMS, *LISTS, *NEXT_SENTENCES, *PEM_EXPLAINED, *NAMES, *CITED, *BORROWED_PEOPLE],
)
def test_a_rule_is_read_where_a_careful_reader_sees_it(expected, text):
    assert badge(TITLE, text) == expected


@pytest.mark.parametrize(("expected", "title", "text"), TITLES)
def test_a_title_tells_the_rule_unless_it_names_a_review(expected, title, text):
    assert badge(title, text) == expected


@pytest.mark.parametrize("text", NOT_TOLD_OF_ENTRY)
def test_what_is_not_told_of_entry_asserts_nothing(text):
    assert badge(TITLE, f"Methods\n{text}") == S


def test_a_review_with_methods_stays_one_in_which_nobody_took_part():
    text = "Methods\nWe searched for papers in which patients met the Fukuda or the Canadian criteria."
    assert badge("Which definition for ME/CFS? A narrative review", text) == A
