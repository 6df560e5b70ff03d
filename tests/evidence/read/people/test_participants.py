"""How many people made-up studies studied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.core.spans import is_verbatim
from rapport.evidence.read.people.participants import participants

CONTROLLED = "Healthy controls were seen too. "


@pytest.mark.parametrize(
    ("abstract", "cases", "controls"),
    [
        ("We saw 24 patients with ME/CFS and 20 healthy controls.", 24, 20),
        ("Twenty-five CFS patients and twenty healthy controls took part.", 25, 20),
        # Not people: what a kit brings, a peptide by its number; and both kinds counted together.
        ("In this survey 93 people with ME/CFS gave blood. Six calibrators and two controls came "
         "with the kit.", 93, None),
        ("In this survey ME/CFS patients reacted to peptide 4, and CFS patients did not.",
         None, None),
        ("In this survey 129 patients with long COVID took part. Table 1 Participants with and "
         "without long COVID (n = 259).", 129, None),
        # Controls of the sentence that tells the patients; elsewhere a sample of some is told.
        ("We enrolled 32 patients with ME/CFS and 31 healthy volunteers. Nerves of five patients "
         "and five control subjects were seen.", 32, 31),
        ("In this survey a sample of 374 volunteer participants with long COVID was asked.",
         374, None),
        ("ME/CFS patients (n = 24) and healthy controls (n = 30) gave blood.", 24, 30),
        ("A total of 1,048 people with ME/CFS completed an online survey.", 1048, None),
        ("In this survey 15 patients with long COVID and 11 ME/CFS patients took part.", 11, None),
        ("This survey was sent to 900 people; 300 participants responded.", 300, None),
        ("A cross-sectional study of 60 adults (20 men, 40 women) with ME/CFS.", 60, None),
        ("Two cohorts gave 90 cases and 80 healthy controls.", 90, 80),  # not two cases
        ("This cross-sectional study lasted from 2019 to 2020.", None, None),
        ("In this survey 30 patients were seen and 12 patients (40%) had pain.", 30, None),
        ("In this survey of 40 people with ME/CFS, 12 had pain and nine slept.", 40, None),
        ("Of 80 people screened, 40 patients with ME/CFS were in. Then 40 CFS patients sat a "
         "cross-sectional test.", 40, None),
        ("This survey had 9 vaccinated and 21 unvaccinated patients: 30 patients.", 30, None),
        ("We saw 24 patients with ME/CFS. In 90 cases, the test failed.", 24, None),
        ("We saw 24 patients with ME/CFS. Table 4 Patients and their sleep.", 24, None),
        ("In this cohort 60 patients were enrolled. Two cohorts had type 2 diabetes patients.",
         60, None),
        ("A survey of 22 women with and 10 women without long COVID.", 22, 10),
        # "n =" before its noun counts that noun.
        ("Blood of n = 47 patients with ME/CFS and n = 61 healthy controls was compared.", 47, 61),
        # A share of women is a description, no part of the sample.
        ("In this survey eighteen people with PCS (78% females, 51 years) took part.", 18, None),
        ("In this survey 30 patients took part; 18 patients (60%) had pain.", 30, None),
        # In brackets before its own noun, and pairs of a patient and a control.
        ("In this case-control study 60 samples were used (n = 33 ME/CFS cases, n = 27 sedentary "
         "controls).", 33, 27),
        ("In this survey ME/CFS patients (n = 30 women) and controls (n = 20) took part.", 30, 20),
        ("Out of 189 people identified by codes, 15 matched pairs were included in this "
         "retrospective study of CFS.", 15, None),
        # A share told in words, years of age, and what is no person.
        ("One in four ME/CFS patients is housebound. In this survey 40 CFS patients answered.",
         40, None),
        ("One in four ME/CFS patients is housebound, this survey says.", None, None),
        ("In this survey sixty-three 11- to 18-year-olds with CFS took part.", 63, None),
        ("In this survey 42 ME/CFS patients lay still. In 60 ME/CFS connections it differed.",
         42, None),
        ("In this survey 200 adults with long COVID took part; there were 850 cases of insomnia.",
         200, None),
        # What they reported is the illness, not a symptom of it.
        ("In this survey 352 respondents reported long COVID.", 352, None),
        ("In this survey of 400 adults with ME/CFS, 352 respondents reported pain.", 400, None),
        # Those beside the patients, a group told at length, and other people's numbers.
        ("We saw people with ME/CFS of differing severity (n = 72), and others not meeting the "
         "criteria for ME/CFS (n = 90), in this survey.", 72, 90),
        ("A survey of 30 patients. A large study involving 900 patients found less.", 30, None),
        ("This retrospective study used a database comprising 98,000 patients.", None, None),
        ("T cells were screened in 22 CFS patients of this cross-sectional study.", 22, None),
        ("We screened 90 CFS patients for this cross-sectional study; 22 CFS patients took part.",
         22, None),
        # What the sentence says they were.
        ("A survey of 84 subjects. Forty-five subjects (22 men and 23 women) met criteria for "
         "ME/CFS. Thirty-nine subjects (18 men) were matched healthy controls.", 45, 39),
        ("In addition, a control group (CG) comprising 16 individuals with a history of COVID-19 "
         "joined the 28 PACS patients of this survey.", 28, 16),
        # Everyone together is not the number of patients, where controls or carers are told apart.
        ("This survey had 17 participants: 10 with long COVID and 7 controls.", 10, 7),
        ("In this survey 67 participants answered (52 people with long COVID and 15 carers).",
         52, None),
        # Other things than people, and words that a number is half of.
        ("We saw two ME/CFS cohorts and healthy controls; 149 ME/CFS patients took part.",
         149, None),
        ("In this three-arm survey 90 patients with ME/CFS took part.", 90, None),
        ("In this survey 40 people with ME/CFS took part, averaging 4,067 steps per day.", 40, None),
        # Of those looked at, those who came in; women and men together.
        ("A survey: of 189 patients assessed for eligibility, 18 were enrolled.", 18, None),
        ("In this survey 12 adolescents and 13 young adults were diagnosed with ME/CFS.",
         25, None),
        ("In this survey 56 women and 14 men met the Centers for Disease Control criteria.",
         70, None),
        # A group that is told behind a share or a colon.
        ("In this survey we saw 174 (65%) ME/CFS and 86 (32%) healthy controls.", 174, 86),
        ("A survey of 207 participants (ME/CFS: n = 103; long COVID: n = 63; controls: n = 41).",
         103, 41),
        # Cases of something else, and a number that belongs to a name.
        ("In this survey 200 patients with long COVID had 85 cases of poor sleep.", 200, None),
        ("In this survey we saw 10 consecutive long-haul COVID-19 cases.", 10, None),
        # Who was only thought of, and a population in which the illness was looked for.
        ("A survey of 63 potential ME/CFS patients. Of them, 61 met the criteria.", 61, None),
        ("In this population-based survey 166,000 participants were asked about ME/CFS.",
         None, None),
    ],
)  # fmt: skip
def test_patients_and_controls_are_counted(abstract, cases, controls):
    document = paper(abstract=abstract)
    found = participants(document)
    assert (found.n_cases, found.n_controls) == (cases, controls)
    assert all(is_verbatim(span, document.canonical.fields) for span in found.evidence)
    assert bool(found.evidence) == (cases is not None or controls is not None)


def test_all_arms_of_a_trial_are_its_patients():
    found = participants(
        paper(
            "Rest: a randomised trial",
            "Forty-eight patients with ME/CFS were randomised to yoga (n = 24) or "
            "to a control group (n = 24).",
        )
    )
    assert found.n_cases == 48


def test_parts_add_up_to_the_whole():
    found = participants(
        paper(
            abstract="We compared short-duration ME/CFS (n = 52) with long-duration ME/CFS "
            "(n = 246) and healthy controls (n = 100).",
            sections={"Methods": "There were 298 cases of ME/CFS."},
        )
    )
    assert found.n_cases == 298


def test_one_person_is_one_patient():
    assert participants(paper("Rest helped: a case report", "A woman fell ill.")).n_cases == 1


def test_a_review_has_no_participants_of_its_own():
    found = participants(paper("Rest: a systematic review", "Ten trials with 900 patients."))
    assert (found.n_cases, found.n_controls, found.evidence) == (None, None, ())


def test_those_enrolled_are_told_from_those_analysed():
    found = participants(
        paper(abstract="In this cohort 40 patients with ME/CFS were enrolled.", sections={})
    )
    assert found.n_enrolled == 40


@pytest.mark.parametrize(
    ("abstract", "enrolled", "analysed"),
    [
        ("In this cohort 40 patients with ME/CFS were enrolled. In all, 36 patients with ME/CFS "
         "were included in the final analysis.", 40, 36),
        ("In this cohort 40 patients were enrolled. Of these, 36 patients completed the study.",
         40, 36),
        ("In this cohort 40 patients were recruited.", 40, None),
        ("In this cohort 40 patients took part.", None, None),
    ],
)  # fmt: skip
def test_those_analysed_stand_beside_those_enrolled(abstract, enrolled, analysed):
    found = participants(paper(abstract=abstract))
    assert (found.n_enrolled, found.n_analysed) == (enrolled, analysed)


def test_a_protocol_has_studied_nobody_yet():
    found = participants(paper("Rest: study protocol", "A total of 80 patients take part."))
    assert found.n_cases is None


def test_people_who_have_entered_before_a_protocol_is_printed_are_people():
    text = "So far 12 participants were enrolled. A total of 80 patients will take part."
    assert participants(paper("Rest: study protocol", text)).n_cases == 12


@given(st.text(max_size=400))
def test_any_text_gives_numbers_of_people_or_none(text):
    found = participants(paper("A survey", CONTROLLED + text))
    numbers = (found.n_cases, found.n_enrolled, found.n_controls)
    assert all(number is None or number > 0 for number in numbers)
