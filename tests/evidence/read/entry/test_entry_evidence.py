"""An assertion needs a sentence that tells how this study's own people entered: made-up cases."""

import pytest
from tests.evidence.read.made_up import paper

from rapport.cards.facts import DesignRecord
from rapport.core.vocabulary import Badge, Combination, Design
from rapport.evidence.read.badge.pem import pem
from rapport.evidence.read.entry.entry_reader import EntryReader
from rapport.knowledge.load import load

READER = EntryReader(load())
LEAD = "People with ME/CFS and healthy controls were compared."
OF_COVID = "People with long COVID were compared with people who had recovered."
R, N, S, M = Badge.REQUIRED, Badge.NOT_REQUIRED, Badge.NOT_STATED, Badge.MIXED

# Named, and not used to take anybody in: background, history, comparison, object of study.
ABSTRACT = (
    (S, "These symptoms align with the IOM criteria."),
    (S, "The symptom profile is consistent with the Canadian Consensus Criteria."),
    (S, "We examined how subjects fit the IOM criteria and other case definitions."),
    (S, "We compared the Fukuda criteria with the Canadian Consensus Criteria."),
    (S, "The agreement between the Fukuda criteria and the CCC was moderate."),
    (S, "The study investigated differences between CFS as defined by Fukuda et al. (1994) and the Canadian case definition."),
    (S, "The aim was to compare the performance of the CCC and the ICC."),
    (S, "Patients must have PEM to be diagnosed by the Canadian Consensus Criteria."),
    (S, "The International Consensus Criteria were developed from the Canadian criteria."),
    (S, "Using the CCC instead of older criteria would change how common the illness is."),
    (S, "The illness has been described under the Fukuda criteria for three decades."),
    (S, "The overlap of the Oxford criteria with depression is large."),
    (S, "We tested the validity of the IOM criteria in primary care."),
    (S, "Awareness of the IOM criteria was low."),
    (R, "Patients fitting the Canadian Consensus Criteria filled in a diary."),
    (R, "We compared sleep in patients who met the CCC with that of controls."),
    (R, "The aim was to compare gait in patients diagnosed by the IOM criteria and controls."),
    (N, "In this cross-sectional study 30 women with CFS (Fukuda criteria) walked for six minutes."),
    (N, "148 patients (mean age 33 y, 78% women) who had the Oxford criteria for CFS were randomised."),
    (N, "Sixty adults had Fukuda criteria CFS."),
    (N, "We examined how subjects fit the IOM criteria. All subjects met the 1994 Fukuda criteria when they were recruited."),
)  # fmt: skip

# Told in an introduction or a discussion: only a sentence about this study's people asserts.
ELSEWHERE = (
    (S, "Introduction", "Patients who meet the Canadian Consensus Criteria are more impaired."),
    (S, "Introduction", "ME/CFS was diagnosed according to the Fukuda criteria."),
    (S, "Introduction", "We used to rely on the CCC, and clinics still do."),
    (S, "Discussion", "Patients were diagnosed by the CCC in that trial."),
    (S, "Discussion", "The participants met the Fukuda criteria."),
    (S, "Discussion", "Those patients fulfilled the International Consensus Criteria."),
    (S, "Conclusion", "The IOM criteria identify patients well."),
    (R, "Introduction", "In this study we included patients who met the Canadian Consensus Criteria."),
    (R, "Discussion", "All patients in this study met the Canadian Consensus Criteria."),
    (N, "Discussion", "Our patients were diagnosed by the Fukuda criteria."),
    (R, "Methods", "ME/CFS was diagnosed according to the Canadian Consensus Criteria."),
    (R, "Participants", "Diagnosis was made by the CCC."),
)  # fmt: skip

# Part of the people, or all who were left: number words, and what the sentences beside it say.
METHODS = (
    (N, "Patients met the Fukuda criteria. Fourteen of the patients also fulfilled the CCC."),
    (S, "Forty patients with ME/CFS were recruited. Nine of the patients fulfilled the Canadian Consensus Criteria."),
    (R, "All forty of the patients fulfilled the Canadian Consensus Criteria."),
    (R, "Forty patients fulfilled the Canadian Consensus Criteria."),
    (R, "Sixty people were examined. Of these, 58 met the CCC. Two did not meet the CCC and were excluded."),
    (R, "Of the 60 people seen, those who did not fulfil the CCC on examination by one of two physicians of the clinic were not included."),
    (R, "Three did not meet the Canadian Consensus Criteria or reach the threshold of the questionnaire on which the groups were to be built and were therefore excluded."),
    (M, "Patients met the Fukuda criteria. A subset met the ICC. The remaining patients did not."),
    (R, "Participants met the CCC. Ten of them also met the Oxford criteria."),
    (S, "Patients with ME/CFS were seen at a clinic. Twelve of 30 met the ICC."),
    (S, "Patients with ME/CFS were seen. One third of the patients met the CCC."),
    (M, "The sample had 23 participants who met the Canadian criteria and 12 participants who met the Fukuda criteria."),
    (M, "There were 40 patients in the CCC group and 35 in the Fukuda group."),
    (R, "There were 40 patients who met the CCC and 35 controls."),
)  # fmt: skip

