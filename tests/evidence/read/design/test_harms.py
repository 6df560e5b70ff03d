"""Whether made-up studies looked for harms, how, what they found, and who left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.cards.stated import DropOut
from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Design, HarmsFinding
from rapport.evidence.read.design.drop_outs import drop_outs
from rapport.evidence.read.design.harms import harms
from rapport.evidence.read.text.values import Told

FINDINGS = [
    ("Adverse events were recorded at each visit.", "sought", None),
    ("Side effects were assessed by telephone.", "sought", None),
    ("We monitored adverse events.", "sought", None),
    ("Safety was evaluated at week 12.", "sought", None),
    ("Secondary outcomes were sleep and adverse events.", "sought", None),
    ("No adverse events were reported.", "none_reported", False),
    ("No side effects were seen.", "none_reported", False),
    ("There were no treatment-related adverse events.", "none_reported", False),
    ("Adverse events were not observed.", "none_reported", False),
    ("Nobody reported side effects.", "none_reported", False),
    ("Patients did not experience any adverse effects.", "none_reported", False),
    (
        "Adverse events were recorded weekly. No adverse events were seen.",
        "sought_none_found",
        False,
    ),
    (
        "We asked about side effects by questionnaire. No side effects were told.",
        "sought_none_found",
        False,
    ),
    ("Mild side effects occurred in six people.", "found", None),
    ("Six adverse events were reported.", "found", None),
    ("The most common adverse event was nausea.", "found", None),
    ("Adverse events were similar in both groups.", "found", None),
    ("Two patients left because of side effects.", "found", None),
    ("Two serious adverse events were seen.", "found", True),
    ("Adverse events were mild. No serious adverse events were seen.", "found", False),
    ("Adverse events were recorded. There were no serious adverse events.", "sought", False),
    ("Side effects were not recorded.", "not_sought", None),
    ("We did not assess adverse events.", "not_sought", None),
    # traps
    ("Future studies should record adverse events.", None, None),
    ("Previous trials had many side effects.", None, None),
    ("Patients with a history of complications were excluded.", None, None),
    ("Sleep improved.", None, None),
    ("High blood pressure is a complication that was monitored.", None, None),
    ("The drug is said to be free of harm.", None, None),
    ("Rest is safe at home.", None, None),
]


@pytest.mark.parametrize(("text", "finding", "serious"), FINDINGS)
def test_what_is_said_of_harms_is_read(text, finding, serious):
    told = Told(paper(abstract=text))
    found = harms(Design.RCT, told)
    if finding is None:
        assert found is None
        return
    assert (found.finding.value, found.serious) == (finding, serious)
    assert found.evidence
    assert all(is_verbatim(each, told.document.canonical.fields) for each in found.evidence)


METHODS = [
    ("A checklist asked for side effects.", "questionnaire"),
    ("Adverse events were noted in a diary.", "questionnaire"),
    ("Adverse events were recorded with a structured interview.", "questionnaire"),
    ("People were asked to report side effects.", "open_report"),
    ("Side effects were told spontaneously and adverse events volunteered.", "open_report"),
    ("Adverse events reported by patients were noted.", "open_report"),
    ("Adverse events were monitored at each visit.", "monitored"),
    ("Adverse events were graded by common terminology criteria.", "monitored"),
    ("A data safety monitoring board met twice.", "monitored"),
    ("Safety was judged by blood tests and vital signs.", "monitored"),
    ("Adverse events were recorded.", ""),
]


@pytest.mark.parametrize(("text", "methods"), METHODS)
def test_how_harms_were_looked_for_is_read(text, methods):
    found = harms(Design.RCT, Told(paper(abstract=text)))
    assert " ".join(found.methods) == methods


def test_every_finding_is_made_up_here():
    assert {finding for _, finding, _ in FINDINGS if finding} == {*HarmsFinding}


def test_a_protocol_has_found_nothing_yet():
    text = "Adverse events will be recorded. No adverse events were seen in a pilot."
    assert harms(Design.PROTOCOL, Told(paper(abstract=text))).finding is HarmsFinding.SOUGHT


NO_HARMS = [
    "During follow-up adverse events occurred in 41 patients.",
    "Financial toxicity was measured by a scale.",
    "Self-harm was recorded at each visit.",
    "Serious adverse events, such as a stroke, were recorded in 12 people.",
]


@pytest.mark.parametrize(
    "design", [Design.COHORT_PROSPECTIVE, Design.COHORT_RETROSPECTIVE, Design.MIXED_METHODS]
)
@pytest.mark.parametrize("text", NO_HARMS)
def test_where_people_were_only_followed_an_outcome_is_no_harm(text, design):
    assert harms(design, Told(paper(abstract=text))) is None


def test_where_people_who_were_treated_were_followed_harms_are_read():
    told = Told(paper(abstract="Side effects of the drug occurred in four patients."))
    assert harms(Design.COHORT_RETROSPECTIVE, told).finding is HarmsFinding.FOUND


@pytest.mark.parametrize("text", NO_HARMS[1:3])
def test_what_is_called_a_harm_for_another_reason_is_none_in_a_trial_either(text):
    assert harms(Design.RCT, Told(paper(abstract=text))) is None


def test_a_review_has_no_harms_of_its_own():
    told = Told(paper(abstract="Two serious adverse events were seen."))
    assert harms(Design.SYSTEMATIC_REVIEW, told) is None


LEFT = [
    ("Four patients withdrew.", [DropOut(n=4)]),
    ("Twelve participants dropped out.", [DropOut(n=12)]),
    ("Six of 60 participants (10%) dropped out.", [DropOut(n=6, of=60)]),
    ("Of these, 6/60 participants dropped out.", [DropOut(n=6, of=60)]),
    ("Three women were lost to follow-up.", [DropOut(n=3)]),
    ("Two subjects did not complete the study.", [DropOut(n=2)]),
    ("One patient in the placebo group discontinued early.", [DropOut(n=1, arm="placebo")]),
    ("Five patients in the yoga group withdrew.", [DropOut(n=5, arm="yoga")]),
    (
        "Eight patients (20%) in the yoga group and 7 (18%) in the usual care group dropped out.",
        [DropOut(n=8, arm="yoga"), DropOut(n=7, arm="usual care")],
    ),
    (
        "Five in the yoga group and two in the control group stopped the treatment.",
        [DropOut(n=5, arm="yoga"), DropOut(n=2, arm="control")],
    ),
    ("The drop-out rate was 5.6%.", [DropOut(share=0.056)]),
    ("Attrition was 12%.", [DropOut(share=0.12)]),
    ("The drop-out rate was 12% in the yoga group.", [DropOut(share=0.12, arm="yoga")]),
    ("There were four drop-outs.", [DropOut(n=4)]),
    ("Some dropped out (n = 6).", [DropOut(n=6)]),
    ("No patients dropped out.", [DropOut(n=0)]),
    ("There were no drop-outs.", [DropOut(n=0)]),
    ("None of the participants withdrew.", [DropOut(n=0)]),
    # traps
    ("Allowing for 20% drop-out, 60 patients were needed.", []),
    ("Expected attrition was 15%.", []),
    ("Patients could withdraw at any time.", []),
    ("Previous trials lost 30% to drop-out.", []),
    ("There were no withdrawals due to adverse events.", []),
    ("People who stopped between week 4 and week 20 are termed dropouts.", []),
    ("Four patients rested.", []),
    ("The drug was withdrawn from the market in 1990.", []),
    ("Predictors of drop-out were sought in 40 patients.", []),
]


@pytest.mark.parametrize(("text", "left"), LEFT)
def test_people_who_left_are_counted_where_they_are_stated(text, left):
    found, sentences = drop_outs(Told(paper(abstract=text)))
    assert list(found) == left
    assert bool(sentences) == bool(left)


def test_people_who_left_are_told_where_harms_are_not():
    found = harms(Design.RCT, Told(paper(abstract="Four patients withdrew.")))
    assert (found.finding, found.drop_outs) == (None, (DropOut(n=4),))


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    harms(Design.RCT, Told(paper(abstract="Adverse events: 4 withdrew " + text)))
