"""Sentences made to trap the gate: what only sounds like a claim, and claims in disguise."""

import pytest

from rapport.cards.facts import DesignRecord
from rapport.cards.parts import Part, Sentence
from rapport.cards.verdicts import SEVERITY
from rapport.cards.wording import Wording
from rapport.core.vocabulary import Design
from rapport.knowledge.load import load

WORDING = Wording(load())
ASKED_ONCE = Design.CROSS_SECTIONAL
COMPARED = Design.CASE_CONTROL
FOLLOWED = Design.COHORT_PROSPECTIVE
BEFORE_AFTER = Design.SINGLE_ARM_TRIAL
TRIAL = Design.RCT
INTERVIEWS = Design.QUALITATIVE
REVIEW = Design.NARRATIVE_REVIEW
CELLS = Design.IN_VITRO_OR_ANIMAL
PLAN = Design.PROTOCOL
ADVICE = Design.GUIDELINE
CASE = Design.CASE_REPORT


def worst(text, design, *, people=None, read=()):
    found = WORDING.findings(
        text, design=DesignRecord(value=design), badge=None, people=people, read=read
    )
    return max((finding.verdict for finding in found), key=SEVERITY.__getitem__).value


CLAIMS = [
    ("Noise worsens pain.", ASKED_ONCE),
    ("Noise leads to pain in most households.", ASKED_ONCE),
    ("Pain is caused by noise.", COMPARED),
    ("Noise is a cause of pain.", ASKED_ONCE),
    ("Noise is the main driver of pain.", FOLLOWED),
    ("Noise serves as a unifying mechanism underlying pain.", REVIEW),
    ("Noise plays a key role in pain.", ASKED_ONCE),
    ("Noise has a major impact on sleep.", FOLLOWED),
    ("Visits were put off, which led to more pain.", Design.COHORT_RETROSPECTIVE),
    ("Our findings show how noise undermines recovery.", INTERVIEWS),
    ("Being believed reduces the pain of patients.", INTERVIEWS),
    ("Resting early prevents the illness.", FOLLOWED),
    ("Low mood can impact sleep.", ASKED_ONCE),
    ("It not only prevents pain but also improves sleep.", REVIEW),
    ("This confirms the view that noise causes pain.", ASKED_ONCE),
    ("The spray demonstrates significant efficacy in easing pain.", BEFORE_AFTER),
    ("The course reduced fatigue.", BEFORE_AFTER),
    ("The course was proven to be effective.", TRIAL),
    ("The infusions cured two of them.", CASE),
    ("The drug restored his health.", CASE),
    ("The course is safe.", BEFORE_AFTER),
    ("The course is a safe and effective treatment.", BEFORE_AFTER),
    ("The test reliably diagnoses the illness.", COMPARED),
    ("The extract will help people with the illness.", CELLS),
    ("Pacing is an effective treatment for the illness.", PLAN),
    ("The drug lessened pain, but noise causes it.", ASKED_ONCE),
    ("Noise may annoy people; it also triggers pain attacks.", ASKED_ONCE),
    ('The therapy "cures" the illness.', TRIAL),
]