# The name of an illness, or of a variant of it, is not a definition that was used.
VARIANTS = (
    (S, "We recruited people with PI-ME/CFS."),
    (S, "Participants with post-infectious ME/CFS were recruited."),
    (S, "PI-ME/CFS patients and controls were examined."),
    (S, "Rigorous criteria were used to recruit PI-ME/CFS participants."),
    (S, "Patients with SEID were recruited."),
    (S, "ME/CFS, also known as systemic exertion intolerance disease, was studied."),
    (S, "People with systemic exertion intolerance disease were recruited."),
    (S, "Forty SEID patients gave blood."),
    (R, "Patients met SEID criteria."),
    (R, "Patients with SEID by the IOM criteria were recruited."),
    (R, "Participants fulfilled the criteria for systemic exertion intolerance disease."),
    (N, "Patients with PI-ME/CFS met the Fukuda criteria."),
    (R, "Patients met the SEID case definition."),
)

# Wordings that do tell entry.
TOLD = (
    (R, "All underwent record review to confirm presence of ME/CFS, using the National Academy of Medicine requirement of three major symptoms."),
    (R, "Patients met the National Academy of Medicine criteria."),
    (R, "Participants fulfilled the NASEM 2015 criteria for ME/CFS."),
    (R, "Patients had the Canadian criteria for ME/CFS."),
    (R, "ME/CFS was diagnosed by the recommendations of the Institute of Medicine."),
    (N, "Patients had to meet the diagnostic criteria proposed by Fukuda28, which ask for four of eight symptoms."),
    (N, "Patients fulfilled the Fukuda1 criteria."),
    (N, "Patients met the Fukuda criteria[12]."),
    (R, "Patients met the criteria of Carruthers7 for ME/CFS (CCC)."),
    (R, "Patients fulfilled the Canadian Consensus Criteria(4) and were seen twice."),
    (N, "Patients met the Oxford3 criteria for CFS."),
    (N, "Volunteers with ME/CFS fitting the Fukuda criteria were asked."),
    (R, "Volunteers with ME/CFS fitting the ICC (2011) were asked."),
)  # fmt: skip

# A rule of long COVID in time, and sentences that only talk about time.
COVID = (
    (N, "Adults with long COVID symptoms after an infection with SARS-CoV-2, after a minimum of 12 weeks of acute infection, were included."),
    (N, "Patients with symptoms at least 12 weeks after COVID-19 were included."),
    (N, "In the earlier study, long COVID was defined as new symptoms three months after infection."),
    (N, "We enrolled people who still had symptoms more than 3 months after SARS-CoV-2 infection."),
    (N, "Participants had symptoms that lasted at least 12 weeks after infection and were recruited from a clinic."),
    (N, "Eligible adults reported symptoms for 12 weeks or longer after COVID-19."),
    (S, "In another earlier study, long COVID was defined as symptoms at three months."),
    (S, "Earlier studies defined long COVID as symptoms for more than 12 weeks."),
    (S, "Symptoms improved more than 12 weeks after infection."),
    (S, "Samples were taken at least 12 weeks after infection."),
    (S, "The World Health Organization decided that a single definition of long COVID was needed."),
    (S, "NASEM developed a definition of long COVID that covers anyone."),
    (S, "A committee of the WHO published its definition of long COVID in 2021."),
    (N, "Participants met the WHO definition of long COVID."),
)  # fmt: skip


def _badge(document, design=Design.CASE_CONTROL):
    return pem(document, DesignRecord(value=design), READER).badge


def _methods(text, lead=LEAD, title="Muscle function in ME/CFS"):
    return paper(title=title, abstract=lead, sections={"Participants": text})


@pytest.mark.parametrize(("badge", "text"), ABSTRACT)
def test_in_an_abstract_only_a_definition_that_took_people_in_decides(badge, text):
    words = f"Little is known of muscle in ME/CFS. {text} Function was lower in patients."
    assert _badge(paper(title="Muscle function in ME/CFS", abstract=words)) is badge


@pytest.mark.parametrize(("badge", "heading", "text"), ELSEWHERE)
def test_where_others_are_discussed_only_this_study_s_people_count(badge, heading, text):
    document = paper(title="Muscle in ME/CFS", abstract=LEAD, sections={heading: text})
    assert _badge(document) is badge


