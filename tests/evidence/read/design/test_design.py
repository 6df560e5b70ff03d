"""The design of made-up studies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import ORIGIN, paper, plain

from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Design, DesignKind
from rapport.evidence.publication import AbstractPart, Publication
from rapport.evidence.read.design.design import design
from rapport.evidence.read.text.document import document

STUDIES = [
    (Design.RCT, "Rest after infection: a randomised controlled trial", ""),
    (
        Design.RCT,
        "Rest after infection",
        "Sixty adults were randomly assigned to rest or care.",
    ),
    (Design.NONRANDOMISED_TRIAL, "Rest", "This quasi-experimental study compared two classes."),
    (
        Design.SINGLE_ARM_TRIAL,
        "Rest",
        "In this open-label study twenty patients took the drug.",
    ),
    (Design.COHORT_PROSPECTIVE, "Rest", "In this prospective cohort study patients were seen."),
    (Design.COHORT_RETROSPECTIVE, "Rest", "We did a retrospective review of medical records."),
    (Design.CASE_CONTROL, "Rest", "Thirty patients and thirty healthy controls gave blood."),
    (Design.CROSS_SECTIONAL, "Rest", "This cross-sectional study used an online survey."),
    (Design.CASE_REPORT, "Recovery after rest: a case report", "A 30-year-old woman fell ill."),
    (Design.CASE_SERIES, "Rest", "We report three patients who recovered: a case series."),
    (Design.QUALITATIVE, "Living with it: a qualitative study", "Interviews were transcribed."),
    (Design.MIXED_METHODS, "Rest", "This mixed-methods study had a survey and interviews."),
    (Design.SYSTEMATIC_REVIEW, "Rest: a systematic review", "Databases were searched."),
    (Design.META_ANALYSIS, "Rest: a systematic review and meta-analysis", ""),
    (Design.SCOPING_REVIEW, "Rest: a scoping review", ""),
    (Design.NARRATIVE_REVIEW, "Rest: a narrative review", "In this review we look back."),
    (Design.COMMENTARY, "Comment on: Rest after infection", ""),
    (Design.MODELLING, "Why rest may fail: a hypothesis", ""),
    (Design.GUIDELINE, "Care at home: expert consensus statement", ""),
    (Design.PROTOCOL, "Rest: study protocol of a randomised controlled trial", ""),
    (Design.IN_VITRO_OR_ANIMAL, "Serum alters energy use of cultured myoblasts", ""),
    (Design.OTHER, "Correction: Rest after infection", ""),
    # The type of an article, as publishers print it; data that were split; limits of people.
    (
        Design.NARRATIVE_REVIEW,
        "Rest",
        "TYPE Mini Review. Thirty patients and 30 controls rested.",
    ),
    (Design.COMMENTARY, "Rest", "TYPE Opinion. This paper proposes that rest helps patients."),
    (
        Design.CASE_CONTROL,
        "Rest",
        "TYPE Original Research. 30 patients and 30 controls rested.",
    ),
    (
        Design.CROSS_SECTIONAL,
        "Rest",
        "A cross-sectional study: 600 adults were randomly divided "
        "into training and validation subsets.",
    ),
    (
        Design.RCT,
        "Rest",
        "In a randomized, sham-controlled pilot trial 24 people were treated.",
    ),
    (
        Design.CROSS_SECTIONAL,
        "Rest",
        "This cross-sectional study counted functional limitations.",
    ),
    (
        Design.GUIDELINE,
        "Rest",
        "Here we present our consensus on what every report should tell.",
    ),
    (Design.CASE_SERIES, "Rest", "After six months all three patients met the criteria."),
    (Design.CROSS_SECTIONAL, "Rest", "This study examined 80 patients of three clinics."),
    (Design.IN_VITRO_OR_ANIMAL, "Rest", "We used purified components of the clotting system."),
    # Deeds that make a design, whatever it is called.
    (
        Design.PROTOCOL,
        "A randomised trial of rest",
        "Forty adults will be purposively recruited. Reviewers will independently check them.",
    ),
    (Design.PROTOCOL, "NCT00000000: rest in long illness, eligibility", "Inclusion: adults."),
    (
        Design.META_ANALYSIS,
        "Heart rate at rest",
        "Studies of patients and healthy controls were found. Effect sizes were pooled.",
    ),
    (
        Design.SYSTEMATIC_REVIEW,
        "Heart rate at rest",
        "Two reviewers screened titles. Twelve studies of patients and controls were included.",
    ),
    (Design.COMMENTARY, "Rest: a word of caution", "In our view the patients were too few."),
    (Design.COMMENTARY, "Re: rest after infection", "Healthy volunteers tell us little."),
    (Design.RCT, "Rest", "Adults were assigned by computer to rest or matching placebo."),
    (Design.RCT, "Rest", "This secondary analysis used data of a randomised trial of rest."),
    (
        Design.NONRANDOMISED_TRIAL,
        "Rest in two clinics",
        "Patients of one clinic were offered rest, while those of another received usual care.",
    ),
    (
        Design.CASE_CONTROL,
        "Fats in blood",
        "Blood of 40 patients and 20 convalescent people was drawn.",
    ),
    (Design.CASE_CONTROL, "Genes", "We genotyped 2,000 cases and 9,000 controls."),
    (Design.OTHER, "Iron and fatigue: a Mendelian randomisation study", ""),
    (Design.OTHER, "A guide", "The objective of this project was to develop an online tool."),
    (Design.OTHER, "A diary", "We developed an open-source application to record pain."),
    (
        Design.CROSS_SECTIONAL,
        "A scale in Danish",
        "The scale had high internal consistency in 300 adults.",
    ),
    (
        Design.COHORT_PROSPECTIVE,
        "Who gets better?",
        "Adolescents were seen at 6, 12 and 24 months.",
    ),
    (
        Design.COHORT_RETROSPECTIVE,
        "A code and what follows",
        "Linked general practice records of 900 adults were used.",
    ),
    (Design.QUALITATIVE, "Leaving work", "We spoke at length with 24 adults."),
    (
        Design.MIXED_METHODS,
        "An app",
        "We combined usage data of 500 patients with 19 interviews.",
    ),
    (Design.CASE_SERIES, "Rest", "We describe the courses of five young adults who rested."),
    (Design.NARRATIVE_REVIEW, "Rest", "Here, we bring together what is known of it."),
    (
        Design.GUIDELINE,
        "Care in hospital: recommendations from a working group",
        "Statements were adopted by vote.",
    ),
    (Design.IN_VITRO_OR_ANIMAL, "Rest and movement", "Aged mice were injected twice (n = 9)."),
    (Design.OTHER, "Genes of rest", "Data were downloaded from the Gene Expression Omnibus."),
    (Design.OTHER, "Rest: a bibliometric analysis", "Papers of healthy controls were counted."),
    (Design.PROTOCOL, "Rest in long illness", "Inclusion Criteria: Age 18 to 60, consent"),
    (
        Design.COHORT_PROSPECTIVE,
        "Rest",
        "Fatigue was described cross-sectionally and examined longitudinally.",
    ),
    (
        Design.CASE_CONTROL,
        "Rest",
        "In this prospective study 40 patients and 40 healthy controls were seen.",
    ),
    (
        Design.CROSS_SECTIONAL,
        "Rest",
        "Patients of the clinic were enrolled. Pain was assessed in forty women.",
    ),
    (Design.SINGLE_ARM_TRIAL, "Rest: a phase-II study", "All patients got the drug."),
    (
        Design.IN_VITRO_OR_ANIMAL,
        "Blood and cells",
        "Neutrophils of healthy donors were exposed to plasma of patients (n = 9).",
    ),
    (
        Design.COHORT_PROSPECTIVE,
        "Rest and illness",
        "Students were assessed at onset and again six months later.",
    ),
    (Design.SYSTEMATIC_REVIEW, "Rest", "Data sources: MEDLINE to 2020. Nine of them fitted."),
    (
        Design.MIXED_METHODS,
        "Visits at home",
        "Patients answered a questionnaire; ten of them were interviewed.",
    ),
    (
        Design.NONRANDOMISED_TRIAL,
        "Rest online versus rest in a group programme",
        "Patients chose between both. Pain was measured in forty women.",
    ),
    (Design.COMMENTARY, "Funding must match the burden", "The illness is common."),
    (
        Design.PROTOCOL,
        "Rest at home: the study design",
        "Blood of patients and healthy controls is taken.",
    ),
]


@pytest.mark.parametrize(("value", "title", "abstract"), STUDIES, ids=lambda x: str(x)[:40])
def test_the_design_is_read_with_the_sentence_that_says_it(value, title, abstract):
    document = paper(title, abstract)
    record = design(document)
    assert record.value is value
    assert record.evidence
    assert all(is_verbatim(span, document.canonical.fields) for span in record.evidence)


def test_a_text_that_calls_itself_a_review_is_one_wherever_it_says_so():
    introduction = (
        "Most were ill at three months. In this narrative review, a summary is given."
    )
    record = design(plain(f"Rest\n\nIntroduction\n\n{introduction}\n"))
    assert record.value is Design.NARRATIVE_REVIEW


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Case Presentation", Design.CASE_REPORT),
        ("Data sources and study selection", Design.SYSTEMATIC_REVIEW),
        ("Ethics and dissemination", Design.PROTOCOL),
        ("Methods", Design.OTHER),
    ],
)
def test_the_label_of_a_part_of_the_abstract_speaks_for_the_design(label, value):
    parts = (
        AbstractPart(label="Aim", text="It was rest."),
        AbstractPart(label=label, text="So."),
    )
    record = design(document(Publication(origin=ORIGIN, title="Rest", abstract=parts)))
    assert record.value is value


@pytest.mark.parametrize(
    ("abstract", "value"),
    [
        ("Tumours arising from muscle were seen in forty women.", Design.COMMENTARY),
        ("Results are expected to inform plans. Pain was measured in women.", Design.PROTOCOL),
        ("We would recommend a prospective cohort study.", Design.COHORT_PROSPECTIVE),
        ("Quality was rated by the Joanna Briggs checklist.", Design.SCOPING_REVIEW),
        ("Ten studies were retrospective.", Design.COHORT_RETROSPECTIVE),
        ("Heterogeneity among the studies was high.", Design.META_ANALYSIS),
        ("Statement of a patient of one clinic.", Design.GUIDELINE),
        ("Heterogeneity precluded a pooled estimate.", Design.META_ANALYSIS),
        ("A larger trial is currently under way.", Design.PROTOCOL),
        ("A later study is as suggested by recent case series.", Design.CASE_SERIES),
    ],
    ids=lambda x: str(x)[:40],
)
def test_words_for_a_design_that_mean_something_else_are_no_sign_of_it(abstract, value):
    assert design(paper("Rest", abstract)).value is not value


def test_every_design_has_a_made_up_study():
    assert {value for value, _, _ in STUDIES} == set(Design)


def test_nothing_said_is_other_without_evidence():
    record = design(paper("Sleep", "Sleep was good."))
    assert (record.value, record.evidence, record.blinded) == (Design.OTHER, (), None)


def test_the_type_of_publication_counts_without_words():
    record = design(paper("Rest", publication_types=("Randomized Controlled Trial",)))
    assert record.value is Design.RCT


@pytest.mark.parametrize(
    ("words", "blinded"),
    [
        ("This double-blind trial was placebo-controlled.", True),
        ("This open-label trial compared rest with usual care.", False),
        ("Future double-blind trials may tell.", None),
    ],
)
def test_blinding_is_stated_or_not_known(words, blinded):
    text = f"Sixty adults were randomly assigned to rest or to activity. {words}"
    assert design(paper(abstract=text)).blinded is blinded


def test_a_study_that_treats_nobody_has_no_blinding():
    text = "Patients and healthy controls were matched in this case-control study. "
    told = "Their samples stood beside open-label ones."
    record = design(paper(abstract=text, sections={"Methods": told}))
    assert (record.value, record.blinded) == (Design.CASE_CONTROL, None)


def test_what_else_a_study_is():
    text = "In a randomised crossover trial patients had a tilt-table test and a brain MRI."
    assert set(design(paper(abstract=text)).kinds) == {
        DesignKind.IMAGING,
        DesignKind.PHYSIOLOGY_CHALLENGE,
        DesignKind.CROSSOVER,
    }


def test_other_peoples_designs_are_not_this_studys():
    text = (
        "Cross-sectional studies are common. Larger randomised controlled trials are needed. "
        "In this prospective cohort study new patients were followed for two years."
    )
    assert design(paper(abstract=text)).value is Design.COHORT_PROSPECTIVE


def test_what_was_known_before_is_not_what_was_done():
    known = "Healthy controls recover in a day. Patients were randomly assigned to rest before."
    done = "We did an online survey of patients."
    labelled = (
        AbstractPart(label="Background", text=known),
        AbstractPart(label="Methods", text=done),
    )
    record = design(document(Publication(origin=ORIGIN, title="Rest", abstract=labelled)))
    assert record.value is Design.CROSS_SECTIONAL


def test_trials_that_left_samples_are_not_this_study():
    text = (
        "Patients and healthy controls gave serum. "
        "Sera were collected at the start of three separate clinical trials. "
        "One was an open-label phase II trial, one was a randomised, placebo-controlled trial."
    )
    assert design(paper(abstract=text)).value is Design.CASE_CONTROL
    own = "Serum was drawn. Patients were randomised to the drug or to placebo in this trial."
    assert design(paper(abstract=own)).value is Design.RCT


def test_trials_told_of_in_a_review_are_those_of_others():
    told = "Participants were randomised to water or placebo in a pilot trial."
    record = design(paper("Hydrogen for fatigue: a mini-review of the evidence", told))
    assert record.value is Design.NARRATIVE_REVIEW


def test_results_and_discussion_do_not_decide():
    document = paper(
        abstract="In this prospective cohort study patients were followed for two years.",
        sections={"Discussion": "A randomised controlled trial randomly assigned patients."},
    )
    assert design(document).value is Design.COHORT_PROSPECTIVE


def test_american_spelling_changes_nothing():
    british = "Sixty adults were randomised to rest or care."
    american = british.replace("randomised", "randomized")
    assert design(paper(abstract=british)).value is design(paper(abstract=american)).value


def test_the_headings_of_a_short_text_open_no_sections():
    text = "Background: Rest is old.\nConclusion: Patients and healthy controls slept alike."
    assert design(plain(text)).value is Design.CASE_CONTROL


@given(st.text(max_size=400))
def test_any_text_has_a_design(text):
    record = design(paper(abstract=text, title=text[:80]))
    assert isinstance(record.value, Design)