NOT_CLAIMED = {
    "hedged": [
        ("Noise may worsen pain.", ASKED_ONCE),
        ("These data suggest that noise worsens pain.", ASKED_ONCE),
        ("The data support the view that noise worsens pain.", ASKED_ONCE),
        ("We propose that noise worsens pain.", REVIEW),
        ("We propose a pathway: noise triggers pain.", Design.MODELLING),
        ("Noise is thought to cause pain.", REVIEW),
        ("If noise causes pain, quiet rooms are worth a trial.", ASKED_ONCE),
    ],
    "negated": [
        ("Noise did not worsen pain.", ASKED_ONCE),
        ("There was no evidence that noise causes pain.", ASKED_ONCE),
        ("The data cannot show that noise causes pain.", ASKED_ONCE),
        ("It is tempting to say that noise causes pain.", ASKED_ONCE),
        ("It would be wrong to conclude that noise causes pain.", ASKED_ONCE),
        ("The diet has not been proven effective.", BEFORE_AFTER),
        ("The prevailing notion that noise is the cause of pain may mislead.", REVIEW),
    ],
    "asked": [
        ("Does noise cause pain?", ASKED_ONCE),
        ("Does noise cause pain: a survey of ninety people", ASKED_ONCE),
        ("Whether noise causes pain is not known.", ASKED_ONCE),
        ("We asked when and for whom the course is most effective.", REVIEW),
    ],
    "quoted": [
        ('"Noise causes pain and it ruined my life," said one man.', INTERVIEWS),
        ("The minister said “clean air saves lives and prevents pain everywhere”.", FOLLOWED),
    ],
    "of others": [
        ("Earlier studies showed that noise worsens pain.", ASKED_ONCE),
        ("Several trials have shown that rest reduces pain.", REVIEW),
        ("In vitro studies indicated that the drug reduces swelling.", REVIEW),
        ("Rest has already proved effective in trials.", REVIEW),
        ("Half of the adults believed that the vaccine was beneficial to them.", ASKED_ONCE),
        ("Patients felt that noise worsened their pain.", INTERVIEWS),
        ("According to the nurses, noise worsens pain.", INTERVIEWS),
    ],
    "aims": [
        ("We aimed to find out whether noise worsens pain.", ASKED_ONCE),
        ("The aim of this advice is to (1) reduce pain and (2) avoid delays.", ADVICE),
        ("This review summarises how noise contributes to pain.", REVIEW),
        ("We examined the effect of noise on pain.", ASKED_ONCE),
    ],
    "hypotheses": [
        ("We hypothesised that noise worsens pain.", ASKED_ONCE),
        ("The hypothesis is that noise worsens pain.", FOLLOWED),
    ],
    "what is to come": [
        ("Future trials should test whether rest reduces pain.", ASKED_ONCE),
        ("This trial will improve our understanding of pain.", PLAN),
        ("We will test whether pacing reduces pain.", PLAN),
        (
            "People would take the drug provided that it is proven safe and effective.",
            ASKED_ONCE,
        ),
        ("There is a need for access to a safe drug.", INTERVIEWS),
    ],
    "values and statistics": [
        ("Pain was increased in patients.", COMPARED),
        ("The heart rate increase was small.", COMPARED),
        ("The runners increased their speed.", COMPARED),
        ("They described feeling increased confidence.", INTERVIEWS),
        ("The index provided improved risk stratification.", FOLLOWED),
        ("Mood had a significant indirect effect on pain.", ASKED_ONCE),
        ("Mood mediated the association of noise with pain.", ASKED_ONCE),
        ("Age was the main risk factor.", FOLLOWED),
        ("Leaving out age increased the magnitude of the association.", ASKED_ONCE),
        ("We looked at surgical results in children.", FOLLOWED),
    ],
    "the work of the study": [
        ("Two patients contributed to the writing of this report.", INTERVIEWS),
        ("Scans play a pivotal role in elucidating the illness.", REVIEW),
        ("Deep learning improves the detection of tumours.", COMPARED),
        ("It is an effective way to discover genes.", COMPARED),
        ("We confirmed the effectiveness of our stress manipulation.", COMPARED),
        ("Safe and fast sending of results was the goal.", ASKED_ONCE),
    ],
}


@pytest.mark.parametrize(("text", "design"), CLAIMS)
def test_a_claim_beyond_the_design_is_refused_however_it_is_put(text, design):
    assert worst(text, design) == "refusal"


@pytest.mark.parametrize(
    ("text", "design"),
    [
        pytest.param(*case, id=f"{kind}: {case[0]}")
        for kind, cases in NOT_CLAIMED.items()
        for case in cases
    ],
)
def test_what_a_text_does_not_claim_is_not_refused(text, design):
    assert worst(text, design) != "refusal"


ABSENCE = [
    ("The drug has no effect on pain.", 70, "refusal"),
    ("Massage is as effective as exercise.", 70, "refusal"),
    ("There is no relationship between noise and pain.", 70, "refusal"),
    ("The drug has no effect on pain.", 5000, "warning"),
    ("The drug may have no effect on pain.", 70, "warning"),
    ("The drug did not improve pain in this trial.", 70, "ok"),
    ("Within the margin, massage is as effective as exercise.", 70, "warning"),
]


@pytest.mark.parametrize(("sentence", "people", "expected"), ABSENCE)
def test_no_difference_in_a_small_study_is_not_told_as_none(sentence, people, expected):
    text = f"Results: Pain did not differ significantly (p = 0.4). Conclusions: {sentence}"
    assert worst(text, Design.RCT, people=people) == expected


TENSES = [("Noise worsens pain.", "refusal"), ("Noise worsened pain.", "warning")]


@pytest.mark.parametrize(("sentence", "expected"), TENSES)
@pytest.mark.parametrize("part", [Part.RESULTS])
def test_among_results_only_what_is_said_to_be_so_in_general_is_refused(
    sentence, expected, part
):
    read = [Sentence(start=0, end=len(sentence), part=part)]
    assert worst(sentence, ASKED_ONCE, read=read) == expected


def test_a_general_claim_that_was_read_as_a_method_is_refused_unless_a_label_says_method():
    sentence = "Noise worsens pain."
    read = [Sentence(start=0, end=len(sentence), part=Part.METHODS)]
    assert worst(sentence, ASKED_ONCE, read=read) == "refusal"
    assert worst(f"Methods: {sentence}", ASKED_ONCE) == "warning"


def test_a_text_about_cells_beside_patients_is_warned_of_what_was_seen_in_cells():
    text = "The protein differed. In cultured cells the protein reduces growth."
    assert worst(text, COMPARED) == "warning"


def test_one_who_compares_with_controls_is_not_held_to_a_study_without_them():
    told = "Children were assigned to play or to a control group. Play improves sleep."
    assert worst(told, BEFORE_AFTER) == "warning"
    assert worst("There was no control group. Play improves sleep.", BEFORE_AFTER) == "refusal"