@pytest.mark.parametrize(("badge", "text"), METHODS + VARIANTS + TOLD)
def test_the_sentences_of_the_methods_decide_together(badge, text):
    assert _badge(_methods(text)) is badge


@pytest.mark.parametrize(("badge", "text"), COVID)
def test_a_time_after_infection_is_a_rule_where_people_entered_by_it(badge, text):
    assert _badge(_methods(text, OF_COVID, "Muscle function in long COVID")) is badge


def test_a_part_of_a_covid_cohort_that_met_a_definition_makes_it_mixed():
    text = (
        "Thirty patients with post-COVID syndrome were recruited. Fourteen of the patients"
        " fulfilled the Canadian Consensus Criteria. In contrast to these, a minimum of 14 h of"
        " PEM was required for the diagnosis of ME/CFS."
    )
    assert _badge(_methods(text, OF_COVID, "Muscle function in long COVID")) is M


LISTED = "ME/CFS was diagnosed by a questionnaire that covers the Canadian Consensus Criteria and the Fukuda criteria."
NEXT_ANY = (
    "At least one of these definitions had to be met.",
    "One of these criteria had to be fulfilled.",
    "Any of the definitions was enough.",
    "Participants had to meet either of the two definitions.",
)
NEXT_ALL = (
    "Both were required.",
    "Blood was taken at least one hour later.",
    "Any of the tests could be refused.",
    "One of these patients left the study.",
)


@pytest.mark.parametrize("after", NEXT_ANY)
def test_one_of_these_in_the_next_sentence_makes_either_enough(after):
    record = pem(_methods(f"{LISTED} {after}"), DesignRecord(value=Design.OTHER), READER)
    assert (record.badge, record.combination) == (N, Combination.ANY)


@pytest.mark.parametrize("after", NEXT_ALL)
def test_a_next_sentence_about_something_else_leaves_the_list_as_it_is(after):
    record = pem(_methods(f"{LISTED} {after}"), DesignRecord(value=Design.OTHER), READER)
    assert (record.badge, record.combination) == (R, Combination.ALL)


@pytest.mark.parametrize(
    ("after", "which", "hours"),
    [
        ("A minimum of 14 h of PEM was required.", "charite_modified_ccc", 14),
        ("PEM had to last at least 14 hours.", "charite_modified_ccc", 14),
        ("Blood was drawn after 14 hours without food.", "ccc_2003", None),
        ("PEM lasted 14 hours in some of them.", "ccc_2003", None),
    ],
)
def test_hours_of_pem_in_the_next_sentence_belong_to_the_definition(after, which, hours):
    text = f"Patients met the Canadian Consensus Criteria. {after}"
    record = pem(_methods(text), DesignRecord(value=Design.OTHER), READER)
    assert (record.badge, record.definitions, record.minimum_hours) == (R, (which,), hours)


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        ("Blood vessels in ME/CFS", "Review of blood vessels in ME/CFS showing stiff walls.", True),
        ("Blood vessels in ME/CFS", "Overview of blood vessel studies in ME/CFS.", True),
        ("Harms of exercise in CFS", "We undertook meta-analyses of two outcomes in all eight published trials. The 8 trials involved 900 participants.", True),
        ("Harms of exercise in CFS", "We meta-analysed all published trials. In these, 900 participants were randomised.", True),
        ("Serotonin and ME/CFS-like illness", "High doses gave mice the symptoms of ME/CFS. They were reversed by a blocker.", True),
        ("Serotonin in ME/CFS", "First evidence of a mechanism of ME/CFS. Rats fed the drug ran less.", True),
        ("Hydrogen for ME/CFS", "This narrative mini- review sums up three clinical studies of hydrogen in ME/CFS.", True),
        ("Hydrogen for ME/CFS: a mini-review", "Hydrogen has been tried in ME/CFS. Three studies of 90 patients are told of.", True),
        ("Blood vessels in ME/CFS", "Review of records of 90 patients with ME/CFS.", False),
        ("Blood vessels in ME/CFS", "Review of 40 patients with ME/CFS seen at one clinic.", False),
        ("Serum in ME/CFS", "Serum of 20 patients with ME/CFS was given to mice.", False),
        ("Exercise in CFS", "Sixty patients with CFS took part. We discuss meta-analyses of others.", False),
    ],
)  # fmt: skip
def test_studies_of_studies_and_of_animals_in_few_words_have_nobody(title, abstract, expected):
    record = pem(
        paper(title=title, abstract=abstract), DesignRecord(value=Design.OTHER), READER
    )
    assert (record.badge is Badge.NOT_APPLICABLE) is expected
