"""What rules a design out: other studies, those still to come, and what the whole text is."""

import pytest
from tests.evidence.read.made_up import paper

from rapport.core.vocabulary import Design
from rapport.evidence.read.design.design import design


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            Design.CROSS_SECTIONAL,
            "Forty adults answered an online survey. A longitudinal study would help.",
        ),
        (
            Design.QUALITATIVE,
            "Interviews were transcribed. A randomised trial of rest is now under way.",
        ),
        (
            Design.CASE_CONTROL,
            "Sleep of 30 patients and 30 healthy controls was recorded. To confirm these "
            "findings, a prospective cohort study will be needed.",
        ),
        (
            Design.CROSS_SECTIONAL,
            "In this cross-sectional study sleep was recorded. The 34 patients were selected "
            "from a larger case-control study.",
        ),
    ],
)
def test_a_study_that_is_still_to_come_or_was_done_before_is_not_this_one(
    value: Design, text: str
):
    assert design(paper("Sleep", text)).value is value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            Design.SYSTEMATIC_REVIEW,
            "Three databases were searched. Two placebo-controlled trials and one qualitative "
            "study with focus groups were found. Nine studies were included.",
        ),
        (
            Design.COHORT_RETROSPECTIVE,
            "This retrospective cohort study followed 60 adults. They were seen at baseline and "
            "at 3 and 6 months; the longitudinal analysis took all visits.",
        ),
    ],
)
def test_what_rules_a_design_out_does_so_in_the_whole_text(value: Design, text: str):
    assert design(paper("Rest", text)).value is value


def test_a_title_is_not_ruled_out_by_what_the_text_says():
    text = "Nine studies were screened for questions. The trial ran for a year."
    read = design(paper("Rest after infection: a randomised controlled trial", text))
    assert read.value is Design.RCT


def test_rules_of_last_resort_leave_the_evidence_to_those_that_suffice():
    text = "Sixty patients were measured. In this cross-sectional study sleep was recorded."
    record = design(paper("Sleep", text))
    assert record.value is Design.CROSS_SECTIONAL
    assert [span.quote for span in record.evidence] == [text.split(". ")[1]]
